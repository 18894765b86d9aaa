import { idFromUuid } from '@plaza/kernel';
import { createLogger } from '@plaza/runtime';
import { decideSimulatedCharge } from '../store/simulated-charge.ts';
import { coinEnvironment, startChain } from '../testing/evm-chain.ts';
import { PayPalServer } from '../testing/paypal-server.ts';
import { describeCardProvider, describeProvider, suiteClock } from '../testing/provider-suite.ts';
import { startPayments } from '../testing/sale.ts';
import { stripeEnvironment } from '../testing/stripe-host.ts';
import { StripeServer, TEST_METHODS } from '../testing/stripe-server.ts';
import { CASH_PROVIDERS, createCashProvider } from './cash.ts';
import { createEvmProvider } from './evm.ts';
import { createPayPalProvider } from './paypal.ts';
import { createPromptPayProvider } from './promptpay.ts';
import { createSimulatedProvider } from './simulated.ts';
import { createCardVault } from './simulated-card.ts';
import { SIGNATURE_HEADER, type SimulatedWebhook, signWebhook, webhookSecret } from './simulated-webhook.ts';
import { createStripeProvider } from './stripe.ts';

const signingKey = 'test-signing-key';
const CARD_PAYMENT = {
  method: { kind: 'card', token: 'pm_card_visa' },
  amount: { amountMinor: 12_900, currency: 'USD' },
} as const;

describeCardProvider('simulated', async () => {
  const { host } = await startPayments();
  const database = host.database('payments');
  const provider = createSimulatedProvider({
    database,
    clock: suiteClock,
    publicUrl: (marketplaceId) => `http://${marketplaceId}.localhost:3000`,
    signingKey,
    vault: createCardVault(signingKey),
  });
  return {
    provider,
    marketplaceId: 'bazaar',
    payment: CARD_PAYMENT,
    tokens: { pays: 'pm_card_visa', declines: 'pm_card_declined', challenges: 'pm_card_challenge' },
    answerChallenge: async (reference, isApproved) => {
      const state = isApproved ? 'approved' : 'declined';
      await decideSimulatedCharge(database.read('bazaar'), 'bazaar', reference, { state, webhookDueTime: null });
    },
    captureWebhook: async ({ reference, at }) => {
      const paymentId = idFromUuid('payment', reference);
      const webhook: SimulatedWebhook = {
        id: `sev_${paymentId}`,
        type: 'charge.captured',
        marketplaceId: 'bazaar',
        paymentId,
      };
      const body = JSON.stringify(webhook);
      const headers = { [SIGNATURE_HEADER]: signWebhook(webhookSecret(signingKey, 'bazaar'), body, at) };
      return new Request('http://localhost/', { method: 'POST', headers, body });
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
});

describeCardProvider('stripe', async () => {
  const stripe = await StripeServer.start();
  return {
    provider: createStripeProvider({ environment: stripeEnvironment(stripe.url), clock: suiteClock }),
    marketplaceId: 'bazaar',
    payment: CARD_PAYMENT,
    tokens: TEST_METHODS,
    answerChallenge: async (reference, isApproved) => stripe.answerChallenge(reference, isApproved),
    captureWebhook: async ({ reference, at }) =>
      stripe.webhook('payment_intent.succeeded', stripe.intentBody(reference), { at }),
    [Symbol.asyncDispose]: () => stripe[Symbol.asyncDispose](),
  };
});

for (const collector of ['seller', 'carrier'] as const) {
  describeProvider(CASH_PROVIDERS[collector], async () => ({
    provider: createCashProvider(collector),
    marketplaceId: 'gamarriando',
    payment: { method: { kind: 'cash' }, amount: { amountMinor: 12_900, currency: 'MXN' } },
    [Symbol.asyncDispose]: async () => {},
  }));
}

describeProvider('promptpay', async () => {
  const { host } = await startPayments();
  return {
    provider: createPromptPayProvider({
      database: host.database('payments'),
      environment: { PLAZA_JAIKOD_PROMPTPAY_ID: '0801234567', PLAZA_JAIKOD_PROMPTPAY_NAME: 'JaiKod Co., Ltd.' },
      publicUrl: (marketplaceId) => `http://${marketplaceId}.localhost:3000`,
    }),
    marketplaceId: 'jaikod',
    payment: { method: { kind: 'transfer' }, amount: { amountMinor: 12_900, currency: 'THB' } },
    [Symbol.asyncDispose]: () => host.close(),
  };
});

describeProvider('paypal', async () => {
  const paypal = await PayPalServer.start();
  return {
    provider: createPayPalProvider({ environment: paypal.environment, clock: suiteClock }),
    marketplaceId: 'bazaar',
    payment: { method: { kind: 'paypal' }, amount: { amountMinor: 12_900, currency: 'USD' } },
    [Symbol.asyncDispose]: () => paypal[Symbol.asyncDispose](),
  };
});

describeProvider('evm', async () => {
  const [chain, { host }] = await Promise.all([startChain(), startPayments()]);
  return {
    provider: createEvmProvider({
      database: host.database('payments'),
      environment: coinEnvironment(chain, 1),
      publicUrl: (marketplaceId) => `http://${marketplaceId}.localhost:3000`,
      clock: suiteClock,
      log: createLogger('silent'),
    }),
    marketplaceId: 'bazaar',
    payment: { method: { kind: 'crypto' }, amount: { amountMinor: 12_900, currency: 'USD' } },
    [Symbol.asyncDispose]: async () => {
      await host.close();
      await chain[Symbol.asyncDispose]();
    },
  };
});
