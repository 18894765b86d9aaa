import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Id, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { type BuyingHost, listingOf, readyCheckout, startBuying } from './testing/buying-host.ts';
import { availableMinor, freeOf, holdOf, refusedWith, sell, settle } from './testing/sold.ts';

const TRACKING = { carrier: 'UPS', trackingNumber: '1Z999' };

/** Effects that are not done yet. */
async function undone({ host }: BuyingHost): Promise<number> {
  const { count } = await host
    .database('orders')
    .read('bazaar')
    .one<{ count: number }>(sql`select count(*)::int as count from orders.effect where due_time is not null`);
  return count;
}

/** Movements on the store's statement, newest first. */
async function movements({ payments, seller, storeId }: BuyingHost) {
  const { items } = await payments.listStatement({ storeId, currency: 'USD' }, seller);
  return items.map(({ kind, amount }) => [kind, amount.amountMinor]);
}

test('what nobody ships is canceled by the clock, on time and not before', async () => {
  await using buying = await startBuying();
  const { host, orders } = buying;
  const { buyer, orderId, group, variantId } = await sell(buying);
  assert.equal(group.dueAction, 'expire');
  host.advance({ hours: 239 });
  await settle(buying);
  assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.state, 'paid');
  host.advance({ hours: 2 });
  await settle(buying);
  const [expired] = (await orders.getOrder({ orderId }, buyer)).groups;
  assert.deepEqual([expired?.state, expired?.dueTime, expired?.refunded], ['canceled', null, expired?.total]);
  assert.deepEqual(expired?.timeline.at(-1)?.by, 'timer');
  assert.equal((await holdOf(buying, orderId)).state, 'refunded');
  assert.equal(await freeOf(buying, variantId), 10);
  await settle(buying);
  assert.equal(await freeOf(buying, variantId), 10, 'once');
});

test('without a word of the buyer it is taken as delivered, and the seller is paid after the return window', async () => {
  await using buying = await startBuying();
  const { host, orders, seller } = buying;
  const { buyer, orderId } = await sell(buying);
  await orders.shipOrder({ orderId, ...TRACKING }, seller);
  host.advance({ hours: 337 });
  await settle(buying);
  const [delivered] = (await orders.getOrder({ orderId }, buyer)).groups;
  assert.deepEqual([delivered?.state, delivered?.dueAction], ['delivered', 'complete']);
  assert.equal(await availableMinor(buying), 0);
  host.advance({ hours: 721 });
  await settle(buying);
  await settle(buying);
  assert.equal((await orders.getOrder({ orderId }, buyer)).groups[0]?.state, 'completed');
  assert.deepEqual(await movements(buying), [['release', 4875]]);
});

test('the buyer cancels while the seller ships: one of them comes first', async () => {
  await using buying = await startBuying();
  const { orders, seller } = buying;
  const { buyer, orderId } = await sell(buying);
  const results = await Promise.allSettled([
    orders.cancelOrder({ orderId, reason: 'too slow' }, buyer),
    orders.shipOrder({ orderId, ...TRACKING }, seller),
    orders.cancelOrder({ orderId, reason: 'sold out' }, seller),
  ]);
  const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  assert.equal(lost.length, 2);
  assert.ok(lost.every(refusedWith('ACTION_NOT_ALLOWED')));
  await settle(buying);
  const [group] = (await orders.getOrder({ orderId }, buyer)).groups;
  assert.equal(group?.timeline.length, 2);
  assert.equal((await holdOf(buying, orderId)).refundedMinor, group?.state === 'canceled' ? 5100 : 0);
});

for (const moment of ['before', 'after'] as const) {
  test(`a process that dies ${moment} the money moved is continued by the timer: refunded, restocked, released once`, async () => {
    await using buying = await startBuying();
    const { orders, seller } = buying;
    const canceled = await sell(buying);
    const completed = await sell(buying);
    const hasDied = buying.dieAtMoney(moment);
    await orders.cancelOrder({ orderId: canceled.orderId, reason: 'too slow' }, canceled.buyer);
    await hasDied;
    assert.equal(await undone(buying), 3, 'refund, restock, revokeLicense');
    assert.equal(await freeOf(buying, canceled.variantId), 9);
    assert.equal((await holdOf(buying, canceled.orderId)).state, moment === 'before' ? 'held' : 'refunded');

    await orders.shipOrder({ orderId: completed.orderId, ...TRACKING }, seller);
    await orders.confirmReceipt({ orderId: completed.orderId }, completed.buyer);
    const hasDiedAgain = buying.dieAtMoney(moment);
    await orders.confirmReceipt({ orderId: completed.orderId }, completed.buyer);
    await hasDiedAgain;
    assert.equal(await undone(buying), 4);

    for (let round = 0; round < 3; round++) await settle(buying);
    assert.equal(await undone(buying), 0);
    assert.equal((await holdOf(buying, canceled.orderId)).refundedMinor, 5100);
    assert.equal(await freeOf(buying, canceled.variantId), 10);
    assert.equal((await holdOf(buying, completed.orderId)).state, 'released');
    assert.deepEqual(await movements(buying), [['release', 4875]]);
  });
}

