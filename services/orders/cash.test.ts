import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Id } from '@plaza/kernel';
import type { Order, ShipmentGroup } from './contract/order.ts';
import { type BuyingHost, startBuying } from './testing/buying-host.ts';
import { checkoutAtDoor, type StoreAtDoor, storeAtDoor } from './testing/door.ts';
import { freeOf, refusedWith } from './testing/sold.ts';

let buying: BuyingHost;
before(async () => {
  buying = await startBuying();
});
after(() => buying.host.close());

const SHIPPED = { action: 'ship', carrier: 'Estafeta', trackingNumber: 'MX1' };
/** Where a group's money is, and what it came to. */
const moneyOf = ({ due, held, released, refunded }: ShipmentGroup) =>
  [due, held, released, refunded].map(({ amountMinor }) => amountMinor);

async function place(stores: readonly StoreAtDoor[], buyer = buying.host.context({ marketplaceId: 'gamarriando' })) {
  const checkout = await checkoutAtDoor(buying, stores, buyer);
  const { outcome, orderId } = await buying.orders.completeCheckout({ checkoutId: checkout.id }, buyer);
  assert.equal(outcome, 'completed');
  assert.ok(orderId);
  const order = await buying.orders.getOrder({ orderId }, buyer);
  const groupOf = ({ storeId }: StoreAtDoor) =>
    order.groups.find((group) => group.storeId === storeId) as ShipmentGroup;
  const act = (
    store: StoreAtDoor,
    action: { action: string; reason?: string; proof?: string; carrier?: string; trackingNumber?: string },
  ): Promise<Order> => buying.orders.takeOrderAction({ orderId, groupId: groupOf(store).id, ...action }, store.seller);
  return { buyer, checkout, order, orderId, groupOf, act };
}

/** Finishes what was set off, and holds books and orders against each other. */
async function agree(marketplaceId = 'gamarriando'): Promise<void> {
  const { host, payments, orders } = buying;
  await host.runTimers();
  await host.deliver();
  const service = host.service({ marketplaceId });
  assert.deepEqual((await payments.checkLedger({}, service)).mismatches, []);
  host.advance({ minutes: 20 });
  const admin = host.context({ marketplaceId, roles: ['admin'] });
  await orders.sweepPayments({ scope: 'all' }, admin);
  assert.deepEqual((await orders.listSweepFindings({ limit: 20 }, admin)).items, []);
}

const groupIn = (order: Order, groupId: string) => order.groups.find(({ id }) => id === groupId) as ShipmentGroup;

test('an order that is paid at the door is placed without money; the fee is in the shipping, and no receipt is issued yet', async () => {
  const store = await storeAtDoor(buying);
  const { buyer, checkout, order, orderId, groupOf } = await place([store]);
  const group = groupOf(store);
  const total = order.total.amountMinor;
  assert.deepEqual(moneyOf(group), [total, 0, 0, 0]);
  assert.equal(order.payment?.kind, 'cash');
  assert.deepEqual([group.process, group.state, group.isRefundable], ['cash-on-delivery', 'confirmed', false]);
  const byCard = await checkoutAtDoor(buying, [store], buyer, 'simulated-paypal');
  assert.equal(total - byCard.totals.total.amountMinor, 3_900);
  assert.equal(checkout.totals.shipping.amountMinor - byCard.totals.shipping.amountMinor, 3_900);
  assert.equal(await freeAt(store), 4, 'the stock is sold');
  await agree();
  assert.deepEqual((await buying.orders.listOrderDocuments({ orderId }, buyer)).items, []);
  const refund = { orderId, groupId: group.id, amountMinor: 100, reason: 'a scratch' };
  await assert.rejects(buying.orders.refundOrder(refund, store.seller), refusedWith('REFUND_TOO_LARGE'));
  const lines = group.lines.map(({ id: lineId }) => ({ lineId, quantity: 1 }));
  const ofLines = { orderId, groupId: group.id, lines, reason: 'a scratch' };
  await assert.rejects(buying.orders.refundLines(ofLines, store.seller), refusedWith('REFUND_TOO_LARGE'));
});

