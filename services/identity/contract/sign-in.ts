import { operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors, tooManyAttempts } from '../errors.ts';
import { DisplayName, Email, examples, OwnEmail, Password, Phone, SignedIn, SignInAnswer } from './schemas.ts';

const done = z.object({ isDone: z.literal(true) });
const doneExample = { isDone: true as const };
const LinkToken = z.string().min(10).max(2_000);
const Code = z.string().min(4).max(32);

/** How to become a member and how to come in. */
export const signInContract = {
  listSignInMethods: operation({
    summary: 'Lists the ways to sign in that this marketplace offers, and the demo accounts of a demo',
    description: 'A provider of kind `redirect` starts with POST `startPath` and `{ provider, callbackURL }`.',
    access: 'public',
    route: { method: 'GET', path: '/sign-in-methods' },
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          kind: z.enum(['password', 'phone', 'redirect']),
          startPath: z.string().nullable(),
        }),
      ),
      demoAccounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
    }),
    example: {
      input: {},
      output: { items: [{ id: 'password', name: 'E-mail', kind: 'password', startPath: null }], demoAccounts: [] },
    },
  }),
  signUp: operation({
    summary: 'Makes an account with e-mail and password, signs in, and mails a link that verifies the address',
    access: 'public',
    route: { method: 'POST', path: '/members' },
    input: z.object({ email: OwnEmail, password: Password, displayName: DisplayName }),
    output: SignedIn,
    errors: [errors.EMAIL_TAKEN, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: {
      input: { email: 'ada@example.com', password: 'correct horse battery', displayName: 'Ada' },
      output: examples.signedIn,
    },
  }),
  signIn: operation({
    summary: 'Signs in with e-mail and password',
    description: 'Answers a token, or, for an account with two-step sign-in, a challenge for POST /sessions/totp.',
    access: 'public',
    route: { method: 'POST', path: '/sessions' },
    input: z.object({ email: Email, password: z.string().min(1).max(128) }),
    output: SignInAnswer,
    errors: [errors.WRONG_CREDENTIALS, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: { input: { email: 'ada@example.com', password: 'correct horse battery' }, output: examples.signedIn },
  }),
  verifyTotp: operation({
    summary: 'Finishes a sign-in with the code of an authenticator, or with a backup code',
    access: 'public',
    route: { method: 'POST', path: '/sessions/totp' },
    input: z.object({ challenge: z.string().regex(/^[\w.%~-]{10,2000}$/), code: Code }),
    output: SignedIn,
    errors: [errors.CODE_WRONG, errors.CHALLENGE_EXPIRED, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: { input: { challenge: 'k2Jq8Z0x1c9v.b7n5m3', code: '123456' }, output: examples.signedIn },
  }),
  requestPhoneOtp: operation({
    summary: 'Sends a sign-in code by SMS',
    access: 'public',
    route: { method: 'POST', path: '/phone-codes' },
    input: z.object({ phone: Phone }),
    output: done,
    errors: [errors.METHOD_NOT_CONFIGURED, tooManyAttempts],
    idempotent: true,
    example: { input: { phone: '+66812345678' }, output: doneExample },
  }),
  verifyPhoneOtp: operation({
    summary: 'Signs in with the code of an SMS; the first time this makes the account',
    access: 'public',
    route: { method: 'POST', path: '/phone-codes/verification' },
    input: z.object({ phone: Phone, code: Code }),
    output: SignedIn,
    errors: [errors.METHOD_NOT_CONFIGURED, errors.CODE_WRONG, errors.CODE_EXPIRED, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: { input: { phone: '+66812345678', code: '123456' }, output: examples.signedIn },
  }),
  requestPasswordReset: operation({
    summary: 'Mails a link that sets a new password',
    description: 'Answers the same whether the address has an account or not.',
    access: 'public',
    route: { method: 'POST', path: '/password-resets' },
    input: z.object({ email: Email }),
    output: done,
    errors: [tooManyAttempts],
    idempotent: true,
    example: { input: { email: 'ada@example.com' }, output: doneExample },
  }),
  resetPassword: operation({
    summary: 'Sets a new password by the token of a mailed link, and ends every session of the account',
    access: 'public',
    route: { method: 'POST', path: '/password-resets/completion' },
    input: z.object({ token: LinkToken, newPassword: Password }),
    output: done,
    errors: [errors.LINK_INVALID],
    idempotent: true,
    example: { input: { token: examples.token, newPassword: 'another long password' }, output: doneExample },
  }),
  requestEmailVerification: operation({
    summary: "Mails the link that verifies the member's address again",
    access: 'member',
    route: { method: 'POST', path: '/email-verifications' },
    input: z.object({}),
    output: done,
    errors: [tooManyAttempts],
    idempotent: true,
    example: { input: {}, output: doneExample },
  }),
  verifyEmail: operation({
    summary: 'Verifies an e-mail address by the token of a mailed link',
    access: 'public',
    route: { method: 'POST', path: '/email-verifications/completion' },
    input: z.object({ token: LinkToken }),
    output: done,
    errors: [errors.LINK_INVALID],
    idempotent: true,
    example: { input: { token: examples.token }, output: doneExample },
  }),
};
