import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Context, Fault, type Id, newId, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { BINDINGS } from '@plaza/runtime/testing';
import { ADDRESS, type BuyingHost, INTENDED, listingOf, readyCheckout, startBuying } from './testing/buying-host.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

/** Free and reserved pieces of a variant. */
async function stockOf({ catalog, host }: BuyingHost, variantId: Id<'variant'>): Promise<number | null | undefined> {
  const { items } = await catalog.quoteVariants({ lines: [{ variantId, quantity: 1 }] }, host.service());
  return items[0]?.freeQuantity;
}

/** Everything the books and the shelves must agree on, whatever happened. */
async function assertConsistent(buying: BuyingHost): Promise<void> {
  const { payments, host } = buying;
  await host.deliver();
  const checked = await payments.checkLedger({}, host.service());
  assert.deepEqual(checked.mismatches, []);
  const { items } = await payments.listPaymentsWithoutOrder({ olderThanSeconds: 0 }, host.service());
  assert.deepEqual(items, [], 'money without an order');
}

for (const binding of BINDINGS) {
  describe(`checkout, ${binding}`, () => {
    test('a guest buys: stock is sold, money is in escrow, the cart is empty', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, payments, placed } = buying;
      const { variantId } = await listingOf(buying, { onHand: 3, priceMinor: 4500 });
      const guest = host.guest();
      const checkout = await readyCheckout(buying, guest, { variantId, quantity: 2 });
      assert.deepEqual(checkout.missing, []);
      assert.equal(checkout.totals.total.amountMinor, 9000);
      const done = await orders.completeCheckout(
        { checkoutId: checkout.id, expectedTotal: checkout.totals.total },
        guest,
      );
      assert.equal(done.outcome, 'completed');
      assert.equal(placed.length, 1);
      assert.equal(placed[0]?.orderId, done.orderId);
      assert.equal(await stockOf(buying, variantId), 1);
      const { items } = await payments.listHolds({ orderId: done.orderId as Id<'order'> }, host.service());
      assert.deepEqual(
        items.map(({ totalMinor, commissionMinor }) => [totalMinor, commissionMinor]),
        [[9000, 450]],
      );
      const cart = await orders.getCart({ cartId: checkout.cartId as Id<'cart'> }, guest);
      assert.equal(cart.quantity, 0);
      const again = await orders.completeCheckout({ checkoutId: checkout.id }, guest);
      assert.deepEqual([again.outcome, again.orderId], ['completed', done.orderId]);
      await assertConsistent(buying);
    });

    test('it is filled in step by step, and says what is missing', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, storeId } = buying;
      const { variantId } = await listingOf(buying, { priceMinor: 10_000 });
      const guest = host.guest();
      const begun = await orders.createCheckout({ buyNow: { variantId } }, guest);
      assert.deepEqual(begun.missing, ['email', 'address', 'paymentMethod']);
      const { id: checkoutId } = begun;
      const refused = orders.completeCheckout({ checkoutId }, guest);
      await assert.rejects(refused, refusedWith('CHECKOUT_INCOMPLETE'));
      const california = { ...ADDRESS, region: 'CA' };
      await orders.updateCheckout({ checkoutId, email: 'ada@example.com', address: california }, guest);
      const shipping = [{ storeId, optionId: 'express' }];
      const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
      const filled = await orders.updateCheckout({ checkoutId, shipping, payment }, guest);
      assert.deepEqual(filled.missing, []);
      // 7.25 % on goods (10,000) and shipping (1,800): 725 + 130.5 → 130.
      const { taxAdded, total } = filled.totals;
      assert.deepEqual([taxAdded.amountMinor, total.amountMinor], [855, 12_655]);
      assert.deepEqual(await orders.getCheckout({ checkoutId }, guest), filled);
      const stale = orders.updateCheckout({ checkoutId, note: 'Hi', expectedVersion: 1 }, guest);
      await assert.rejects(stale, refusedWith('VERSION_CONFLICT'));
      await assert.rejects(orders.getCheckout({ checkoutId }, host.guest()), refusedWith('CHECKOUT_NOT_FOUND'));
      for (const wrong of [
        { shipping: [{ storeId, optionId: 'rocket' }] },
        { address: { ...ADDRESS, countryCode: 'AQ' } },
        { address: { ...ADDRESS, phone: 'abc' } },
        { address: { ...ADDRESS, postalCode: '1' } },
        { payment: { methodId: 'simulated-card' } },
      ]) {
        await assert.rejects(orders.updateCheckout({ checkoutId, ...wrong }, guest), refusedWith('INVALID_INPUT'));
      }
      const unknown = orders.updateCheckout({ checkoutId, payment: { methodId: 'shells' } }, guest);
      await assert.rejects(unknown, refusedWith('PAYMENT_METHOD_UNKNOWN'));
    });

    test('a price that changed is told before money is asked for', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, catalog, seller, placed } = buying;
      const { listing, variantId } = await listingOf(buying, { priceMinor: 4500 });
      const guest = host.guest();
      const { id: checkoutId, totals } = await readyCheckout(buying, guest, { variantId });
      const variants = [{ id: variantId, price: { amountMinor: 5000, currency: 'USD' as const }, onHand: 10 }];
      await catalog.updateListing({ listingId: listing.id, variants }, seller);
      const refused = orders.completeCheckout({ checkoutId, expectedTotal: totals.total }, guest);
      await assert.rejects(refused, (error) => {
        assert.ok(refusedWith('PRICE_CHANGED')(error));
        assert.deepEqual((error as Fault).data, {
          previousTotal: totals.total,
          total: { amountMinor: totals.total.amountMinor + 500, currency: 'USD' },
        });
        return true;
      });
      assert.equal(placed.length, 0);
      const seen = await orders.getCheckout({ checkoutId }, guest);
      const done = await orders.completeCheckout({ checkoutId, expectedTotal: seen.totals.total }, guest);
      assert.equal(done.outcome, 'completed');
      await assertConsistent(buying);
    });

    test('a declined card gives everything back; another card buys', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, marketing } = buying;
      const { variantId } = await listingOf(buying, { onHand: 1 });
      const admin = host.context({ roles: ['admin'] });
      const coupon = await marketing.createCoupon(
        { code: 'ONCE', title: 'Once', reduction: { kind: 'fixed', amountMinor: 100 }, usesMax: 1 },
        admin,
      );
      const guest = host.guest();
      const { id: checkoutId } = await readyCheckout(buying, guest, {
        variantId,
        token: 'pm_card_declined',
        couponCode: 'ONCE',
      });
      const declined = await orders.completeCheckout({ checkoutId }, guest);
      assert.equal(declined.outcome, 'declined');
      assert.equal(declined.checkout.state, 'open');
      assert.notEqual(declined.declineCode, null);
      assert.equal(await stockOf(buying, variantId), 1);
      assert.equal((await marketing.getCoupon({ couponId: coupon.id }, admin)).uses, 0);
      const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
      assert.equal((await orders.completeCheckout({ checkoutId, payment }, guest)).outcome, 'completed');
      assert.equal((await marketing.getCoupon({ couponId: coupon.id }, admin)).uses, 1);
      await assertConsistent(buying);
    });

    test('a challenge: the buyer confirms at the bank, comes back and has the order', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, payments, placed } = buying;
      const { variantId } = await listingOf(buying, { onHand: 1 });
      const guest = host.guest();
      const { id: checkoutId } = await readyCheckout(buying, guest, { variantId, token: 'pm_card_challenge' });
      const waiting = await orders.completeCheckout({ checkoutId }, guest);
      assert.deepEqual([waiting.outcome, waiting.checkout.state], ['requires_action', 'awaiting_payment']);
      assert.ok(waiting.actionUrl);
      assert.equal((await orders.completeCheckout({ checkoutId }, guest)).outcome, 'requires_action');
      const paymentId = waiting.checkout.payment.paymentId as Id<'payment'>;
      await payments.completeSimulatedChallenge({ paymentId, outcome: 'approve' }, guest);
      // Webhook and browser at once.
      await Promise.all([orders.completeCheckout({ checkoutId }, guest), host.runTimers().then(() => host.deliver())]);
      assert.equal((await orders.getCheckout({ checkoutId }, guest)).state, 'completed');
      assert.equal(placed.length, 1);
      await assertConsistent(buying);
    });

    test('a late webhook places the order without the buyer', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, placed } = buying;
      const { variantId } = await listingOf(buying, { onHand: 1 });
      const guest = host.guest();
      const { id: checkoutId } = await readyCheckout(buying, guest, { variantId, token: 'pm_card_late' });
      assert.equal((await orders.completeCheckout({ checkoutId }, guest)).outcome, 'pending');
      host.advance({ minutes: 2 });
      await host.runTimers();
      await host.deliver();
      assert.equal(placed.length, 1);
      assert.equal((await orders.getCheckout({ checkoutId }, guest)).state, 'completed');
      await assertConsistent(buying);
    });

    test('a challenge that is refused opens the checkout again', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, payments } = buying;
      const { variantId } = await listingOf(buying, { onHand: 1 });
      const guest = host.guest();
      const { id: checkoutId } = await readyCheckout(buying, guest, { variantId, token: 'pm_card_challenge' });
      const waiting = await orders.completeCheckout({ checkoutId }, guest);
      const paymentId = waiting.checkout.payment.paymentId as Id<'payment'>;
      await payments.completeSimulatedChallenge({ paymentId, outcome: 'decline' }, guest);
      await host.runTimers();
      await host.deliver();
      assert.equal((await orders.getCheckout({ checkoutId }, guest)).state, 'open');
      assert.equal(await stockOf(buying, variantId), 1);
    });

    test('a coupon that makes it free needs no card, and the seller is still paid', async () => {
      await using buying = await startBuying({ binding });
      const { orders, marketing, payments, host } = buying;
      const { variantId } = await listingOf(buying, { priceMinor: 10_000 });
      const admin = host.context({ roles: ['admin'] });
      await marketing.createCoupon(
        { code: 'GIFT', title: 'Gift', reduction: { kind: 'percent', rateBp: 10_000 } },
        admin,
      );
      const guest = host.guest();
      const cart = await orders.createCart({ variantId }, guest);
      await orders.applyCoupon({ cartId: cart.id, code: 'GIFT' }, guest);
      const checkout = await orders.createCheckout(
        { cartId: cart.id, email: 'ada@example.com', address: ADDRESS },
        guest,
      );
      assert.deepEqual([checkout.totals.total.amountMinor, checkout.missing], [0, []]);
      const done = await orders.completeCheckout({ checkoutId: checkout.id }, guest);
      assert.equal(done.outcome, 'completed');
      const { items } = await payments.listHolds({ orderId: done.orderId as Id<'order'> }, host.service());
      assert.equal(items[0]?.platformFundedMinor, 10_000);
      await assertConsistent(buying);
    });

    test('completing twice at once makes one order', async () => {
      await using buying = await startBuying({ binding });
      const { orders, host, placed } = buying;
      const { variantId } = await listingOf(buying, { onHand: 10 });
      const guest = host.guest();
      const { id: checkoutId } = await readyCheckout(buying, guest, { variantId });
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, () => orders.completeCheckout({ checkoutId }, guest)),
      );
      for (const result of results) {
        if (result.status === 'rejected')
          assert.ok(refusedWith('CHECKOUT_IN_PROGRESS')(result.reason), String(result.reason));
        else assert.equal(result.value.outcome, 'completed');
      }
      assert.equal(placed.length, 1);
      assert.equal(await stockOf(buying, variantId), 9);
      await assertConsistent(buying);
    });
  });
}

