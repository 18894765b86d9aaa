import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Context, Id } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { ADDRESS, type BuyingHost, listingOf, startBuying } from './testing/buying-host.ts';
import { availableMinor, freeOf, holdOf, refusedWith, sell, settle } from './testing/sold.ts';

/** Three lamps that their buyer has. */
async function delivered(buying: BuyingHost) {
  const sold = await sell(buying, { quantity: 3 });
  const { orders, seller } = buying;
  const { orderId, groupId, buyer } = sold;
  await orders.shipOrder({ orderId, carrier: 'UPS', trackingNumber: '1Z999' }, seller);
  await orders.confirmReceipt({ orderId }, buyer);
  const lineId = sold.group.lines[0]?.id as (typeof sold.group.lines)[number]['id'];
  const ask = (quantity: number, who: Context = buyer) =>
    orders.createReturn({ orderId, groupId, lines: [{ lineId, quantity }], reason: 'too small' }, who);
  const groupNow = async (who: Context = buyer) => {
    const [group] = (await orders.getOrder({ orderId }, who)).groups;
    assert.ok(group);
    return group;
  };
  return { ...sold, lineId, ask, groupNow };
}

for (const binding of BINDINGS) {
  describe(`returns, ${binding}`, () => {
    test('asked, accepted, sent, received: the money of these units goes back, and what is sound goes to stock', async () => {
      await using buying = await startBuying({ binding });
      const { host, orders, seller } = buying;
      const { orderId, buyer, lineId, ask, groupNow, group, variantId } = await delivered(buying);
      assert.ok((await groupNow()).returnTime);
      await assert.rejects(ask(4), refusedWith('LINE_REFUNDED'));
      await assert.rejects(ask(1, seller), refusedWith('FORBIDDEN'));
      await assert.rejects(ask(1, host.context()), refusedWith('ORDER_NOT_FOUND'));
      const asked = await ask(2);
      assert.equal(asked.refund.amountMinor, 2 * 4500);
      await assert.rejects(ask(1), refusedWith('RETURN_OPEN_ALREADY'));
      const paused = await groupNow();
      assert.deepEqual([paused.dueTime, paused.returnTime], [null, null]);

      const { id: returnId } = asked;
      const act = (action: string, who: Context, entered = {}) =>
        orders.takeReturnAction({ orderId, returnId, action, ...entered }, who);
      await assert.rejects(act('accept', buyer), refusedWith('ACTION_NOT_ALLOWED'));
      await assert.rejects(act('accept', host.context()), refusedWith('ORDER_NOT_FOUND'));
      await act('accept', seller);
      await act('send', buyer, { carrier: 'UPS', trackingNumber: '1Z111' });
      await assert.rejects(act('receive', seller), refusedWith('INVALID_INPUT'));
      const lines = [{ lineId, isRestocked: true, condition: 'opened' as const }];
      const received = await act('receive', seller, { lines });
      assert.deepEqual([received.state, received.refund.amountMinor], ['refunded', 9_000]);
      assert.deepEqual(
        received.lines.map(({ isRestocked, condition }) => [isRestocked, condition]),
        [[true, 'opened']],
      );
      await settle(buying);
      assert.equal(await freeOf(buying, variantId), 9);
      const after = await groupNow();
      assert.deepEqual([after.state, after.refunded.amountMinor], ['delivered', 9_000]);
      assert.equal(after.lines[0]?.refundedQuantity, 2);
      assert.ok(after.dueTime, 'the clock of the sale goes on');
      assert.equal((await holdOf(buying, orderId)).refundedMinor, 9_000);

      host.advance({ days: 31 });
      await settle(buying);
      await settle(buying);
      const done = await groupNow(seller);
      assert.deepEqual([done.state, done.earnings?.amountMinor], ['completed', await availableMinor(buying)]);
      assert.equal(done.earnings?.amountMinor, (await holdOf(buying, orderId)).sellerMinor);
      await assert.rejects(ask(1), refusedWith('RETURN_NOT_POSSIBLE'));
      assert.equal(group.total.amountMinor, after.total.amountMinor);
    });
  });
}

