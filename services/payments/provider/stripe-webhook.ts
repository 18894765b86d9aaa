import { Currency, idSchema, type Money } from '@plaza/kernel';
import type { Stripe } from 'stripe';
import type { ProviderEvent } from './provider.ts';
import { outcomeOf } from './stripe-outcome.ts';
import { stripeSdk } from './stripe-sdk.ts';

/** A webhook older than this is refused: a recorded one cannot be played again later. */
export const REPLAY_WINDOW_SECONDS = 300;

/**
 * The content of a genuine Stripe webhook, its signature checked by Stripe's own SDK. What is not about a payment of this
 * marketplace, as when one account serves several, is about nothing.
 */
export function readStripeEvent(
  client: Stripe,
  webhook: { marketplaceId: string; body: string; signature: string; secret: string; now: Date },
): ProviderEvent | undefined {
  try {
    const event = client.webhooks.constructEvent(
      webhook.body,
      webhook.signature,
      webhook.secret,
      REPLAY_WINDOW_SECONDS,
      undefined,
      webhook.now.getTime(),
    );
    return { eventId: event.id, type: event.type, ...contentOf(event, webhook.marketplaceId) };
  } catch (error) {
    if (error instanceof stripeSdk().errors.StripeSignatureVerificationError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

type Content<Event = ProviderEvent> = Event extends ProviderEvent ? Omit<Event, 'eventId' | 'type'> : never;

const NOTHING = { about: 'nothing' } as const;

function contentOf(event: Stripe.Event, marketplaceId: string): Content {
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
    case 'payment_intent.processing':
    case 'payment_intent.requires_action':
    case 'payment_intent.amount_capturable_updated': {
      const { object: intent } = event.data;
      const paymentId = idSchema('payment').safeParse(intent.metadata.plaza_payment).data;
      if (paymentId === undefined || intent.metadata.plaza_marketplace !== marketplaceId) return NOTHING;
      return {
        about: 'payment',
        paymentId,
        reference: intent.id,
        captured: intent.status === 'succeeded' ? receivedOf(intent) : null,
        outcome: outcomeOf(intent),
      };
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundOf(event.data.object);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
    case 'charge.dispute.closed':
      return disputeOf(event.data.object);
    default:
      return NOTHING;
  }
}

function receivedOf({ amount_received: amountMinor, currency: told }: Stripe.PaymentIntent): Money | null {
  const currency = Currency.safeParse(told.toUpperCase()).data;
  return currency === undefined ? null : { amountMinor, currency };
}

function refundOf(refund: Stripe.Refund): Content {
  const reference = idOf(refund.payment_intent);
  if (reference === undefined) return NOTHING;
  return {
    about: 'refund',
    reference,
    refundReference: refund.id,
    refundId: idSchema('refund').safeParse(refund.metadata?.plaza_refund).data ?? null,
    amountMinor: refund.amount,
    state: refund.status === 'failed' || refund.status === 'canceled' ? 'failed' : 'taken',
    failureReason: refund.failure_reason ?? null,
  };
}

function disputeOf(dispute: Stripe.Dispute): Content {
  const reference = idOf(dispute.payment_intent);
  const currency = Currency.safeParse(dispute.currency.toUpperCase()).data;
  if (reference === undefined || currency === undefined) return NOTHING;
  const { due_by: dueBy } = dispute.evidence_details;
  return {
    about: 'dispute',
    reference,
    disputeReference: dispute.id,
    state: disputeState(dispute.status),
    amount: { amountMinor: dispute.amount, currency },
    isTaken: !dispute.status.startsWith('warning_') && dispute.status !== 'prevented',
    feeMinor: feeOf(dispute),
    reason: dispute.reason,
    evidenceDueTime: dueBy === null ? null : new Date(dueBy * 1000),
  };
}

/** What Stripe charges for it and has not given back. In another currency than the dispute's it is of no use to our books. */
function feeOf({ balance_transactions: moves = [], currency }: Stripe.Dispute): number {
  const told = moves.filter((move) => move.currency === currency).reduce((sum, { fee }) => sum + fee, 0);
  return Math.max(0, told);
}

/** An inquiry that was closed and a dispute that was prevented leave the money here, as a won one does. */
function disputeState(status: Stripe.Dispute.Status): 'opened' | 'won' | 'lost' {
  if (status === 'lost') return 'lost';
  return status === 'won' || status === 'warning_closed' || status === 'prevented' ? 'won' : 'opened';
}

function idOf(named: string | { id: string } | null): string | undefined {
  return typeof named === 'string' ? named : named?.id;
}
