import type { ChargebackRecord, GroupRecord, UndoneEffect } from './order.ts';

/** What a group has set off and payments keeps where it is, in minor units. */
export type Waiting = {
  /** For what: the bank's decision, or an operator's ruling on who bears what the bank gave back. */
  readonly until: 'decision' | 'ruling';
  /** Of what goes back to the buyer. */
  readonly refundMinor: number;
  /** Of what goes to the seller. */
  readonly releaseMinor: number;
};

/** Whether payments keeps the money of an order where it is: the buyer's bank has a claim on it that is not settled. */
export function isContested(chargebacks: readonly ChargebackRecord[]): boolean {
  return chargebacks.some(({ state, isSettled }) => state === 'opened' || (state === 'lost' && !isSettled));
}

/** What waits of a group until the bank's claim is settled; null when nothing does. */
export function waitingOf(
  chargebacks: readonly ChargebackRecord[],
  { undone, refundedMinor }: Pick<GroupRecord, 'undone' | 'refundedMinor'>,
  releasedMinor: number,
): Waiting | null {
  if (!isContested(chargebacks)) return null;
  const until = chargebacks.some(({ state }) => state === 'opened') ? 'decision' : 'ruling';
  // Once it has decided for the buyer, the bank itself has given back what the refund would have.
  const refundMinor = until === 'ruling' ? 0 : Math.min(refundedMinor, undoneRefundMinor(undone));
  const releaseMinor = undone.some(({ kind }) => kind === 'release') ? releasedMinor : 0;
  return refundMinor + releaseMinor === 0 ? null : { until, refundMinor, releaseMinor };
}

/** The refunds among effects that are not done yet. */
export function undoneRefundMinor(undone: readonly UndoneEffect[]): number {
  return undone.reduce((sum, { kind, input }) => sum + (kind === 'refund' ? (input.amountMinor ?? 0) : 0), 0);
}
