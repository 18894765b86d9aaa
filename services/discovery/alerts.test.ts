import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import { type Context, commonErrors, type Id } from '@plaza/kernel';
import { mediaService } from '@plaza/media';
import { notificationsService } from '@plaza/notifications';
import type { AnyServiceDefinition } from '@plaza/runtime';
import { BINDINGS, type Binding, startTestHost, type TestHost } from '@plaza/runtime/testing';
import { searchService } from '@plaza/search';
import type { discoveryContract } from './contract.ts';
import { discoveryService } from './index.ts';

/** Everybody has an address that begins with their id. */
const identity = {
  grantRole: async () => ({}),
  getMembers: async ({ memberIds }: { memberIds: readonly string[] }) => ({
    items: memberIds.map((id) => ({ id, displayName: 'Ada', email: `${id}@example.test`, phone: null, locale: 'en' })),
  }),
};
const clients = { identity, payments: { openStoreAccount: async () => ({}) } };

async function start(binding: Binding, { search }: { search?: object } = {}) {
  const services: AnyServiceDefinition[] = [mediaService, catalogService, discoveryService, notificationsService];
  const host = await startTestHost(search === undefined ? [...services, searchService] : services, {
    binding,
    clients: search === undefined ? clients : { ...clients, search },
  });
  // Listings that were there before, and the index, are read once at the start.
  await host.runTimers('bazaar');
  return {
    ...(await openStore(host)),
    host,
    [Symbol.asyncDispose]: () => host.close(),
    discovery: host.client<typeof discoveryContract>('discovery'),
  };
}

/** A seller with a store, who lists things and changes what they cost. */
async function openStore(host: TestHost) {
  const catalog = host.client<typeof catalogContract>('catalog');
  const seller = host.context({ roles: ['seller'] });
  const store = await catalog.createStore({ name: `Store ${crypto.randomUUID().slice(0, 8)}` }, seller);
  return {
    seller,
    catalog,
    async list(title: string, amountMinor: number): Promise<Id<'listing'>> {
      const draft = await catalog.createListing(
        {
          storeId: store.id,
          title,
          categoryId: 'phones',
          condition: 'good',
          attributes: { color: 'black', brand: 'Acme' },
          variants: [{ price: { amountMinor, currency: 'USD' }, onHand: 3 }],
        },
        seller,
      );
      await catalog.publishListing({ listingId: draft.id }, seller);
      await host.deliver();
      return draft.id;
    },
    async reprice(listingId: Id<'listing'>, amountMinor: number): Promise<void> {
      const variants = [{ price: { amountMinor, currency: 'USD' as const }, onHand: 3 }];
      await catalog.updateListing({ listingId, variants }, seller);
      await host.deliver();
    },
  };
}

/** Whatever the timers do of it, twice over, is done. */
async function settle(host: TestHost): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await host.runTimers('bazaar');
    await host.deliver();
  }
}

async function mailsTo(host: TestHost, { actor }: Context) {
  const address = actor.kind === 'member' ? `${actor.memberId}@example.test` : '';
  return (await host.mailbox()).filter(({ to }) => to === address).reverse();
}

