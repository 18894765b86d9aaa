/**
 * `unverified`: entered, and not shown to be the owner's. `verified`: payouts go there. `failed`: its bank or its tries
 * say no, another must be entered. `replaced`: another took its place.
 */
export type PayoutAccountState = 'unverified' | 'verified' | 'failed' | 'replaced';

/** What a list of persons under sanctions said of a holder's name, which list, and when. */
export type ScreeningRecord = { readonly list: string; readonly isClear: boolean; readonly time: string };

/** Pairs of amounts that may be wrong before the account must be entered again. */
export const TRIES_MAX = 3;

/** The two amounts of a test deposit, in minor units, from eight bytes that only we can know; never equal. */
export function testAmounts(secret: Buffer): readonly [number, number] {
  const first = 1 + (secret.readUInt32BE(0) % 99);
  const other = 1 + (secret.readUInt32BE(4) % 98);
  return [first, other < first ? other : other + 1];
}

/** Whether somebody who saw the account's statement entered its two amounts, in any order. */
export function isTestOf(amounts: readonly [number, number], entered: readonly number[]): boolean {
  const sorted = [...entered].sort((a, b) => a - b);
  const [low, high] = [...amounts].sort((a, b) => a - b);
  return sorted.length === 2 && sorted[0] === low && sorted[1] === high;
}

/** Why money cannot go to an account now. */
export type AccountHindrance = 'missing' | 'unverified' | 'failed' | 'changed';

/**
 * What keeps an owner from being paid. A changed account waits: its owner was mailed, and has that time to object.
 */
export function hindranceOf(
  account: { readonly state: PayoutAccountState; readonly usableTime: Date } | undefined,
  now: Date,
): AccountHindrance | undefined {
  if (account === undefined || account.state === 'replaced') return 'missing';
  if (account.state !== 'verified') return account.state;
  return account.usableTime.getTime() > now.getTime() ? 'changed' : undefined;
}
