// `npm run test:stripe`: every request of the Stripe adapter, checked by stripe-mock, which is Stripe's own description of
// its API. It keeps no state and never declines, so the flows are tested elsewhere (provider.test.ts, stripe.test.ts).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@plaza/kernel';
import { Stripe } from 'stripe';
import type { ProviderOutcome } from '../provider/provider.ts';
import { createStripeProvider } from '../provider/stripe.ts';
import { createStripeConnect } from '../provider/stripe-connect.ts';
import { stripeEnvironment } from './stripe-host.ts';

const BASE = process.env.STRIPE_API_BASE ?? 'http://127.0.0.1:12111';

await fetch(BASE).catch(() => {
  console.error(
    `No stripe-mock answers at ${BASE}. Start one (stripe-mock -http-port 12111), or say where it is: STRIPE_API_BASE.`,
  );
  process.exit(1);
});

const environment = { ...stripeEnvironment(BASE), STRIPE_TIMEOUT_MS: '5000' };
const provider = createStripeProvider({ environment, clock: () => new Date() });
const connect = createStripeConnect({ environment });

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

test('a card is saved, looked at again when its bank was asked, and forgotten', async () => {
  const request = { marketplaceId: 'bazaar', memberId: newId('member'), returnUrl: card.returnUrl };
  for (const token of ['pm_card_visa', 'ctoken_1NnQUf2eZvKYlo2CIObdtbnb', 'seti_123']) {
    const outcome = await provider.saveCard?.({ ...request, token, customerReference: null });
    // stripe-mock's intents bear nobody's metadata.
    assert.deepEqual(outcome, { state: 'refused', declineCode: 'not_theirs' });
  }
  await provider.forgetCard?.('bazaar', 'pm_card_visa');
});

test('evidence is submitted', async () => {
  const shown = { text: 'It was delivered.', carrier: 'DHL', trackingNumber: '00340434161094' };
  await provider.submitEvidence?.({ marketplaceId: 'bazaar', disputeReference: 'dp_123', ...shown });
});

test("a day's movements are read", async () => {
  const period = { from: new Date('2026-11-20T00:00:00Z'), to: new Date('2026-11-21T00:00:00Z') };
  for await (const { currency } of provider.report?.('bazaar', period) ?? []) assert.equal(currency, 'USD');
});

test('payouts are transferred to a connected account, once more too', async () => {
  const account = { kind: 'stripe_connect', accountId: 'acct_1032D82eZvKYlo2C' } as const;
  const order = { payoutId: newId('payout'), amount: request.amount, account, holderName: 'Ann', sentTime: null };
  assert.equal(typeof (await connect.isReady?.('bazaar', account)), 'boolean');
  for (const isRepeat of [false, true]) {
    const [outcome] = await connect.send('bazaar', [order], isRepeat);
    assert.equal(outcome?.state, 'paid', JSON.stringify(outcome));
  }
});