for (const binding of BINDINGS) {
  describe(`alerts of saved searches, ${binding}`, () => {
    test('a new match and a price that dropped are mailed once each, to who asked, not of their own listings', async () => {
      await using started = await start(binding);
      const { host, discovery, seller, list, reprice } = started;
      const [me, other, quiet] = [host.context(), host.context(), host.context()];
      const before = await list('Brass lamp of before', 6_000);
      const search = { q: 'brass lamp', priceMinorMax: 10_000 };
      const mine = await discovery.createSavedSearch({ search, delivery: 'instant' }, me);
      await discovery.createSavedSearch({ search: { q: 'bicycle' }, delivery: 'instant' }, other);
      await discovery.createSavedSearch({ search, delivery: 'instant' }, seller);
      await discovery.createSavedSearch({ search, delivery: 'none' }, quiet);
      await list('Brass lamp', 4_500);
      await list('Golden brass lamp', 45_000);
      await settle(host);
      const [mail, ...more] = await mailsTo(host, me);
      assert.equal(mail?.subject, 'Found for “brass lamp · ≤ $100.00”');
      assert.match(mail?.text ?? '', /\nBrass lamp, \$45\.00\nhttp:\S+\/en\/l\/brass-lamp-\w+\n/);
      assert.match(mail?.html ?? '', /<a href="http:[^"]+\/en\/l\/brass-lamp-\w+">/);
      assert.doesNotMatch(mail?.text ?? '', /Golden|of before/);
      assert.deepEqual(more, []);
      for (const nobody of [other, seller, quiet]) assert.deepEqual(await mailsTo(host, nobody), []);
      const countOf = async (who: Context) => (await discovery.listSavedSearches({}, who)).items[0]?.newCount;
      assert.deepEqual(await Promise.all([me, quiet, seller].map(countOf)), [1, 1, 0]);
      assert.equal((await discovery.markSavedSearchSeen({ savedSearchId: mine.id }, me)).newCount, 0);

      host.advance({ minutes: 6 });
      await reprice(before, 5_000);
      await reprice(before, 7_000);
      await reprice(before, 5_000);
      await settle(host);
      const [, drop, ...rest] = await mailsTo(host, me);
      assert.match(drop?.text ?? '', /Brass lamp of before, \$\d0\.00 → \$50\.00\n/);
      assert.deepEqual(rest, []);
      assert.equal(await countOf(me), 1);

      const stop = new URL(drop?.unsubscribeUrl ?? '');
      const [route] = host.routes('discovery');
      const post = new Request(stop, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
      assert.equal((await route?.handle(post, host.guest()))?.status, 200);
      assert.equal((await discovery.listSavedSearches({}, me)).items[0]?.delivery, 'none');
      host.advance({ minutes: 6 });
      await list('Another brass lamp', 2_000);
      await settle(host);
      assert.equal((await mailsTo(host, me)).length, 2);
    });

    test('what several searches of a member find is told once, at once and in a digest', async () => {
      await using started = await start(binding);
      const { host, discovery, list } = started;
      const [me, daily] = [host.context(), host.context()];
      host.advance({ hours: 27 - host.now().getUTCHours() });
      for (const q of ['brass', 'lamp']) {
        await discovery.createSavedSearch({ search: { q }, delivery: 'instant' }, me);
        await discovery.createSavedSearch({ search: { q } }, daily);
      }
      await list('Brass lamp', 1_000);
      await settle(host);
      assert.equal((await mailsTo(host, me)).length, 1);
      await list('Brass bell', 1_000);
      host.advance({ hours: 6 });
      await settle(host);
      const [digest] = await mailsTo(host, daily);
      assert.equal(digest?.text.match(/\nBrass lamp,/g)?.length, 1, digest?.text);
    });

    test('a digest comes once a day, of all daily searches, without what has left sale since', async () => {
      await using started = await start(binding);
      const { host, discovery, seller, catalog, list } = started;
      const me = host.context();
      // Three in the morning in UTC, which is where the bazaar is.
      host.advance({ hours: 27 - host.now().getUTCHours() });
      for (const q of ['lamp', 'fan', 'clock']) await discovery.createSavedSearch({ search: { q } }, me);
      const gone = await list('Oil lamp', 1_000);
      await list('Desk lamp', 2_000);
      await list('Desk fan', 3_000);
      await settle(host);
      await catalog.pauseListing({ listingId: gone }, seller);
      await host.deliver();
      assert.deepEqual(await mailsTo(host, me), [], 'not at three in the morning');
      host.advance({ hours: 6 });
      const late = host.context();
      await discovery.createSavedSearch({ search: { q: 'clock' } }, late);
      await list('Alarm clock', 4_000);
      await settle(host);
      assert.deepEqual(
        await mailsTo(host, late),
        [],
        'found at nine: told of tomorrow, also by a server that began at nine',
      );
      const [digest] = await mailsTo(host, me);
      assert.equal(digest?.subject, 'Your saved searches found 2');
      assert.match(digest?.text ?? '', /lamp \(1\)[\s\S]*Desk lamp, \$20\.00[\s\S]*fan \(1\)[\s\S]*Desk fan, \$30\.00/);
      assert.doesNotMatch(digest?.text ?? '', /Oil lamp|clock/);
      await list('Wall clock', 4_000);
      await settle(host);
      assert.equal((await mailsTo(host, me)).length, 1);
      host.advance({ hours: 23 });
      await settle(host);
      assert.match((await mailsTo(host, late))[0]?.text ?? '', /clock \(2\)[\s\S]*Wall clock[\s\S]*Alarm clock/);
    });
  });
}

test('matching waits for the index, asks equal searches once, and goes on where it was stopped', async () => {
  let isIndexed = false;
  let isAway = false;
  const asked: number[] = [];
  const search = {
    searchListings: async () => ({}),
    getIndexedVersions: async ({ listingIds }: { listingIds: string[] }) => ({
      items: isIndexed ? listingIds.map((listingId) => ({ listingId, version: 1_000 })) : [],
    }),
    matchListings: async ({ listingIds, searches }: { listingIds: string[]; searches: object[] }) => {
      if (isAway) throw commonErrors.UNAVAILABLE({});
      isAway = asked.length === 0;
      asked.push(searches.length);
      return { items: searches.map(() => ({ listingIds })) };
    },
  };
  await using started = await start('local', { search });
  const { host, discovery, list } = started;
  const members = [host.context(), host.context(), host.context()];
  for (const [member, from] of [
    [members[0], 0],
    [members[1], 30],
    [members[2], 60],
  ] as const)
    for (let i = from; i < from + 60; i++)
      await discovery.createSavedSearch({ search: { q: `lamp ${i}` }, delivery: 'none' }, member as Context);
  await discovery.createSavedSearch({ search: { categoryId: 'books' } }, members[0] as Context);
  await discovery.createSavedSearch({ search: { priceMinorMin: 90_000 } }, members[0] as Context);
  await list('Brass lamp', 4_500);
  await host.runTimers('bazaar');
  assert.deepEqual(asked, []);
  isIndexed = true;
  await host.runTimers('bazaar');
  assert.deepEqual(asked, [100]);
  isAway = false;
  await host.runTimers('bazaar');
  await host.runTimers('bazaar');
  assert.deepEqual(asked, [100, 20]);
  for (const member of members) {
    const { items } = await discovery.listSavedSearches({ limit: 100 }, member);
    const counts = items.filter(({ search: { q } }) => q !== undefined).map(({ newCount }) => newCount);
    assert.deepEqual(
      counts,
      counts.map(() => 1),
    );
    assert.equal(counts.length, 60);
  }
});
