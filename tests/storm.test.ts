import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { serviceContext } from '@plaza/kernel';
import { paymentsContract } from '@plaza/payments/contract';
import { PlazaError } from '@plaza/sdk';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { ADDRESS, offer, openShop, type Shop } from './support/shop.ts';

const BUYERS = 200;
const PIECES = 10;
/** What a buyer who came too late may be told. */
const CLEAR_REFUSALS = ['OUT_OF_STOCK', 'CART_NOT_PURCHASABLE', 'VARIANT_UNAVAILABLE'];

let plaza: Plaza;
let shop: Shop;

before(async () => {
  plaza = await startPlaza();
  shop = await openShop(plaza, 'bazaar');
});
after(() => plaza[Symbol.asyncDispose]());

/** A new guest buys, with as many lines of one SKU in the cart; how it ended. */
async function purchase(variantId: string, lines: number): Promise<string> {
  const { orders } = plaza.client({ marketplace: 'bazaar', guestId: randomUUID() });
  const line = { variantId };
  const cart = await orders.createCart(line);
  for (let added = 1; added < lines; added++) await orders.addCartLine({ cartId: cart.id, ...line });
  const checkout = await orders.createCheckout({ cartId: cart.id, email: 'ada@example.test', address: ADDRESS });
  const payment = { methodId: 'simulated-card', token: 'pm_card_visa' };
  return (await orders.completeCheckout({ checkoutId: checkout.id, payment })).outcome;
}

/** Every buyer at once; how each ended. */
async function storm(variantId: string, lines: number): Promise<Map<string, number>> {
  const outcomes = await Promise.all(
    Array.from({ length: BUYERS }, async () => {
      try {
        return await purchase(variantId, lines);
      } catch (error) {
        if (error instanceof PlazaError) return error.code;
        throw error;
      }
    }),
  );
  return outcomes.reduce(
    (counts, outcome) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1),
    new Map<string, number>(),
  );
}

async function assertOnly(outcomes: Map<string, number>, orders: number, variantId: string): Promise<void> {
  const { completed = 0, ...refused } = Object.fromEntries(outcomes);
  assert.equal(completed, orders, JSON.stringify(Object.fromEntries(outcomes)));
  for (const code of Object.keys(refused)) assert.ok(CLEAR_REFUSALS.includes(code), `not a clear refusal: ${code}`);
  assert.equal(
    Object.values(refused).reduce((sum, count) => sum + count, 0),
    BUYERS - orders,
  );
  const uuid = await plaza.rows<{ on_hand: string; reserved: string }>(
    `select on_hand, reserved from catalog.variant v join catalog.listing l on l.id = v.listing_id where l.free_quantity = 0 and v.on_hand = 0`,
  );
  assert.ok(
    uuid.some(({ on_hand, reserved }) => Number(on_hand) === 0 && Number(reserved) === 0),
    'stock and holds must both be 0',
  );
  const held = await plaza.rows(`select 1 from catalog.reservation where state = 'held'`);
  assert.deepEqual(held, [], 'no hold may be left behind');
  assert.ok(variantId.startsWith('var_'));
}

describe('two hundred buyers at once', () => {
  test('for ten pieces: ten paid orders, everyone else is told clearly, nothing is left held', async () => {
    const { variantId } = await offer(plaza, 'bazaar', shop, { stock: PIECES });
    const outcomes = await storm(variantId, 1);
    await assertOnly(outcomes, PIECES, variantId);
  });

  test('with carts filled twice from one SKU: five orders of two, never eleven pieces', async () => {
    const { variantId } = await offer(plaza, 'bazaar', shop, { stock: PIECES, title: 'Second lamp' });
    const outcomes = await storm(variantId, 2);
    await assertOnly(outcomes, PIECES / 2, variantId);
  });

  test('after it every order has its payment, every payment its order, and the books agree', async () => {
    const [counts] = await plaza.rows<{ orders: number; payments: number; matched: number }>(`
      select (select count(*) from orders.placed_order) as orders,
        (select count(*) from payments.payment where state = 'captured') as payments,
        (select count(*) from orders.placed_order o join payments.payment p on p.id = o.payment_id and p.state = 'captured' and p.amount_minor = o.total_minor) as matched`);
    assert.deepEqual(counts, { orders: 15, payments: 15, matched: 15 });
    const ledger = await plaza
      .internal('payments', paymentsContract)
      .checkLedger({}, serviceContext('test', 'bazaar', 'test'));
    assert.deepEqual(ledger.mismatches, []);
    assert.equal(ledger.isConsistent, true);
  });
});
