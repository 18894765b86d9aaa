import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors, tooManyAttempts } from '../errors.ts';
import { Address, DisplayName, examples, Me, Password, PostalAddress, Session, SignedIn } from './schemas.ts';

const done = z.object({ isDone: z.literal(true) });
const doneExample = { isDone: true as const };
const CurrentPassword = z.string().min(1).max(128);

/** What members do with their own account: sessions, two-step sign-in, profile, addresses. */
export const accountContract = {
  signOut: operation({
    summary: 'Ends the session of this token',
    access: 'member',
    route: { method: 'DELETE', path: '/sessions/current' },
    input: z.object({}),
    output: done,
    idempotent: true,
    example: { input: {}, output: doneExample },
  }),
  listSessions: operation({
    summary: "Lists the member's sessions in this marketplace, newest first",
    access: 'member',
    route: { method: 'GET', path: '/sessions' },
    input: z.object({}),
    output: z.object({ items: z.array(Session) }),
    example: { input: {}, output: { items: [examples.session] } },
  }),
  revokeSession: operation({
    summary: "Ends one of the member's sessions",
    access: 'member',
    route: { method: 'DELETE', path: '/sessions/{sessionId}' },
    input: z.object({ sessionId: idSchema('session') }),
    output: done,
    errors: [errors.SESSION_NOT_FOUND],
    idempotent: true,
    example: { input: { sessionId: examples.session.id }, output: doneExample },
  }),
  confirmSession: operation({
    summary: 'Shows that it is the member who sits there, for what asks for it (CONFIRMATION_REQUIRED)',
    description:
      'By a code of the authenticator (or a backup code) where two-step sign-in is on, else by the password. Counts for ten minutes; so does signing in, which is the way for accounts that have neither.',
    access: 'member',
    route: { method: 'POST', path: '/sessions/current/confirmation', status: 200 },
    input: z.object({
      password: CurrentPassword.optional(),
      code: z.string().min(1).max(40).optional(),
    }),
    output: z.object({ confirmedTime: z.iso.datetime() }),
    errors: [errors.PASSWORD_WRONG, errors.CODE_WRONG, errors.SESSION_NOT_FOUND, tooManyAttempts],
    idempotent: true,
    example: { input: { password: 'correct horse battery' }, output: { confirmedTime: '2026-11-21T08:00:00.000Z' } },
  }),
  changePassword: operation({
    summary: 'Changes the password and ends every session; the answer is a new one',
    access: 'member',
    route: { method: 'POST', path: '/members/me/password' },
    input: z.object({ currentPassword: CurrentPassword, newPassword: Password }),
    output: SignedIn,
    errors: [errors.PASSWORD_WRONG, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: {
      input: { currentPassword: 'correct horse battery', newPassword: 'another long password' },
      output: examples.signedIn,
    },
  }),
  enableTotp: operation({
    summary: 'Begins two-step sign-in: answers the secret for an authenticator, and backup codes',
    description: 'Holds only after POST /members/me/totp/confirmation with a first code.',
    access: 'member',
    route: { method: 'POST', path: '/members/me/totp' },
    input: z.object({ password: CurrentPassword }),
    output: z.object({ uri: z.string(), backupCodes: z.array(z.string()) }),
    errors: [errors.PASSWORD_WRONG, errors.TOTP_ENABLED, tooManyAttempts],
    idempotent: true,
    example: {
      input: { password: 'correct horse battery' },
      output: { uri: 'otpauth://totp/Bazaar:ada%40example.com?secret=JBSWY3DPEHPK3PXP', backupCodes: ['aB3dE-fG5hJ'] },
    },
  }),
  confirmTotp: operation({
    summary: 'Turns two-step sign-in on, by a first code of the authenticator; the answer is a new session',
    access: 'member',
    route: { method: 'POST', path: '/members/me/totp/confirmation' },
    input: z.object({ code: z.string().regex(/^\d{6}$/, 'must be six digits') }),
    output: SignedIn,
    errors: [errors.CODE_WRONG, errors.TOTP_NOT_ENABLED, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: { input: { code: '123456' }, output: examples.signedIn },
  }),
  renewBackupCodes: operation({
    summary: 'Makes new backup codes for two-step sign-in; those of before work no more',
    access: 'member',
    route: { method: 'POST', path: '/members/me/totp/backup-codes' },
    input: z.object({ password: CurrentPassword }),
    output: z.object({ backupCodes: z.array(z.string()) }),
    errors: [errors.PASSWORD_WRONG, errors.TOTP_NOT_ENABLED, tooManyAttempts],
    idempotent: true,
    example: { input: { password: 'correct horse battery' }, output: { backupCodes: ['aB3dE-fG5hJ'] } },
  }),
  disableTotp: operation({
    summary: 'Turns two-step sign-in off; the answer is a new session',
    access: 'member',
    route: { method: 'POST', path: '/members/me/totp/removal' },
    input: z.object({ password: CurrentPassword }),
    output: SignedIn,
    errors: [errors.PASSWORD_WRONG, errors.TOTP_NOT_ENABLED, tooManyAttempts],
    idempotent: true,
    startsSession: true,
    example: { input: { password: 'correct horse battery' }, output: examples.signedIn },
  }),
  getMe: operation({
    summary: 'Returns the signed-in member',
    access: 'member',
    route: { method: 'GET', path: '/members/me' },
    input: z.object({}),
    output: Me,
    errors: [errors.MEMBER_NOT_FOUND],
    example: { input: {}, output: examples.me },
  }),
  updateMe: operation({
    summary: "Changes the member's profile",
    access: 'member',
    route: { method: 'PATCH', path: '/members/me' },
    input: z.object({
      displayName: DisplayName.optional(),
      avatarUrl: z
        .string()
        .max(500)
        .regex(/^(\/files\/|https:\/\/)/, 'must be one of our files, or https')
        .nullable()
        .optional(),
      locale: z.enum(['en', 'th', 'es', 'ja']).optional(),
      expectedVersion: z.int().optional(),
    }),
    output: Me,
    errors: [errors.MEMBER_NOT_FOUND],
    idempotent: true,
    example: { input: { displayName: 'Ada' }, output: examples.me },
  }),
  listAddresses: operation({
    summary: "Lists the member's addresses, the default first",
    access: 'member',
    route: { method: 'GET', path: '/addresses' },
    input: z.object({}),
    output: z.object({ items: z.array(Address) }),
    example: { input: {}, output: { items: [examples.address] } },
  }),
  getAddress: operation({
    summary: "Returns one of the member's addresses",
    access: 'member',
    route: { method: 'GET', path: '/addresses/{addressId}' },
    input: z.object({ addressId: idSchema('address') }),
    output: Address,
    errors: [errors.ADDRESS_NOT_FOUND],
    example: { input: { addressId: examples.address.id }, output: examples.address },
  }),
  createAddress: operation({
    summary: 'Adds an address; the first, or one marked so, is the default',
    access: 'member',
    route: { method: 'POST', path: '/addresses' },
    input: PostalAddress.extend({ isDefault: z.boolean().default(false) }),
    output: Address,
    errors: [errors.ADDRESS_LIMIT_REACHED],
    idempotent: true,
    example: { input: { ...examples.postalAddress, isDefault: true }, output: examples.address },
  }),
  updateAddress: operation({
    summary: 'Changes an address; fields left out stay',
    access: 'member',
    route: { method: 'PATCH', path: '/addresses/{addressId}' },
    input: PostalAddress.partial().extend({
      addressId: idSchema('address'),
      isDefault: z.literal(true).optional(),
      expectedVersion: z.int().optional(),
    }),
    output: Address,
    errors: [errors.ADDRESS_NOT_FOUND],
    idempotent: true,
    example: {
      input: { addressId: examples.address.id, city: 'Puebla' },
      output: { ...examples.address, city: 'Puebla' },
    },
  }),
  deleteAddress: operation({
    summary: 'Removes an address; if it was the default, the newest left becomes it',
    access: 'member',
    route: { method: 'DELETE', path: '/addresses/{addressId}' },
    input: z.object({ addressId: idSchema('address') }),
    output: done,
    errors: [errors.ADDRESS_NOT_FOUND],
    idempotent: true,
    example: { input: { addressId: examples.address.id }, output: doneExample },
  }),
};