test('each parcel goes its own way: one is paid and completed, one refused and back in stock, one canceled', async () => {
  const [taken, refused, canceled] = [await storeAtDoor(buying), await storeAtDoor(buying), await storeAtDoor(buying)];
  const { buyer, orderId, groupOf, act } = await place([taken, refused, canceled]);
  await act(taken, SHIPPED);
  await assert.rejects(act(taken, { action: 'collect' }), refusedWith('INVALID_INPUT'), 'it takes proof');
  await assert.rejects(
    buying.orders.takeOrderAction({ orderId, groupId: groupOf(taken).id, action: 'collect', proof: 'me' }, buyer),
    refusedWith('ACTION_NOT_ALLOWED'),
  );
  await act(taken, { action: 'collect', proof: 'Signed by A. Ruiz' });
  await act(refused, SHIPPED);
  await act(refused, { action: 'refuse', reason: 'nobody at home, twice' });
  await act(canceled, { action: 'cancel', reason: 'sold out' });
  await agree();
  let order = await buying.orders.getOrder({ orderId }, buyer);
  const total = groupOf(taken).total.amountMinor;
  assert.deepEqual(moneyOf(groupIn(order, groupOf(taken).id)), [0, total, 0, 0]);
  assert.deepEqual(moneyOf(groupIn(order, groupOf(refused).id)), [0, 0, 0, 0]);
  assert.deepEqual(moneyOf(groupIn(order, groupOf(canceled).id)), [0, 0, 0, 0]);
  assert.deepEqual([await freeAt(taken), await freeAt(refused), await freeAt(canceled)], [4, 4, 5]);
  await act(refused, { action: 'takeBack' });
  await agree();
  assert.equal(await freeAt(refused), 5);
  const { items } = await buying.orders.listOrderDocuments({ orderId }, buyer);
  assert.deepEqual(
    items.map(({ kind, groupId }) => [kind, groupId]),
    [['receipt', groupOf(taken).id]],
  );
  order = await buying.orders.takeOrderAction({ orderId, groupId: groupOf(taken).id, action: 'accept' }, buyer);
  await agree();
  const earnings = (await buying.orders.getOrder({ orderId }, taken.seller)).groups[0];
  const { balances } = await buying.payments.getBalance({ storeId: taken.storeId }, taken.seller);
  assert.equal(balances[0]?.availableMinor, 0, 'the seller has the cash');
  assert.equal(balances[0]?.owedMinor, earnings?.commission?.amountMinor, 'and owes the commission');
  assert.ok((earnings?.commission?.amountMinor ?? 0) > 0);
});

test('a seller who says nothing is taken to have the cash; a refund then goes to the wallet and is theirs to pay', async () => {
  const store = await storeAtDoor(buying);
  const { buyer, order, orderId, groupOf, act } = await place([store]);
  await act(store, SHIPPED);
  buying.host.advance({ days: 31 });
  await agree();
  const total = order.total.amountMinor;
  assert.deepEqual(moneyOf(groupIn(await buying.orders.getOrder({ orderId }, buyer), groupOf(store).id)), [
    0,
    total,
    0,
    0,
  ]);
  const part = {
    orderId,
    groupId: groupOf(store).id,
    amountMinor: 10_000,
    reason: 'broken',
    refundTo: 'wallet',
  } as const;
  await buying.orders.refundOrder(part, store.seller);
  await agree();
  assert.equal((await buying.payments.getWallet({}, buyer)).availableMinor, 10_000);
  const { balances } = await buying.payments.getBalance({ storeId: store.storeId }, store.seller);
  assert.equal(balances[0]?.owedMinor, 10_000);
});

