import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { serviceContext } from '@plaza/kernel';
import { paymentsContract } from '@plaza/payments/contract';
import { freePort } from '@plaza/runtime/testing';
import type { PlazaClient } from '@plaza/sdk';
import pg from 'pg';
import { SERVICES } from '../apps/server/services.ts';
import { eventually } from './support/eventually.ts';
import { createInstallation, type Installation } from './support/installation.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { buy, offer, openShop } from './support/shop.ts';

const SELLING = ['orders', 'payments'];
const FINDING = ['search'];
const REST = SERVICES.map(({ name }) => name).filter((name) => !SELLING.includes(name) && !FINDING.includes(name));
const PARTS = { selling: SELLING, finding: FINDING, rest: REST };
type Part = keyof typeof PARTS;

/** Guests' searches are answered from memory for longer than this, unless something has changed. */
const SOON_MS = 1_000;

let installation: Installation;
let selling: Plaza;
let finding: Plaza;
let rest: Plaza;
let users: Record<Part, string>;
let ports: Record<Part, number>;

/** A database user that is a member of the roles of these services and of nothing else. */
async function createUser(ownerUrl: string, name: string, services: readonly string[]): Promise<string> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const password = randomUUID();
  await owner.query(
    `create user ${name} login password '${password}' in role ${services.map((service) => `plaza_${service}`).join(', ')}`,
  );
  await owner.end();
  const url = new URL(ownerUrl);
  url.username = name;
  url.password = password;
  return url.toString();
}

