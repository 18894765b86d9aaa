import type { Id, Money } from '@plaza/kernel';
import type { BankAccount } from '../domain/bank-account.ts';
import type { PayoutAbilities } from '../domain/route-payout.ts';

/** One payout of a batch, for the provider's eyes only: the account is whole here. */
export type PayoutOrder = {
  /** Also the key of the request: the same id is never paid twice. */
  readonly payoutId: Id<'payout'>;
  readonly amount: Money;
  readonly account: BankAccount;
  readonly holderName: string;
  /** When it was first handed over; null: now. */
  readonly sentTime: Date | null;
};

/**
 * What became of a payout. `sent`: on its way, ask later. `failed`: no money moved, or it came back; `returned`: it came back after
 * it was `paid`. The fault is the account's (another is needed) or the bank's (it may be tried again).
 */
export type PayoutOutcome = { readonly payoutId: Id<'payout'> } & (
  | { readonly state: 'sent' | 'paid'; readonly reference: string | null }
  | { readonly state: 'failed' | 'returned'; readonly reason: string; readonly fault: 'account' | 'bank' }
);

/**
 * A way to move money out. Calls happen outside of transactions, may be repeated, and throw ProviderUnavailable when
 * nobody knows what they did. A payout without an outcome in an answer is asked about again.
 */
export type PayoutProvider = {
  readonly name: string;
  readonly abilities: PayoutAbilities;
  /** Names of settings that this marketplace would need and has not. */
  missingSettings(marketplaceId: string): string[];
  /** Hands a batch over. `isRepeat`: an answer before may have been lost. */
  send(marketplaceId: string, batch: readonly PayoutOrder[], isRepeat: boolean): Promise<PayoutOutcome[]>;
  /** How payouts stand that were sent. */
  ask(marketplaceId: string, sent: readonly PayoutOrder[]): Promise<PayoutOutcome[]>;
  /** Where it keeps the accounts itself: whether money can go there. */
  isReady?(marketplaceId: string, account: BankAccount): Promise<boolean>;
  /** Where it tests accounts by two small amounts: whether it could send them. */
  canReach?(account: BankAccount): boolean;
};
