import { createHmac } from 'node:crypto';
import type { Platform } from '@plaza/runtime';
import { errors } from '../errors.ts';
import { takeCode } from '../store/code.ts';

/** Longer than an authenticator's code is good: its own half minute, and one before and after for clocks that differ. */
const GOOD_MS = 2 * 60_000;

/**
 * An authenticator's code is good once (RFC 6238, section 5.2): who reads it over a shoulder comes too late. It is the
 * account's, so once in all marketplaces. What is kept tells neither the account nor the code.
 */
export async function useOnce(
  { database, signingKey, clock }: Platform,
  marketplaceId: string,
  userId: string,
  code: string,
): Promise<void> {
  const digest = createHmac('sha256', signingKey).update(`totp\n${userId}\n${code}`).digest('hex');
  const now = clock();
  const isTaken = await takeCode(
    database.read(marketplaceId),
    digest.slice(0, 32),
    now,
    new Date(now.getTime() + GOOD_MS),
  );
  if (!isTaken) throw errors.CODE_WRONG({});
}
