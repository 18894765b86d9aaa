import type { Platform } from '@plaza/runtime';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { type PaymentProvider, ProviderUnavailable } from './provider.ts';
import { cardKeeping } from './stripe-cards.ts';
import { charging } from './stripe-charge.ts';
import { stripeClients, stripeSettings } from './stripe-client.ts';
import { evidenceSending } from './stripe-dispute.ts';
import { refunding } from './stripe-refund.ts';
import { stripeReport } from './stripe-report.ts';
import { readStripeEvent } from './stripe-webhook.ts';

const ABILITIES: ProviderAbilities = {
  kinds: ['card'],
  // All of ours but KWD, whose amounts Stripe wants in tens of fils (https://docs.stripe.com/currencies#three-decimal).
  currencies: ['USD', 'THB', 'MXN', 'EUR', 'GBP', 'JPY'],
  // https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
  minimumMinor: { USD: 50, THB: 1_000, MXN: 1_000, EUR: 50, GBP: 30, JPY: 50 },
  maximumMinor: 99_999_999,
  capturesSeparately: true,
  refunds: 'partial',
  refundWindowDays: null,
  hasWebhooks: true,
  sendsBuyersElsewhere: true,
  cardEntry: 'provider',
  isRemote: true,
};

/** Cards by Stripe, which each marketplace uses with an account and keys of its own. */
export function createStripeProvider({ environment, clock }: Pick<Platform, 'environment' | 'clock'>): PaymentProvider {
  const settings = stripeSettings(environment);
  const clientOf = stripeClients(environment);
  return {
    name: 'stripe',
    abilities: ABILITIES,
    missingSettings: settings.missing,
    publishableKey: (marketplaceId) => settings.of(marketplaceId, 'PUBLISHABLE_KEY') ?? null,
    ...charging(clientOf),
    ...cardKeeping(clientOf),
    refund: refunding(clientOf),
    submitEvidence: evidenceSending(clientOf),

    async *report(marketplaceId, period) {
      try {
        yield* stripeReport(clientOf(marketplaceId), period);
      } catch (error) {
        throw new ProviderUnavailable("Stripe's report cannot be read", { cause: error });
      }
    },

    async webhook(marketplaceId, headers, body) {
      const secret = settings.of(marketplaceId, 'WEBHOOK_SECRET');
      // Of a marketplace without Stripe nothing is genuine.
      if (!secret) return undefined;
      const signature = headers.get('stripe-signature') ?? '';
      return readStripeEvent(clientOf(marketplaceId), { marketplaceId, body, signature, secret, now: clock() });
    },
  };
}
