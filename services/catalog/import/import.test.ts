import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Context, type Fault, uuidFromId } from '@plaza/kernel';
import { loadMarketplaces } from '@plaza/kernel/marketplace';
import { createDiskStorage, sql, verifyGrant } from '@plaza/runtime';
import { BINDINGS, type Binding, type TestHost } from '@plaza/runtime/testing';
import { startCatalog } from '../testing/host.ts';
import { runDueImport } from './run-import.ts';
import { SHOPIFY_EXPORT } from './shopify-export.fixture.ts';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const start = (binding: Binding = 'local') => startCatalog({ binding });

type Ground = Awaited<ReturnType<typeof start>>;

async function importText({ host, catalog, store, seller }: Ground, text: string, rest: object = {}) {
  const job = await catalog.createImport(
    { storeId: store.id, text, isDryRun: false, options: { defaultCategoryId: 'home' }, ...rest },
    seller,
  );
  await host.runTimers();
  return catalog.getImport({ importId: job.id }, seller);
}

async function exported({ host, catalog, store, seller }: Ground, format: 'shopify-csv' | 'ndjson'): Promise<string> {
  const { url } = await catalog.exportListings({ storeId: store.id, format }, seller);
  const link = new URL(url, 'http://files');
  const key = link.pathname.replace('/files/', '');
  assert.ok(verifyGrant(key, link.searchParams, 'test-signing-key', host.now()));
  return readKey(host, key);
}

async function readKey(host: TestHost, key: string): Promise<string> {
  return readFile(path.join(host.folder, 'files', key), 'utf8');
}

