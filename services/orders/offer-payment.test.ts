import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Context, Id } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { bargain, checkoutOf } from './testing/bargain.ts';
import { type BuyingHost, startBuying } from './testing/buying-host.ts';
import { refusedWith } from './testing/sold.ts';

/** A buyer with an accepted offer. */
async function accepted(buying: BuyingHost) {
  const bargained = await bargain(buying);
  const { buyer, seller, variantId } = bargained;
  const { id: offerId } = await buying.orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
  await buying.orders.acceptOffer({ offerId }, seller);
  const begin = () => checkoutOf(buying, buyer, variantId, offerId);
  const state = async () => (await buying.orders.getOffer({ offerId }, seller)).state;
  return { ...bargained, begin, state };
}

/** Pays a checkout by a card whose bank asks the buyer first. */
async function askBank({ orders }: BuyingHost, buyer: Context, checkoutId: Id<'checkout'>): Promise<Id<'payment'>> {
  const payment = { methodId: 'simulated-card', token: 'pm_card_challenge' };
  const { outcome, checkout } = await orders.completeCheckout({ checkoutId, payment }, buyer);
  assert.equal(outcome, 'requires_action');
  return checkout.payment.paymentId as Id<'payment'>;
}

/** The provider's word, signed by what it shares with the test host, that money came which we had given up. */
async function moneyComes({ host }: BuyingHost, paymentId: Id<'payment'>): Promise<void> {
  const body = JSON.stringify({ id: 'late', type: 'charge.captured', marketplaceId: 'jaikod', paymentId });
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
  const seconds = Math.floor(host.now().getTime() / 1000);
  const secret = hmac('test-signing-key', 'payments.simulated-webhook:jaikod');
  const headers = { 'simulated-signature': `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`)}` };
  const request = new Request('http://localhost/api/v1/webhooks/simulated', { method: 'POST', headers, body });
  const [route] = host.routes('payments');
  assert.equal((await route?.handle(request, host.service({ marketplaceId: 'jaikod' })))?.status, 200);
  await host.deliver();
  await host.runTimers();
}

for (const binding of BINDINGS) {
  describe(`an accepted offer and its payment, ${binding}`, () => {
    test('paid for while it was good, it is bought however long the bank takes', async () => {
      await using buying = await startBuying({ binding });
      const { orders, payments, host } = buying;
      const { buyer, begin, state } = await accepted(buying);
      host.advance({ hours: 47, minutes: 55 });
      const [{ id: checkoutId }, { id: otherId }] = [await begin(), await begin()];
      const paymentId = await askBank(buying, buyer, checkoutId);
      host.advance({ minutes: 10 });
      await host.runTimers();
      assert.equal(await state(), 'accepted', 'the payment is not over yet');
      await assert.rejects(begin(), refusedWith('OFFER_NOT_USABLE'));
      await payments.completeSimulatedChallenge({ paymentId, outcome: 'approve' }, buyer);
      assert.equal((await orders.completeCheckout({ checkoutId }, buyer)).outcome, 'completed');
      assert.equal(await state(), 'used');
      await assert.rejects(
        orders.completeCheckout({ checkoutId: otherId }, buyer),
        refusedWith('CART_NOT_PURCHASABLE'),
      );
    });

    test('a payment that came to nothing lets it expire; its money, should it come after all, still buys', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { buyer, begin, state } = await accepted(buying);
      host.advance({ hours: 47, minutes: 55 });
      const { id: checkoutId } = await begin();
      const paymentId = await askBank(buying, buyer, checkoutId);
      host.advance({ minutes: 30 });
      await host.runTimers();
      await host.runTimers();
      assert.equal((await orders.getCheckout({ checkoutId }, buyer)).state, 'expired');
      assert.equal(await state(), 'expired');
      await moneyComes(buying, paymentId);
      assert.equal((await orders.getCheckout({ checkoutId }, buyer)).state, 'completed');
      assert.equal(await state(), 'used');
    });

    test('money that comes when another order has used it up goes back', async () => {
      await using buying = await startBuying({ binding });
      const { orders, payments, host } = buying;
      const { buyer, begin } = await accepted(buying);
      const { id: checkoutId } = await begin();
      const paymentId = await askBank(buying, buyer, checkoutId);
      host.advance({ minutes: 30 });
      await host.runTimers();
      assert.equal((await orders.getCheckout({ checkoutId }, buyer)).state, 'expired');
      const { id: secondId } = await begin();
      assert.equal((await orders.completeCheckout({ checkoutId: secondId }, buyer)).outcome, 'completed');
      await moneyComes(buying, paymentId);
      assert.equal((await orders.getCheckout({ checkoutId }, buyer)).state, 'refunded');
      assert.equal((await payments.getPayment({ paymentId }, buyer)).state, 'refunded');
      assert.equal((await orders.listOrders({}, buyer)).items.length, 1);
    });
  });
}