test('it is offered for parcels of stores that take cash, to members; what speaks against it is said before and at the end', async () => {
  const { host, orders } = buying;
  const [store, other] = [await storeAtDoor(buying), await storeAtDoor(buying, { accepts: false })];
  const buyer = host.context({ marketplaceId: 'gamarriando' });
  const guest = host.guest({ marketplaceId: 'gamarriando' });
  const offerOf = async (stores: readonly StoreAtDoor[], who = buyer) => {
    const { id: checkoutId } = await checkoutAtDoor(buying, stores, who, 'simulated-paypal');
    return { checkoutId, ...(await orders.getCashOffer({ checkoutId }, who)) };
  };
  const { methodId, problem, fee } = await offerOf([store]);
  assert.deepEqual([methodId, problem, fee.amountMinor], ['cash', null, 3_900]);
  assert.equal((await offerOf([store], guest)).problem, 'NOT_A_MEMBER');
  const declined = await offerOf([store, other]);
  assert.deepEqual([declined.problem, declined.fee.amountMinor], ['STORE_DECLINES', 7_800]);
  await orders.updateCheckout({ checkoutId: declined.checkoutId, payment: { methodId: 'cash' } }, buyer);
  await assert.rejects(orders.completeCheckout({ checkoutId: declined.checkoutId }, buyer), (error: unknown) =>
    refusedWith('CASH_NOT_OFFERED')(error),
  );
  assert.equal((await orders.getCheckout({ checkoutId: declined.checkoutId }, buyer)).state, 'open');
  assert.deepEqual([await freeAt(store), await freeAt(other)], [5, 5], 'what was held is free again');
  await assert.rejects(
    orders.getCashOffer({ checkoutId: declined.checkoutId }, guest),
    refusedWith('CHECKOUT_NOT_FOUND'),
  );
  await agree();
});

async function freeAt({ variantId, marketplaceId }: { variantId: Id<'variant'>; marketplaceId: string }) {
  const host = { ...buying.host, service: () => buying.host.service({ marketplaceId }) };
  return freeOf({ ...buying, host }, variantId);
}

test('an operator records what a carrier reports, each parcel once, and hears of what does not fit', async () => {
  const { host, orders } = buying;
  const [taken, refused] = [await storeAtDoor(buying), await storeAtDoor(buying)];
  const { orderId, groupOf, act } = await place([taken, refused]);
  await act(taken, { ...SHIPPED, trackingNumber: 'CARRIER-1' });
  await act(refused, { ...SHIPPED, trackingNumber: 'CARRIER-2' });
  const admin = host.context({ marketplaceId: 'gamarriando', roles: ['admin'] });
  const due = await orders.listDueParcels({ limit: 50 }, admin);
  assert.ok(due.items.some(({ trackingNumber }) => trackingNumber === 'CARRIER-1'));
  const amountMinor = groupOf(taken).total.amountMinor;
  const report = async (...lines: Parameters<typeof orders.recordParcels>[0]['lines']) =>
    (await orders.recordParcels({ lines }, admin)).items.map(({ result }) => result);
  const collected = { trackingNumber: 'CARRIER-1', outcome: 'collected', amountMinor } as const;
  assert.deepEqual(
    await report({ ...collected, amountMinor: amountMinor - 1 }, { ...collected, trackingNumber: 'CARRIER-9' }),
    ['amount_differs', 'unknown'],
  );
  const notTaken = { trackingNumber: 'CARRIER-2', outcome: 'refused', note: 'nobody at home' } as const;
  assert.deepEqual(await report(collected, notTaken), ['recorded', 'recorded']);
  assert.deepEqual(await report(collected, notTaken), ['recorded_before', 'recorded_before']);
  await agree();
  const order = await orders.getOrder({ orderId }, admin);
  assert.deepEqual(
    [groupIn(order, groupOf(taken).id).state, groupIn(order, groupOf(refused).id).state],
    ['delivered', 'refused'],
  );
  assert.deepEqual(moneyOf(groupIn(order, groupOf(taken).id)), [0, amountMinor, 0, 0]);
  await assert.rejects(orders.recordParcels({ lines: [collected] }, taken.seller), refusedWith('FORBIDDEN'));
});
