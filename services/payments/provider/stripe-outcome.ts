import type { Stripe } from 'stripe';
import type { ProviderOutcome, ShownMethod } from './provider.ts';

/** What a Payment Intent's status means here (https://docs.stripe.com/payments/paymentintents/lifecycle). */
export function outcomeOf(intent: Stripe.PaymentIntent): ProviderOutcome {
  const { last_payment_error: failure, next_action: action } = intent;
  switch (intent.status) {
    case 'succeeded':
      return { state: 'captured', ...methodOf(intent) };
    case 'requires_capture':
      return { state: 'approved' };
    case 'canceled':
      return { state: 'canceled' };
    case 'requires_action': {
      const actionUrl = action?.redirect_to_url?.url ?? undefined;
      return actionUrl === undefined ? { state: 'pending' } : { state: 'requires_action', actionUrl };
    }
    case 'requires_payment_method':
      // After a failed try the intent waits for another method; with us another try is another payment.
      return failure === null
        ? { state: 'pending' }
        : { state: 'declined', declineCode: failure.decline_code ?? failure.code ?? 'card_declined' };
    default:
      return { state: 'pending' };
  }
}

function methodOf({ latest_charge: charge }: Stripe.PaymentIntent): { method?: ShownMethod } {
  const card = typeof charge === 'object' ? charge?.payment_method_details?.card : undefined;
  return card === undefined || card === null ? {} : { method: { kind: 'card', brand: card.brand, last4: card.last4 } };
}