test('silence answers: the seller accepts, receives, and the buyer forgets; an operator decides what is contested', async () => {
  await using buying = await startBuying();
  const { host, orders, seller } = buying;
  const moderator = host.context({ roles: ['moderator'] });
  const wait = async (hours: number) => {
    host.advance({ hours });
    await settle(buying);
    await settle(buying);
  };
  const silent = await delivered(buying);
  const forgotten = await delivered(buying);
  const contested = await delivered(buying);
  const first = await silent.ask(3);
  const second = await forgotten.ask(1);
  const third = await contested.ask(1);
  const act = (one: typeof first, action: string, who: Context, entered = {}) =>
    orders.takeReturnAction({ orderId: one.orderId, returnId: one.id, action, ...entered }, who);
  await act(third, 'decline', seller, { reason: 'It was used.' });
  await act(third, 'dispute', contested.buyer, { reason: 'It was not.' });
  assert.deepEqual(
    (await orders.listContestedReturns({ limit: 20 }, moderator)).items.map(({ id }) => id),
    [third.id],
  );
  assert.equal((await orders.listStoreReturns({ storeId: buying.storeId, limit: 20 }, seller)).items.length, 3);
  await assert.rejects(act(third, 'ruleForBuyer', contested.buyer, { reason: 'x' }), refusedWith('ACTION_NOT_ALLOWED'));
  await act(third, 'ruleForSeller', moderator, { reason: 'It was used.' });

  await wait(73);
  await act(first, 'send', silent.buyer, { carrier: 'UPS', trackingNumber: '1' });
  await wait(241);
  const [refunded] = (await orders.listReturns({ orderId: first.orderId, limit: 5 }, silent.buyer)).items;
  assert.deepEqual([refunded?.state, refunded?.refund.amountMinor], ['refunded', 13_500]);
  assert.equal(await freeOf(buying, silent.variantId), 7, 'nobody looked at it, so it is not sold again');
  await wait(100);
  const [expired] = (await orders.listReturns({ orderId: second.orderId, limit: 5 }, forgotten.buyer)).items;
  assert.equal(expired?.state, 'expired');
  assert.equal((await forgotten.groupNow()).refunded.amountMinor, 0);
  const all = await silent.groupNow();
  assert.deepEqual(
    [all.state, all.isFinal],
    all.total.amountMinor === 13_500 ? ['returned', true] : ['delivered', false],
  );
});

test('a seller gives lines back without a return: each unit once, the shipping once, and to stock what they say', async () => {
  await using buying = await startBuying();
  const { host, orders, seller } = buying;
  const { orderId, groupId, lineId, groupNow, variantId, buyer } = await delivered(buying);
  const refund = (quantity: number, more: { isRestocked?: boolean; includesShipping?: boolean } = {}, who = seller) =>
    orders.refundLines(
      {
        orderId,
        groupId,
        lines: quantity === 0 ? [] : [{ lineId, quantity, isRestocked: more.isRestocked ?? false }],
        includesShipping: more.includesShipping ?? false,
        reason: 'broken',
      },
      who,
    );
  for (const who of [buyer, host.context({ roles: ['seller'] })])
    await assert.rejects(refund(1, {}, who), (error: { code?: string }) =>
      ['FORBIDDEN', 'ORDER_NOT_FOUND'].includes(error.code ?? ''),
    );
  await refund(1, { isRestocked: true });
  await assert.rejects(refund(3), refusedWith('LINE_REFUNDED'));
  const { shipping, total } = await groupNow();
  if (shipping.amountMinor > 0) {
    await refund(0, { includesShipping: true });
    await assert.rejects(refund(0, { includesShipping: true }), refusedWith('SHIPPING_REFUNDED'));
  }
  await refund(2);
  await settle(buying);
  const after = await groupNow(seller);
  assert.deepEqual([after.refunded, after.earnings?.amountMinor], [total, 0]);
  assert.equal(await freeOf(buying, variantId), 8);
  assert.equal((await holdOf(buying, orderId)).state, 'refunded');
});

test('what a cancellation put back on the shelf is not put there again line by line', async () => {
  await using buying = await startBuying();
  const { host, orders, seller } = buying;
  const { buyer, orderId, groupId, group, variantId } = await sell(buying, { quantity: 2 });
  const before = (await freeOf(buying, variantId)) ?? 0;
  await orders.cancelOrder({ orderId, reason: 'changed my mind' }, buyer);
  await host.runTimers();
  assert.equal(await freeOf(buying, variantId), before + 2);
  const lineId = group.lines[0]?.id as Id<'orderLine'>;
  const again = { orderId, groupId, lines: [{ lineId, quantity: 2, isRestocked: true }], reason: 'came back' };
  await assert.rejects(orders.refundLines(again, seller), { code: 'LINE_REFUNDED', data: { lineId, leftQuantity: 0 } });
  await host.runTimers();
  assert.equal(await freeOf(buying, variantId), before + 2);
});

