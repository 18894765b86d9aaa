import type { Platform } from '@plaza/runtime';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { PayPalClient, PayPalRefusal } from './paypal-client.ts';
import { providePayPalEvidence } from './paypal-dispute.ts';
import { captureOf, PayPalOrder, PayPalRefund, payPalAmount, payPalOutcome } from './paypal-messages.ts';
import { payPalReport } from './paypal-report.ts';
import { readPayPalEvent } from './paypal-webhook.ts';
import {
  type PaymentProvider,
  type ProviderOutcome,
  ProviderUnavailable,
  type RefundOutcome,
  refundKey,
} from './provider.ts';
import { forEachMarketplace, providerSettings } from './settings.ts';

const ABILITIES: ProviderAbilities = {
  kinds: ['paypal'],
  // Those of ours that PayPal holds balances in (https://developer.paypal.com/reference/currency-codes/).
  currencies: ['USD', 'THB', 'MXN', 'EUR', 'GBP', 'JPY'],
  minimumMinor: {},
  maximumMinor: 999_999_999,
  capturesSeparately: true,
  refunds: 'partial',
  // https://developer.paypal.com/docs/api/payments/v2/#captures_refund
  refundWindowDays: 180,
  hasWebhooks: true,
  sendsBuyersElsewhere: true,
  cardEntry: 'plaza',
  isRemote: true,
};

/**
 * PayPal by Orders v2. The buyer approves on PayPal's page; an approval moves no money until we capture it, so a payment
 * that was given up here is never captured, and needs no call there.
 */
export function createPayPalProvider({ environment, clock }: Pick<Platform, 'environment' | 'clock'>): PaymentProvider {
  const settings = providerSettings(environment, 'PAYPAL', ['CLIENT_ID', 'CLIENT_SECRET', 'WEBHOOK_ID']);
  const clientOf = forEachMarketplace((marketplaceId) => {
    const account = {
      base: environment.PAYPAL_API_BASE || 'https://api-m.paypal.com',
      clientId: settings.of(marketplaceId, 'CLIENT_ID') ?? '',
      clientSecret: settings.of(marketplaceId, 'CLIENT_SECRET') ?? '',
    };
    return new PayPalClient(account, clock);
  });

  const orderOf = async (marketplaceId: string, reference: string) =>
    PayPalOrder.parse(await clientOf(marketplaceId).get(`/v2/checkout/orders/${reference}`));
  const reconcile = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> => {
    try {
      return payPalOutcome(await orderOf(marketplaceId, reference));
    } catch (error) {
      // PayPal forgets an order that was not approved in time.
      if (error instanceof PayPalRefusal && error.issue === 'RESOURCE_NOT_FOUND') return { state: 'canceled' };
      throw error;
    }
  };

  return {
    name: 'paypal',
    abilities: ABILITIES,
    missingSettings: settings.missing,
    publishableKey: () => null,

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

    async refund({ marketplaceId, reference, refundId, attempt, amount }): Promise<RefundOutcome> {
      try {
        const capture = captureOf(await orderOf(marketplaceId, reference));
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
    },

    submitEvidence: (request) => providePayPalEvidence(clientOf(request.marketplaceId), request),

    async *report(marketplaceId, period) {
      try {
        yield* payPalReport(clientOf(marketplaceId), period);
      } catch (error) {
        throw new ProviderUnavailable("PayPal's report cannot be read", { cause: error });
      }
    },

    async webhook(marketplaceId, headers, body) {
      const webhookId = settings.of(marketplaceId, 'WEBHOOK_ID');
      if (!webhookId) return undefined;
      return readPayPalEvent(clientOf(marketplaceId), { headers, body, webhookId, now: clock() });
    },
  };
}

/** Why PayPal refused, in small letters; anything else is thrown on. */
function issueOf(error: unknown): string {
  if (!(error instanceof PayPalRefusal)) throw error;
  return error.issue;
}
