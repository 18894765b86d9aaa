import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { catalogContract } from '@plaza/catalog/contract';
import { type Context, type Id, newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { searchService } from '@plaza/search';
import { readJudges } from './operations/judges.ts';
import { publish, startDiscovery } from './testing/shop.ts';

type Started = Awaited<ReturnType<typeof startDiscovery>>;
type ListingId = Id<'listing'>;

const does = (kind: 'view' | 'cart', listingId: ListingId) => ({ id: crypto.randomUUID(), kind, listingId });

async function views({ discovery }: Started, context: Context, ...listingIds: ListingId[]): Promise<void> {
  const events = listingIds.map((id) => does('view', id));
  await discovery.recordActivity({ events }, context);
}

for (const binding of BINDINGS) {
  describe(`suggestions, ${binding}`, () => {
    test('a feed has what goes with what was seen, says why, and leaves out what was seen, dismissed, or cannot be had', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const [phone, cord, table, hose, barrel, clock] = await publish(host, [
        { title: 'Rotary phone' },
        { title: 'Phone cord' },
        { title: 'Phone table' },
        { title: 'Garden hose' },
        { title: 'Rain barrel' },
        { title: 'Wall clock' },
      ]);
      for (let actor = 0; actor < 4; actor++) await views(started, visitor(), phone, cord, table);
      for (let actor = 0; actor < 4; actor++) await views(started, visitor(), hose, barrel);
      const me = visitor();
      await views(started, me, phone);
      const { items, nextCursor } = await discovery.getFeed({}, me);
      assert.equal(nextCursor, null);
      assert.deepEqual(new Set(items.slice(0, 2).map(({ listing }) => listing.id)), new Set([cord, table]));
      assert.deepEqual(
        [items[0]?.reason.code, items[0]?.reason.because?.id, items[0]?.reason.because?.title],
        ['related', phone, 'Rotary phone'],
      );
      const ids = async (input = {}) => (await discovery.getFeed(input, me)).items.map(({ listing }) => listing.id);
      assert.ok((await ids()).includes(clock), 'what nobody has seen yet is tried out');
      assert.ok(!(await ids()).includes(phone));
      await discovery.dismissListing({ listingId: cord }, me);
      await discovery.dismissListing({ listingId: cord }, me);
      assert.ok(!(await ids()).includes(cord));
      assert.ok(!(await ids({ explore: 'off' })).includes(cord));
      const seller = host.service();
      await host.client<typeof catalogContract>('catalog').pauseListing({ listingId: table }, seller);
      await host.deliver();
      assert.ok(!(await ids()).includes(table));
      const first = await discovery.getFeed({ limit: 2 }, me);
      const second = await discovery.getFeed({ limit: 2, cursor: first.nextCursor ?? '' }, me);
      assert.deepEqual(
        [...first.items, ...second.items].map(({ listing }) => listing.id),
        (await ids()).slice(0, 4),
      );
      await assert.rejects(discovery.getFeed({ cursor: 'x' }, me), { code: 'INVALID_INPUT' });
    });

    test('who opens and dismisses what a page shows misses nothing on the next one, and sees nothing twice', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const all = await publish(
        host,
        Array.from({ length: 12 }, (_, i) => ({ title: `Lamp ${i}` })),
      );
      await views(started, visitor(), ...all);
      for (const explore of ['on', 'off'] as const) {
        const me = visitor();
        const seen: ListingId[] = [];
        let cursor: string | null = null;
        do {
          const page = await discovery.getFeed({ limit: 3, explore, ...(cursor === null ? {} : { cursor }) }, me);
          seen.push(...page.items.map(({ listing }) => listing.id));
          const [opened, dismissed] = page.items.map(({ listing }) => listing.id);
          if (opened !== undefined) await views(started, me, opened);
          if (dismissed !== undefined) await discovery.dismissListing({ listingId: dismissed }, me);
          cursor = page.nextCursor;
        } while (cursor !== null);
        assert.deepEqual(seen.toSorted(), all.toSorted(), explore);
      }
    });

    test('somebody nobody knows gets what is popular and new, and a guest without a name dismisses nothing', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const [lamp, fan] = await publish(host, [{ title: 'Brass lamp' }, { title: 'Desk fan' }]);
      for (let actor = 0; actor < 5; actor++) await views(started, visitor(), fan);
      for (const input of [{}, { explore: 'off' as const }]) {
        const { items } = await discovery.getFeed(input, host.guest());
        assert.equal(items[0]?.listing.id, fan);
        assert.equal(items[0]?.reason.code, 'popular');
      }
      await assert.rejects(discovery.dismissListing({ listingId: lamp }, host.guest()), {
        code: 'VISITOR_UNKNOWN',
      });
      await assert.rejects(discovery.dismissListing({ listingId: newId('listing') }, visitor()), {
        code: 'LISTING_NOT_FOUND',
      });
    });

    test('rows beside a listing: similar by use and by title, bought together, a set of one store', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, admin, visitor } = started;
      const [phone, cord, other, hose] = await publish(host, [
        { title: 'Rotary phone', externalId: 'phone' },
        { title: 'Cord', externalId: 'cord' },
        { title: 'Rotary phone, red' },
        { title: 'Garden hose' },
      ]);
      await publish(host, [{ title: 'Rotary phone, blue' }]);
      for (let actor = 0; actor < 3; actor++) await views(started, visitor(), phone, cord);
      const time = new Date(Date.now() - 60_000).toISOString();
      await discovery.importActivity(
        {
          rows: ['a', 'b'].flatMap((userId) =>
            ['phone', 'cord'].map((externalId) => ({ userId, externalId, kind: 'purchase' as const, time })),
          ),
        },
        admin,
      );
      await host.deliver();
      const input = { listingId: phone, limit: 10 };
      const similar = (await discovery.listSimilar(input, host.guest())).items.map(({ id }) => id);
      assert.equal(similar[0], cord);
      assert.ok(similar.indexOf(other) < similar.indexOf(hose));
      assert.deepEqual(
        (await discovery.listBoughtTogether(input, host.guest())).items.map(({ id }) => id),
        [cord],
      );
      const set = (await discovery.listSet(input, host.guest())).items.map(({ id }) => id);
      assert.deepEqual([set[0], set.length], [cord, 3]);
      for (const list of [discovery.listSimilar, discovery.listBoughtTogether, discovery.listSet])
        await assert.rejects(list(input, host.guest({ marketplaceId: 'jaikod' })), { code: 'LISTING_NOT_FOUND' });
    });

    test('beside a listing that nobody dealt with is what search knows to be near, of any category', async () => {
      await using started = await startDiscovery(binding, [searchService]);
      const { host, discovery } = started;
      const [phone] = await publish(host, [{ title: 'Rotary telephone' }]);
      const [shelf] = await publish(host, [{ title: 'Rotary telephone shelf', categoryId: 'computers' }]);
      await publish(host, [{ title: 'Garden hose', categoryId: 'computers' }]);
      await host.runTimers('bazaar');
      const input = { listingId: phone, limit: 10 };
      const ids = (await discovery.listSimilar(input, host.guest())).items.map(({ id }) => id);
      assert.equal(ids[0], shelf);
    });

    test('what somebody looked at last comes back in that order, to them alone, and is gone once erased', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const [a, b] = await publish(host, [{ title: 'Lamp one' }, { title: 'Lamp two' }]);
      const me = visitor();
      await views(started, me, a);
      host.advance({ seconds: 5 });
      await views(started, me, b);
      const viewed = async (context: Context) =>
        (await discovery.listRecentlyViewed({}, context)).items.map(({ id }) => id);
      assert.deepEqual(await viewed(me), [b, a]);
      assert.deepEqual(await viewed(visitor()), []);
      assert.deepEqual(await viewed({ ...me, marketplaceId: 'jaikod' }), []);
      await discovery.eraseMyActivity({}, me);
      assert.deepEqual(await viewed(me), []);
      assert.ok((await discovery.getFeed({}, me)).items.every(({ reason }) => reason.code !== 'related'));
    });

    test('an imported log is learned at once, and an admin asks for the feed of one of its users', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, admin } = started;
      const [, cord] = await publish(host, [
        { title: 'Phone', externalId: 'phone' },
        { title: 'Cord', externalId: 'cord' },
        { title: 'Hose', externalId: 'hose' },
      ]);
      const time = (second: number) => new Date(Date.UTC(2020, 0, 1, 0, 0, second)).toISOString();
      const rows = ['a', 'b', 'c'].flatMap((userId, user) => [
        { userId, externalId: 'phone', time: time(user) },
        { userId, externalId: 'cord', time: time(user + 10) },
      ]);
      await discovery.importActivity({ rows: [...rows, { userId: 'me', externalId: 'phone', time: time(30) }] }, admin);
      await host.deliver();
      const asked = { explore: 'off' as const, userId: 'me' };
      const { items } = await discovery.getFeed(asked, admin);
      assert.deepEqual([items[0]?.listing.id, items[0]?.reason.code], [cord, 'related']);
      await assert.rejects(discovery.getFeed(asked, host.context()), { code: 'FORBIDDEN' });
      assert.deepEqual(
        (await discovery.getFeed(asked, host.context({ roles: ['admin'], marketplaceId: 'jaikod' }))).items,
        [],
      );
    });
  });
}

test('a re-ranker of a marketplace is read from its file, and a broken one is named', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-judges-'));
  try {
    await writeFile(path.join(folder, 'jaikod.json'), '{"trees":[{"value":7}]}');
    const judgeOf = await readJudges(folder);
    assert.equal(judgeOf('jaikod')({} as never), 7);
    assert.notEqual(judgeOf('bazaar'), judgeOf('jaikod'));
    await writeFile(path.join(folder, 'bazaar.json'), '{"trees":[]}');
    await assert.rejects(readJudges(folder), /bazaar\.json/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
