import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Id, newId } from '@plaza/kernel';
import { abilityMistakes, canPay } from '../domain/abilities.ts';
import type { ChargeRequest, PaymentProvider, ProviderOutcome } from '../provider/provider.ts';

/** What the suite needs of an adapter and of what stands in for its provider. */
export type ProviderHarness = AsyncDisposable & {
  readonly provider: PaymentProvider;
  readonly marketplaceId: string;
  /** A way to pay that it takes, and how much. */
  readonly payment: Pick<ChargeRequest, 'method' | 'amount'>;
};

/** What it needs besides of an adapter that takes cards. */
export type CardHarness = ProviderHarness & {
  /** Tokens of cards that do this. */
  readonly tokens: { readonly pays: string; readonly declines: string; readonly challenges: string };
  /** The buyer's answer on the page of `actionUrl`. */
  answerChallenge(reference: string, isApproved: boolean): Promise<void>;
  /** A genuine webhook that tells of a captured payment. */
  captureWebhook(payment: { paymentId: Id<'payment'>; reference: string; at: Date }): Promise<Request>;
};

const NOW = new Date('2026-11-21T09:00:00Z');

/** What every payment provider promises, whichever it is. */
export function describeProvider(name: string, start: () => Promise<ProviderHarness>): void {
  describe(`the payment provider port, ${name}`, () => {
    test('says of itself what does not contradict itself, and needs no setting more', async () => {
      await using harness = await start();
      const { abilities, capture, webhook, missingSettings } = harness.provider;
      const has = { capture: capture !== undefined, webhook: webhook !== undefined };
      assert.deepEqual(abilityMistakes(abilities, has), []);
      assert.deepEqual(missingSettings(harness.marketplaceId), []);
      const { method, amount } = harness.payment;
      assert.ok(canPay(abilities, method.kind, amount));
    });

    test('begins a payment under one name, however often it is asked, and others under others', async () => {
      await using harness = await start();
      const { provider, marketplaceId, payment } = harness;
      const request = { ...payment, marketplaceId, returnUrl: 'http://bazaar.localhost:3000/en/checkout/1' };
      const [first, other] = [newId('payment'), newId('payment')];
      const { reference } = await provider.create({ ...request, paymentId: first });
      assert.notEqual(reference, '');
      assert.equal((await provider.create({ ...request, paymentId: first })).reference, reference);
      assert.notEqual((await provider.create({ ...request, paymentId: other })).reference, reference);
    });
  });
}

/** What every provider of cards promises besides. */
export function describeCardProvider(name: string, start: () => Promise<CardHarness>): void {
  describeProvider(name, start);
  describe(`the payment provider port for cards, ${name}`, () => {
    const charge = async ({ provider }: CardHarness, request: ChargeRequest) => {
      const begun = await provider.create(request);
      const outcome: ProviderOutcome = begun.outcome ?? (await provider.confirm(request, begun.reference));
      return { reference: begun.reference, outcome };
    };
    const requestOf = (harness: CardHarness, token: string): ChargeRequest => ({
      marketplaceId: harness.marketplaceId,
      paymentId: newId('payment'),
      amount: { amountMinor: 12_900, currency: 'USD' },
      method: { kind: 'card', token },
      returnUrl: 'http://bazaar.localhost:3000/en/checkout/1',
    });

    test('takes the money of a good card once, however often it is asked for one payment', async () => {
      await using harness = await start();
      const request = requestOf(harness, harness.tokens.pays);
      const first = await charge(harness, request);
      assert.equal(first.outcome.state, 'captured');
      const again = await charge(harness, request);
      assert.deepEqual([again.reference, again.outcome.state], [first.reference, 'captured']);
    });

    test('says why a card is declined', async () => {
      await using harness = await start();
      const { outcome } = await charge(harness, requestOf(harness, harness.tokens.declines));
      assert.ok(outcome.state === 'declined' && outcome.declineCode !== '');
    });

    test('sends the buyer to a challenge, and tells how it ended when asked', async () => {
      await using harness = await start();
      for (const isApproved of [true, false]) {
        const request = requestOf(harness, harness.tokens.challenges);
        const { reference, outcome } = await charge(harness, request);
        assert.ok(outcome.state === 'requires_action' && URL.canParse(outcome.actionUrl));
        const open = await harness.provider.reconcile(harness.marketplaceId, reference);
        assert.equal(open.state, 'requires_action');
        await harness.answerChallenge(reference, isApproved);
        const ended = await harness.provider.reconcile(harness.marketplaceId, reference);
        assert.equal(ended.state, isApproved ? 'captured' : 'declined');
      }
    });

    test('gives up an open payment for good', async () => {
      await using harness = await start();
      const { provider, marketplaceId } = harness;
      const { reference } = await charge(harness, requestOf(harness, harness.tokens.challenges));
      assert.equal((await provider.cancel(marketplaceId, reference)).state, 'canceled');
      await harness.answerChallenge(reference, true);
      assert.equal((await provider.reconcile(marketplaceId, reference)).state, 'canceled');
      assert.equal((await provider.cancel(marketplaceId, reference)).state, 'canceled');
    });

    test('takes a refund in parts, each once', async () => {
      await using harness = await start();
      const { provider, marketplaceId } = harness;
      const { reference } = await charge(harness, requestOf(harness, harness.tokens.pays));
      for (const amountMinor of [4_000, 8_900]) {
        const refund = {
          marketplaceId,
          reference,
          refundId: newId('refund'),
          attempt: 0,
          amount: { amountMinor, currency: 'USD' as const },
        };
        const first = await provider.refund(refund);
        assert.equal(first.state, 'taken');
        assert.deepEqual(await provider.refund(refund), first);
      }
    });

    test('reads a genuine webhook, and none that is forged, changed, recorded or of another marketplace', async () => {
      await using harness = await start();
      const { provider, marketplaceId } = harness;
      const request = requestOf(harness, harness.tokens.pays);
      const { reference } = await charge(harness, request);
      const webhook = await harness.captureWebhook({ paymentId: request.paymentId, reference, at: NOW });
      const body = await webhook.text();
      const read = (headers: Headers, text: string, where = marketplaceId) =>
        provider.webhook?.(where, headers, text) ?? Promise.resolve(undefined);

      const event = await read(webhook.headers, body);
      assert.ok(event?.about === 'payment');
      assert.deepEqual([event.paymentId, event.outcome.state], [request.paymentId, 'captured']);
      assert.equal(await read(new Headers(), body), undefined);
      assert.equal(await read(webhook.headers, body.replace(request.paymentId, newId('payment'))), undefined);
      assert.equal(await read(webhook.headers, body, 'jaikod'), undefined);
      const old = await harness.captureWebhook({
        paymentId: request.paymentId,
        reference,
        at: new Date(NOW.getTime() - 3_600_000),
      });
      assert.equal(await read(old.headers, await old.text()), undefined);
    });
  });
}

/** The clock that a harness gives its adapter. */
export const suiteClock = () => NOW;
