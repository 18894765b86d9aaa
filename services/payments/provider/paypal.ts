import type { Platform } from '@plaza/runtime';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { charging } from './paypal-charge.ts';
import { PayPalClient } from './paypal-client.ts';
import { providePayPalEvidence } from './paypal-dispute.ts';
import { refunding } from './paypal-refund.ts';
import { payPalReport } from './paypal-report.ts';
import { readPayPalEvent } from './paypal-webhook.ts';
import { type PaymentProvider, ProviderUnavailable } from './provider.ts';
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

/** PayPal, which each marketplace uses with an account of its own. */
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
  return {
    name: 'paypal',
    abilities: ABILITIES,
    missingSettings: settings.missing,
    publishableKey: () => null,

    ...charging(clientOf),
    refund: refunding(clientOf),
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
