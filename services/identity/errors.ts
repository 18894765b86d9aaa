import { commonErrors, defineErrors } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the identity service refuses to do. Codes are public API: add, never rename. */
export const errors = defineErrors({
  WRONG_CREDENTIALS: { status: 401, message: 'The e-mail address or the password is not right.' },
  EMAIL_TAKEN: {
    status: 409,
    message: 'There is an account with this e-mail address. Sign in, or reset its password.',
  },
  PASSWORD_WRONG: { status: 403, message: 'The password is not right.' },
  LINK_INVALID: { status: 410, message: 'This link was used already or is too old. Ask for a new one.' },
  CODE_WRONG: { status: 403, message: 'The code is not right, or was used already.' },
  CODE_EXPIRED: { status: 410, message: 'The code is too old. Ask for a new one.' },
  CHALLENGE_EXPIRED: { status: 410, message: 'This sign-in took too long. Begin again.' },
  TOTP_NOT_ENABLED: { status: 409, message: 'Two-step sign-in is not set up.' },
  TOTP_ENABLED: { status: 409, message: 'Two-step sign-in is on. Turn it off before you set it up anew.' },
  METHOD_NOT_CONFIGURED: { status: 404, message: 'This way to sign in is not offered here.' },
  SESSION_NOT_FOUND: { status: 404, message: 'There is no such session of yours.' },
  MEMBER_NOT_FOUND: { status: 404, message: 'There is no such member.' },
  EMAIL_NOT_VERIFIED: { status: 409, message: 'Nobody has shown yet that this address is theirs.' },
  ADDRESS_NOT_FOUND: { status: 404, message: 'There is no such address of yours.' },
  ADDRESS_LIMIT_REACHED: {
    status: 409,
    data: z.object({ maximum: z.int() }),
    message: ({ maximum }) => `You can keep ${maximum} addresses. Delete one first.`,
  },
  LAST_ADMIN: { status: 409, message: 'A marketplace needs an admin. Make somebody else one first.' },
  DEMO_OFF: { status: 403, message: 'Demo accounts exist only in a demo (PLAZA_DEMO=on).' },
});

/** Too many tries on one account or phone number. Wait a quarter of an hour. */
export const tooManyAttempts = commonErrors.RATE_LIMITED;
