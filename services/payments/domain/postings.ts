import { invariant } from '@plaza/kernel';
import type { PayoutOwnerKind } from '../contract/payout-accounts.ts';
import type { AccountRef, Purpose } from './account.ts';
import { payoutSourceOf } from './payout-source.ts';
import { grossMinor, type Shares, sellerMinor } from './shares.ts';
import type { Returned } from './wallet.ts';

/** One line of a transfer: what is added to an account's claim, in minor units of the transfer's currency. */
export type Posting = AccountRef & { readonly amountMinor: number };

/** A buyer's money arrives at the provider. */
export function capturePostings(amountMinor: number): Posting[] {
  return balanced([platform('provider_clearing', -amountMinor), platform('buyer_funds', amountMinor)]);
}

/** A plan is paid: the platform's at once, less the tax in it. */
export function subscriptionPostings(amountMinor: number, taxMinor: number): Posting[] {
  return balanced([
    platform('provider_clearing', -amountMinor),
    platform('subscription_revenue', amountMinor - taxMinor),
    platform('tax_payable', taxMinor),
  ]);
}

/** What was paid for a plan goes back; the tax last, so that a part given back by hand leaves the tax as invoiced. */
export function subscriptionReturnPostings(amountMinor: number, revenueLeftMinor: number): Posting[] {
  const fromRevenue = Math.min(amountMinor, revenueLeftMinor);
  return balanced([
    platform('subscription_revenue', -fromRevenue),
    platform('tax_payable', fromRevenue - amountMinor),
    platform('provider_clearing', amountMinor),
  ]);
}

/** A member's money arrives at the provider and is theirs to spend here. */
export function topUpPostings(memberId: string, amountMinor: number): Posting[] {
  return balanced([platform('provider_clearing', -amountMinor), member('wallet', memberId, amountMinor)]);
}

/** A member pays with what they keep here. */
export function walletPaymentPostings(memberId: string, amountMinor: number): Posting[] {
  return balanced([member('wallet', memberId, -amountMinor), platform('buyer_funds', amountMinor)]);
}

/**
 * A top-up went back to its card by the provider's own doing, or the bank's, which waits in `chargeback_receivable`.
 * What the wallet no longer has is owed.
 */
export function topUpTakenBackPostings(
  memberId: string,
  amountMinor: number,
  availableMinor: number,
  from: 'provider_clearing' | 'chargeback_receivable',
): Posting[] {
  const fromBalance = Math.min(amountMinor, availableMinor);
  return balanced([
    platform(from, amountMinor),
    member('wallet', memberId, -fromBalance),
    member('wallet_debt', memberId, -(amountMinor - fromBalance)),
  ]);
}

/** What came into a wallet pays what it owes. */
export function walletDebtRepaidPostings(memberId: string, amountMinor: number): Posting[] {
  return balanced([member('wallet', memberId, -amountMinor), member('wallet_debt', memberId, amountMinor)]);
}

/** Money that no order took goes back. */
export function returnPostings(amountMinor: number, back: Returned = toSource(amountMinor)): Posting[] {
  return balanced([platform('buyer_funds', -amountMinor), ...returnedPostings(back)]);
}

/** A buyer sent what nobody asked for: it is kept as theirs. */
export function surplusPostings(amountMinor: number): Posting[] {
  return balanced([platform('provider_clearing', -amountMinor), platform('buyer_surplus', amountMinor)]);
}

/** It was sent back. */
export function surplusReturnedPostings(amountMinor: number): Posting[] {
  return balanced([platform('buyer_surplus', -amountMinor), platform('provider_clearing', amountMinor)]);
}

/** A payment becomes the escrow of its groups. The platform adds the discounts it bears, so no store pays for another's coupon. */
export function holdPostings(groups: readonly { readonly storeId: string; readonly shares: Shares }[]): Posting[] {
  return balanced([
    platform('buyer_funds', -sum(groups.map(({ shares }) => shares.buyerMinor))),
    platform('promotion_funding', -sum(groups.map(({ shares }) => shares.fundedMinor))),
    ...groups.map(({ storeId, shares }) => store('escrow', storeId, grossMinor(shares))),
  ]);
}

/** A buyer's money arrives at the provider and is its order's at once. */
export function salePostings(
  amountMinor: number,
  groups: readonly { readonly storeId: string; readonly shares: Shares }[],
): Posting[] {
  return balanced([...capturePostings(amountMinor), ...holdPostings(groups)]);
}

