import type { WalletLimits } from '@plaza/kernel/marketplace';
import type { RefundTo } from '../contract/holds.ts';

/** Where money goes that a buyer gets back, in minor units: to how they paid, and to their wallet (`memberId`, as UUID). */
export type Returned = {
  readonly sourceMinor: number;
  readonly walletMinor: number;
  readonly memberId: string | null;
};

/** What a payment was paid with and what of it went back, in minor units. */
export type PaidFrom = {
  readonly amountMinor: number;
  readonly walletMinor: number;
  readonly refundedMinor: number;
  readonly walletRefundedMinor: number;
};

/** What came by card or the like, not from a wallet, and has not gone back there: the most that can still go there. */
export function sourceLeft({ amountMinor, walletMinor, refundedMinor, walletRefundedMinor }: PaidFrom): number {
  return Math.max(amountMinor - walletMinor - (refundedMinor - walletRefundedMinor), 0);
}

/**
 * How a refund divides. The source gets back no more than it paid, so what is left of it goes first to the source and
 * then to the wallet; `wallet` sends all of it there.
 *
 * @example splitReturn({ amountMinor: 100, walletMinor: 30, refundedMinor: 50, walletRefundedMinor: 0 }, 40, 'source')
 *          // { sourceMinor: 20, walletMinor: 20 }: of the 70 from the card, 50 are back already
 */
export function splitReturn(
  paid: PaidFrom,
  amountMinor: number,
  to: RefundTo,
): { readonly sourceMinor: number; readonly walletMinor: number } {
  const sourceMinor = to === 'wallet' ? 0 : Math.min(amountMinor, sourceLeft(paid));
  return { sourceMinor, walletMinor: amountMinor - sourceMinor };
}

/** Hours that count as a day for limits: the last 24, in any time zone. */
export const DAY_HOURS = 24;

/** What moved in the last day, in minor units; what is under way counts as if it had moved. */
export type Usage = {
  readonly toppedUpMinor: number;
  readonly paidMinor: number;
  readonly withdrawnMinor: number;
};

/** A limit and what of it is used. */
type Limit = { readonly limitMinor: number; readonly usedMinor: number; readonly leftMinor: number };
export type LimitName = 'balance' | 'topUpPerDay' | 'payPerDay' | 'withdrawPerDay';

/** A wallet's limits as they stand. `heldMinor`: its balance and the top-ups under way. */
export function limitsOf(limits: WalletLimits, heldMinor: number, usage: Usage): Record<LimitName, Limit> {
  return {
    balance: limit(limits.balanceMinor, heldMinor),
    topUpPerDay: limit(limits.topUpPerDayMinor, usage.toppedUpMinor),
    payPerDay: limit(limits.payPerDayMinor, usage.paidMinor),
    withdrawPerDay: limit(limits.withdrawPerDayMinor, usage.withdrawnMinor),
  };
}

/** The first of `names` that has less left than is asked for. */
export function limitReached(
  limits: Record<LimitName, Limit>,
  names: readonly LimitName[],
  amountMinor: number,
): LimitName | undefined {
  return names.find((name) => limits[name].leftMinor < amountMinor);
}

function limit(limitMinor: number, usedMinor: number): Limit {
  return { limitMinor, usedMinor, leftMinor: Math.max(limitMinor - usedMinor, 0) };
}
