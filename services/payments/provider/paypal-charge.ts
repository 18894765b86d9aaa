import { issueOf, type PayPalClient, type PayPalClients, PayPalRefusal } from './paypal-client.ts';
import { PayPalOrder, payPalAmount, payPalOutcome } from './paypal-messages.ts';
import type { PaymentProvider, ProviderOutcome } from './provider.ts';

type Charging = Pick<PaymentProvider, 'create' | 'confirm' | 'capture' | 'cancel' | 'reconcile'>;

/**
 * Charges by Orders v2. The buyer approves on PayPal's page; an approval moves no money until we capture it, so a payment
 * that was given up here is never captured, and needs no call there.
 */
export function charging(clientOf: PayPalClients): Charging {
  const reconcile = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> => {
    try {
      return payPalOutcome(await findOrder(clientOf(marketplaceId), reference));
    } catch (error) {
      // PayPal forgets an order that was not approved in time.
      if (error instanceof PayPalRefusal && error.issue === 'RESOURCE_NOT_FOUND') return { state: 'canceled' };
      throw error;
    }
  };

  return {
    async create({ marketplaceId, paymentId, amount, method, returnUrl }) {
      const shown = { kind: method.kind, brand: null, last4: null };
      try {
        const answer = await clientOf(marketplaceId).post(
          '/v2/checkout/orders',
          {
            intent: 'CAPTURE',
            purchase_units: [{ custom_id: paymentId, amount: payPalAmount(amount) }],
            payment_source: {
              paypal: {
                experience_context: {
                  return_url: returnUrl,
                  cancel_url: returnUrl,
                  user_action: 'PAY_NOW',
                  // The address is the checkout's, and was entered there.
                  shipping_preference: 'NO_SHIPPING',
                },
              },
            },
          },
          paymentId,
        );
        const order = PayPalOrder.parse(answer);
        return { reference: order.id, method: shown, outcome: payPalOutcome(order) };
      } catch (error) {
        return { reference: '', method: shown, outcome: { state: 'declined', declineCode: issueOf(error) } };
      }
    },

    confirm: ({ marketplaceId }, reference) => reconcile(marketplaceId, reference),
    reconcile,

    async capture(marketplaceId, reference) {
      try {
        const path = `/v2/checkout/orders/${reference}/capture`;
        return payPalOutcome(PayPalOrder.parse(await clientOf(marketplaceId).post(path, {}, `${reference}:capture`)));
      } catch (error) {
        const issue = issueOf(error);
        if (issue === 'ORDER_ALREADY_CAPTURED' || issue === 'ORDER_NOT_APPROVED')
          return reconcile(marketplaceId, reference);
        return { state: 'declined', declineCode: issue };
      }
    },

    async cancel(marketplaceId, reference) {
      const outcome = await reconcile(marketplaceId, reference);
      return outcome.state === 'approved' || outcome.state === 'requires_action' ? { state: 'canceled' } : outcome;
    },
  };
}

export async function findOrder(client: PayPalClient, reference: string): Promise<PayPalOrder> {
  return PayPalOrder.parse(await client.get(`/v2/checkout/orders/${reference}`));
}
