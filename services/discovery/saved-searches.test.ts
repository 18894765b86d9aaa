import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BINDINGS } from '@plaza/runtime/testing';
import { searchService } from '@plaza/search';
import { startDiscovery } from './testing/shop.ts';

const LAMPS = { q: '  brass   lamp ', condition: ['good', 'fair'] };

for (const binding of BINDINGS) {
  describe(`saved searches, ${binding}`, () => {
    const start = () => startDiscovery(binding, [searchService]);

    test('a search is kept once, with words for a name, renamed, listed newest first, and deleted', async () => {
      await using started = await start();
      const { host, discovery } = started;
      const me = host.context();
      const first = await discovery.createSavedSearch({ search: LAMPS, delivery: 'instant' }, me);
      assert.deepEqual(first.search, { condition: ['fair', 'good'], q: 'brass lamp' });
      assert.equal(first.name, 'brass lamp · Good, Fair');
      assert.deepEqual([first.alerts, first.delivery, first.newCount], [['new', 'price_drop'], 'instant', 0]);
      await assert.rejects(discovery.createSavedSearch({ search: { ...LAMPS, condition: ['fair', 'good'] } }, me), {
        code: 'SEARCH_ALREADY_SAVED',
        data: { savedSearchId: first.id },
      });
      const second = await discovery.createSavedSearch(
        {
          search: {
            categoryId: 'phones',
            attribute: ['color:black'],
            priceMinorMax: 9900,
            near: 'portland',
            withinKm: 25,
          },
        },
        { ...me, locale: 'es' },
      );
      assert.equal(second.name, 'Phones · Black · ≤ $99.00 · Portland ≤ 25 km');
      const page = await discovery.listSavedSearches({ limit: 1 }, me);
      const rest = await discovery.listSavedSearches({ limit: 1, cursor: page.nextCursor ?? '' }, me);
      assert.deepEqual([page.items[0]?.id, rest.items[0]?.id, rest.nextCursor], [second.id, first.id, null]);
      const renamed = await discovery.updateSavedSearch(
        { savedSearchId: first.id, name: 'For the hall', alerts: ['new'], expectedVersion: 1 },
        me,
      );
      assert.deepEqual([renamed.name, renamed.alerts, renamed.delivery], ['For the hall', ['new'], 'instant']);
      await assert.rejects(
        discovery.updateSavedSearch({ savedSearchId: first.id, delivery: 'none', expectedVersion: 1 }, me),
        { code: 'VERSION_CONFLICT' },
      );
      await discovery.deleteSavedSearch({ savedSearchId: first.id }, me);
      assert.deepEqual(
        (await discovery.listSavedSearches({}, me)).items.map(({ id }) => id),
        [second.id],
      );
    });

    test('what search would refuse is not saved, nor what says nothing, nor more than a member may keep', async () => {
      await using started = await start();
      const { host, discovery } = started;
      const me = host.context();
      await assert.rejects(discovery.createSavedSearch({ search: { attribute: ['taste:sour'] } }, me), {
        code: 'INVALID_INPUT',
      });
      await assert.rejects(discovery.createSavedSearch({ search: { q: '  ' } }, me), { code: 'INVALID_INPUT' });
      const saving = Array.from({ length: 102 }, (_, i) =>
        discovery.createSavedSearch({ search: { q: `lamp ${i}` } }, me),
      );
      const refused = (await Promise.allSettled(saving)).filter(({ status }) => status === 'rejected');
      assert.deepEqual(
        refused.map((each) => (each as PromiseRejectedResult).reason.code),
        ['SAVED_SEARCH_LIMIT_REACHED', 'SAVED_SEARCH_LIMIT_REACHED'],
      );
    });

    test('nobody reaches another’s saved search, and an erased member has none', async () => {
      await using started = await start();
      const { host, discovery, admin } = started;
      const [me, other] = [host.context(), host.context()];
      const { id: savedSearchId } = await discovery.createSavedSearch({ search: LAMPS }, me);
      const { updateSavedSearch, markSavedSearchSeen, deleteSavedSearch } = discovery;
      for (const attempt of [updateSavedSearch, markSavedSearchSeen, deleteSavedSearch])
        await assert.rejects(attempt({ savedSearchId }, other), { code: 'SAVED_SEARCH_NOT_FOUND' });
      assert.deepEqual((await discovery.listSavedSearches({}, other)).items, []);
      await assert.rejects(discovery.createSavedSearch({ search: LAMPS }, host.guest()), { code: 'UNAUTHENTICATED' });
      const memberId = me.actor.kind === 'member' ? me.actor.memberId : '';
      assert.deepEqual(await discovery.eraseMemberActivity({ memberId }, admin), { erased: 1 });
      assert.deepEqual((await discovery.listSavedSearches({}, me)).items, []);
    });
  });
}
