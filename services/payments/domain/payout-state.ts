import type { PayoutPolicy } from '@plaza/kernel/marketplace';
import type { PayoutState } from '../contract/payouts.ts';

/**
 * Where a payout may go from each state. Until it is handed over it can be taken back, or put on hold; when it has ended it
 * stays so, unless the bank sends money back that had arrived.
 */
const EXITS = {
  awaiting_approval: ['requested', 'canceled'],
  requested: ['sending', 'canceled', 'awaiting_approval'],
  sending: ['sent', 'paid', 'failed'],
  sent: ['paid', 'failed'],
  paid: ['failed'],
  failed: [],
  canceled: [],
} as const satisfies Record<PayoutState, readonly PayoutState[]>;

/** The states from which a payout may become `to`: what its update is bound to, so that it happens once. */
export function statesBefore(to: PayoutState): PayoutState[] {
  return (Object.keys(EXITS) as PayoutState[]).filter((from) => (EXITS[from] as readonly PayoutState[]).includes(to));
}

/** Why an operator must look at a payout first. `wallet_frozen`: it was in line when its wallet was put on hold. */
export type ApprovalReason = 'amount' | 'first_payouts' | 'screening' | 'shared_account' | 'wallet_frozen';

/** Every reason that holds; none: it is sent without anybody's word. */
export function approvalReasons(
  { approval }: Pick<PayoutPolicy, 'approval'>,
  payout: {
    readonly amountMinor: number;
    readonly isHomeCurrency: boolean;
    readonly paidBefore: number;
    readonly isScreeningClear: boolean;
    readonly isSharedAccount: boolean;
  },
): ApprovalReason[] {
  // The amount is in the marketplace's currency; another's cannot be compared with it, so all of it is looked at.
  const isLarge =
    approval.fromMinor !== undefined && (!payout.isHomeCurrency || payout.amountMinor >= approval.fromMinor);
  return [
    ...(isLarge ? (['amount'] as const) : []),
    ...(payout.paidBefore < approval.firstPayouts ? (['first_payouts'] as const) : []),
    ...(payout.isScreeningClear ? [] : (['screening'] as const)),
    ...(payout.isSharedAccount ? (['shared_account'] as const) : []),
  ];
}

/**
 * What of an available balance has been there long enough. Money that goes out is the oldest, so the new is what came in
 * since: available less what was credited meanwhile. `creditedMinor` leaves out what only came back from a payout.
 */
export function agedMinor(availableMinor: number, creditedMinor: number): number {
  return Math.max(0, availableMinor - creditedMinor);
}

const HOUR_MS = 3_600_000;

/** When a payout that the bank could not make is tried again: after 1, 2, 4 … hours; null: no more by itself. */
export function nextAttemptTime(attempt: number, attemptsMax: number, failedTime: Date): Date | null {
  return attempt >= attemptsMax ? null : new Date(failedTime.getTime() + HOUR_MS * 2 ** (attempt - 1));
}

/** When to ask again about a payout that is under way: often at first, at most an hour later. */
export function nextAskTime(sentTime: Date, now: Date): Date {
  const ageMs = now.getTime() - sentTime.getTime();
  return new Date(now.getTime() + Math.min(Math.max(ageMs / 4, 10_000), HOUR_MS));
}
