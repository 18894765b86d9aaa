import type { Id, Money } from '@plaza/kernel';
import type { PaymentKind, PaymentMethodInput } from '../contract.ts';

/** What a provider says of a payment. */
export type ProviderOutcome =
  | { readonly state: 'captured' }
  | { readonly state: 'pending' }
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
};

export type Charge = {
  readonly outcome: ProviderOutcome;
  /** The provider's own name of the payment. */
  readonly reference: string;
  readonly method: { readonly kind: PaymentKind; readonly brand: string | null; readonly last4: string | null };
};

/** A verified webhook. `eventId` tells repeats apart. */
export type ProviderEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly paymentId: Id<'payment'>;
  readonly outcome: ProviderOutcome;
};

/**
 * A way to move money in from buyers and back. Every call may be repeated: a network can lose the answer of a call
 * that worked. Calls happen outside of transactions.
 */
export type PaymentProvider = {
  readonly name: string;
  /** @throws PAYMENT_METHOD_INVALID */
  create(request: ChargeRequest): Promise<Charge>;
  /** How the payment stands now. */
  confirm(marketplaceId: string, reference: string): Promise<ProviderOutcome>;
  /** Gives the payment up if that is still possible; answers how it then stands. */
  cancel(marketplaceId: string, reference: string): Promise<ProviderOutcome>;
  refund(request: {
    readonly marketplaceId: string;
    readonly reference: string;
    /** Also the key of the request. */
    readonly refundId: Id<'refund'>;
    readonly amount: Money;
  }): Promise<void>;
  /** The webhook's content, or undefined when it is not genuine, too old, or of another marketplace. */
  parseWebhook(marketplaceId: string, headers: Headers, body: string): ProviderEvent | undefined;
};
