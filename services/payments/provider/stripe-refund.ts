import type { Id, Money } from '@plaza/kernel';
import type { Stripe } from 'stripe';
import { type PaymentProvider, ProviderUnavailable, refundKey } from './provider.ts';
import { answered, refusalCode, type StripeClients } from './stripe-client.ts';

/** Sends money back to the card it came from. */
export function refunding(clientOf: StripeClients): PaymentProvider['refund'] {
  return async ({ marketplaceId, reference, amount, ...named }) => {
    try {
      const refund = await answered(() => send(clientOf(marketplaceId), reference, named, amount));
      const isTaken = refund.status !== 'failed' && refund.status !== 'canceled';
      return isTaken
        ? { state: 'taken', reference: refund.id }
        : { state: 'refused', failureReason: refund.failure_reason ?? 'failed' };
    } catch (error) {
      const failureReason = refusalCode(error);
      // The account has not enough money yet: sent again until it has.
      if (failureReason === 'balance_insufficient') throw new ProviderUnavailable(failureReason, { cause: error });
      return { state: 'refused', failureReason };
    }
  };
}

function send(
  client: Stripe,
  reference: string,
  { refundId, attempt }: { refundId: Id<'refund'>; attempt: number },
  amount: Money,
) {
  return client.refunds.create(
    { payment_intent: reference, amount: amount.amountMinor, metadata: { plaza_refund: refundId } },
    { idempotencyKey: refundKey(refundId, attempt) },
  );
}
