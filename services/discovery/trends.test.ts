import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '@plaza/runtime';
import { WINDOW_MS } from './domain/trend.ts';
import { publish, startDiscovery } from './testing/shop.ts';

type Started = Awaited<ReturnType<typeof startDiscovery>>;

/** Goes to the beginning of the next window. */
function toNextWindow({ host }: Started): void {
  host.advance({ seconds: Math.ceil((WINDOW_MS - (host.now().getTime() % WINDOW_MS)) / 1000) });
}

/** So many people look at this, search for that. */
async function crowd(
  { discovery, visitor }: Started,
  people: number,
  listingId: string,
  query?: string,
): Promise<void> {
  for (let person = 0; person < people; person++) {
    const view = { id: crypto.randomUUID(), kind: 'view' as const, listingId };
    const search = { id: crypto.randomUUID(), kind: 'search' as const, query: query ?? '' };
    await discovery.recordActivity({ events: query === undefined ? [view] : [view, search] }, visitor());
  }
}

test('a spike trends once its window has ended, with its category and search, and no longer an hour after', async () => {
  await using started = await startDiscovery();
  const { host, discovery } = started;
  const [lamp, fan] = await publish(host, [{ title: 'Brass lamp' }, { title: 'Desk fan' }]);
  toNextWindow(started);
  await crowd(started, 2, String(fan));
  await crowd(started, 16, String(lamp), 'brass lamp');
  await host.runTimers();
  assert.deepEqual((await discovery.getTrends({}, host.guest())).listings, []);
  toNextWindow(started);
  await host.runTimers();
  const trends = await discovery.getTrends({}, host.guest());
  assert.deepEqual(
    trends.listings.map(({ listing, people }) => [listing.id, people]),
    [[lamp, 16]],
  );
  assert.deepEqual(trends.searches, [{ query: 'brass lamp', people: 16, usual: 0 }]);
  assert.ok(trends.categories.some(({ categoryId, people }) => categoryId === 'phones' && people === 18));
  const told = await host
    .database('discovery')
    .read('bazaar')
    .rows<{ data: { listingIds: string[]; queries: string[] } }>(
      sql`select envelope -> 'data' as data from discovery.outbox where envelope ->> 'type' = 'trends.changed'`,
    );
  assert.deepEqual(
    told.map(({ data }) => [data.listingIds, data.queries]),
    [[[lamp], ['brass lamp']]],
  );
  await host.runTimers();
  assert.deepEqual(await discovery.getTrends({}, host.guest()), trends);
  assert.deepEqual((await discovery.getTrends({}, host.guest({ marketplaceId: 'jaikod' }))).listings, []);
  host.advance({ minutes: 70 });
  assert.equal((await discovery.getTrends({}, host.guest())).windowTime, null);
});

test('one account that comes a thousand times makes no trend, nor do acts on listings that are not there', async () => {
  await using started = await startDiscovery();
  const { host, discovery, visitor } = started;
  const [lamp, fan] = await publish(host, [{ title: 'Brass lamp' }, { title: 'Desk fan' }]);
  toNextWindow(started);
  const attacker = host.context();
  for (let burst = 0; burst < 10; burst++) {
    const events = Array.from({ length: 200 }, (_, at) => ({
      id: crypto.randomUUID(),
      kind: (['view', 'click', 'cart', 'favorite'] as const)[at % 4] as 'view',
      listingId: lamp,
    }));
    const searches = events.map(({ id }) => ({
      id: id.replace(/^.{8}/, '00000000'),
      kind: 'search' as const,
      query: 'lamp',
    }));
    await discovery.recordActivity({ events }, attacker);
    await discovery.recordActivity({ events: searches }, attacker);
    host.advance({ seconds: 25 });
  }
  const unknown = { kind: 'view' as const, listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7' };
  for (let person = 0; person < 20; person++)
    await discovery.recordActivity({ events: [{ id: crypto.randomUUID(), ...unknown }] }, visitor());
  await crowd(started, 12, String(fan));
  toNextWindow(started);
  await host.runTimers();
  const { listings, searches } = await discovery.getTrends({}, host.guest());
  assert.deepEqual(
    listings.map(({ listing }) => listing.id),
    [fan],
  );
  assert.deepEqual(searches, []);
});

test('what many people look at all day is no trend; what more than usual do is', async () => {
  await using started = await startDiscovery();
  const { host, discovery } = started;
  const [lamp] = await publish(host, [{ title: 'Brass lamp' }]);
  for (let window = 0; window < 14; window++) {
    toNextWindow(started);
    await crowd(started, 6, String(lamp));
    await host.runTimers();
  }
  host.advance({ minutes: 61 });
  for (const [people, isTrend] of [
    [6, false],
    [30, true],
  ] as const) {
    toNextWindow(started);
    await crowd(started, people, String(lamp));
    toNextWindow(started);
    await host.runTimers();
    const { listings } = await discovery.getTrends({}, host.guest());
    assert.equal(listings.length === 1, isTrend, `${people} people`);
  }
});
