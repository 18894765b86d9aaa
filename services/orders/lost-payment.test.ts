import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  STRIPE_CARD,
  StripeServer,
  stripeEnvironment,
  TEST_METHODS,
  withPaymentMethods,
} from '@plaza/payments/testing';
import { listingOf, readyCheckout, startBuying } from './testing/buying-host.ts';

/** A buyer who pays by Stripe, whose answer to the request for the money is lost. */
async function startLost(trouble: 'lost' | 'lostAfter') {
  const stripe = await StripeServer.start();
  const buying = await startBuying({
    environment: stripeEnvironment(stripe.url),
    marketplaces: (shipped) =>
      withPaymentMethods(shipped, 'bazaar', [{ ...STRIPE_CARD, id: 'simulated-card', routes: [] }]),
  });
  const buyer = buying.host.context();
  const { variantId } = await listingOf(buying, { onHand: 1 });
  const { id: checkoutId } = await readyCheckout(buying, buyer, { variantId, token: TEST_METHODS.pays });
  stripe.fail(/confirm$/, trouble);
  const { outcome } = await buying.orders.completeCheckout({ checkoutId }, buyer);
  assert.equal(outcome, 'pending');
  return {
    ...buying,
    stripe,
    /** How the checkout stands once everybody's timers had their turn, half a minute later. */
    later: async () => {
      buying.host.advance({ seconds: 31 });
      await buying.host.runTimers();
      await buying.host.deliver();
      return buying.orders.getCheckout({ checkoutId }, buyer);
    },
    freeOf: async () =>
      (await buying.catalog.quoteVariants({ lines: [{ variantId, quantity: 1 }] }, buying.host.service())).items[0]
        ?.freeQuantity,
    [Symbol.asyncDispose]: async () => {
      await buying[Symbol.asyncDispose]();
      await stripe[Symbol.asyncDispose]();
    },
  };
}

test('an order whose payment was taken without an answer is placed half a minute later', async () => {
  await using t = await startLost('lostAfter');
  const checkout = await t.later();
  assert.equal(checkout.state, 'completed');
  assert.ok(checkout.orderId !== null);
  assert.deepEqual([t.stripe.keptMinor, t.placed.length], [checkout.totals.total.amountMinor, 1]);
});

test('one whose payment never arrived is open again half a minute later, its stock free, and nothing is charged', async () => {
  await using t = await startLost('lost');
  assert.equal(await t.freeOf(), 0);
  const checkout = await t.later();
  assert.equal(checkout.state, 'open');
  assert.equal(await t.freeOf(), 1);
  t.stripe.deliverLate();
  assert.deepEqual([t.stripe.keptMinor, t.placed.length], [0, 0]);
});
