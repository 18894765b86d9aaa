import type { PaymentProvider } from './provider.ts';
import { answered, type StripeClients } from './stripe-client.ts';

/** Shows the bank what speaks against a chargeback. Submitted at once, not kept at Stripe as a draft. */
export function evidenceSending(clientOf: StripeClients): NonNullable<PaymentProvider['submitEvidence']> {
  return ({ marketplaceId, disputeReference, text, carrier, trackingNumber }) =>
    answered(async () => {
      await clientOf(marketplaceId).disputes.update(
        disputeReference,
        {
          evidence: {
            uncategorized_text: text,
            ...(carrier === undefined ? {} : { shipping_carrier: carrier }),
            ...(trackingNumber === undefined ? {} : { shipping_tracking_number: trackingNumber }),
          },
          submit: true,
        },
        { idempotencyKey: `${disputeReference}:evidence` },
      );
    });
}
