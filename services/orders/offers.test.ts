import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uuidFromId } from '@plaza/kernel';
import { type Database, sql } from '@plaza/runtime';
import { BINDINGS } from '@plaza/runtime/testing';
import { bargain, checkoutOf } from './testing/bargain.ts';
import { startBuying } from './testing/buying-host.ts';
import { refusedWith } from './testing/sold.ts';

/** Resolves when a transaction of this database waits for another's lock. */
async function someoneWaits(database: Database): Promise<void> {
  for (;;) {
    const { waiting } = await database.read('jaikod').one<{ waiting: number }>(sql`
      select count(*)::int as waiting from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`);
    if (waiting > 0) return;
  }
}

for (const binding of BINDINGS) {
  describe(`offers, ${binding}`, () => {
    test('proposed, countered, proposed again, accepted: bought once at that price', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const { id: offerId } = await orders.createOffer({ variantId, priceMinor: 70_000, message: 'Please?' }, buyer);
      await orders.counterOffer({ offerId, priceMinor: 90_000 }, seller);
      await assert.rejects(orders.acceptOffer({ offerId }, seller), refusedWith('ACTION_NOT_ALLOWED'));
      await orders.counterOffer({ offerId, priceMinor: 80_000 }, buyer);
      await assert.rejects(orders.acceptOffer({ offerId }, buyer), refusedWith('ACTION_NOT_ALLOWED'));
      const early = checkoutOf(buying, buyer, variantId, offerId);
      await assert.rejects(early, refusedWith('OFFER_NOT_USABLE'));
      const sold = await orders.acceptOffer({ offerId }, seller);
      assert.deepEqual([sold.state, sold.isUsable, sold.actions], ['accepted', false, []]);
      const accepted = await orders.getOffer({ offerId }, buyer);
      assert.deepEqual([accepted.isUsable, accepted.price.amountMinor], [true, 80_000]);
      assert.deepEqual(
        accepted.history.map(({ action, by, price }) => [action, by, price.amountMinor]),
        [
          ['propose', 'buyer', 70_000],
          ['counter', 'seller', 90_000],
          ['propose', 'buyer', 80_000],
          ['accept', 'seller', 80_000],
        ],
      );
      const thief = host.context({ marketplaceId: 'jaikod' });
      await assert.rejects(checkoutOf(buying, thief, variantId, offerId), refusedWith('OFFER_NOT_USABLE'));
      const [checkout, second] = [
        await checkoutOf(buying, buyer, variantId, offerId),
        await checkoutOf(buying, buyer, variantId, offerId),
      ];
      assert.equal(checkout.totals.subtotal.amountMinor, 80_000);
      const { outcome } = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
      assert.equal(outcome, 'completed');
      assert.deepEqual((await orders.getOffer({ offerId }, buyer)).state, 'used');
      await assert.rejects(orders.completeCheckout({ checkoutId: second.id }, buyer));
      await assert.rejects(checkoutOf(buying, buyer, variantId, offerId), refusedWith('OFFER_NOT_USABLE'));
      assert.equal((await orders.listOrders({}, buyer)).items.length, 1);
    });

    test('neither side names more than what is asked: it would be a digit too many', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const { id: offerId, listPrice } = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      const asked = listPrice.amountMinor;
      await assert.rejects(
        orders.counterOffer({ offerId, priceMinor: asked + 1 }, seller),
        refusedWith('OFFER_ABOVE_PRICE'),
      );
      await orders.counterOffer({ offerId, priceMinor: asked }, seller);
      await orders.declineOffer({ offerId }, buyer);
      await assert.rejects(
        orders.createOffer({ variantId, priceMinor: asked * 10 }, buyer),
        refusedWith('OFFER_ABOVE_PRICE'),
      );
    });

    test('nobody accepts a price that they have not seen', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const { id: offerId, price } = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      const seen = price.amountMinor;
      // In another window they bargained on.
      await orders.counterOffer({ offerId, priceMinor: 90_000 }, seller);
      await orders.counterOffer({ offerId, priceMinor: 40_000 }, buyer);
      await assert.rejects(
        orders.acceptOffer({ offerId, priceMinor: seen }, seller),
        refusedWith('OFFER_PRICE_CHANGED'),
      );
      assert.equal((await orders.getOffer({ offerId }, seller)).state, 'proposed');
      assert.equal((await orders.acceptOffer({ offerId, priceMinor: 40_000 }, seller)).state, 'accepted');
    });

    test('bought twice at once, an offer is used once', async () => {
      await using buying = await startBuying({ binding });
      const { orders, payments, host } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const { id: offerId } = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      await orders.acceptOffer({ offerId }, seller);
      const checkouts = [];
      for (let i = 0; i < 4; i++) checkouts.push(await checkoutOf(buying, buyer, variantId, offerId));
      const results = await Promise.allSettled(
        checkouts.map(({ id }) => orders.completeCheckout({ checkoutId: id }, buyer)),
      );
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const result of results)
        if (result.status === 'rejected') assert.ok(refusedWith('CART_NOT_PURCHASABLE')(result.reason), result.reason);
      assert.equal((await orders.listOrders({}, buyer)).items.length, 1);
      const { items } = await payments.listPaymentsWithoutOrder(
        { olderThanSeconds: 0 },
        host.service({ marketplaceId: 'jaikod' }),
      );
      assert.deepEqual(items, [], 'no money was taken for the others');
    });

    test('kept for a payment that fails, it can be used again', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const { id: offerId } = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      await orders.acceptOffer({ offerId }, seller);
      const [failing, other] = [
        await checkoutOf(buying, buyer, variantId, offerId),
        await checkoutOf(buying, buyer, variantId, offerId),
      ];
      const payment = { methodId: 'simulated-card', token: 'pm_card_declined' };
      const declined = await orders.completeCheckout({ checkoutId: failing.id, payment }, buyer);
      assert.equal(declined.outcome, 'declined');
      assert.equal((await orders.completeCheckout({ checkoutId: other.id }, buyer)).outcome, 'completed');
      assert.equal((await orders.getOffer({ offerId }, buyer)).state, 'used');
    });

    test('declined or withdrawn, it is over, and another may be made', async () => {
      await using buying = await startBuying({ binding });
      const { orders } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const propose = () => orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      const first = await propose();
      await assert.rejects(propose(), refusedWith('OFFER_OPEN_ALREADY'));
      assert.equal((await orders.declineOffer({ offerId: first.id, message: 'No.' }, seller)).state, 'declined');
      await assert.rejects(orders.acceptOffer({ offerId: first.id }, seller), refusedWith('ACTION_NOT_ALLOWED'));
      const second = await propose();
      assert.equal((await orders.declineOffer({ offerId: second.id }, buyer)).isFinal, true);
      const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
      assert.deepEqual(ids(await orders.listOffers({}, buyer)), [second.id, first.id]);
      assert.deepEqual(ids(await orders.listOffers({ role: 'seller' }, seller)), [second.id, first.id]);
      assert.deepEqual(ids(await orders.listOffers({}, seller)), []);
    });

    test('not answered or not used within two days, it expires', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { buyer, seller, variantId, listing } = await bargain(buying);
      const silent = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      host.advance({ hours: 47 });
      await host.runTimers();
      const late = await orders.createOffer({ variantId: await listing(true), priceMinor: 70_000 }, buyer);
      await orders.acceptOffer({ offerId: late.id }, seller);
      host.advance({ hours: 2 });
      await host.runTimers();
      assert.equal((await orders.getOffer({ offerId: silent.id }, seller)).state, 'expired');
      assert.equal((await orders.getOffer({ offerId: late.id }, buyer)).isUsable, true);
      host.advance({ hours: 47 });
      assert.equal((await orders.getOffer({ offerId: late.id }, buyer)).isUsable, false, 'also before the timer comes');
      await host.runTimers();
      const [last] = (await orders.getOffer({ offerId: late.id }, buyer)).history.slice(-1);
      assert.deepEqual([last?.action, last?.by], ['expire', 'timer']);
    });

    test('moved in the very moment it is due, it keeps the time it was given', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { buyer, seller, variantId } = await bargain(buying);
      const { id } = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      host.advance({ hours: 49 });
      const database = host.database('orders');
      let timers: Promise<void> | undefined;
      // The timer finds the offer due and waits for its lock, while somebody gives it more time.
      await database.transaction('jaikod', async (tx) => {
        await tx.execute(sql`update orders.offer set due_time = due_time + interval '2 days'
          where marketplace_id = 'jaikod' and id = ${uuidFromId(id)}`);
        timers ??= host.runTimers();
        await someoneWaits(database);
      });
      await timers;
      assert.equal((await orders.getOffer({ offerId: id }, seller)).state, 'proposed');
    });

    test('offers are between two: nobody else sees or answers them; none on one’s own, nor where none are taken', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { buyer, seller, variantId, listing } = await bargain(buying);
      const { id: offerId } = await orders.createOffer({ variantId, priceMinor: 70_000 }, buyer);
      const stranger = host.context({ marketplaceId: 'jaikod', roles: ['buyer', 'seller'] });
      for (const other of [stranger, { ...buyer, marketplaceId: 'bazaar' }]) {
        await assert.rejects(orders.getOffer({ offerId }, other), refusedWith('OFFER_NOT_FOUND'));
        await assert.rejects(orders.acceptOffer({ offerId }, other), refusedWith('OFFER_NOT_FOUND'));
        await assert.rejects(orders.counterOffer({ offerId, priceMinor: 1 }, other), refusedWith('OFFER_NOT_FOUND'));
      }
      const own = orders.createOffer({ variantId, priceMinor: 1 }, seller);
      await assert.rejects(own, refusedWith('OWN_LISTING'));
      const fixed = orders.createOffer({ variantId: await listing(false), priceMinor: 1 }, buyer);
      await assert.rejects(fixed, refusedWith('OFFERS_NOT_ACCEPTED'));
      const guest = orders.createOffer({ variantId, priceMinor: 1 }, host.guest({ marketplaceId: 'jaikod' }));
      await assert.rejects(guest, refusedWith('UNAUTHENTICATED'));
    });
  });
}
