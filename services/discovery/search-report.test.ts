import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@plaza/kernel';
import { startDiscovery } from './testing/shop.ts';

test('operators read what was searched for, what found nothing, what was left unopened, and who went on to a result', async () => {
  await using started = await startDiscovery();
  const { host, discovery, visitor } = started;
  const id = () => crypto.randomUUID();
  const search = (query: string, resultCount: number) => ({ id: id(), kind: 'search' as const, query, resultCount });
  const click = (query: string, position: number) => ({
    id: id(),
    kind: 'click' as const,
    listingId: newId('listing'),
    query,
    position,
  });
  const [one, two] = [visitor(), visitor()];
  await discovery.recordActivity(
    { events: [search('Lamp', 9), search('lamp', 9), click('lamp', 2), click('lamp', 5)] },
    one,
  );
  await discovery.recordActivity({ events: [search('lamp', 9), search('lmap', 0)] }, two);
  for (const each of [one, two, visitor()]) await discovery.recordActivity({ events: [search('gift', 4)] }, each);
  const moderator = host.context({ roles: ['moderator'] });
  host.advance({ seconds: 1 });
  const report = await discovery.getSearchReport({}, moderator);
  const lamp = { query: 'lamp', searches: 3, people: 2, emptySearches: 0, peopleClicked: 1, averagePosition: 3.5 };
  const lmap = { query: 'lmap', searches: 1, people: 1, emptySearches: 1, peopleClicked: 0, averagePosition: null };
  const gift = { ...lmap, query: 'gift', searches: 3, people: 3, emptySearches: 0 };
  assert.deepEqual(report, {
    searches: 7,
    people: 3,
    emptySearches: 1,
    clickThroughShare: 1 / 6,
    top: [gift, lamp, lmap],
    empty: [lmap],
    ignored: [gift],
  });
  const elsewhere = await discovery.getSearchReport({}, host.context({ roles: ['admin'], marketplaceId: 'jaikod' }));
  assert.deepEqual([elsewhere.searches, elsewhere.top], [0, []]);
  await assert.rejects(discovery.getSearchReport({}, host.context()), { code: 'FORBIDDEN' });
  const backwards = { fromTime: '2026-02-01T00:00:00.000Z', toTime: '2026-01-01T00:00:00.000Z' };
  await assert.rejects(discovery.getSearchReport(backwards, moderator), { code: 'INVALID_INPUT' });
});
