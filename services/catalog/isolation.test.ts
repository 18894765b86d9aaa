import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raw, sql } from '@plaza/runtime';
import { checkoutId, listingOf, startCatalog, variantOf } from './testing/host.ts';

test('a query that does not name its marketplace sees no row of any table', async () => {
  await using shop = await startCatalog();
  const { catalog, host } = shop;
  const listing = await listingOf(shop);
  await catalog.reserveStock(
    { checkoutId: checkoutId(), lines: [{ variantId: variantOf(listing), quantity: 1 }] },
    host.service(),
  );
  const database = host.database('catalog');
  const tables = await database
    .read('bazaar')
    .rows<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'catalog' and tablename not in ('timer_lease')`,
    );
  assert.ok(tables.length >= 10);
  const filled: string[] = [];
  for (const { name } of tables) {
    const all = sql`select 1 from catalog.${raw(name)}`;
    if ((await database.read('bazaar').rows(all)).length > 0) filled.push(name);
    assert.deepEqual(await database.read('jaikod').rows(all), [], `${name} shows rows to another marketplace`);
    if (!['outbox', 'inbox', 'idempotency_key'].includes(name))
      assert.deepEqual(
        await database.system((queries) => queries.rows(all)),
        [],
        `${name} shows rows to no marketplace`,
      );
  }
  for (const name of ['store', 'listing', 'listing_content', 'variant', 'reservation', 'listing_facet'])
    assert.ok(filled.includes(name), `${name} has rows to hide`);
});

test('a marketplace cannot write rows of another', async () => {
  await using shop = await startCatalog();
  const write = shop.host
    .database('catalog')
    .transaction('jaikod', (tx) =>
      tx.execute(
        sql`insert into catalog.restock (marketplace_id, restock_id, order_id) values ('bazaar', 'x', ${crypto.randomUUID()})`,
      ),
    );
  await assert.rejects(write, /row-level security/);
});
