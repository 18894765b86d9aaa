import { type Handler, requireMember } from '@plaza/kernel';
import { accountContract } from '../contract/account.ts';
import { signInContract } from '../contract/sign-in.ts';
import { errors } from '../errors.ts';
import { inLocale } from '../sign-in/call-locale.ts';
import { translated } from '../sign-in/faults.ts';
import { inSecretSteps } from '../sign-in/remember.ts';
import { endSessionsOf, getUserId } from '../store/session.ts';
import { type Dependencies, getMe, proven, signedIn } from './dependencies.ts';

const done = { isDone: true as const };

/** Mails the reset link. The answer, and nearly the time it takes, are the same for addresses without an account. */
export function requestPasswordReset(dependencies: Dependencies): Handler<typeof signInContract.requestPasswordReset> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.requestPasswordReset, async ({ input, context }) => {
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    await translated(() => inLocale(context.locale, () => auth.api.requestPasswordReset({ body: input })));
    return done;
  });
}

export function resetPassword(dependencies: Dependencies): Handler<typeof signInContract.resetPassword> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.resetPassword, async ({ input, context }) => {
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    await translated(() => auth.api.resetPassword({ body: input }));
    return done;
  });
}

export function requestEmailVerification(
  dependencies: Dependencies,
): Handler<typeof signInContract.requestEmailVerification> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.requestEmailVerification, async ({ context }) => {
    const { memberId } = requireMember(context);
    const { email, isEmailVerified } = await getMe(dependencies, context.marketplaceId, memberId);
    if (email === null || isEmailVerified) return done;
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    await translated(() => inLocale(context.locale, () => auth.api.sendVerificationEmail({ body: { email } })));
    return done;
  });
}

export function verifyEmail(dependencies: Dependencies): Handler<typeof signInContract.verifyEmail> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.verifyEmail, async ({ input, context }) => {
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    await translated(() => auth.api.verifyEmail({ query: { token: input.token } }));
    return done;
  });
}

/** A new password ends every session of the account, in every marketplace; the caller goes on with a new one. */
export function changePassword(dependencies: Dependencies): Handler<typeof accountContract.changePassword> {
  const { database, marketplaces, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.changePassword, async ({ input, context }) => {
    const { memberId } = requireMember(context);
    const answer = await proven(dependencies, context, 'password', (auth, headers) =>
      auth.api.changePassword({ body: { ...input, revokeOtherSessions: true }, headers }),
    );
    const userId = await getUserId(database.read(context.marketplaceId), context.marketplaceId, memberId);
    for (const { id } of marketplaces.list())
      if (id !== context.marketplaceId) await endSessionsOf(database.read(id), userId);
    if (answer.token === null) throw errors.SESSION_NOT_FOUND({});
    return signedIn(dependencies, context.marketplaceId, answer.token);
  });
}