/** An order that was paid for will not come: what was held for it goes back whole. */
export function saleReturnPostings(
  groups: readonly { readonly storeId: string; readonly shares: Shares }[],
  back: Returned,
): Posting[] {
  const refunds = groups.map(({ storeId, shares }) => [
    store('escrow', storeId, -grossMinor(shares)),
    platform('promotion_funding', shares.fundedMinor),
  ]);
  return balanced([...refunds.flat(), ...returnedPostings(back)]);
}

/** What is left in escrow is earned. `owedMinor`: what the store owes from earlier refunds, paid back first. */
export function releasePostings(storeId: string, left: Shares, owedMinor: number): Posting[] {
  return balanced([
    store('escrow', storeId, -grossMinor(left)),
    platform('commission', left.commissionMinor),
    platform('tax_payable', left.taxMinor),
    ...creditPostings(storeId, sellerMinor(left), owedMinor),
  ]);
}

/** A refund before release: out of escrow. */
export function refundHeldPostings(
  storeId: string,
  taken: Shares,
  back: Returned = toSource(taken.buyerMinor),
): Posting[] {
  return balanced([store('escrow', storeId, -grossMinor(taken)), ...givenBackPostings(taken, back)]);
}

/** A refund after release: each gives back its part; what the seller's balance cannot pay becomes debt. */
export function refundReleasedPostings(
  storeId: string,
  taken: Shares,
  availableMinor: number,
  back: Returned = toSource(taken.buyerMinor),
): Posting[] {
  const fromBalance = Math.min(sellerMinor(taken), availableMinor);
  return balanced([
    store('seller_available', storeId, -fromBalance),
    store('seller_debt', storeId, -(sellerMinor(taken) - fromBalance)),
    platform('commission', -taken.commissionMinor),
    platform('tax_payable', -taken.taxMinor),
    ...givenBackPostings(taken, back),
  ]);
}

/** Whose money a payout is: a store or member, by its UUID. */
type PayoutOwner = { readonly kind: PayoutOwnerKind; readonly id: string };
/** A chargeback took this much more (or, below zero, less) than the books say so far. */
export function chargebackTakenPostings(changeMinor: number): Posting[] {
  return balanced([platform('provider_clearing', changeMinor), platform('chargeback_receivable', -changeMinor)]);
}

/** What the platform bears of a chargeback: its own ruling, its fee, or what the buyer had back before. */
export function chargebackBornePostings(amountMinor: number): Posting[] {
  return balanced([platform('chargeback_receivable', amountMinor), platform('bad_debt', -amountMinor)]);
}

/** A lost chargeback of a payment that no order took. */
export function chargebackUnclaimedPostings(amountMinor: number): Posting[] {
  return balanced([platform('buyer_funds', -amountMinor), platform('chargeback_receivable', amountMinor)]);
}

/**
 * A lost chargeback that its seller bears: as a refund, but the buyer has the money already, and what is settled is what
 * the provider took. The fee is the seller's alone. What the balance cannot pay becomes debt.
 */
export function chargebackLostPostings(
  storeId: string,
  taken: Shares,
  { isReleased, feeMinor, availableMinor }: { isReleased: boolean; feeMinor: number; availableMinor: number },
): Posting[] {
  const owedMinor = (isReleased ? sellerMinor(taken) : 0) + feeMinor;
  const fromBalance = Math.min(owedMinor, availableMinor);
  return balanced([
    ...(isReleased
      ? [platform('commission', -taken.commissionMinor), platform('tax_payable', -taken.taxMinor)]
      : [store('escrow', storeId, -grossMinor(taken))]),
    store('seller_available', storeId, -fromBalance),
    store('seller_debt', storeId, -(owedMinor - fromBalance)),
    platform('chargeback_receivable', taken.buyerMinor + feeMinor),
    platform('promotion_funding', taken.fundedMinor),
  ]);
}

/** A refund that the provider could not send is what the bank gave the buyer: the provider had that money until then. */
export function refundByBankPostings(amountMinor: number): Posting[] {
  return balanced([platform('provider_clearing', -amountMinor), platform('chargeback_receivable', amountMinor)]);
}

/** An operator sent a refund that the provider could not send: the provider keeps that money. */
export function sentByHandPostings(amountMinor: number): Posting[] {
  return balanced([platform('provider_clearing', -amountMinor), platform('sent_by_hand', amountMinor)]);
}

