import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault, type Id, newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { listingOf, startBuying } from './testing/buying-host.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

for (const binding of BINDINGS) {
  describe(`cart, ${binding}`, () => {
    test('a guest fills a cart, changes it and empties it; every answer is the whole cart', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const lamp = await listingOf(buying, { title: 'Lamp', priceMinor: 4500 });
      const chair = await listingOf(buying, { title: 'Chair', priceMinor: 12_000 });
      const guest = host.guest();
      const empty = await orders.createCart({}, guest);
      assert.deepEqual([empty.groups, empty.isPurchasable], [[], false]);
      await orders.addCartLine({ cartId: empty.id, variantId: lamp.variantId, quantity: 2 }, guest);
      const two = await orders.addCartLine({ cartId: empty.id, variantId: chair.variantId }, guest);
      assert.deepEqual([two.quantity, two.subtotal.amountMinor, two.isPurchasable], [3, 21_000, true]);
      const more = await orders.addCartLine({ cartId: empty.id, variantId: lamp.variantId }, guest);
      assert.deepEqual(more, await orders.getCart({ cartId: empty.id }, guest));
      const [lampLine, chairLine] = more.groups[0]?.lines ?? [];
      assert.equal(lampLine?.quantity, 3);
      const lineId = lampLine?.id as Id<'cartLine'>;
      const less = await orders.updateCartLine({ cartId: empty.id, lineId, quantity: 1 }, guest);
      assert.equal(less.subtotal.amountMinor, 16_500);
      const one = await orders.removeCartLine({ cartId: empty.id, lineId }, guest);
      assert.deepEqual(
        one.groups[0]?.lines.map(({ id }) => id),
        [chairLine?.id],
      );
      assert.equal((await orders.getCurrentCart({}, guest)).id, empty.id);
    });

    test('an Idempotency-Key adds once', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { variantId } = await listingOf(buying);
      const guestId = 'guest-token-0001';
      const cart = await orders.createCart({}, host.guest({ guestId }));
      const once = host.guest({ guestId, idempotencyKey: newId('event') });
      const first = await orders.addCartLine({ cartId: cart.id, variantId }, once);
      const second = await orders.addCartLine({ cartId: cart.id, variantId }, once);
      assert.deepEqual(second, first);
      assert.equal((await orders.getCart({ cartId: cart.id }, host.guest({ guestId }))).quantity, 1);
    });

    test("someone else's cart does not exist", async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const { variantId } = await listingOf(buying);
      const [ofGuest, ofMember] = [
        await orders.createCart({}, host.guest()),
        await orders.createCart({}, host.context()),
      ];
      for (const { id: cartId } of [ofGuest, ofMember]) {
        for (const other of [host.guest(), host.context()]) {
          await assert.rejects(orders.getCart({ cartId }, other), refusedWith('CART_NOT_FOUND'));
          await assert.rejects(orders.addCartLine({ cartId, variantId }, other), refusedWith('CART_NOT_FOUND'));
        }
      }
      const abroad = host.guest({ marketplaceId: 'temuhash' });
      await assert.rejects(orders.getCart({ cartId: ofGuest.id }, abroad), refusedWith('CART_NOT_FOUND'));
    });

    test("a guest's cart moves into the member's at sign-in, once", async () => {
      await using buying = await startBuying({ binding });
      const { orders, host } = buying;
      const [lamp, chair] = [await listingOf(buying), await listingOf(buying, { title: 'Chair' })];
      const member = host.context();
      await orders.createCart({ variantId: lamp.variantId, quantity: 2 }, member);
      const guest = await orders.createCart({ variantId: lamp.variantId, quantity: 3 }, host.guest());
      const guestToo = await orders.createCart({ variantId: chair.variantId }, host.guest());
      await orders.mergeCart({ cartId: guest.id }, member);
      await orders.mergeCart({ cartId: guestToo.id }, member);
      const merged = await orders.mergeCart({ cartId: guest.id }, member);
      assert.deepEqual(merged.groups[0]?.lines.map(({ quantity }) => quantity).sort(), [1, 3]);
      assert.deepEqual(await orders.getCurrentCart({}, member), merged);
      assert.equal((await orders.createCart({}, member)).id, merged.id);
    });

    test('what changed since a line was added is shown on it', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, catalog, seller } = buying;
      const { listing, variantId } = await listingOf(buying, { onHand: 5 });
      const gone = await listingOf(buying, { title: 'Chair' });
      const guest = host.guest();
      const cart = await orders.createCart({ variantId, quantity: 4 }, guest);
      await orders.addCartLine({ cartId: cart.id, variantId: gone.variantId }, guest);
      await catalog.setStock({ variantId, onHand: 3 }, seller);
      await catalog.pauseListing({ listingId: gone.listing.id }, seller);
      const seen = await orders.getCart({ cartId: cart.id }, guest);
      const problems = seen.groups[0]?.lines.map((line) => line.problems);
      assert.deepEqual(problems, [[{ code: 'OUT_OF_STOCK', freeQuantity: 3 }], [{ code: 'UNAVAILABLE' }]]);
      assert.equal(seen.isPurchasable, false);
      await assert.rejects(orders.createCheckout({ cartId: cart.id }, guest), refusedWith('CART_NOT_PURCHASABLE'));
      assert.ok(listing.id);
    });

    test('what cannot be bought is refused with its reason', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, seller } = buying;
      const { variantId } = await listingOf(buying, { onHand: 2 });
      const cart = await orders.createCart({}, host.guest({ guestId: 'guest-token-0001' }));
      const guest = host.guest({ guestId: 'guest-token-0001' });
      const add = (more: object) => orders.addCartLine({ cartId: cart.id, variantId, ...more }, guest);
      await assert.rejects(add({ quantity: 3 }), refusedWith('OUT_OF_STOCK'));
      await assert.rejects(add({ variantId: newId('variant') }), refusedWith('VARIANT_NOT_FOUND'));
      await assert.rejects(add({ offerId: newId('offer') }), refusedWith('OFFER_NOT_USABLE'));
      await assert.rejects(orders.createCart({ variantId }, seller), refusedWith('OWN_LISTING'));
    });

    test('an accepted offer locks the price for its buyer', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, offers } = buying;
      const { variantId } = await listingOf(buying, { priceMinor: 4500 });
      const buyer = host.context();
      const offerId = newId('offer');
      assert.ok(buyer.actor.kind === 'member');
      const buyerMemberId = buyer.actor.memberId;
      offers.push({ offerId, variantId, buyerMemberId, quantity: 1, unitPriceMinor: 4000 });
      const cart = await orders.createCart({ variantId, offerId }, buyer);
      assert.equal(cart.total.amountMinor, 4000);
      await assert.rejects(orders.createCart({ variantId, offerId }, host.context()), refusedWith('OFFER_NOT_USABLE'));
      await assert.rejects(
        orders.addCartLine({ cartId: cart.id, variantId, offerId }, buyer),
        refusedWith('OFFER_NOT_USABLE'),
      );
    });

    test('coupons: one of the platform and one of a store, each on its own lines', async () => {
      await using buying = await startBuying({ binding });
      const { orders, marketing, host, seller, storeId } = buying;
      const { variantId } = await listingOf(buying, { priceMinor: 10_000 });
      const admin = host.context({ roles: ['admin'] });
      const percent = (rateBp: number) => ({ kind: 'percent' as const, rateBp });
      await marketing.createCoupon({ code: 'ALL10', title: 'All', reduction: percent(1000) }, admin);
      await marketing.createCoupon({ code: 'ALL20', title: 'All', reduction: percent(2000) }, admin);
      await marketing.createCoupon({ code: 'SHOP10', title: 'Shop', storeId, reduction: percent(1000) }, seller);
      const guest = host.guest();
      const { id: cartId } = await orders.createCart({ variantId }, guest);
      await orders.applyCoupon({ cartId, code: 'all10' }, guest);
      await orders.applyCoupon({ cartId, code: 'SHOP10' }, guest);
      const both = await orders.applyCoupon({ cartId, code: 'ALL20' }, guest);
      assert.deepEqual(
        both.coupons.map(({ code, discount }) => [code, discount.amountMinor]),
        [
          ['ALL20', 1800],
          ['SHOP10', 1000],
        ],
      );
      assert.equal(both.total.amountMinor, 7200);
      const one = await orders.removeCoupon({ cartId, code: 'ALL20' }, guest);
      assert.equal(one.total.amountMinor, 9000);
      await assert.rejects(orders.applyCoupon({ cartId, code: 'NOPE' }, guest), refusedWith('COUPON_NOT_FOUND'));
    });
  });
}

describe('the cost of a cart', () => {
  test('adding and reading take few statements', async () => {
    await using buying = await startBuying();
    const { orders, host } = buying;
    const { variantId } = await listingOf(buying);
    const guest = host.guest();
    const cart = await orders.createCart({}, guest);
    await orders.addCartLine({ cartId: cart.id, variantId }, guest);
    // Read, quote, write; and read, quote.
    assert.ok((await host.countStatements(() => orders.addCartLine({ cartId: cart.id, variantId }, guest))) <= 3);
    assert.ok((await host.countStatements(() => orders.getCart({ cartId: cart.id }, guest))) <= 2);
    assert.equal(await host.countStatements(() => orders.createCart({}, host.guest())), 1);
    const first = (idempotencyKey: string) => orders.createCart({ variantId }, host.guest({ idempotencyKey }));
    await first('a-key-of-enough-length-1');
    // The quote; then the cart with its line and the key with its answer, in one go and without BEGIN.
    assert.equal(await host.countStatements(() => first('a-key-of-enough-length-2')), 3);
  });
});