for (const binding of BINDINGS) {
  describe(`import, ${binding}`, () => {
    test('a Shopify export is checked without writing, then imported, and a repeat changes nothing', async () => {
      await using ground = await start(binding);
      const { host, catalog, store, seller } = ground;
      const created = await catalog.createImport(
        { storeId: store.id, text: SHOPIFY_EXPORT, options: { defaultCategoryId: 'home' } },
        seller,
      );
      await assert.rejects(catalog.startImport({ importId: created.id }, seller), { code: 'IMPORT_NOT_CHECKED' });
      await host.runTimers();
      const checked = await catalog.getImport({ importId: created.id }, seller);
      assert.deepEqual([checked.state, checked.failure, checked.errorCount], ['checked', null, 0]);
      assert.equal(checked.format, 'shopify-csv');
      assert.equal((await catalog.listStoreListings({ storeId: store.id }, seller)).items.length, 0);
      await catalog.startImport({ importId: created.id }, seller);
      await catalog.startImport({ importId: created.id }, seller);
      await host.runTimers();
      const done = await catalog.getImport({ importId: created.id }, seller);
      assert.equal(done.state, 'completed');
      assert.deepEqual(done.counts, { ...checked.counts, images: checked.counts.images });
      assert.equal(done.counts.created, 5);
      const again = await importText(ground, SHOPIFY_EXPORT);
      assert.deepEqual([again.counts.created, again.counts.updated, again.counts.unchanged], [0, 0, 5]);
      assert.equal((await catalog.listImports({ storeId: store.id }, seller)).items.length, 2);
    });

    test('what comes out of an export is what went in', async () => {
      await using ground = await start(binding);
      await importText(ground, SHOPIFY_EXPORT);
      assert.equal(await exported(ground, 'shopify-csv'), SHOPIFY_EXPORT);
      const lines = await exported(ground, 'ndjson');
      const other = await ground.catalog.createStore({ name: 'New Light' }, ground.seller);
      const copy = { ...ground, store: other };
      const job = await importText(copy, lines);
      assert.deepEqual([job.counts.created, job.errorCount], [5, 0]);
      assert.equal(await exported(copy, 'ndjson'), lines);
    });

    test('mistakes are told by row and column, and the other rows go in', async () => {
      await using ground = await start(binding);
      const job = await importText(
        ground,
        'title,price,stock,category,attribute.color\nBrass lamp,45.00,3,phones,Black\nOak desk,12x,3,home,\nab,5,many,nowhere,\nRed phone,1,1,phones,purplish\nBrass lamp,1,1,home,\n',
        { options: {} },
      );
      assert.deepEqual([job.state, job.counts.created, job.counts.refused], ['completed', 1, 4]);
      const { items } = await ground.catalog.listImportErrors({ importId: job.id }, ground.seller);
      assert.deepEqual(
        items.map(({ row, column, code }) => [row, column, code]),
        [
          [3, 'price', 'price'],
          [4, 'title', 'length'],
          [4, 'category', 'category'],
          [4, 'stock', 'number'],
          [5, 'attribute.color', 'attribute'],
          [6, null, 'duplicate'],
        ],
      );
      const first = await ground.catalog.listImportErrors({ importId: job.id, limit: 4 }, ground.seller);
      const rest = await ground.catalog.listImportErrors(
        { importId: job.id, limit: 4, cursor: first.nextCursor ?? '' },
        ground.seller,
      );
      assert.equal(first.items.length + rest.items.length, 6);
    });

    test('a file without prices, with long titles, and with ids of its own goes in by the options', async () => {
      await using ground = await start(binding);
      const long = `Lamp ${'very bright '.repeat(20)}end`;
      const text = `externalId,title,description\n7,Brass lamp,Old\n8,${long},New\n9,x,too short\n`;
      const job = await importText(ground, text, { options: { defaultCategoryId: 'home', defaultPriceMinor: 1_000 } });
      assert.deepEqual([job.state, job.counts.created, job.counts.refused], ['completed', 2, 1]);
      const rows = (await exported(ground, 'ndjson'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const second = rows.find(({ externalId }) => externalId === '8');
      assert.ok(second.title.length <= 200 && second.title.endsWith('…'));
      assert.ok(second.description.includes(long));
      assert.equal(rows.length, 2);
    });

    test('a spreadsheet’s numbers go in as they are meant; text needs no encoding; options are told for the next file', async () => {
      await using ground = await start(binding);
      const options = { defaultCategoryId: 'home', encoding: 'windows-874' } as const;
      const text = 'title;price;stock\nโคมไฟ;45,00;3,00\nOak desk;1.234,50;1\nOak chair;1,234;1\n';
      const job = await importText(ground, text, { options });
      assert.deepEqual([job.options.encoding, job.options.defaultCategoryId], ['windows-874', 'home']);
      const listings = (await exported(ground, 'ndjson'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(listings.map(({ title, variants: [variant] }) => [title, variant.price, variant.stock]).sort(), [
        ['Oak desk', '1234.50', 1],
        ['โคมไฟ', '45.00', 3],
      ]);
      const { items } = await ground.catalog.listImportErrors({ importId: job.id }, ground.seller);
      assert.deepEqual(
        items.map(({ row, column, code }) => [row, column, code]),
        [[4, 'price', 'price_ambiguous']],
      );
    });

    test('nobody else sees an import or takes a catalog', async () => {
      await using ground = await start(binding);
      const job = await importText(ground, 'title,price\nBrass lamp,45\n');
      const strangers: Context[] = [
        ground.host.context({ roles: ['seller'] }),
        ground.host.context({ roles: ['seller'], marketplaceId: 'jaikod' }),
      ];
      const { catalog, store } = ground;
      for (const stranger of strangers) {
        await assert.rejects(catalog.getImport({ importId: job.id }, stranger), { code: 'IMPORT_NOT_FOUND' });
        await assert.rejects(catalog.listImportErrors({ importId: job.id }, stranger), { code: 'IMPORT_NOT_FOUND' });
        await assert.rejects(catalog.startImport({ importId: job.id }, stranger), { code: 'IMPORT_NOT_FOUND' });
        await assert.rejects(catalog.exportListings({ storeId: store.id }, stranger), { code: 'STORE_NOT_FOUND' });
        await assert.rejects(catalog.listImports({ storeId: store.id }, stranger), { code: 'STORE_NOT_FOUND' });
        await assert.rejects(catalog.createImport({ storeId: store.id, text: 'x' }, stranger), {
          code: 'STORE_NOT_FOUND',
        });
      }
      await assert.rejects(catalog.importFile({ storeId: store.id, path: '/etc/passwd' }, ground.seller), {
        code: 'FORBIDDEN',
      });
    });

    test('a category that the options name and the marketplace does not have is refused by its place', async () => {
      await using ground = await start(binding);
      const options = { categoryMapping: { 'Home/Lamps': 'lampsen' }, defaultCategoryId: 'nowhere' };
      await assert.rejects(importText(ground, 'title,price\nBrass lamp,45\n', { options }), (fault: Fault) => {
        assert.deepEqual(
          fault.errors.map(({ pointer }) => pointer),
          ['/options/defaultCategoryId', '/options/categoryMapping/Home~1Lamps'],
        );
        return true;
      });
    });

    test('a file that is nothing of the kind fails with its reason', async () => {
      await using ground = await start(binding);
      for (const [text, code, reason] of [
        ['hello world, this is a letter', 'columns', /title and price is missing/],
        ['{"title": "Brass lamp"', 'json', /ends in the middle/],
        ['[{"title": "Brass lamp",}]', 'json', /is not JSON/],
        ['title,price\n"Brass lamp,45\n', 'csv', /not CSV/],
      ] as const) {
        const job = await importText(ground, text);
        assert.deepEqual([job.state, job.failureCode], ['failed', code]);
        assert.match(job.failure ?? '', reason);
      }
    });
  });
}

describe('imports', () => {
  test('a JSON file of products, as DummyJSON has them, becomes a catalog', async () => {
    await using ground = await start();
    const product = {
      id: 1,
      title: 'Essence Mascara',
      description: 'A mascara with “volume”.',
      category: 'beauty',
      price: 9.99,
      stock: 99,
      tags: ['beauty', 'mascara'],
      brand: 'Essence',
      sku: 'BEA-ESS-001',
      weight: 4,
      dimensions: { width: 15.14 },
      reviews: [{ rating: 3, comment: 'It has { braces } and "quotes".' }],
    };
    const products = [product, { ...product, id: 2, sku: 'BEA-ESS-002', category: 'smartphones' }];
    for (const text of [JSON.stringify(products, null, 2), JSON.stringify({ products, total: 2, skip: 0 })]) {
      const job = await importText(ground, text, { options: { categoryMapping: { Smartphones: 'phones' } } });
      assert.deepEqual([job.state, job.errorCount, job.failure], ['completed', 0, null]);
      assert.equal(job.counts.created + job.counts.unchanged, 2);
    }
    const { items } = await ground.catalog.listListings({}, ground.host.guest());
    assert.deepEqual(items.map(({ categoryId }) => categoryId).sort(), ['beauty', 'phones']);
    assert.deepEqual(items[0]?.price, { amountMinor: 999, currency: 'USD' });
    assert.equal(items[0]?.freeQuantity, 99);
  });

  test('images by address and by file name come in the background, in order, and broken ones hold nothing up', async () => {
    await using ground = await start();
    const { host, catalog, store, seller } = ground;
    const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-import-'));
    await writeFile(path.join(folder, 'lamp.png'), Buffer.from(PIXEL.split(',')[1] ?? '', 'base64'));
    const line = {
      title: 'Brass lamp',
      price: '45',
      categoryId: 'home',
      images: [PIXEL, { url: 'lamp.png', alt: 'the lamp' }, 'missing.png'],
    };
    await writeFile(path.join(folder, 'listings.ndjson'), `${JSON.stringify(line)}\n`);
    const job = await catalog.importFile(
      { storeId: store.id, path: path.join(folder, 'listings.ndjson') },
      host.service(),
    );
    assert.deepEqual([job.state, job.imagesWaiting], ['completed', 3]);
    await host.runTimers();
    const problems = async () => (await catalog.listImportImageProblems({ importId: job.id }, seller)).items;
    const [missing, ...others] = await problems();
    assert.deepEqual(others, [], 'only what could not be fetched');
    assert.deepEqual(
      [missing?.listingTitle, missing?.url, missing?.code],
      ['Brass lamp', 'missing.png', 'SOURCE_UNREACHABLE'],
    );
    assert.ok(missing?.nextTryTime !== null, 'it is tried again');
    for (let i = 0; i < 7; i++) {
      await host.runTimers();
      host.advance({ days: 1 });
    }
    assert.deepEqual(
      (await problems()).map(({ nextTryTime }) => nextTryTime),
      [null],
      'then it is given up',
    );
    const [card] = (await catalog.listStoreListings({ storeId: store.id }, seller)).items;
    const listing = await catalog.getMyListing({ listingId: card?.id as string }, seller);
    assert.deepEqual(
      listing.images.map(({ alt }) => alt),
      [null, 'the lamp'],
    );
    assert.equal((await catalog.getImport({ importId: job.id }, seller)).imagesWaiting, 0);
    const again = await catalog.importFile(
      { storeId: store.id, path: path.join(folder, 'listings.ndjson') },
      host.service(),
    );
    assert.deepEqual([again.counts.unchanged, again.imagesWaiting], [1, 0]);
    await rm(folder, { recursive: true });
  });

  test('an import whose process died goes on where it stopped', async () => {
    await using ground = await start();
    const { host, catalog, store, seller } = ground;
    const lines = Array.from({ length: 1200 }, (_, i) => `Lamp ${i},${i + 1}.00,5,home\n`).join('');
    const job = await catalog.createImport(
      { storeId: store.id, text: `title,price,stock,category\n${lines}`, isDryRun: false },
      seller,
    );
    const database = host.database('catalog');
    // The process dies behind the first batch: the next one finds the file gone from under its hands.
    const marketplaces = await loadMarketplaces(new URL('../../../marketplaces/', import.meta.url));
    let batches = 0;
    const dying = {
      ...database,
      transaction: ((id, work) => {
        if (++batches > 1) throw new Error('killed');
        return database.transaction(id, work);
      }) as typeof database.transaction,
    };
    const storage = createDiskStorage(path.join(host.folder, 'files'), 'test-signing-key', host.now);
    await assert.rejects(runDueImport({ database: dying, marketplaces, storage, clock: host.now }, 'bazaar'), /killed/);
    const half = await catalog.getImport({ importId: job.id }, seller);
    assert.deepEqual([half.state, half.counts.created], ['running', 500]);
    await host.runTimers();
    assert.equal((await catalog.getImport({ importId: job.id }, seller)).counts.created, 500, 'still leased');
    host.advance({ minutes: 2 });
    await host.runTimers();
    const done = await catalog.getImport({ importId: job.id }, seller);
    assert.deepEqual(
      [done.state, done.counts.created, done.counts.updated, done.counts.rows],
      ['completed', 1200, 0, 1200],
    );
    const { n } = await database
      .read('bazaar')
      .one<{ n: number }>(
        sql`select count(*) as n from catalog.listing where store_id = ${uuidFromId(store.id)}::uuid`,
      );
    assert.equal(n, 1200);
  });

  test('what changed here goes out in place of what the file said', async () => {
    await using ground = await start();
    const { catalog, store, seller } = ground;
    await importText(ground, SHOPIFY_EXPORT);
    const { items } = await catalog.listStoreListings({ storeId: store.id }, seller);
    const lamp = items.find(({ handle }) => handle === 'brass-lamp');
    await catalog.updateListing(
      { listingId: lamp?.id as NonNullable<typeof lamp>['id'], title: 'Polished lamp' },
      seller,
    );
    const text = await exported(ground, 'shopify-csv');
    assert.equal(text, SHOPIFY_EXPORT.replace('"Brass ""Aladdin"" lamp"', 'Polished lamp'));
  });

  test('a catalog made here goes out as Shopify CSV and comes in again the same', async () => {
    await using ground = await start();
    await importText(
      ground,
      'title,price,stock,sku,tags,compareAtPrice,category\n"Lamp, brass",45,3,L-1,"old,brass",50,home\nเก้าอี้ไม้,0.99,unlimited,,,,home\n',
    );
    const first = await exported(ground, 'shopify-csv');
    const other = { ...ground, store: await ground.catalog.createStore({ name: 'New Light' }, ground.seller) };
    const job = await importText(other, first);
    assert.deepEqual([job.counts.created, job.errorCount], [2, 0]);
    assert.equal(await exported(other, 'shopify-csv'), first);
  });
});
