import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract, Listing, Location } from '@plaza/catalog/contract';
import { type Context, Fault } from '@plaza/kernel';
import { mediaService } from '@plaza/media';
import { listingRated } from '@plaza/reviews/events';
import { sql } from '@plaza/runtime';
import { BINDINGS, startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { searchContract } from './contract.ts';
import { searchService } from './index.ts';

const clients = { identity: { grantRole: async () => ({}) }, payments: { openStoreAccount: async () => ({}) } };

async function publish(
  host: TestHost,
  seller: Context,
  listings: readonly {
    title: string;
    amountMinor?: number;
    condition?: string;
    onHand?: number;
    location?: Location;
  }[],
) {
  const catalog = host.client<typeof catalogContract>('catalog');
  const store = await catalog.createStore({ name: 'Old Light' }, seller);
  const published = [];
  for (const { title, amountMinor = 4500, condition = 'good', onHand = 3, location } of listings) {
    const draft = await catalog.createListing(
      {
        storeId: store.id,
        title,
        categoryId: 'phones',
        condition,
        attributes: { color: 'black', brand: 'Acme' },
        ...(location === undefined ? {} : { location }),
        variants: [{ price: { amountMinor, currency: 'USD' }, onHand }],
      },
      seller,
    );
    published.push(await catalog.publishListing({ listingId: draft.id }, seller));
  }
  await host.deliver();
  return { catalog, store, published };
}

for (const binding of BINDINGS) {
  describe(`search contract, ${binding}`, () => {
    const start = () => startTestHost([mediaService, catalogService, searchService], { binding, clients });

    test('near a place it finds what is within the distance, tells how far, and refuses by field what makes no sense', async () => {
      await using host = await start();
      await publish(host, host.context({ roles: ['seller'] }), [
        { title: 'Phone of Portland', location: { city: 'Portland', region: 'Oregon' } },
        { title: 'Phone of Vancouver', location: { latitude: 45.638728, longitude: -122.661486 } },
        { title: 'Phone of Seattle', location: { city: 'Seattle', region: 'WA' } },
        { title: 'Phone of nowhere' },
      ]);
      const search = host.client<typeof searchContract>('search');
      const guest = host.guest();
      const titles = ({ items }: { items: readonly { title: string; distanceKm: number | null }[] }) =>
        items.map(({ title, distanceKm }) => [title.replace('Phone of ', ''), distanceKm]);
      const near = { q: 'phone', near: 'portland' };
      const within = await search.searchListings({ ...near, withinKm: 25, sort: 'distance' }, guest);
      assert.deepEqual(
        [titles(within), within.total],
        [
          [
            ['Portland', 1],
            ['Vancouver', 13],
          ],
          2,
        ],
      );
      assert.deepEqual(within.items[1]?.location, { latitude: 45.64, longitude: -122.66 });
      const all = await search.searchListings({ near: '45.52,-122.68', sort: 'distance', limit: 2 }, guest);
      const rest = await search.searchListings(
        { near: '45.52,-122.68', sort: 'distance', limit: 2, cursor: all.nextCursor ?? '' },
        guest,
      );
      assert.deepEqual(
        [...titles(all), ...titles(rest)],
        [
          ['Portland', 1],
          ['Vancouver', 13],
          ['Seattle', 234],
          ['nowhere', null],
        ],
      );
      assert.deepEqual(
        new Set(titles(await search.searchListings({ q: 'phone' }, guest)).map(([, km]) => km)),
        new Set([null]),
      );
      const listingIds = [...all.items, ...rest.items].map(({ id }) => id);
      const { items } = await search.matchListings(
        {
          listingIds,
          searches: [
            { near: 'portland', withinKm: 5 },
            { near: 'gone', withinKm: 5 },
          ],
        },
        host.service(),
      );
      assert.deepEqual(
        items.map(({ listingIds: found }) => found.length),
        [1, 0],
      );
      for (const [input, pointer] of [
        [{ withinKm: 5 }, '/withinKm'],
        [{ near: 'atlantis' }, '/near'],
        [{ near: 'portland', withinKm: 501 }, '/withinKm'],
        [{ sort: 'distance' as const }, '/sort'],
      ] as const)
        await assert.rejects(search.searchListings(input, guest), (error) => {
          assert.ok(error instanceof Fault);
          return error.errors[0]?.pointer === pointer;
        });
    });

    test('what is published is found, with its card, its facets and its total', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const { published } = await publish(host, seller, [
        { title: 'Rotary phone' },
        { title: 'Rotary fan', condition: 'new' },
      ]);
      const search = host.client<typeof searchContract>('search');
      const answer = await search.searchListings({ q: 'rotary phone', condition: ['good'] }, host.guest());
      assert.equal(answer.items[0]?.id, published[0]?.id);
      assert.equal(answer.items[0]?.storeName, 'Old Light');
      assert.equal(answer.items[0]?.isInStock, true);
      assert.equal(answer.total, 1);
      const condition = answer.facets.find(({ key }) => key === 'condition');
      assert.deepEqual(
        condition?.values.map(({ value, name, count }) => [value, name.th !== undefined, count]),
        [
          ['good', true, 1],
          ['new', true, 1],
        ],
      );
      assert.equal(answer.facets.find(({ key }) => key === 'brand')?.values[0]?.value, 'Acme');
      const suggested = await search.suggest({ q: 'rot' }, host.guest());
      assert.deepEqual(suggested.queries, ['rotary']);
      assert.equal(suggested.listings.length, 2);
      const { titleMatches } = answer.items[0] ?? {};
      assert.deepEqual(titleMatches, [
        { start: 0, end: 6 },
        { start: 7, end: 12 },
      ]);
      const typed = await search.suggest({ q: 'old li' }, host.guest());
      assert.deepEqual(
        typed.stores.map(({ name }) => name),
        ['Old Light'],
      );
      assert.deepEqual(
        (await search.suggest({ q: 'phon' }, host.guest())).categories.map(({ id }) => id),
        ['phones'],
      );
    });

    test('who finds nothing is told which words nobody has, what filters hide, and where to look', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      await publish(host, seller, [{ title: 'Rotary dial' }]);
      const search = host.client<typeof searchContract>('search');
      const hidden = await search.searchListings({ q: 'rotary dial', condition: ['new'] }, host.guest());
      assert.deepEqual([hidden.total, hidden.help?.totalWithoutFilters], [0, 1]);
      const unknown = await search.searchListings({ q: 'phonez qqqzz' }, host.guest());
      assert.equal(unknown.total, 1);
      assert.deepEqual(unknown.unknownWords, ['qqqzz']);
      const nothing = await search.searchListings({ q: 'qqqzz' }, host.guest());
      assert.deepEqual([nothing.total, nothing.help], [0, { totalWithoutFilters: 0, categories: [] }]);
    });

    test('a listing that the index lost is found and put back, one that left sale is taken out, by operators alone', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const { catalog, published } = await publish(host, seller, [{ title: 'Rotary dial' }, { title: 'Brass bell' }]);
      const search = host.client<typeof searchContract>('search');
      const admin = host.context({ roles: ['admin'] });
      assert.deepEqual(await search.getSearchIndexCheck({}, admin), { check: null });
      const [dial, bell] = published;
      assert.ok(dial && bell);
      // From here on events wait, as if they were lost.
      await catalog.pauseListing({ listingId: dial.id }, seller);
      await catalog.updateListing({ listingId: bell.id, title: 'Copper bell' }, seller);
      const { id: listingId } = await catalog.createListing(
        {
          storeId: bell.store.id,
          title: 'Candle',
          categoryId: 'phones',
          condition: 'good',
          attributes: { color: 'black', brand: 'Acme' },
          variants: [{ price: { amountMinor: 900, currency: 'USD' }, onHand: 1 }],
        },
        seller,
      );
      await catalog.publishListing({ listingId }, seller);
      const counts = async () => {
        const { listingCount, missing, outdated, extra } = await search.checkSearchIndex({}, admin);
        return { listingCount, missing, outdated, extra };
      };
      const found = async (q: string) =>
        (await search.searchListings({ q }, host.guest())).items.map(({ title }) => title);
      // What changed just now is left to its event; what is no longer sold is never shown.
      assert.deepEqual(await counts(), { listingCount: 2, missing: 0, outdated: 0, extra: 1 });
      assert.deepEqual(await found('rotary'), []);
      host.advance({ minutes: 2 });
      assert.deepEqual(await counts(), { listingCount: 2, missing: 1, outdated: 1, extra: 0 });
      assert.deepEqual([await found('candle'), await found('bell')], [['Candle'], ['Copper bell']]);
      const { check } = await search.getSearchIndexCheck({}, admin);
      assert.deepEqual(new Set(check?.listingIds), new Set([listingId, bell.id]));
      assert.deepEqual(await counts(), { listingCount: 2, missing: 0, outdated: 0, extra: 0 });
      // Late news are old news; a return is newer.
      await catalog.publishListing({ listingId: dial.id }, seller);
      await host.deliver();
      assert.deepEqual(await found('rotary'), ['Rotary dial']);
      for (const other of [seller, host.context({ roles: ['moderator'] })]) {
        await assert.rejects(search.checkSearchIndex({}, other), { code: 'FORBIDDEN' });
        await assert.rejects(search.getSearchIndexCheck({}, other), { code: 'FORBIDDEN' });
      }
      const elsewhere = host.context({ roles: ['admin'], marketplaceId: 'jaikod' });
      assert.deepEqual(await search.getSearchIndexCheck({}, elsewhere), { check: null });
    });

    test('operators say which words mean the same and what comes first, each for their own marketplace', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const titles = ['Rotary dial', 'Brass bell', 'Velvet settee'];
      const { published } = await publish(
        host,
        seller,
        titles.map((title) => ({ title })),
      );
      const [dial, bell, settee] = published.map(({ id }) => id);
      assert.ok(dial && bell);
      const search = host.client<typeof searchContract>('search');
      const admin = host.context({ roles: ['admin'] });
      const found = async (q: string, marketplaceId?: string) =>
        (
          await search.searchListings({ q }, host.guest(marketplaceId === undefined ? {} : { marketplaceId }))
        ).items.map(({ id }) => id);
      assert.deepEqual(await found('turnwheel'), []);
      assert.deepEqual(await found('couch'), [settee], 'as the marketplace begins (search.yaml)');
      const first = await search.updateSearchRules(
        {
          synonyms: [['turn wheel', 'turnwheel', 'dial']],
          curations: [{ query: 'dials', pinnedListingIds: [bell], hiddenListingIds: [] }],
          expectedVersion: 0,
        },
        admin,
      );
      assert.equal(first.version, 1);
      assert.deepEqual(await search.getSearchRules({}, admin), first);
      assert.deepEqual(await found('turnwheel'), [dial]);
      assert.deepEqual(await found('couch'), [], 'what operators write replaces it');
      assert.deepEqual(await found('turn wheel'), [dial]);
      assert.deepEqual(await found('dial'), [bell, dial]);
      const ranking = { ...first.ranking, signalCapPercent: 10, titlePercent: 150 };
      assert.deepEqual((await search.updateSearchRules({ ranking }, admin)).ranking, ranking);
      const beyond = { ...ranking, signalCapPercent: 21 };
      await assert.rejects(search.updateSearchRules({ ranking: beyond }, admin), { code: 'INVALID_INPUT' });
      assert.deepEqual(await found('dial'), [bell, dial]);
      const stale = search.updateSearchRules({ stopWords: ['x'], expectedVersion: 0 }, admin);
      await assert.rejects(stale, { code: 'VERSION_CONFLICT' });
      for (const other of [seller, host.context({ roles: ['moderator'] })])
        await assert.rejects(search.updateSearchRules({ stopWords: ['x'] }, other), { code: 'FORBIDDEN' });
      const elsewhere = host.context({ roles: ['admin'], marketplaceId: 'jaikod' });
      const { version, synonyms } = await search.getSearchRules({}, elsewhere);
      assert.deepEqual([version, synonyms.flat().includes('มือถือ')], [0, true]);
    });

    test('operators promote a listing or a store for a time, which buyers are told; an operator elsewhere has none', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const { store, published } = await publish(host, seller, [{ title: 'Brass lamp' }, { title: 'Brass lamp' }]);
      const [older, newer] = published.map(({ id }) => id);
      assert.ok(older && newer);
      const search = host.client<typeof searchContract>('search');
      const admin = host.context({ roles: ['admin'] });
      const found = async (sort: 'relevance' | 'newest' = 'relevance') => {
        const { items } = await search.searchListings({ q: 'brass lamp', sort }, host.guest());
        return items.map(({ id, isBoosted }) => [id, isBoosted]);
      };
      const promote = (subjectId: typeof older | typeof store.id, untilTime: string | null = null) =>
        search.updateSearchRules({ boosts: [{ subjectId, percent: 100, untilTime }] }, admin);
      const asUsual = [
        [newer, false],
        [older, false],
      ];
      assert.deepEqual(await found(), asUsual);
      await promote(older, new Date(host.now().getTime() + 3_600_000).toISOString());
      assert.deepEqual(await found(), [
        [older, true],
        [newer, false],
      ]);
      assert.deepEqual(await found('newest'), asUsual, 'who sorts gets what they sort by');
      host.advance({ hours: 2 });
      assert.deepEqual(await found(), asUsual, 'it has ended');
      await promote(store.id);
      assert.deepEqual(await found(), [
        [newer, true],
        [older, true],
      ]);
      const elsewhere = await search.getSearchRules({}, host.context({ roles: ['admin'], marketplaceId: 'jaikod' }));
      assert.deepEqual(elsewhere.boosts, []);
    });

    test('a judged set that was imported is found with its own ids', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const catalog = host.client<typeof catalogContract>('catalog');
      const store = await catalog.createStore({ name: 'Old Light' }, seller);
      const { id } = await catalog.createImport(
        {
          storeId: store.id,
          text: 'externalId,title,description,category\nB07X,"Extension cord, 10 ft.",Black,Cables > Power\n17,Lamp,,\n,x,,\n',
          isDryRun: false,
          options: { defaultCategoryId: 'phones', defaultPriceMinor: 1_000 },
        },
        seller,
      );
      await host.runTimers();
      await host.deliver();
      const { counts, state } = await catalog.getImport({ importId: id }, seller);
      assert.deepEqual([state, counts.created, counts.refused], ['completed', 2, 1]);
      const search = host.client<typeof searchContract>('search');
      const { items } = await search.searchListings({ q: '10ft cord b07x' }, host.guest());
      assert.deepEqual(
        items.map(({ externalId }) => externalId),
        ['B07X'],
      );
    });

    test('what is paused, sold or deleted is not found, and other marketplaces find nothing', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const { catalog, published } = await publish(host, seller, [
        { title: 'One' },
        { title: 'Two' },
        { title: 'Three' },
      ]);
      const [one, two, three] = published.map(({ id }) => ({ listingId: id }));
      assert.ok(one && two && three);
      const search = host.client<typeof searchContract>('search');
      assert.equal((await search.searchListings({}, host.guest())).total, 3);
      assert.equal((await search.searchListings({}, host.guest({ marketplaceId: 'jaikod' }))).total, 0);
      await catalog.pauseListing(one, seller);
      await catalog.markListingSold(two, seller);
      await catalog.deleteListing(three, seller);
      await host.deliver();
      assert.equal((await search.searchListings({}, host.guest())).total, 0);
    });

    test('a missing index fills itself from the catalog, and only services may ask for it', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const { published } = await publish(host, seller, [{ title: 'Rotary phone' }]);
      await host.runTimers();
      const search = host.client<typeof searchContract>('search');
      assert.deepEqual(await search.rebuildSearchIndex({}, host.service()), { documentCount: 1 });
      assert.equal((await search.searchListings({ q: 'rotary' }, host.guest())).items[0]?.id, published[0]?.id);
      await assert.rejects(search.rebuildSearchIndex({}, host.context({ roles: ['admin'] })), { code: 'FORBIDDEN' });
    });

    test('stars that are heard of before or after a listing, and older news, are on its card and filter it; a rebuild keeps them', async () => {
      await using host = await start();
      const seller = host.context({ roles: ['seller'] });
      const { published } = await publish(host, seller, [{ title: 'Rotary phone' }, { title: 'Rotary fan' }]);
      const [phone, fan] = published as [Listing, Listing];
      const search = host.client<typeof searchContract>('search');
      const rate = async (listingId: Listing['id'], ratingCount: number, ratingSum: number, version: number) => {
        const news = { listingId, storeId: phone.store.id, ratingCount, ratingSum, version };
        await host.database('search').transaction('bazaar', (tx) => tx.announce(listingRated, listingId, news));
        await host.deliver();
      };
      const rated = async (ratingMin?: number) => {
        const { items, facets } = await search.searchListings(
          { sort: 'newest', ...(ratingMin === undefined ? {} : { ratingMin }) },
          host.guest(),
        );
        const stars = facets.find(({ key }) => key === 'rating')?.values.map(({ value, count }) => `${value}:${count}`);
        return [items.map(({ title, rating }) => [title, rating]), stars?.join(' ')];
      };
      await rate(phone.id, 2, 9, 2);
      await rate(phone.id, 1, 1, 1);
      await rate(fan.id, 1, 3, 1);
      await host
        .client<typeof catalogContract>('catalog')
        .updateListing({ listingId: fan.id, title: 'Old fan' }, seller);
      await host.deliver();
      const counts = '4:1 3:2 2:2 1:2';
      const both = [
        ['Old fan', { mean: 3, count: 1 }],
        ['Rotary phone', { mean: 4.5, count: 2 }],
      ];
      assert.deepEqual(await rated(), [both, counts]);
      assert.deepEqual(await rated(4), [[both[1]], counts]);
      await search.rebuildSearchIndex({}, host.service());
      assert.deepEqual(await rated(), [both, counts]);
      host.advance({ minutes: 5 });
      const { missing, outdated, extra } = await search.checkSearchIndex({}, host.context({ roles: ['admin'] }));
      assert.deepEqual([missing, outdated, extra], [0, 0, 0]);
      await rate(phone.id, 0, 0, 3);
      assert.deepEqual((await rated(1))[0], [both[0]]);
    });

    test('what nobody reviewed yet stands where its store does, and moves with it', async () => {
      await using host = await start();
      const of = (titles: string[]) =>
        publish(
          host,
          host.context({ roles: ['seller'] }),
          titles.map((title) => ({ title })),
        );
      const known = await of(['Rotary phone', 'Desk fan']);
      await of(['Rotary phone']);
      const search = host.client<typeof searchContract>('search');
      const first = async () => (await search.searchListings({ q: 'rotary phone' }, host.guest())).items[0]?.storeId;
      let version = 0;
      const rate = async (ratingCount: number, stars: number) => {
        const listingId = known.published[1]?.id as Listing['id'];
        const news = { listingId, storeId: known.store.id, ratingCount, ratingSum: ratingCount * stars };
        await host
          .database('search')
          .transaction('bazaar', (tx) => tx.announce(listingRated, listingId, { ...news, version: ++version }));
        await host.deliver();
        await host.runTimers('bazaar');
      };
      assert.notEqual(await first(), known.store.id, 'the newer of equals');
      await rate(20, 5);
      assert.equal(await first(), known.store.id);
      const { items } = await search.searchListings({ q: 'rotary phone' }, host.guest());
      assert.equal(items[0]?.rating, null, 'no stars of its own');
      await search.rebuildSearchIndex({}, host.service());
      assert.equal(await first(), known.store.id);
      await rate(30, 1);
      assert.notEqual(await first(), known.store.id);
      await rate(0, 0);
      const left = await host
        .database('search')
        .read('bazaar')
        .one(sql`select rating_count as count, rating_sum as sum, step, is_due from search.store_rating`);
      assert.deepEqual(left, { count: 0, sum: 0, step: null, is_due: false });
    });

    test('mistaken filters, cursors and endless queries are refused by field', async () => {
      await using host = await start();
      const search = host.client<typeof searchContract>('search');
      const mistaken: [Parameters<typeof search.searchListings>[0], string][] = [
        [{ attribute: ['shoeSize:42'] }, '/attribute/0'],
        [{ attribute: ['storageGb:many'] }, '/attribute/0'],
        [{ cursor: 'bm90IG91cnM' }, '/cursor'],
        [{ q: 'x'.repeat(301) }, '/q'],
        [{ q: 'lamp '.repeat(10_000) }, '/q'],
      ];
      for (const [input, pointer] of mistaken) {
        await assert.rejects(
          search.searchListings(input, host.guest()),
          (fault: { code: string; errors: { pointer: string }[] }) => {
            assert.deepEqual([fault.code, fault.errors[0]?.pointer], ['INVALID_INPUT', pointer]);
            return true;
          },
        );
      }
    });
  });
}
