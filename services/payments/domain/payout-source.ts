import { invariant } from '@plaza/kernel';
import type { PayoutOwnerKind } from '../contract/payout-accounts.ts';
import type { Purpose } from './account.ts';

/** The accounts that an owner's payouts leave, are in on their way, and come back to (what is owed first). */
export type PayoutSource = { readonly available: Purpose; readonly debt: Purpose; readonly inTransit: Purpose };

const SOURCES: Readonly<Partial<Record<PayoutOwnerKind, PayoutSource>>> = {
  store: { available: 'seller_available', debt: 'seller_debt', inTransit: 'payout_in_transit' },
  member: { available: 'wallet', debt: 'wallet_debt', inTransit: 'withdrawal_in_transit' },
};

/** Whether owners of a kind have money that is paid out. */
export function hasPayouts(kind: PayoutOwnerKind): boolean {
  return SOURCES[kind] !== undefined;
}

/** Where an owner's payouts come from. */
export function payoutSourceOf(kind: PayoutOwnerKind): PayoutSource {
  const source = SOURCES[kind];
  invariant(source !== undefined, `there are no payouts of a ${kind}`);
  return source;
}
