import { hash } from 'node:crypto';
import type { Currency } from '@plaza/kernel';

/**
 * What an account is for. An entry's sign: positive adds to what the account's owner may claim, so `provider_clearing`
 * is negative while a provider keeps money that we owe on, and the sum of all accounts of a currency is zero.
 *
 * `sign`: 1 never negative, -1 never positive, 0 either. `isStriped`: touched by every sale, so its balance is kept in
 * several rows that sum to it, and two sales rarely wait for one another.
 */
export const PURPOSES = {
  /** Money with payment providers: captured less refunded. */
  provider_clearing: { owner: 'platform', sign: 0, isStriped: true },
  /** Captured from buyers and not yet part of an order. Bounded payment by payment. */
  buyer_funds: { owner: 'platform', sign: 0, isStriped: true },
  /** Sent by buyers beyond what they owed, or too little and too late: theirs until it is sent back. */
  buyer_surplus: { owner: 'platform', sign: 0, isStriped: true },
  /** The platform's earnings; refunds may outrun them. */
  commission: { owner: 'platform', sign: 0, isStriped: true },
  /** What members pay for plans. */
  subscription_revenue: { owner: 'platform', sign: 0, isStriped: true },
  /** Tax kept to remit. */
  tax_payable: { owner: 'platform', sign: 0, isStriped: true },
  /** Discounts the platform bears: negative by what it gave. */
  promotion_funding: { owner: 'platform', sign: 0, isStriped: true },
  /** Money that reached sellers' banks. */
  bank: { owner: 'platform', sign: 0, isStriped: true },
  /** What providers kept for their work. */
  provider_fees: { owner: 'platform', sign: 0, isStriped: false },
  /** Money that a provider's report has and the books have not, or the other way, until somebody knows whose it is. */
  suspense: { owner: 'platform', sign: 0, isStriped: false },
  /** Refunds that no provider could send and the platform sent from its own bank. */
  sent_by_hand: { owner: 'platform', sign: 0, isStriped: false },
  /** Taken by a provider for a chargeback and not settled yet: negative by what is waited for. */
  chargeback_receivable: { owner: 'platform', sign: 0, isStriped: false },
  /** What the platform lost for good: debts it wrote off, chargebacks and their fees that it bears. */
  bad_debt: { owner: 'platform', sign: 0, isStriped: false },
  /** Held for a store's open orders. */
  escrow: { owner: 'store', sign: 1, isStriped: false },
  /** Earned, and can be paid out. */
  seller_available: { owner: 'store', sign: 1, isStriped: false },
  /** Refunds that the available balance could not pay: below zero by what is owed. */
  seller_debt: { owner: 'store', sign: -1, isStriped: false },
  /** Cash that a store took at the door, of sales that may still be given back: below zero by what it has of them. */
  seller_cash: { owner: 'store', sign: -1, isStriped: false },
  /** Left the available balance, not yet confirmed by the bank. */
  payout_in_transit: { owner: 'store', sign: 1, isStriped: false },
  /** What a member keeps here to pay with. */
  wallet: { owner: 'member', sign: 1, isStriped: false },
  /** Left a wallet, not yet confirmed by the bank. */
  withdrawal_in_transit: { owner: 'member', sign: 1, isStriped: false },
  /** Top-ups that went back to their cards after they were spent: the only member account below zero. */
  wallet_debt: { owner: 'member', sign: -1, isStriped: false },
} as const satisfies Record<string, { owner: 'platform' | 'store' | 'member'; sign: -1 | 0 | 1; isStriped: boolean }>;

export type Purpose = keyof typeof PURPOSES;

/** An account by what it is: a purpose, and whose. `ownerId` is the store's or member's UUID, or null for the platform. */
export type AccountRef = { readonly purpose: Purpose; readonly ownerId: string | null };

/** Rows that a striped balance is kept in, numbered from 1; other balances are stripe 0. */
export const STRIPES = 8;

/**
 * The id of an account, computed from what it is, so that posting needs no lookup: the first 128 bits of a SHA-256,
 * as UUID version 8 (RFC 9562 §5.8).
 */
export function accountUuid(marketplaceId: string, currency: Currency, { purpose, ownerId }: AccountRef): string {
  return uuidOf(hash('sha256', `${marketplaceId}\n${currency}\n${purpose}\n${ownerId ?? ''}`, 'buffer'), 0x80);
}

/**
 * The id of a payment, computed from its checkout and attempt, so that a repeat after a crash names the same payment to
 * the provider. Keeps the checkout's 48 bits of time and calls itself version 7, so that payments sort by age.
 */
export function paymentUuid(checkoutUuid: string, attempt: number): string {
  const bytes = hash('sha256', `payment\n${checkoutUuid}\n${attempt}`, 'buffer');
  Buffer.from(checkoutUuid.slice(0, 13).replace('-', ''), 'hex').copy(bytes, 0, 0, 6);
  return uuidOf(bytes, 0x70);
}

function uuidOf(bytes: Buffer, version: number): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | version;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
