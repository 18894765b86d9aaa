import type { Handler } from '@plaza/kernel';
import { signInContract } from '../contract/sign-in.ts';
import type { identityContract, SignedIn, TotpRequired } from '../contract.ts';
import { errors } from '../errors.ts';
import { inLocale } from '../sign-in/call-locale.ts';
import { translated } from '../sign-in/faults.ts';
import { useOnce } from '../sign-in/once.ts';
import { providersOf, signInMethodsOf } from '../sign-in/providers.ts';
import { inSecretSteps } from '../sign-in/remember.ts';
import { findChallenged } from '../store/code.ts';
import { DEMO_PASSWORD, DEMO_ROLES, demoEmail } from './demo.ts';
import { type Dependencies, onDevice, signedIn } from './dependencies.ts';

/** Makes an account and its first session. A repeat under the same key answers the same session. */
export function signUp(dependencies: Dependencies): Handler<typeof identityContract.signUp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.signUp, async ({ input, context }) => {
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    const { email, password, displayName: name } = input;
    const made = await translated(() =>
      inLocale(context.locale, () =>
        auth.api.signUpEmail({ body: { email, password, name }, headers: onDevice(context) }),
      ),
    );
    if (made.token === null) throw errors.EMAIL_TAKEN({});
    return signedIn(dependencies, context.marketplaceId, made.token);
  });
}

/** Checks the password; a session, or the challenge of the second step. */
export function signIn(dependencies: Dependencies): Handler<typeof identityContract.signIn> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(
    database,
    signingKey,
    signInContract.signIn,
    async ({ input, context }): Promise<SignedIn | TotpRequired> => {
      const { auth, attempts } = await dependencies.signInOf(context.marketplaceId);
      const { headers, response } = await translated(() =>
        inLocale(context.locale, () =>
          auth.api.signInEmail({ body: input, headers: onDevice(context), returnHeaders: true }),
        ),
      );
      await attempts.forget('password', input.email);
      if ('token' in response && response.token) return signedIn(dependencies, context.marketplaceId, response.token);
      return challengeFrom(headers, dependencies.platform.clock());
    },
  );
}

/** better-auth hands the second step's challenge out as a cookie; API users get it as a value. */
const CHALLENGE = /(?:^|\.)two_factor=([^;]+)/;
const CHALLENGE_SECONDS = 600;

function challengeFrom(headers: Headers, now: Date): TotpRequired {
  const cookie = headers.getSetCookie().find((each) => CHALLENGE.test(each));
  const challenge = CHALLENGE.exec(cookie ?? '')?.[1];
  if (challenge === undefined) throw new Error('better-auth asked for a second step without a challenge');
  const expires = new Date(now.getTime() + CHALLENGE_SECONDS * 1000);
  return { state: 'TOTP_REQUIRED', challenge, expiresTime: expires.toISOString() };
}

/** The second step: six digits of the authenticator or one of the backup codes, each good once. */
export function verifyTotp(dependencies: Dependencies): Handler<typeof identityContract.verifyTotp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.verifyTotp, async ({ input, context }) => {
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    const headers = onDevice(context, { cookie: `better-auth.two_factor=${input.challenge}` });
    const code = input.code.trim();
    const isOfApp = /^\d{6}$/.test(code);
    const userId = isOfApp ? await findChallenged(database.read(context.marketplaceId), input.challenge) : undefined;
    if (userId !== undefined) await useOnce(dependencies.platform, context.marketplaceId, userId, code);
    const answer = await translated(() =>
      inLocale(context.locale, () =>
        isOfApp
          ? auth.api.verifyTOTP({ body: { code }, headers })
          : auth.api.verifyBackupCode({ body: { code }, headers }),
      ),
    );
    return signedIn(dependencies, context.marketplaceId, answer.token as string);
  });
}

export function requestPhoneOtp(dependencies: Dependencies): Handler<typeof identityContract.requestPhoneOtp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.requestPhoneOtp, async ({ input, context }) => {
    const { auth } = await dependencies.signInOf(context.marketplaceId);
    await translated(() =>
      inLocale(context.locale, () => auth.api.sendPhoneNumberOTP({ body: { phoneNumber: input.phone } })),
    );
    return { isDone: true as const };
  });
}

/** Signs in by SMS code. The first time this makes an account without an e-mail address. */
export function verifyPhoneOtp(dependencies: Dependencies): Handler<typeof identityContract.verifyPhoneOtp> {
  const { database, signingKey } = dependencies.platform;
  return inSecretSteps(database, signingKey, signInContract.verifyPhoneOtp, async ({ input, context }) => {
    const { auth, attempts, providers } = await dependencies.signInOf(context.marketplaceId);
    if (!providers.hasPhone) throw errors.METHOD_NOT_CONFIGURED({});
    const answer = await translated(() =>
      inLocale(context.locale, () =>
        auth.api.verifyPhoneNumber({
          body: { phoneNumber: input.phone, code: input.code },
          headers: onDevice(context),
        }),
      ),
    );
    await attempts.forget('code', input.phone);
    return signedIn(dependencies, context.marketplaceId, answer.token as string);
  });
}

export function listSignInMethods({ platform }: Dependencies): Handler<typeof identityContract.listSignInMethods> {
  return async ({ context }) => ({
    items: signInMethodsOf(providersOf(platform.environment, platform.marketplaces.get(context.marketplaceId))),
    demoAccounts:
      platform.environment.PLAZA_DEMO === 'on'
        ? DEMO_ROLES.map((role) => ({ role, email: demoEmail(role), password: DEMO_PASSWORD }))
        : [],
  });
}