test('two stores in one order: each ships and is paid by itself, and sees only its part', async () => {
  await using buying = await startBuying();
  const { catalog, host, orders, payments, seller } = buying;
  const otherSeller = host.context({ roles: ['buyer', 'seller'] });
  const { id: storeId } = await catalog.createStore({ name: 'New Light' }, otherSeller);
  const { variantId } = await listingOf({ catalog, seller: otherSeller, storeId }, { priceMinor: 10_000 });
  const buyer = host.context();
  await orders.createCart({ variantId }, buyer);
  const checkout = await readyCheckout(buying, buyer, { variantId: (await listingOf(buying)).variantId });
  const { orderId } = await orders.completeCheckout({ checkoutId: checkout.id }, buyer);
  assert.ok(orderId);
  const order = await orders.getOrder({ orderId }, buyer);
  assert.deepEqual([order.groups.length, order.total.amountMinor], [2, 15_100]);
  const [own, other] = [await orders.getOrder({ orderId }, seller), await orders.getOrder({ orderId }, otherSeller)];
  assert.deepEqual([own.groups.length, own.total.amountMinor, other.total.amountMinor], [1, 5100, 10_000]);
  const groupId = other.groups[0]?.id as Id<'shipmentGroup'>;
  await assert.rejects(orders.shipOrder({ orderId, groupId, ...TRACKING }, seller), refusedWith('ORDER_NOT_FOUND'));
  await orders.shipOrder({ orderId, ...TRACKING }, otherSeller);
  await orders.cancelOrder({ orderId, reason: 'sold out' }, seller);
  await orders.confirmReceipt({ orderId }, buyer);
  await orders.confirmReceipt({ orderId }, buyer);
  await settle(buying);
  const { items } = await payments.listHolds({ orderId }, host.service());
  assert.deepEqual(items.map(({ state, refundedMinor }) => [state, refundedMinor]).sort(), [
    ['refunded', 5100],
    ['released', 0],
  ]);
  const after = await orders.getOrder({ orderId }, buyer);
  assert.deepEqual(
    [after.refunded.amountMinor, after.groups.map(({ state }) => state).sort()],
    [5100, ['canceled', 'completed']],
  );
});

test('two hundred orders that cannot be moved keep no other from its turn, and are tried again later', async () => {
  await using buying = await startBuying();
  const { host, orders } = buying;
  const [stuck, other] = [await sell(buying), await sell(buying)];
  const queries = host.database('orders').read('bazaar');
  // As many as the timer takes at a time, due before the other, by a process that nobody knows any more.
  await queries.execute(sql`
    insert into orders.shipment_group (marketplace_id, id, order_id, store_id, seller_member_id, process_name, process_version, state, state_time,
      is_final, due_action, due_time, quote, total_minor, placed_time)
    select marketplace_id, gen_random_uuid(), order_id, store_id, seller_member_id, 'forgotten', '1', state, state_time,
      is_final, due_action, due_time - interval '1 day', quote, total_minor, placed_time
    from orders.shipment_group, generate_series(1, 200) where order_id = ${uuidFromId(stuck.orderId)}`);
  const stateOf = async ({ buyer, orderId }: typeof other) => {
    const { state } = await queries.one<{ state: string }>(
      sql`select state from orders.shipment_group where order_id = ${uuidFromId(orderId)} and process_name <> 'forgotten'`,
    );
    return [state, (await orders.listOrders({}, buyer)).items.length];
  };
  host.stopClock();
  host.advance({ hours: 241 });
  await host.runTimers('bazaar');
  await host.runTimers('bazaar');
  assert.deepEqual(await stateOf(other), ['canceled', 1]);
  const { tries, waiting } = await queries.one<{ tries: number; waiting: number }>(sql`
    select max(retry_count) as tries, count(*)::int as waiting from orders.shipment_group
    where process_name = 'forgotten' and retry_time > ${host.now()}`);
  assert.deepEqual([tries, waiting], [1, 200], 'not with every run of the timer');
  // Ten show as well as all that they are tried again, and are canceled in a twentieth of the time.
  await queries.execute(sql`
    delete from orders.shipment_group where process_name = 'forgotten' and id not in (
      select id from orders.shipment_group where process_name = 'forgotten' limit 10)`);
  await queries.execute(sql`
    update orders.shipment_group g set process_name = o.process_name, process_version = o.process_version from orders.shipment_group o
    where g.process_name = 'forgotten' and o.order_id = g.order_id and o.process_name <> 'forgotten'`);
  host.advance({ seconds: 11 });
  await host.runTimers('bazaar');
  const { canceled, paid } = await queries.one<{ canceled: number; paid: number }>(sql`
    select count(*) filter (where state = 'canceled')::int as canceled, count(*) filter (where state = 'paid')::int as paid
    from orders.shipment_group`);
  assert.deepEqual([canceled, paid], [12, 0], 'the ten, the order that they are copies of, and the other');
});
