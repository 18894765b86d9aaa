import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type PlazaClient, PlazaError } from '@plaza/sdk';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { ADDRESS, offer, openShop, type Shop, signUp } from './support/shop.ts';

let plaza: Plaza;
let shop: Shop;
const seen = new Set<string>();

before(async () => {
  plaza = await startPlaza();
  shop = await openShop(plaza, 'bazaar');
});
after(() => plaza[Symbol.asyncDispose]());

type Write = (input: never, call: { idempotencyKey: string }) => Promise<unknown>;

/** Sends a write three times with one key, two of them at once; then another body with the same key, which must be refused. */
async function thrice<T>(
  name: string,
  write: (input: never, call?: { idempotencyKey?: string }) => Promise<T>,
  input: object,
  other: object,
): Promise<T> {
  seen.add(name);
  const idempotencyKey = randomUUID();
  const send = (body: object) => (write as Write)(body as never, { idempotencyKey }) as Promise<T>;
  const first = await send(input);
  const [second, third] = await Promise.all([send(input), send(input)]);
  assert.deepEqual(second, first, `${name}: the repeat must answer the same`);
  assert.deepEqual(third, first, `${name}: the repeat must answer the same`);
  await assert.rejects(send(other), (error: unknown) => {
    assert.ok(error instanceof PlazaError);
    assert.equal(error.code, 'IDEMPOTENCY_KEY_REUSED', `${name}: another body under the same key must be refused`);
    return true;
  });
  return first;
}

/** How many rows each table has, to show that repeats add none. */
async function tableSizes(): Promise<Record<string, number>> {
  const tables = [
    'catalog.store',
    'catalog.listing',
    'catalog.variant',
    'orders.cart',
    'orders.cart_line',
    'orders.checkout',
    'orders.placed_order',
    'orders.timeline_entry',
    'payments.payment',
    'payments.transfer',
    'payments.refund',
    'orders.offer',
  ];
  const [row] = await plaza.rows<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as "${table}"`).join(', ')}`,
  );
  return row ?? {};
}