/** The platform gives up what a store owes. */
export function writeOffPostings(storeId: string, amountMinor: number): Posting[] {
  return balanced([store('seller_debt', storeId, amountMinor), platform('bad_debt', -amountMinor)]);
}

/** A payout leaves the available balance. */
export function payoutPostings({ kind, id }: PayoutOwner, amountMinor: number): Posting[] {
  const { available, inTransit } = payoutSourceOf(kind);
  return balanced([owned(available, id, -amountMinor), owned(inTransit, id, amountMinor)]);
}

/** The bank confirmed a payout. */
export function payoutPaidPostings({ kind, id }: PayoutOwner, amountMinor: number): Posting[] {
  return balanced([owned(payoutSourceOf(kind).inTransit, id, -amountMinor), platform('bank', amountMinor)]);
}

/**
 * A payout failed or was taken back: the money is its owner's again, less what they owe by now. `isFromBank`: it had arrived,
 * and came back from there.
 */
export function payoutReturnedPostings(
  { kind, id }: PayoutOwner,
  amountMinor: number,
  owedMinor: number,
  isFromBank = false,
): Posting[] {
  const { available, debt, inTransit } = payoutSourceOf(kind);
  const repaid = Math.min(amountMinor, owedMinor);
  return balanced([
    isFromBank ? platform('bank', -amountMinor) : owned(inTransit, id, -amountMinor),
    owned(debt, id, repaid),
    owned(available, id, amountMinor - repaid),
  ]);
}

/** A provider reports more (or less, then negative) than the books have of it; whose it is remains to be found. */
export function correctionPostings(deltaMinor: number): Posting[] {
  return balanced([platform('provider_clearing', -deltaMinor), platform('suspense', deltaMinor)]);
}

/** A provider kept this of the money it has of us. */
export function feePostings(feeMinor: number): Posting[] {
  return balanced([platform('provider_clearing', feeMinor), platform('provider_fees', -feeMinor)]);
}

function creditPostings(storeId: string, amountMinor: number, owedMinor: number): Posting[] {
  const repaid = Math.min(amountMinor, owedMinor);
  return [store('seller_debt', storeId, repaid), store('seller_available', storeId, amountMinor - repaid)];
}

function givenBackPostings(taken: Shares, back: Returned): Posting[] {
  invariant(back.sourceMinor + back.walletMinor === taken.buyerMinor, 'what the buyer gets back goes somewhere');
  return [...returnedPostings(back), platform('promotion_funding', taken.fundedMinor)];
}

function returnedPostings({ sourceMinor, walletMinor, memberId }: Returned): Posting[] {
  return [
    platform('provider_clearing', sourceMinor),
    ...(walletMinor === 0 ? [] : [member('wallet', memberId, walletMinor)]),
  ];
}

function toSource(sourceMinor: number): Returned {
  return { sourceMinor, walletMinor: 0, memberId: null };
}

/** A line of one of the platform's accounts. */
export function platform(purpose: Purpose, amountMinor: number): Posting {
  return { purpose, ownerId: null, amountMinor };
}

function member(purpose: Purpose, memberId: string | null, amountMinor: number): Posting {
  invariant(memberId !== null, 'only members have wallets');
  return { purpose, ownerId: memberId, amountMinor };
}

/** A line of one of a store's accounts. */
export function store(purpose: Purpose, storeId: string, amountMinor: number): Posting {
  return owned(purpose, storeId, amountMinor);
}

function owned(purpose: Purpose, ownerId: string, amountMinor: number): Posting {
  return { purpose, ownerId, amountMinor };
}

/** One line an account, no empty lines, and a sum of zero. */
export function balanced(postings: readonly Posting[]): Posting[] {
  const merged = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.purpose} ${posting.ownerId ?? ''}`;
    const before = merged.get(key)?.amountMinor ?? 0;
    merged.set(key, { ...posting, amountMinor: before + posting.amountMinor });
  }
  const lines = [...merged.values()].filter(({ amountMinor }) => amountMinor !== 0);
  invariant(
    lines.every(({ amountMinor }) => Number.isSafeInteger(amountMinor)),
    'postings are whole minor units',
  );
  invariant(sum(lines.map(({ amountMinor }) => amountMinor)) === 0, 'postings sum to zero');
  return lines;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
