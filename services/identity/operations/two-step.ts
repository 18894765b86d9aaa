import { type Context, type Handler, requireMember } from '@plaza/kernel';
import { accountContract } from '../contract/account.ts';
import { errors } from '../errors.ts';
import { memberTotpChanged } from '../events.ts';
import { translated } from '../sign-in/faults.ts';
import { inSecretSteps } from '../sign-in/remember.ts';
import { type Dependencies, getMe, headersOf, signedIn } from './dependencies.ts';

/** Begins two-step sign-in. It holds only once a first code was given. */
export function enableTotp(dependencies: Dependencies): Handler<typeof accountContract.enableTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.enableTotp, async ({ input, context }) => {
    const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
    const { memberId } = requireMember(context);
    await attempts.count('password', memberId);
    const headers = await headersOf(dependencies, context);
    const begun = await translated(() => auth.api.enableTwoFactor({ body: { password: input.password }, headers }));
    await attempts.forget('password', memberId);
    if (begun.method !== 'totp') throw new Error('better-auth began another second step than asked for');
    return { uri: begun.totpURI, backupCodes: begun.backupCodes };
  });
}

/** The first code turns it on. The session is renewed: what was known before is not enough any more. */
export function confirmTotp(dependencies: Dependencies): Handler<typeof accountContract.confirmTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.confirmTotp, async ({ input, context }) => {
    const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
    const { memberId } = requireMember(context);
    if ((await getMe(dependencies, context.marketplaceId, memberId)).isTotpEnabled) throw errors.TOTP_ENABLED({});
    await attempts.count('code', memberId);
    const headers = await headersOf(dependencies, context);
    const answer = await translated(() => auth.api.verifyTOTP({ body: input, headers, returnHeaders: true }));
    await attempts.forget('code', memberId);
    await announce(dependencies, context, true);
    return signedIn(dependencies, context.marketplaceId, tokenFrom(answer.headers));
  });
}

/** For who used most of their codes, or lost the list. */
export function renewBackupCodes(dependencies: Dependencies): Handler<typeof accountContract.renewBackupCodes> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.renewBackupCodes, async ({ input, context }) => {
    const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
    const { memberId } = requireMember(context);
    if (!(await getMe(dependencies, context.marketplaceId, memberId)).isTotpEnabled) throw errors.TOTP_NOT_ENABLED({});
    await attempts.count('password', memberId);
    const headers = await headersOf(dependencies, context);
    const { backupCodes } = await translated(() =>
      auth.api.generateBackupCodes({ body: { password: input.password }, headers }),
    );
    await attempts.forget('password', memberId);
    await database.transaction(context.marketplaceId, (tx) =>
      tx.audit({ action: 'member.backup-codes-renewed', subject: memberId, actor: context.actor }),
    );
    return { backupCodes };
  });
}

export function disableTotp(dependencies: Dependencies): Handler<typeof accountContract.disableTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, accountContract.disableTotp, async ({ input, context }) => {
    const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
    const { memberId } = requireMember(context);
    if (!(await getMe(dependencies, context.marketplaceId, memberId)).isTotpEnabled) throw errors.TOTP_NOT_ENABLED({});
    await attempts.count('password', memberId);
    const headers = await headersOf(dependencies, context);
    const answer = await translated(() =>
      auth.api.disableTwoFactor({ body: { password: input.password }, headers, returnHeaders: true }),
    );
    await attempts.forget('password', memberId);
    await announce(dependencies, context, false);
    return signedIn(dependencies, context.marketplaceId, tokenFrom(answer.headers));
  });
}

async function announce({ platform }: Dependencies, context: Context, isEnabled: boolean): Promise<void> {
  const { memberId } = requireMember(context);
  await platform.database.transaction(context.marketplaceId, async (tx) => {
    await tx.announce(memberTotpChanged, memberId, { memberId, isEnabled });
    await tx.audit({
      action: isEnabled ? 'member.totp-enabled' : 'member.totp-disabled',
      subject: memberId,
      actor: context.actor,
    });
  });
}

/** The renewed session's token, from the cookie that better-auth sets: `token.signature`. */
function tokenFrom(headers: Headers): string {
  const cookie = headers.getSetCookie().find((each) => each.startsWith('plaza_session='));
  const value = /^plaza_session=([^;]+)/.exec(cookie ?? '')?.[1];
  const token = decodeURIComponent(value ?? '').split('.')[0];
  if (!token) throw new Error('better-auth renewed a session without telling it');
  return token;
}