describe('a write sent again with its key', () => {
  test('selling: store, listing, publication, stock', async () => {
    const { client } = await signUp(plaza, 'bazaar', 'second-seller');
    const store = await thrice(
      'createStore',
      client.catalog.createStore,
      { name: 'Repeat Shop', description: '' },
      { name: 'Other Shop', description: '' },
    );
    const { variantId, listingId } = await offer(plaza, 'bazaar', { ...shop, client, storeId: store.id });
    await thrice(
      'pauseListing',
      client.catalog.pauseListing,
      { listingId },
      { listingId: (await offer(plaza, 'bazaar', shop)).listingId },
    );
    await thrice('setStock', client.catalog.setStock, { variantId, onHand: 7 }, { variantId, onHand: 8 });
    const [{ count } = { count: 0 }] = await plaza.rows<{ count: number }>(
      `select count(*)::int as count from catalog.store where name = 'Repeat Shop'`,
    );
    assert.equal(count, 1);
  });

  test('buying: cart, line, checkout, completion; then cancellation and refund', async () => {
    const { variantId } = await offer(plaza, 'bazaar', shop, { stock: 5, title: 'Repeat lamp' });
    const other = await offer(plaza, 'bazaar', shop, { stock: 5, title: 'Other lamp' });
    const buyer: PlazaClient = plaza.client({ marketplace: 'bazaar', guestId: randomUUID() });
    const cart = await thrice('createCart', buyer.orders.createCart, { variantId }, { variantId: other.variantId });
    const filled = await thrice(
      'addCartLine',
      buyer.orders.addCartLine,
      { cartId: cart.id, variantId: other.variantId, quantity: 2 },
      { cartId: cart.id, variantId: other.variantId, quantity: 3 },
    );
    assert.equal(filled.quantity, 3, 'added once, not three times');
    const lineId = filled.groups[0]?.lines[0]?.id ?? '';
    await thrice(
      'updateCartLine',
      buyer.orders.updateCartLine,
      { cartId: cart.id, lineId, quantity: 1 },
      { cartId: cart.id, lineId, quantity: 2 },
    );
    const checkout = await thrice(
      'createCheckout',
      buyer.orders.createCheckout,
      { cartId: cart.id, email: 'a@example.test', address: ADDRESS },
      { cartId: cart.id, email: 'b@example.test', address: ADDRESS },
    );
    await thrice(
      'updateCheckout',
      buyer.orders.updateCheckout,
      { checkoutId: checkout.id, note: 'one' },
      { checkoutId: checkout.id, note: 'two' },
    );
    const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
    const done = await thrice(
      'completeCheckout',
      buyer.orders.completeCheckout,
      { checkoutId: checkout.id, payment },
      { checkoutId: checkout.id, payment: { ...payment, token: 'pm_card_late' } },
    );
    assert.equal(done.outcome, 'completed');

    const before = await tableSizes();
    const again = await buyer.orders.completeCheckout({ checkoutId: checkout.id }, { idempotencyKey: randomUUID() });
    assert.equal(again.orderId, done.orderId, 'completing again, even with a new key, is the same order');
    assert.deepEqual(await tableSizes(), before);

    assert.ok(done.orderId);
    const order = await shop.client.orders.getOrder({ orderId: done.orderId });
    const groupId = order.groups[0]?.id;
    const refund = { orderId: order.id, groupId, amountMinor: 100, reason: 'a scratch' };
    const refunded = await thrice('refundOrder', shop.client.orders.refundOrder, refund, {
      ...refund,
      amountMinor: 200,
    });
    assert.equal(refunded.refunded.amountMinor, 100);
    const canceled = await thrice(
      'cancelOrder',
      buyer.orders.takeOrderAction,
      { orderId: order.id, action: 'cancel', reason: 'no' },
      { orderId: order.id, action: 'cancel', reason: 'yes' },
    );
    assert.equal(canceled.groups[0]?.state, 'canceled');
    assert.equal(canceled.refunded.amountMinor, canceled.total.amountMinor);
  });

  test('two completions at once, with different keys, are one order and one charge', async () => {
    const { variantId } = await offer(plaza, 'bazaar', shop, { stock: 5, title: 'Race lamp' });
    const buyer = plaza.client({ marketplace: 'bazaar', guestId: randomUUID() });
    const checkout = await buyer.orders.createCheckout({
      buyNow: { variantId },
      email: 'a@example.test',
      address: ADDRESS,
    });
    const complete = () =>
      buyer.orders
        .completeCheckout({ checkoutId: checkout.id, payment: { methodId: 'simulated-card', token: 'pm_card_visa' } })
        .catch((error: PlazaError) => error.code);
    const answers = await Promise.all([complete(), complete(), complete(), complete()]);
    for (const answer of answers)
      assert.ok(
        answer === 'CHECKOUT_IN_PROGRESS' || (typeof answer === 'object' && answer.outcome === 'completed'),
        JSON.stringify(answer),
      );
    const [counts] = await plaza.rows(`
      select (select count(*)::int from orders.placed_order o join orders.checkout c on c.order_id = o.id where c.id = (select id from orders.checkout order by created_time desc limit 1)) as orders,
        (select count(*)::int from payments.payment p where p.checkout_id = (select id from orders.checkout order by created_time desc limit 1)) as payments`);
    assert.deepEqual(counts, { orders: 1, payments: 1 });
  });

  test('a key too short to be unguessable is refused, and says what would be right', async () => {
    await assert.rejects(
      shop.client.catalog.createStore({ name: 'X Y', description: '' }, { idempotencyKey: 'short' }),
      (error: unknown) => {
        assert.ok(error instanceof PlazaError);
        assert.match(error.errors[0]?.detail ?? '', /16 to 255/);
        return true;
      },
    );
  });
});
