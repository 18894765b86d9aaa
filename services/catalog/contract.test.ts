import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import { BINDINGS } from '@plaza/runtime/testing';
import { checkoutId, listingOf, startCatalog, variantOf } from './testing/host.ts';

const price = { amountMinor: 1999, currency: 'USD' as const };
/** One red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

for (const binding of BINDINGS) {
  describe(`catalog contract, ${binding}`, () => {
    test('opening a store makes a seller, with the marketplace’s ways to ship', async () => {
      const sellers: string[] = [];
      await using shop = await startCatalog({ binding, sellers });
      const { catalog, store, seller, host } = shop;
      assert.deepEqual(sellers, [store.ownerMemberId]);
      assert.equal(store.slug, 'old-light');
      assert.ok(store.shippingOptions.length > 0);
      const second = await catalog.createStore({ name: 'Old Light' }, host.context());
      assert.equal(second.slug, 'old-light-2');
      assert.deepEqual(await catalog.getStoreBySlug({ slug: 'old-light' }, host.guest()), store);
      assert.deepEqual((await catalog.getMyStores({}, seller)).items, [store]);
      await assert.rejects(catalog.createStore({ name: 'Third', slug: 'old-light' }, host.context()), {
        code: 'STORE_SLUG_TAKEN',
      });
    });

    test('a store opens while payments are away', async () => {
      await using shop = await startCatalog({ binding, isPayingAway: true });
      assert.deepEqual((await shop.catalog.getMyStores({}, shop.seller)).items, [shop.store]);
    });

    test('a store is changed by its owner alone, at the version seen', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, store, seller, host } = shop;
      const renamed = await catalog.updateStore({ storeId: store.id, expectedVersion: 1, name: 'New Light' }, seller);
      assert.deepEqual([renamed.name, renamed.version], ['New Light', 2]);
      const stale = catalog.updateStore({ storeId: store.id, expectedVersion: 1, name: 'X Light' }, seller);
      await assert.rejects(stale, { code: 'VERSION_CONFLICT', data: { currentVersion: 2 } });
      const other = host.context({ roles: ['seller'] });
      await assert.rejects(catalog.updateStore({ storeId: store.id, name: 'Mine now' }, other), {
        code: 'STORE_NOT_FOUND',
      });
    });

    test('a listing goes from draft to sale to pause, and buyers see it only on sale', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, seller, host } = shop;
      const draft = await listingOf(shop, { isDraft: true });
      const listingId = draft.id;
      const visible = async () => (await catalog.listListings({}, host.guest())).items.length;
      assert.deepEqual([draft.state, draft.version, await visible()], ['draft', 1, 0]);
      await assert.rejects(catalog.getListing({ listingId }, host.guest()), { code: 'LISTING_NOT_FOUND' });
      const published = await catalog.publishListing({ listingId, expectedVersion: 1 }, seller);
      assert.deepEqual([published.state, published.version, await visible()], ['published', 2, 1]);
      const page = await catalog.getListing({ listingId: published.slug }, host.guest());
      assert.equal(page.id, listingId);
      assert.equal(page.variants[0]?.onHand, undefined);
      assert.equal((await catalog.getMyListing({ listingId }, seller)).variants[0]?.onHand, 10);
      await catalog.pauseListing({ listingId }, seller);
      assert.equal(await visible(), 0);
      const again = await catalog.publishListing({ listingId }, seller);
      assert.equal(again.publishedTime, published.publishedTime);
      assert.equal((await catalog.markListingSold({ listingId }, seller)).state, 'sold');
      await catalog.deleteListing({ listingId }, seller);
      await assert.rejects(catalog.publishListing({ listingId }, seller), { code: 'LISTING_NOT_FOUND' });
    });

    test('where a seller lives is shown to a kilometer, and exactly to the seller alone', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, store, seller, host } = shop;
      const exact = { city: 'Portland', latitude: 45.523064, longitude: -122.676483 };
      const rough = { city: 'Portland', latitude: 45.52, longitude: -122.68 };
      const { id: listingId } = await listingOf(shop);
      await catalog.updateListing({ listingId, location: exact }, seller);
      await catalog.updateStore({ storeId: store.id, location: exact }, seller);
      const page = await catalog.getListing({ listingId }, host.guest());
      assert.deepEqual([page.location, page.store.location], [rough, rough]);
      assert.deepEqual((await catalog.listListings({}, host.guest())).items[0]?.location, rough);
      assert.deepEqual((await catalog.getStore({ storeId: store.id }, host.guest())).location, rough);
      assert.deepEqual((await catalog.getMyListing({ listingId }, seller)).location, exact);
    });

    test('someone else’s listing is not there, whatever is done to it', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const { id: listingId } = await listingOf(shop);
      const thief = host.context({ roles: ['seller'] });
      const elsewhere = { ...shop.seller, marketplaceId: 'jaikod' };
      for (const context of [thief, elsewhere]) {
        await assert.rejects(catalog.updateListing({ listingId, title: 'Mine' }, context), {
          code: 'LISTING_NOT_FOUND',
        });
        await assert.rejects(catalog.getMyListing({ listingId }, context), { code: 'LISTING_NOT_FOUND' });
        await assert.rejects(catalog.deleteListing({ listingId }, context), { code: 'LISTING_NOT_FOUND' });
        await assert.rejects(catalog.listStoreListings({ storeId: shop.store.id }, context), {
          code: 'STORE_NOT_FOUND',
        });
      }
      await assert.rejects(catalog.suspendListing({ listingId, reason: 'I say so' }, shop.seller), {
        code: 'FORBIDDEN',
      });
    });

    test('a stale change is refused and changes nothing', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, seller } = shop;
      const { id: listingId, version } = await listingOf(shop);
      const changed = await catalog.updateListing({ listingId, expectedVersion: version, title: 'Brass lamp' }, seller);
      assert.deepEqual([changed.title, changed.version], ['Brass lamp', version + 1]);
      await assert.rejects(catalog.updateListing({ listingId, expectedVersion: version, title: 'Tin lamp' }, seller), {
        code: 'VERSION_CONFLICT',
        data: { currentVersion: version + 1 },
      });
      assert.equal((await catalog.getMyListing({ listingId }, seller)).title, 'Brass lamp');
    });

    test('what the category’s schema refuses is named by pointer', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, seller, store } = shop;
      const create = (given: object) =>
        catalog.createListing(
          { storeId: store.id, title: 'Phone', categoryId: 'phones', variants: [{ price }], ...given },
          seller,
        );
      await assert.rejects(
        create({ attributes: { color: 'purple', storageGb: 0, wings: 2 }, condition: 'mint' }),
        (fault: { code: string; errors: { pointer: string }[] }) => {
          assert.equal(fault.code, 'INVALID_INPUT');
          assert.deepEqual(
            fault.errors.map(({ pointer }) => pointer),
            ['/condition', '/attributes/color', '/attributes/storageGb', '/attributes/wings'],
          );
          return true;
        },
      );
      await assert.rejects(create({ categoryId: 'nowhere' }), { code: 'INVALID_INPUT' });
      await assert.rejects(create({ kind: 'digital' }), { code: 'INVALID_INPUT' });
      await assert.rejects(create({ variants: [{ price: { ...price, currency: 'THB' } }] }), { code: 'INVALID_INPUT' });
    });

    test('variants keep their ids through a change; SKUs are unique in the store and may be exchanged', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, seller, store } = shop;
      const variant = (value: string, sku: string) => ({ sku, options: [{ name: 'Size', value }], price, onHand: 3 });
      const input = { storeId: store.id, title: 'Shirt', categoryId: 'clothing' };
      const shirt = await catalog.createListing({ ...input, variants: [variant('S', 'A'), variant('M', 'B')] }, seller);
      assert.deepEqual(shirt.options, [{ name: 'Size', values: ['S', 'M'] }]);
      const swapped = await catalog.updateListing(
        {
          listingId: shirt.id,
          variants: shirt.variants.map(({ id }, i) => ({ ...variant(i === 0 ? 'S' : 'M', i === 0 ? 'B' : 'A'), id })),
        },
        seller,
      );
      assert.deepEqual(
        swapped.variants.map(({ id, sku }) => [id, sku]),
        [
          [shirt.variants[0]?.id, 'B'],
          [shirt.variants[1]?.id, 'A'],
        ],
      );
      await assert.rejects(catalog.createListing({ ...input, variants: [variant('S', 'A')] }, seller), {
        code: 'SKU_TAKEN',
      });
      await catalog.deleteListing({ listingId: shirt.id }, seller);
      await catalog.createListing({ ...input, variants: [variant('S', 'A')] }, seller);
    });

    test('browsing filters by category, attributes, price and condition, with counts, page by page', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const guest = host.guest();
      for (let i = 0; i < 7; i++)
        await listingOf(shop, {
          title: `Phone ${i}`,
          categoryId: 'phones',
          priceMinor: 1000 * (i + 1),
          condition: i % 2 === 0 ? 'new' : 'good',
          attributes: { color: i < 3 ? 'red' : 'blue', storageGb: 2 ** i, brand: 'Nokia' },
          onHand: i === 6 ? 0 : 1,
        });
      await listingOf(shop, { title: 'Chair', categoryId: 'furniture' });
      await host.runTimers();
      const titles = async (given: object) =>
        (await catalog.listListings(given, guest)).items.map(({ title }) => title);

      assert.equal((await titles({})).length, 8);
      assert.deepEqual(await titles({ categoryId: 'electronics', attribute: ['color:red'] }), [
        'Phone 2',
        'Phone 1',
        'Phone 0',
      ]);
      assert.deepEqual(await titles({ categoryId: 'phones', attribute: ['storageGb:4..16'], sort: 'price_asc' }), [
        'Phone 2',
        'Phone 3',
        'Phone 4',
      ]);
      assert.deepEqual(
        await titles({ categoryId: 'phones', attribute: ['color:red', 'color:blue', 'storageGb:..2'] }),
        ['Phone 1', 'Phone 0'],
      );
      assert.deepEqual(await titles({ categoryId: 'phones', condition: ['good'], priceMinorMax: 4000 }), [
        'Phone 3',
        'Phone 1',
      ]);
      assert.deepEqual(await titles({ categoryId: 'phones', isInStock: true, sort: 'price_desc', limit: 1 }), [
        'Phone 5',
      ]);
      assert.deepEqual(await titles({ attribute: ['brand:Nokia'], storeId: shop.store.id, limit: 1 }), ['Phone 6']);
      await assert.rejects(catalog.listListings({ categoryId: 'nowhere' }, guest), { code: 'CATEGORY_NOT_FOUND' });
      await assert.rejects(catalog.listListings({ cursor: 'abc' }, guest), { code: 'INVALID_INPUT' });

      for (const sort of ['newest', 'price_asc', 'price_desc'] as const) {
        const seen: string[] = [];
        let cursor: string | null | undefined;
        while (cursor !== null) {
          const page = await catalog.listListings(
            { categoryId: 'phones', sort, limit: 3, ...(cursor === undefined ? {} : { cursor }) },
            guest,
          );
          seen.push(...page.items.map(({ title }) => title));
          cursor = page.nextCursor;
        }
        const right = [0, 1, 2, 3, 4, 5, 6].map((i) => `Phone ${i}`);
        assert.deepEqual(seen, sort === 'price_asc' ? right : right.reverse());
      }

      const all = await catalog.listListings({ categoryId: 'phones', includeFacets: true }, guest);
      assert.deepEqual([all.total, all.isExact], [7, true]);
      const counts = (facets: typeof all.facets, key: string) =>
        Object.fromEntries(
          facets?.find((facet) => facet.key === key)?.values.map(({ value, count }) => [value, count]) ?? [],
        );
      assert.deepEqual(counts(all.facets, 'color'), { red: 3, blue: 4 });
      assert.deepEqual(counts(all.facets, 'brand'), { Nokia: 7 });
      assert.deepEqual(counts(all.facets, 'condition'), { new: 4, good: 3 });
      const red = await catalog.listListings(
        { categoryId: 'phones', attribute: ['color:red'], includeFacets: true },
        guest,
      );
      assert.equal(red.total, 3);
      assert.deepEqual(counts(red.facets, 'color'), { red: 3, blue: 4 }, 'the other colors can still be chosen');
      assert.deepEqual(counts(red.facets, 'condition'), { new: 2, good: 1 });
      const tree = await catalog.listCategories({}, guest);
      assert.equal(tree.items.find(({ id }) => id === 'electronics')?.listingCount, 7);
    });

    test('a digital listing is sold with the files of its current release', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host, seller, store } = shop;
      const media = host.client<never>('media') as unknown as Client<typeof mediaContract>;
      const file = (ownerMemberId: typeof store.ownerMemberId) =>
        media.storeBytes(
          {
            purpose: 'listing-file',
            filename: 'book.txt',
            base64: Buffer.from('words').toString('base64'),
            ownerMemberId,
          },
          host.service(),
        );
      const book = await catalog.createListing(
        {
          storeId: store.id,
          kind: 'digital',
          title: 'A book',
          categoryId: 'books',
          variants: [{ price, onHand: null }],
        },
        seller,
      );
      await assert.rejects(catalog.publishListing({ listingId: book.id }, seller), { code: 'INVALID_INPUT' });
      const stranger = host.context();
      const strangers = await file((stranger.actor as { memberId: typeof store.ownerMemberId }).memberId);
      const release = (version: string, assetId: typeof strangers.id) =>
        catalog.createRelease({ listingId: book.id, version, files: [{ assetId }] }, seller);
      await assert.rejects(release('1.0', strangers.id), { code: 'INVALID_INPUT' });
      const own = await file(store.ownerMemberId);
      await release('1.0', own.id);
      await assert.rejects(release('1.0', own.id), { code: 'RELEASE_VERSION_TAKEN' });
      await release('1.1', own.id);
      // A draft's versions are its seller's business.
      assert.equal((await catalog.listReleases({ listingId: book.id }, seller)).items.length, 2);
      for (const reader of [host.guest(), stranger])
        await assert.rejects(catalog.listReleases({ listingId: book.id }, reader), { code: 'LISTING_NOT_FOUND' });
      await catalog.publishListing({ listingId: book.id }, seller);
      const page = await catalog.listReleases({ listingId: book.id }, host.guest());
      assert.deepEqual(
        page.items.map(({ version, isCurrent }) => [version, isCurrent]),
        [
          ['1.1', true],
          ['1.0', false],
        ],
      );
      const licensed = await catalog.getLicensedFiles({ listingId: book.id }, host.service());
      assert.deepEqual(
        [licensed.version, licensed.files[0]?.assetId, licensed.files[0]?.filename],
        ['1.1', own.id, 'book.txt'],
      );
      await assert.rejects(catalog.getLicensedFiles({ listingId: book.id }, seller), { code: 'FORBIDDEN' });
    });

    test('a listing shows its seller’s pictures in three sizes, and no one else’s', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host, seller, store } = shop;
      const media = host.client<never>('media') as unknown as Client<typeof mediaContract>;
      const picture = await media.storeBytes(
        { purpose: 'listing-image', filename: 'lamp.png', base64: PNG, ownerMemberId: store.ownerMemberId },
        host.service(),
      );
      const draft = await catalog.createListing(
        {
          storeId: store.id,
          title: 'Lamp',
          categoryId: 'lighting',
          images: [{ assetId: picture.id, alt: 'A lamp' }],
          variants: [{ price, imageAssetId: picture.id }],
        },
        seller,
      );
      assert.deepEqual(draft.images[0]?.thumbUrl, picture.renditions?.thumb);
      assert.equal(draft.variants[0]?.imageUrl, picture.renditions?.card);
      const thief = host.context();
      const theirs = await catalog.createStore({ name: 'Copy Cat' }, thief);
      const copied = catalog.createListing(
        {
          storeId: theirs.id,
          title: 'Lamp',
          categoryId: 'lighting',
          images: [{ assetId: picture.id }],
          variants: [{ price }],
        },
        { ...thief, actor: { ...thief.actor, roles: ['seller'] } as typeof thief.actor },
      );
      await assert.rejects(copied, { code: 'INVALID_INPUT' });
    });

    test('an operator suspends a listing with a reason; its seller cannot bring it back', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host, seller } = shop;
      const { id: listingId } = await listingOf(shop);
      const moderator = host.context({ roles: ['moderator'] });
      assert.equal((await catalog.suspendListing({ listingId, reason: 'Counterfeit.' }, moderator)).state, 'suspended');
      await assert.rejects(catalog.publishListing({ listingId }, seller), { code: 'ILLEGAL_TRANSITION' });
      assert.deepEqual((await catalog.listListings({}, host.guest())).items, []);
      assert.deepEqual(
        (await catalog.listAllListings({}, moderator)).items.map(({ state }) => state),
        ['suspended'],
      );
      await catalog.reinstateListing({ listingId }, moderator);
      assert.equal((await catalog.publishListing({ listingId }, seller)).state, 'published');
    });

    test('search can read everything on sale, page by page', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, host } = shop;
      const listings = [
        await listingOf(shop),
        await listingOf(shop, { title: 'Chair' }),
        await listingOf(shop, { title: 'Desk' }),
      ];
      await listingOf(shop, { isDraft: true });
      const first = await catalog.exportSearchDocuments({ limit: 2 }, host.service());
      const rest = await catalog.exportSearchDocuments({ limit: 2, cursor: first.nextCursor ?? '' }, host.service());
      assert.deepEqual(
        [...first.items, ...rest.items].map(({ id }) => id),
        listings.map(({ id }) => id),
      );
      assert.equal(rest.nextCursor, null);
      assert.equal(first.items[0]?.isInStock, true);
      const sitemap = await catalog.listSitemapEntries({}, host.guest());
      assert.deepEqual(
        sitemap.items.map(({ slug }) => slug),
        listings.map(({ slug }) => slug),
      );
    });

    test('a seller sees what runs low, fewest pieces first, as stock and state change', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, seller, store, host } = shop;
      const [plenty, two, none] = [
        await listingOf(shop, { onHand: 4 }),
        await listingOf(shop, { onHand: 2 }),
        await listingOf(shop, { onHand: 0 }),
      ];
      await listingOf(shop, { onHand: null });
      await listingOf(shop, { onHand: 1, isDraft: true });
      const low = async () => {
        const first = await catalog.listStoreListings({ storeId: store.id, isLowStock: true, limit: 1 }, seller);
        if (first.nextCursor === null) return first.items.map(({ id }) => id);
        const cursor = first.nextCursor;
        const rest = await catalog.listStoreListings({ storeId: store.id, isLowStock: true, cursor }, seller);
        return [...first.items, ...rest.items].map(({ id }) => id);
      };
      assert.deepEqual(await low(), [none.id, two.id]);
      const lines = [{ variantId: variantOf(plenty), quantity: 3 }];
      const sale = checkoutId();
      await catalog.reserveStock({ checkoutId: sale, lines }, host.service());
      assert.deepEqual(await low(), [none.id, plenty.id, two.id], 'a sale makes it low');
      await catalog.releaseReservation({ checkoutId: sale }, host.service());
      await catalog.pauseListing({ listingId: two.id }, seller);
      assert.deepEqual(await low(), [none.id]);
      await catalog.publishListing({ listingId: two.id }, seller);
      assert.deepEqual(await low(), [none.id, two.id]);
      await assert.rejects(
        catalog.listStoreListings({ storeId: store.id, isLowStock: true }, host.context({ roles: ['seller'] })),
        { code: 'STORE_NOT_FOUND' },
      );
    });

    test('a repeated request answers the first answer', async () => {
      await using shop = await startCatalog({ binding });
      const { catalog, seller, store } = shop;
      const keyed = { ...seller, idempotencyKey: 'create-once' };
      const create = (title: string) =>
        catalog.createListing({ storeId: store.id, title, categoryId: 'lighting', variants: [{ price }] }, keyed);
      const [first, second] = await Promise.all([create('Lamp'), create('Lamp')]);
      assert.deepEqual(first, second);
      await assert.rejects(create('Other lamp'), { code: 'IDEMPOTENCY_KEY_REUSED' });
      assert.equal((await catalog.listStoreListings({ storeId: store.id }, seller)).items.length, 1);
    });
  });
}

test('listings of one title are told apart by the first number that is free in their store', async () => {
  await using shop = await startCatalog();
  const { catalog, seller, store } = shop;
  const lamp = async (more: { handle?: string } = {}) => {
    const listing = { storeId: store.id, title: 'Lamp', categoryId: 'home', variants: [{ price }], ...more };
    return (await catalog.createListing(listing, seller)).handle;
  };
  await lamp({ handle: 'lamp-3' });
  await lamp({ handle: 'lamp-shade' });
  const handles: string[] = [];
  for (let i = 0; i < 10; i++) handles.push(await lamp());
  assert.deepEqual(handles, ['lamp', ...[2, 4, 5, 6, 7, 8, 9, 10, 11].map((number) => `lamp-${number}`)]);
});

test('hot reads take one statement', async () => {
  await using shop = await startCatalog();
  const { catalog, host } = shop;
  const listing = await listingOf(shop, { sizes: ['S', 'M', 'L'] });
  const lines = [{ variantId: variantOf(listing), quantity: 1 }];
  const count = (work: () => Promise<unknown>) => host.countStatements(work);
  assert.equal(await count(() => catalog.listListings({ categoryId: 'home' }, host.guest())), 1);
  assert.equal(await count(() => catalog.listListings({ categoryId: 'home', includeFacets: true }, host.guest())), 2);
  assert.equal(await count(() => catalog.getListing({ listingId: listing.slug }, host.guest())), 1);
  assert.equal(await count(() => catalog.quoteVariants({ lines }, host.service())), 1);
  assert.equal(await count(() => catalog.reserveStock({ checkoutId: checkoutId(), lines }, host.service())), 1);
});
