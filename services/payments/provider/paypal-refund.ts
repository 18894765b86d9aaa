import { findOrder } from './paypal-charge.ts';
import { issueOf, type PayPalClients } from './paypal-client.ts';
import { captureOf, PayPalRefund, payPalAmount } from './paypal-messages.ts';
import { type PaymentProvider, refundKey } from './provider.ts';

/** Gives back of what was captured. */
export function refunding(clientOf: PayPalClients): PaymentProvider['refund'] {
  return async ({ marketplaceId, reference, refundId, attempt, amount }) => {
    try {
      const capture = captureOf(await findOrder(clientOf(marketplaceId), reference));
      if (capture === undefined) return { state: 'refused', failureReason: 'not_captured' };
      const body = { amount: payPalAmount(amount), custom_id: refundId };
      const path = `/v2/payments/captures/${capture.id}/refund`;
      const refund = PayPalRefund.parse(await clientOf(marketplaceId).post(path, body, refundKey(refundId, attempt)));
      return refund.status === 'FAILED' || refund.status === 'CANCELLED'
        ? { state: 'refused', failureReason: refund.status.toLowerCase() }
        : { state: 'taken', reference: refund.id };
    } catch (error) {
      return { state: 'refused', failureReason: issueOf(error) };
    }
  };
}