describe('what goes wrong with a checkout', () => {
  test('200 buyers for 10 pieces: 10 orders, 190 clear refusals, nothing left behind', async () => {
    await using buying = await startBuying();
    const { orders, host, placed } = buying;
    const { variantId } = await listingOf(buying, { onHand: 10 });
    const buyers: { buyer: Context; checkoutId: Id<'checkout'> }[] = [];
    for (let i = 0; i < 200; i++) {
      const buyer = host.guest();
      buyers.push({ buyer, checkoutId: (await readyCheckout(buying, buyer, { variantId })).id });
    }
    const results = await Promise.allSettled(
      buyers.map(({ buyer, checkoutId }) => orders.completeCheckout({ checkoutId }, buyer)),
    );
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    assert.equal(refusals.length, 190);
    assert.ok(refusals.every(refusedWith('OUT_OF_STOCK')));
    assert.equal(placed.length, 10);
    assert.equal(await stockOf(buying, variantId), 0);
    await assertConsistent(buying);
  });

  test('an expired checkout can be neither changed nor completed', async () => {
    await using buying = await startBuying();
    const { orders, host } = buying;
    const { variantId } = await listingOf(buying);
    const guest = host.guest();
    const { id: checkoutId } = await readyCheckout(buying, guest, { variantId });
    host.advance({ minutes: 61 });
    await assert.rejects(orders.completeCheckout({ checkoutId }, guest), refusedWith('CHECKOUT_EXPIRED'));
    await host.runTimers();
    assert.equal((await orders.getCheckout({ checkoutId }, guest)).state, 'expired');
    await assert.rejects(orders.updateCheckout({ checkoutId, note: 'Hi' }, guest), refusedWith('CHECKOUT_EXPIRED'));
  });

  test('a challenge nobody answers gives the stock back, and the payment up', async () => {
    await using buying = await startBuying();
    const { orders, host, payments } = buying;
    const { variantId } = await listingOf(buying, { onHand: 1 });
    const guest = host.guest();
    const { id: checkoutId } = await readyCheckout(buying, guest, { variantId, token: 'pm_card_challenge' });
    const waiting = await orders.completeCheckout({ checkoutId }, guest);
    assert.equal(await stockOf(buying, variantId), 0);
    host.advance({ minutes: 16 });
    await host.runTimers();
    await host.deliver();
    const ended = await orders.getCheckout({ checkoutId }, guest);
    assert.ok(['expired', 'open'].includes(ended.state), ended.state);
    assert.equal(await stockOf(buying, variantId), 1);
    const paymentId = waiting.checkout.payment.paymentId as Id<'payment'>;
    assert.equal((await payments.getPayment({ paymentId }, guest)).state, 'canceled');
  });

  test('money that comes when the stock is gone goes back', async () => {
    await using buying = await startBuying();
    const { orders, host, catalog, seller, payments, placed } = buying;
    const { variantId } = await listingOf(buying, { onHand: 1 });
    const guest = host.guest();
    const { id: checkoutId } = await readyCheckout(buying, guest, { variantId, token: 'pm_card_challenge' });
    const waiting = await orders.completeCheckout({ checkoutId }, guest);
    const paymentId = waiting.checkout.payment.paymentId as Id<'payment'>;
    // The hold ends early, and another takes the last piece.
    await catalog.releaseReservation({ checkoutId }, host.service());
    await catalog.setStock({ variantId, onHand: 0 }, seller);
    await payments.completeSimulatedChallenge({ paymentId, outcome: 'approve' }, guest);
    const ended = await orders.completeCheckout({ checkoutId }, guest);
    assert.deepEqual([ended.outcome, ended.orderId, ended.checkout.state], ['refunded', null, 'refunded']);
    assert.equal((await payments.getPayment({ paymentId }, guest)).state, 'refunded');
    await host.runTimers();
    await host.deliver();
    assert.equal(placed.length, 0);
    await assertConsistent(buying);
  });

  test('a worker that dies between the money and the order is continued by the timer', async () => {
    await using buying = await startBuying();
    const { orders, host, placed, failure } = buying;
    const { variantId } = await listingOf(buying, { onHand: 2 });
    const guest = host.guest();
    const { id: checkoutId } = await readyCheckout(buying, guest, { variantId });
    failure.nextOrder = INTENDED;
    await assert.rejects(orders.completeCheckout({ checkoutId }, guest), refusedWith('INTERNAL'));
    assert.equal(placed.length, 0);
    await assert.rejects(orders.completeCheckout({ checkoutId }, guest), refusedWith('CHECKOUT_IN_PROGRESS'));
    host.advance({ minutes: 1 });
    await host.runTimers();
    assert.equal(placed.length, 1);
    assert.equal((await orders.completeCheckout({ checkoutId }, guest)).outcome, 'completed');
    assert.equal(await stockOf(buying, variantId), 1);
    await assertConsistent(buying);
  });

  test('a worker that dies before the money is continued too, to one charge', async () => {
    await using buying = await startBuying();
    const { host, placed } = buying;
    const { variantId } = await listingOf(buying, { onHand: 2 });
    const guest = host.guest();
    const { id: checkoutId } = await readyCheckout(buying, guest, { variantId });
    const database = host.database('orders');
    // As the row looks when the process was killed right after taking the checkout.
    await database
      .read('bazaar')
      .execute(
        sql`update orders.checkout set state = 'completing', due_time = now() where id = ${uuidFromId(checkoutId)}`,
      );
    host.advance({ minutes: 1 });
    await host.runTimers();
    await host.runTimers();
    assert.equal(placed.length, 1);
    await assertConsistent(buying);
  });

  test('a declined coupon, used up meanwhile by others, is told as a new price', async () => {
    await using buying = await startBuying();
    const { orders, marketing, host } = buying;
    const { variantId } = await listingOf(buying);
    await marketing.createCoupon(
      { code: 'FIRST', title: 'First', reduction: { kind: 'fixed', amountMinor: 500 }, usesMax: 1 },
      host.context({ roles: ['admin'] }),
    );
    const [a, b] = [host.guest(), host.guest()];
    const first = await readyCheckout(buying, a, { variantId, couponCode: 'FIRST' });
    const second = await readyCheckout(buying, b, { variantId, couponCode: 'FIRST' });
    assert.equal((await orders.completeCheckout({ checkoutId: first.id }, a)).outcome, 'completed');
    await assert.rejects(orders.completeCheckout({ checkoutId: second.id }, b), refusedWith('PRICE_CHANGED'));
    assert.equal((await orders.completeCheckout({ checkoutId: second.id }, b)).outcome, 'completed');
  });

  test('an Idempotency-Key answers completion the same twice', async () => {
    await using buying = await startBuying();
    const { orders, host, placed } = buying;
    const { variantId } = await listingOf(buying);
    const guestId = 'guest-token-0001';
    const { id: checkoutId } = await readyCheckout(buying, host.guest({ guestId }), { variantId });
    const keyed = host.guest({ guestId, idempotencyKey: newId('event') });
    const first = await orders.completeCheckout({ checkoutId }, keyed);
    assert.deepEqual(await orders.completeCheckout({ checkoutId }, keyed), first);
    assert.equal(placed.length, 1);
  });

  test('the whole of buying is a known number of statements', async () => {
    await using buying = await startBuying();
    const { orders, host } = buying;
    const { variantId } = await listingOf(buying);
    await readyCheckout(buying, host.guest(), { variantId });
    const guest = host.guest();
    const checkout = await readyCheckout(buying, guest, { variantId });
    const { id: checkoutId } = checkout;
    const counted = await host.countStatements(() => orders.completeCheckout({ checkoutId }, guest));
    assert.ok(counted <= 16, `${counted} statements`);
  });
});
