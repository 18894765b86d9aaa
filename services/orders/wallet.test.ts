import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Context, Fault, type Id } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { ADDRESS, type BuyingHost, listingOf, readyCheckout, startBuying } from './testing/buying-host.ts';

const refusedWith = (problem: string) => (error: unknown) =>
  error instanceof Fault && error.code === 'WALLET_NOT_USABLE' && error.data.problem === problem;

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

/** A member with money in their wallet, and a shortcut to what is in it. */
async function buyerWith({ host, payments }: BuyingHost, amountMinor: number) {
  const buyer = host.context({ roles: ['buyer'], verificationLevel: 2 });
  const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
  await payments.topUpWallet({ amount: dollars(amountMinor), payment }, buyer);
  return { buyer, available: async () => (await payments.getWallet({}, buyer)).availableMinor };
}

async function assertConsistent({ payments, host }: BuyingHost): Promise<void> {
  await host.deliver();
  assert.deepEqual((await payments.checkLedger({}, host.service())).mismatches, []);
  const { items } = await payments.listPaymentsWithoutOrder({ olderThanSeconds: 0 }, host.service());
  assert.deepEqual(items, [], 'money without an order');
}

/** A checkout of one lamp, paid from the wallet as far as that goes. */
async function walletCheckout(buying: BuyingHost, buyer: Context, token?: string) {
  const { variantId } = await listingOf(buying, { priceMinor: 10_000 });
  const { id } = await readyCheckout(buying, buyer, { variantId, ...(token === undefined ? {} : { token }) });
  return buying.orders.updateCheckout({ checkoutId: id, useWallet: true }, buyer);
}

