import type { Id, Money } from '@plaza/kernel';
import type { PaymentKind, PaymentMethodInput } from '../contract.ts';
import type { ProviderAbilities } from '../domain/abilities.ts';
import type { ReportLine } from '../domain/reconciliation.ts';

/** What is shown of a payment method. Never a card's number. */
export type ShownMethod = { readonly kind: PaymentKind; readonly brand: string | null; readonly last4: string | null };

/** What a provider says of a payment. `approved`: the buyer agreed, and `capture` takes the money. `due`: it comes at the door. */
export type ProviderOutcome =
  | { readonly state: 'captured'; readonly method?: ShownMethod }
  | { readonly state: 'approved' }
  | { readonly state: 'pending' }
  | { readonly state: 'due' }
  | { readonly state: 'canceled' }
  | { readonly state: 'declined'; readonly declineCode: string }
  | { readonly state: 'requires_action'; readonly actionUrl: string };

export type ChargeRequest = {
  readonly marketplaceId: string;
  /** Also the key of the request: the same id is never charged twice. */
  readonly paymentId: Id<'payment'>;
  readonly amount: Money;
  readonly method: PaymentMethodInput;
  readonly returnUrl: string;
  /** Of a saved card: whose it is at the provider. */
  readonly customerReference?: string | null;
  /** The payer is not there to be asked by their bank. */
  readonly isOffSession?: boolean;
};

/** A card that a provider keeps for later payments. `token` and `customerReference` charge it again. */
export type SavedCard = {
  readonly token: string;
  readonly customerReference: string | null;
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
};

export type SaveCardRequest = {
  readonly marketplaceId: string;
  readonly memberId: Id<'member'>;
  readonly token: string;
  /** The provider's name of the member, from a card saved before. */
  readonly customerReference: string | null;
  readonly returnUrl: string;
};

export type SaveCardOutcome =
  | { readonly state: 'saved'; readonly card: SavedCard }
  | { readonly state: 'requires_action'; readonly actionUrl: string }
  | { readonly state: 'refused'; readonly declineCode: string };

export type Charge = {
  /** The provider's own name of the payment; empty when it refused to begin. */
  readonly reference: string;
  readonly method: ShownMethod;
  /** Given when there is nothing to confirm: decided at once, refused, or the buyer's turn. */
  readonly outcome?: ProviderOutcome;
};

export type RefundRequest = {
  readonly marketplaceId: string;
  readonly reference: string;
  /** With the attempt the key of the request: the same refund is never sent twice. */
  readonly refundId: Id<'refund'>;
  /** 0, and one more each time that an operator tries again what the provider refused. */
  readonly attempt: number;
  readonly amount: Money;
};

/** The key of a refund's request at a provider. A refused attempt is remembered under its key, so the next has another. */
export function refundKey(refundId: Id<'refund'>, attempt: number): string {
  return attempt === 0 ? refundId : `${refundId}:${attempt}`;
}

/** `taken`: on its way to the buyer; should it fail later, a webhook tells. */
/**
 * `taken`: on its way to the buyer; should it fail later, a webhook tells. `operator`: nobody's machine can send it; it
 * stands in a list of the adapter's own, and stays pending until an operator shows that it was sent.
 */
export type RefundOutcome =
  | { readonly state: 'taken'; readonly reference: string | null }
  | { readonly state: 'operator' }
  | { readonly state: 'refused'; readonly failureReason: string };

/** What speaks for a sale that a buyer's bank contests. */
export type EvidenceRequest = {
  readonly marketplaceId: string;
  readonly disputeReference: string;
  readonly text: string;
  readonly carrier: string | undefined;
  readonly trackingNumber: string | undefined;
};

/** What a genuine webhook tells. `eventId` tells repeats apart; `type` is the provider's own word. */
export type ProviderEvent = { readonly eventId: string; readonly type: string } & (
  | {
      readonly about: 'payment';
      readonly paymentId: Id<'payment'>;
      /** The provider's name of the payment and, when it was captured, how much was; null from a provider of our own. */
      readonly reference: string | null;
      readonly captured: Money | null;
      readonly outcome: ProviderOutcome;
    }
  | {
      readonly about: 'refund';
      /** The provider's names of the payment and of the refund. */
      readonly reference: string;
      readonly refundReference: string;
      /** Ours, when we asked for it; null when it was begun in the provider's own console. */
      readonly refundId: Id<'refund'> | null;
      readonly amountMinor: number;
      readonly state: 'taken' | 'failed';
      readonly failureReason: string | null;
    }
  | {
      readonly about: 'dispute';
      readonly reference: string;
      readonly disputeReference: string;
      readonly state: 'opened' | 'won' | 'lost';
      readonly amount: Money;
      /** The provider has taken the money; while a bank only inquires it has not. */
      readonly isTaken: boolean;
      /** Its fee as far as it is told and stands, in minor units of the same currency. */
      readonly feeMinor: number;
      readonly reason: string;
      readonly evidenceDueTime: Date | null;
    }
  | { readonly about: 'nothing' }
);

/** No answer, or one that says nothing: nobody knows whether the call had its effect. It may be repeated. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** The provider does not take evidence for this claim, or not any more. The message is its own word for why. */
export class EvidenceRefused extends Error {
  override readonly name = 'EvidenceRefused';
}

/**
 * A way to move money in from buyers and back. Every call may be repeated: a network can lose the answer of a call
 * that worked. Calls happen outside of transactions, and throw ProviderUnavailable when nobody knows what they did.
 */
export type PaymentProvider = {
  readonly name: string;
  readonly abilities: ProviderAbilities;
  /** Names of settings that this marketplace would need and has not. */
  missingSettings(marketplaceId: string): string[];
  /** What the browser needs to enter a card at the provider; null where cards are entered here. */
  publishableKey(marketplaceId: string): string | null;
  /** Begins a payment. With a remote provider no money moves yet. @throws PAYMENT_METHOD_INVALID */
  create(request: ChargeRequest): Promise<Charge>;
  /** Asks for the money of a payment that was begun. */
  confirm(request: ChargeRequest, reference: string): Promise<ProviderOutcome>;
  /** Takes the money of a payment that the buyer approved. */
  capture?(marketplaceId: string, reference: string): Promise<ProviderOutcome>;
  /** Gives the payment up if that is still possible; answers how it then stands. */
  cancel(marketplaceId: string, reference: string): Promise<ProviderOutcome>;
  /** Keeps a card for later payments, which may then be made without its member. Only where a provider can. */
  saveCard?(request: SaveCardRequest): Promise<SaveCardOutcome>;
  /** Forgets a card that was saved. */
  forgetCard?(marketplaceId: string, token: string): Promise<void>;
  refund(request: RefundRequest): Promise<RefundOutcome>;
  /** How the payment stands, for good: a request that was lost on its way cannot take effect afterwards. */
  reconcile(marketplaceId: string, reference: string): Promise<ProviderOutcome>;
  /**
   * What moved in this time, as the provider's own books have it, for reconciliation. May be late by hours for the newest.
   * @throws ProviderUnavailable
   */
  report?(marketplaceId: string, period: { readonly from: Date; readonly to: Date }): AsyncIterable<ReportLine>;
  /** Sends the bank what speaks for a sale, once and for all. Not every provider takes it from us. @throws EvidenceRefused */
  submitEvidence?(request: EvidenceRequest): Promise<void>;
  /** The webhook's content; undefined when it is not genuine, too old, or of another marketplace. */
  webhook?(marketplaceId: string, headers: Headers, body: string): Promise<ProviderEvent | undefined>;
};