/** One part of the installation, told where the others are. */
function startPart(part: Part): Promise<Plaza> {
  const others = (Object.keys(PARTS) as Part[]).filter((each) => each !== part);
  const addresses = others.flatMap((other) =>
    PARTS[other].map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports[other]}`]),
  );
  return startPlaza({
    installation: { ...installation, port: ports[part] },
    only: PARTS[part],
    environment: { DATABASE_URL: users[part], PLAZA_MIGRATE: 'off', ...Object.fromEntries(addresses) },
  });
}

before(async () => {
  installation = await createInstallation();
  const suffix = randomUUID().slice(0, 8);
  const user = (part: Part) => createUser(installation.databaseUrl, `${part}_${suffix}`, PARTS[part]);
  users = { selling: await user('selling'), finding: await user('finding'), rest: await user('rest') };
  ports = { selling: await freePort(), finding: await freePort(), rest: installation.port };
  [selling, finding, rest] = await Promise.all([startPart('selling'), startPart('finding'), startPart('rest')]);
});

after(async () => {
  await Promise.all([selling?.stop(), finding?.stop(), rest?.stop()]);
  const owner = new pg.Client({ connectionString: installation.databaseUrl });
  await owner.connect();
  for (const url of Object.values(users)) {
    const { username } = new URL(url);
    await owner.query(`drop owned by ${username}; drop user ${username}`);
  }
  await owner.end();
  await installation.remove();
});

describe('orders and payments in one process, search in another, the rest in a third, each with its own database user', () => {
  test('each user sees the schemas of its services and no others', async () => {
    for (const [url, mine, theirs] of [
      [users.selling, 'orders.cart', 'catalog.listing'],
      [users.rest, 'catalog.listing', 'payments.payment'],
    ] as const) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      assert.equal((await client.query(`select * from ${mine}`)).rowCount, 0, 'without a marketplace nothing is seen');
      await assert.rejects(client.query(`select * from ${theirs}`), /permission denied/);
      await client.end();
    }
  });

  test('the whole loop: list, find, buy, ship, confirm, earn', async () => {
    const shop = await openShop(rest, 'bazaar');
    const { variantId, slug } = await offer(rest, 'bazaar', shop, { stock: 3, title: 'Traveling lamp' });
    const buyer = rest.client({ marketplace: 'bazaar', guestId: randomUUID() });
    await eventually(async () => {
      const found = await buyer.search.searchListings({ q: 'traveling' });
      assert.deepEqual(
        found.items.map((item) => item.slug),
        [slug],
      );
    });

    const { outcome, orderId } = await buy(buyer, variantId, { quantity: 2 });
    assert.equal(outcome, 'completed');
    assert.ok(orderId);
    const order = await buyer.orders.getOrder({ orderId });
    assert.equal(order.groups[0]?.state, 'paid');
    const listing = await shop.client.catalog.getMyListing({
      listingId: (await shop.client.catalog.getListing({ listingId: slug })).id,
    });
    assert.equal(listing.variants[0]?.onHand, 1);

    await shop.client.orders.shipOrder({ orderId: order.id, carrier: 'DHL', trackingNumber: 'X1' });
    await buyer.orders.takeOrderAction({ orderId: order.id, action: 'confirm' });
    const accepted = await buyer.orders.takeOrderAction({ orderId: order.id, action: 'accept' });
    assert.equal(accepted.groups[0]?.state, 'completed');
    await eventually(async () => {
      const balance = await shop.client.payments.getBalance({ storeId: shop.storeId });
      assert.ok((balance.balances[0]?.availableMinor ?? 0) > 0, 'the seller earned');
    });
  });

  test('guests find what is published as soon as members do, whichever process they ask, however often they have asked before', async () => {
    const shop = await openShop(rest, 'bazaar');
    const doors = [rest, selling].map((plaza) => plaza.client({ marketplace: 'bazaar' }));
    for (const word of ['zebulon', 'quixotry', 'wyvernous']) {
      const finds = async (client: PlazaClient): Promise<void> =>
        assert.equal((await client.search.searchListings({ q: word })).total, 1, `${word} is not found`);
      let isAsking = true;
      const asking = doors.map(async (guest) => {
        while (isAsking) await guest.search.searchListings({ q: word });
      });
      try {
        await offer(rest, 'bazaar', shop, { title: `The ${word} lamp` });
        await eventually(() => finds(shop.client));
        await Promise.all(doors.map((guest) => eventually(() => finds(guest), { withinMs: SOON_MS })));
      } finally {
        isAsking = false;
        await Promise.all(asking);
      }
    }
  });

  test('a refusal carries its code and data across the processes', async () => {
    const shop = await openShop(rest, 'bazaar');
    const { variantId } = await offer(rest, 'bazaar', shop, { stock: 1 });
    const buyer = rest.client({ marketplace: 'bazaar', guestId: randomUUID() });
    const cart = await buyer.orders.createCart({ variantId });
    await assert.rejects(
      buyer.orders.addCartLine({ cartId: cart.id, variantId, quantity: 5 }),
      (error: { code: string; data: { free: number } }) => {
        assert.equal(error.code, 'OUT_OF_STOCK');
        assert.equal(error.data.free, 1);
        return true;
      },
    );
  });

  test('with the other process dead, browsing works and buying says so; back again, everything goes on', async () => {
    const shop = await openShop(rest, 'bazaar');
    const { variantId, slug } = await offer(rest, 'bazaar', shop, { stock: 5, title: 'Patient lamp' });
    const guestId = randomUUID();
    await selling.kill();
    const buyer = rest.client({ marketplace: 'bazaar', guestId });
    assert.equal((await buyer.catalog.getListing({ listingId: slug })).title, 'Patient lamp');
    await assert.rejects(buyer.orders.createCart({ variantId }), {
      code: 'UNAVAILABLE',
      status: 503,
    });
    selling = await startPart('selling');
    assert.equal((await buy(buyer, variantId)).outcome, 'completed');
  });

  test('with search dead, browsing and buying work and search says so; back again, it finds what came meanwhile', async () => {
    const shop = await openShop(rest, 'bazaar');
    await finding.kill();
    const { variantId, slug } = await offer(rest, 'bazaar', shop, { stock: 5, title: 'Unfindable lantern' });
    const buyer = rest.client({ marketplace: 'bazaar', guestId: randomUUID() });
    const isUnavailable = { code: 'UNAVAILABLE', status: 503 };
    await assert.rejects(buyer.search.searchListings({ q: 'lantern' }), isUnavailable);
    await assert.rejects(buyer.search.suggest({ q: 'lan' }), isUnavailable);
    const { items } = await buyer.catalog.listListings({ limit: 1 });
    assert.equal(items[0]?.slug, slug);
    assert.equal((await buyer.catalog.getListing({ listingId: slug })).title, 'Unfindable lantern');
    assert.equal((await buy(buyer, variantId)).outcome, 'completed');
    finding = await startPart('finding');
    await eventually(async () => {
      const found = await buyer.search.searchListings({ q: 'lantern' });
      assert.deepEqual(
        found.items.map((item) => item.slug),
        [slug],
      );
    });
  });

  test('the books agree', async () => {
    const ledger = await selling
      .internal('payments', paymentsContract)
      .checkLedger({}, serviceContext('test', 'bazaar', 'test'));
    assert.deepEqual(ledger.mismatches, []);
  });
});