/** A lamp that was paid for, and a shade that a coupon of the platform paid for wholly. */
async function lampWithFreeShade(buying: BuyingHost) {
  const { host, orders, marketing } = buying;
  const [lamp, shade] = [await listingOf(buying), await listingOf(buying, { priceMinor: 2_000 })];
  const scope = { listingIds: [shade.listing.id] };
  const reduction = { kind: 'percent', rateBp: 10_000 } as const;
  const admin = host.context({ roles: ['admin'] });
  await marketing.createCoupon({ code: 'SHADE', title: 'A shade for free', reduction, scope }, admin);
  const buyer = host.context();
  const { id: cartId } = await orders.createCart({ variantId: lamp.variantId, quantity: 1 }, buyer);
  await orders.addCartLine({ cartId, variantId: shade.variantId, quantity: 1 }, buyer);
  await orders.applyCoupon({ cartId, code: 'SHADE' }, buyer);
  const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
  const input = { cartId, email: 'ada@example.com', address: ADDRESS, payment };
  const { id: checkoutId } = await orders.createCheckout(input, buyer);
  const { orderId } = await orders.completeCheckout({ checkoutId }, buyer);
  assert.ok(orderId);
  const [group] = (await orders.getOrder({ orderId }, buyer)).groups;
  assert.ok(group);
  const lineOf = (variantId: Id<'variant'>) => group.lines.find((line) => line.variantId === variantId)?.id as LineId;
  const [lampId, shadeId] = [lineOf(lamp.variantId), lineOf(shade.variantId)];
  return { buyer, orderId, groupId: group.id, group, lamp: lampId, shade: shadeId };
}

type LineId = Id<'orderLine'>;

test('what the platform’s coupon paid for wholly stays its seller’s until it is given back itself', async () => {
  await using buying = await startBuying();
  const { orders, seller } = buying;
  const { orderId, groupId, group, lamp, shade } = await lampWithFreeShade(buying);
  const giveBack = (lineId: LineId) =>
    orders.refundLines(
      {
        orderId,
        groupId,
        lines: [{ lineId, quantity: 1, isRestocked: true }],
        includesShipping: group.shipping.amountMinor > 0 && lineId === lamp,
        reason: 'broken',
      },
      seller,
    );
  const told = async () => {
    await settle(buying);
    const [now] = (await orders.getOrder({ orderId }, seller)).groups;
    const { state, sellerMinor, refundedMinor } = await holdOf(buying, orderId);
    assert.equal(now?.earnings?.amountMinor, sellerMinor);
    return [state, sellerMinor, refundedMinor === group.total.amountMinor];
  };
  await orders.shipOrder({ orderId, carrier: 'UPS', trackingNumber: '1Z999' }, seller);
  await giveBack(lamp);
  assert.deepEqual(await told(), ['held', 1_900, true]);
  await giveBack(shade);
  assert.deepEqual(await told(), ['refunded', 0, true]);
});

test('a sale of which all that cost something came back goes on with what the platform’s coupon paid for', async () => {
  await using buying = await startBuying();
  const { host, orders, seller } = buying;
  const { buyer, orderId, groupId, lamp } = await lampWithFreeShade(buying);
  await orders.shipOrder({ orderId, carrier: 'UPS', trackingNumber: '1Z999' }, seller);
  await orders.confirmReceipt({ orderId }, buyer);
  const lines = [{ lineId: lamp, quantity: 1 }];
  const { id: returnId } = await orders.createReturn({ orderId, groupId, lines, reason: 'broken' }, buyer);
  const act = (action: string, who: Context, entered = {}) =>
    orders.takeReturnAction({ orderId, returnId, action, ...entered }, who);
  await act('accept', seller);
  await act('send', buyer, { carrier: 'UPS', trackingNumber: '1Z111' });
  const received = [{ lineId: lamp, isRestocked: true, condition: 'opened' as const }];
  await act('receive', seller, { lines: received, includesShipping: true });
  await settle(buying);
  const now = async () => (await orders.getOrder({ orderId }, seller)).groups[0];
  assert.equal((await now())?.state, 'delivered');
  host.advance({ days: 31 });
  await settle(buying);
  await settle(buying);
  const done = await now();
  assert.deepEqual([done?.state, done?.refunded], ['completed', done?.total]);
  assert.deepEqual([done?.earnings?.amountMinor, await availableMinor(buying)], [1_900, 1_900]);
});

test('a canceled sale that the platform’s coupon paid for earns its seller nothing', async () => {
  await using buying = await startBuying();
  const { host, orders, marketing, seller } = buying;
  const { buyer, orderId, groupId, lamp, group } = await lampWithFreeShade(buying);
  const lines = [{ lineId: lamp, quantity: 1, isRestocked: true }];
  const includesShipping = group.shipping.amountMinor > 0;
  await orders.refundLines({ orderId, groupId, lines, includesShipping, reason: 'broken' }, seller);
  const reduction = { kind: 'percent', rateBp: 10_000 } as const;
  await marketing.createCoupon({ code: 'ALL', title: 'All for free', reduction }, host.context({ roles: ['admin'] }));
  const free = await sell(buying, { buyer, couponCode: 'ALL' });
  for (const canceled of [orderId, free.orderId]) {
    await settle(buying);
    await orders.cancelOrder({ orderId: canceled, reason: 'changed my mind' }, buyer);
    await settle(buying);
    const { state, sellerMinor } = await holdOf(buying, canceled);
    const [now] = (await orders.getOrder({ orderId: canceled }, seller)).groups;
    assert.deepEqual([state, sellerMinor, now?.earnings?.amountMinor], ['refunded', 0, 0]);
  }
});