for (const binding of BINDINGS) {
  describe(`paying with a wallet, ${binding}`, () => {
    test('the wallet pays what it can and the card the rest; the checkout, the order and both balances say so', async () => {
      await using buying = await startBuying({ binding });
      const { buyer, available } = await buyerWith(buying, 6_000);
      const checkout = await walletCheckout(buying, buyer);
      const total = checkout.totals.total.amountMinor;
      assert.deepEqual(checkout.payment.wallet, { pays: dollars(6_000), rest: dollars(total - 6_000) });
      const { orderId } = await buying.orders.completeCheckout({ checkoutId: checkout.id }, buyer);
      assert.ok(orderId !== null);
      const order = await buying.orders.getOrder({ orderId }, buyer);
      assert.deepEqual([order.payment?.fromWallet, order.payment?.last4], [dollars(6_000), '4242']);
      assert.equal(await available(), 0);
      await assertConsistent(buying);
    });

    test('one that covers everything needs no other way to pay', async () => {
      await using buying = await startBuying({ binding });
      const { buyer, available } = await buyerWith(buying, 50_000);
      const { variantId } = await listingOf(buying, { priceMinor: 10_000 });
      const { orders } = buying;
      const { id: checkoutId } = await orders.createCheckout(
        { buyNow: { variantId }, email: 'ada@example.com', useWallet: true },
        buyer,
      );
      const checkout = await orders.updateCheckout({ checkoutId, address: ADDRESS }, buyer);
      assert.deepEqual([checkout.missing, checkout.payment.wallet?.rest.amountMinor], [[], 0]);
      const { outcome, orderId } = await orders.completeCheckout({ checkoutId }, buyer);
      assert.equal(outcome, 'completed');
      const order = await orders.getOrder({ orderId: orderId as Id<'order'> }, buyer);
      assert.deepEqual([order.payment?.kind, order.isMembers], ['wallet', true]);
      assert.equal(await available(), 50_000 - checkout.totals.total.amountMinor);
      await assertConsistent(buying);
    });

    test('a declined card leaves the wallet as it was, and the buyer may choose again', async () => {
      await using buying = await startBuying({ binding });
      const { buyer, available } = await buyerWith(buying, 6_000);
      const checkout = await walletCheckout(buying, buyer, 'pm_card_declined');
      const { orders } = buying;
      const declined = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
      assert.deepEqual([declined.outcome, await available()], ['declined', 6_000]);
      const without = await orders.updateCheckout({ checkoutId: checkout.id, useWallet: false }, buyer);
      assert.equal(without.payment.wallet, null);
      const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
      const paid = await orders.completeCheckout({ checkoutId: checkout.id, payment }, buyer);
      assert.deepEqual([paid.outcome, await available()], ['completed', 6_000]);
      await assertConsistent(buying);
    });

    test('money that is gone from the wallet by then is refused, and everything that was held is free again', async () => {
      await using buying = await startBuying({ binding });
      const { buyer } = await buyerWith(buying, 6_000);
      const { orders, payments, host } = buying;
      const [first, second] = [await walletCheckout(buying, buyer), await walletCheckout(buying, buyer)];
      await orders.completeCheckout({ checkoutId: first.id }, buyer);
      const refused = orders.completeCheckout({ checkoutId: second.id }, buyer);
      await assert.rejects(refused, refusedWith('BALANCE_TOO_LOW'));
      const again = await orders.updateCheckout({ checkoutId: second.id, useWallet: true }, buyer);
      assert.equal(again.payment.wallet?.pays.amountMinor, 0);
      assert.equal((await orders.completeCheckout({ checkoutId: second.id }, buyer)).outcome, 'completed');
      assert.ok(buyer.actor.kind === 'member');
      const { memberId } = buyer.actor;
      await payments.freezeWallet({ memberId, reason: 'suspicion' }, host.context({ roles: ['admin'] }));
      await assert.rejects(walletCheckout(buying, buyer), refusedWith('FROZEN'));
      await assert.rejects(walletCheckout(buying, host.guest()), refusedWith('NOT_FOUND'));
      await assertConsistent(buying);
    });

    test('a seller or the canceling buyer sends money back to the wallet; of a guest’s order it cannot go there', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller } = buying;
      const { buyer, available } = await buyerWith(buying, 1_000);
      const { variantId } = await listingOf(buying, { priceMinor: 4_000 });
      const buy = async (who: Context) => {
        const { id: checkoutId } = await readyCheckout(buying, who, { variantId });
        const { orderId } = await orders.completeCheckout({ checkoutId }, who);
        const order = await orders.getOrder({ orderId: orderId as Id<'order'> }, who);
        return {
          orderId: order.id,
          groupId: order.groups[0]?.id as Id<'shipmentGroup'>,
          total: order.total.amountMinor,
        };
      };
      const bought = await buy(buyer);
      const part = { ...bought, amountMinor: 1_500, reason: 'a scratch', refundTo: 'wallet' as const };
      await orders.refundOrder(part, seller);
      await host.runTimers();
      assert.equal(await available(), 2_500);
      await orders.cancelOrder({ orderId: bought.orderId, reason: 'changed my mind', refundTo: 'wallet' }, buyer);
      await host.runTimers();
      assert.equal(await available(), 1_000 + bought.total);
      const guests = await buy(host.guest());
      await assert.rejects(orders.refundOrder({ ...part, ...guests }, seller), { code: 'INVALID_INPUT' });
      await assertConsistent(buying);
    });
  });
}

test('what the wallet leaves and nobody takes is refused with what would be taken, and the buyer chooses how much the wallet pays', async () => {
  // Once the wallet is filled, cards go to a provider that takes no less than 0.50.
  let provider = 'simulated';
  await using buying = await startBuying({
    marketplaces: (shipped) => ({
      ...shipped,
      get: (id) => {
        const settings = shipped.get(id);
        return { ...settings, paymentMethods: settings.paymentMethods.map((method) => ({ ...method, provider })) };
      },
    }),
  });
  const { orders } = buying;
  const { buyer } = await buyerWith(buying, 20_000);
  const { variantId } = await listingOf(buying, { priceMinor: 10_000 });
  const { id: checkoutId, totals } = await readyCheckout(buying, buyer, { variantId });
  const total = totals.total.amountMinor;
  provider = 'stripe';
  const use = (walletUpToMinor: number) =>
    orders.updateCheckout({ checkoutId, useWallet: true, walletUpToMinor }, buyer);
  assert.equal((await use(total - 30)).payment.wallet?.rest.amountMinor, 30);
  const walletUpToMinor = total - 50;
  await assert.rejects(orders.completeCheckout({ checkoutId }, buyer), {
    code: 'REST_TOO_SMALL',
    data: { rest: dollars(30), smallest: dollars(50), walletUpToMinor },
  });
  assert.equal((await use(walletUpToMinor)).payment.wallet?.rest.amountMinor, 50);
  provider = 'simulated';
  assert.equal((await orders.completeCheckout({ checkoutId }, buyer)).outcome, 'completed');
  await assertConsistent(buying);
});
