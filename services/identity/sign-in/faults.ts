import { commonErrors, Fault, invalidInput } from '@plaza/kernel';
import { errors, tooManyAttempts } from '../errors.ts';

/** better-auth's refusals in our words. What is not here is a bug, or a rule our contract checks first. */
const FAULTS: Readonly<Record<string, () => Fault>> = {
  INVALID_EMAIL_OR_PASSWORD: () => errors.WRONG_CREDENTIALS({}),
  USER_ALREADY_EXISTS: () => errors.EMAIL_TAKEN({}),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: () => errors.EMAIL_TAKEN({}),
  FAILED_TO_CREATE_USER: () => errors.EMAIL_TAKEN({}),
  INVALID_PASSWORD: () => errors.PASSWORD_WRONG({}),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => errors.PASSWORD_WRONG({}),
  INVALID_TOKEN: () => errors.LINK_INVALID({}),
  TOKEN_EXPIRED: () => errors.LINK_INVALID({}),
  USER_NOT_FOUND: () => errors.LINK_INVALID({}),
  INVALID_CODE: () => errors.CODE_WRONG({}),
  INVALID_BACKUP_CODE: () => errors.CODE_WRONG({}),
  INVALID_OTP: () => errors.CODE_WRONG({}),
  OTP_NOT_FOUND: () => errors.CODE_EXPIRED({}),
  OTP_EXPIRED: () => errors.CODE_EXPIRED({}),
  INVALID_TWO_FACTOR_COOKIE: () => errors.CHALLENGE_EXPIRED({}),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => errors.CHALLENGE_EXPIRED({}),
  TOTP_NOT_ENABLED: () => errors.TOTP_NOT_ENABLED({}),
  BACKUP_CODES_NOT_ENABLED: () => errors.CODE_WRONG({}),
  TOTP_ALREADY_ENABLED: () => errors.TOTP_ENABLED({}),
  INVALID_PHONE_NUMBER: () => errors.METHOD_NOT_CONFIGURED({}),
  ACCOUNT_TEMPORARILY_LOCKED: () => tooManyAttempts({}),
  TOO_MANY_ATTEMPTS: () => tooManyAttempts({}),
  INVALID_EMAIL: () => invalidInput([{ pointer: '/email', code: 'email', detail: 'must be an e-mail address' }]),
  EMAIL_ALREADY_VERIFIED: () => errors.LINK_INVALID({}),
};

/** Runs a call of better-auth; its refusals become faults of the contract. */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    const { isAPIError } = await import('better-auth/api');
    if (!isAPIError(thrown)) throw thrown;
    const { body, statusCode } = thrown as { body?: { code?: string }; statusCode?: number };
    const fault = FAULTS[body?.code ?? '']?.();
    if (fault !== undefined) throw fault;
    if (statusCode === 401) throw commonErrors.UNAUTHENTICATED({}, { cause: thrown });
    throw thrown;
  }
}
