import type { CashCollector } from './abilities.ts';
import { balanced, type Posting, platform, refundHeldPostings, store } from './postings.ts';
import { grossMinor, type Shares, sellerMinor } from './shares.ts';
import type { Returned } from './wallet.ts';

/** What a store can spend and what it owes, in minor units, as its locked accounts say. */
type StoreBalance = { readonly availableMinor: number; readonly owedMinor: number };

/** Cash was taken at the door. Whoever has it owes it to the escrow of the sale. */
export function collectPostings(storeId: string, shares: Shares, collector: CashCollector): Posting[] {
  return balanced([
    collector === 'seller'
      ? store('seller_cash', storeId, -shares.buyerMinor)
      : platform('provider_clearing', -shares.buyerMinor),
    platform('promotion_funding', -shares.fundedMinor),
    store('escrow', storeId, grossMinor(shares)),
  ]);
}

/**
 * A sale whose cash the seller has is fulfilled: the cash is theirs for good, so that of their earnings only what is
 * beyond it is credited; usually there is less, and they owe commission and tax.
 */
export function releaseCashPostings(storeId: string, left: Shares, balance: StoreBalance): Posting[] {
  return balanced([
    store('escrow', storeId, -grossMinor(left)),
    platform('commission', left.commissionMinor),
    platform('tax_payable', left.taxMinor),
    store('seller_cash', storeId, left.buyerMinor),
    ...settledWithStore(storeId, sellerMinor(left) - left.buyerMinor, balance),
  ]);
}

/** A refund of such a sale before it was fulfilled: the buyer is paid by the marketplace, and the seller by their balance. */
export function refundCashPostings(storeId: string, taken: Shares, back: Returned, balance: StoreBalance): Posting[] {
  return balanced([
    ...refundHeldPostings(storeId, taken, back),
    store('seller_cash', storeId, taken.buyerMinor),
    ...settledWithStore(storeId, -taken.buyerMinor, balance),
  ]);
}

/** Credits a store, its debt first, or charges it, as far as its balance goes, and the rest as debt. */
function settledWithStore(
  storeId: string,
  amountMinor: number,
  { availableMinor, owedMinor }: StoreBalance,
): Posting[] {
  const toDebt = amountMinor >= 0 ? Math.min(amountMinor, owedMinor) : Math.min(amountMinor + availableMinor, 0);
  return [store('seller_debt', storeId, toDebt), store('seller_available', storeId, amountMinor - toDebt)];
}
