// `npm run test:stripe`: every request of the Stripe adapter, checked by stripe-mock, which is Stripe's own description of
// its API. It keeps no state and never declines, so the flows are tested elsewhere (provider.test.ts, stripe.test.ts).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@plaza/kernel';
import { Stripe } from 'stripe';
import type { ProviderOutcome } from '../provider/provider.ts';
import { createStripeProvider } from '../provider/stripe.ts';
import { stripeEnvironment } from './stripe-host.ts';

const BASE = process.env.STRIPE_API_BASE ?? 'http://127.0.0.1:12111';

const provider = createStripeProvider({
  environment: { ...stripeEnvironment(BASE), STRIPE_TIMEOUT_MS: '5000' },
  clock: () => new Date(),
});

const request = {
  marketplaceId: 'bazaar',
  paymentId: newId('payment'),
  amount: { amountMinor: 12_900, currency: 'USD' },
  returnUrl: 'https://bazaar.example.com/en/checkout/1',
} as const;
const card = { ...request, method: { kind: 'card', token: 'pm_card_visa' } } as const;

/** stripe-mock's intents are as its fixture says, whatever was asked; a request it does not understand has no code. */
function requireUnderstood(outcome: ProviderOutcome | undefined): void {
  assert.ok(outcome !== undefined);
  assert.ok(outcome.state !== 'declined' || outcome.declineCode !== 'refused', JSON.stringify(outcome));
}

test('stripe-mock refuses what Stripe does not know, so that its yes means something', async () => {
  const { hostname, port } = new URL(BASE);
  const client = new Stripe('sk_test_plaza', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  const wrong = { amount: 100, currency: 'usd', no_such_parameter: 'x' };
  await assert.rejects(client.paymentIntents.create(wrong), Stripe.errors.StripeInvalidRequestError);
});

test('a payment is begun', async () => {
  const { reference, outcome } = await provider.create(card);
  assert.match(reference, /^pi_/);
  assert.equal(outcome, undefined);
});

for (const token of ['pm_card_visa', 'ctoken_1NnQUf2eZvKYlo2CIObdtbnb']) {
  test(`a payment is confirmed with ${token.split('_')[0]}_…`, async () => {
    requireUnderstood(await provider.confirm({ ...card, method: { kind: 'card', token } }, 'pi_123'));
  });
}

test('a payment is captured, canceled and asked about', async () => {
  for (const ask of [provider.capture, provider.cancel, provider.reconcile]) {
    requireUnderstood(await ask?.('bazaar', 'pi_123'));
  }
});

test('a refund is taken', async () => {
  const outcome = await provider.refund({ ...request, reference: 'pi_123', refundId: newId('refund'), attempt: 0 });
  assert.equal(outcome.state, 'taken');
});
