import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Context, newId, uuidFromId } from '@plaza/kernel';
import { orderPlaced } from '@plaza/orders/events';
import { sql } from '@plaza/runtime';
import { BINDINGS, type TestHost } from '@plaza/runtime/testing';
import { publish, startDiscovery } from './testing/shop.ts';

const view = (listingId: string, id: string = crypto.randomUUID()) => ({
  id,
  kind: 'view' as const,
  listingId,
});

type Kept = { kind: string; actor_id: string; listing_id: string | null; query: string | null; occurred_time: Date };
const keptIn = (host: TestHost, marketplaceId = 'bazaar') =>
  host
    .database('discovery')
    .read(marketplaceId)
    .rows<Kept>(
      sql`select kind, actor_id, listing_id, query, occurred_time from discovery.activity order by recorded_time, kind`,
    );

for (const binding of BINDINGS) {
  describe(`activity, ${binding}`, () => {
    test('an event is kept once by its id, at the server’s time less its offset, and told in one announcement', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const visitorId = crypto.randomUUID();
      const listingId = newId('listing');
      const before = host.now().getTime();
      const events = [
        { ...view(listingId), offsetMs: 60_000 },
        { id: crypto.randomUUID(), kind: 'search' as const, query: '  Brass  LAMP ', resultCount: 0 },
      ];
      const answer = { accepted: 2, ignored: 0, ignoredBecause: null };
      assert.deepEqual(await discovery.recordActivity({ events }, visitor(visitorId)), answer);
      assert.deepEqual(await discovery.recordActivity({ events }, visitor(visitorId)), answer);
      const [search, look] = await keptIn(host);
      assert.deepEqual([search?.kind, search?.query, search?.actor_id], ['search', 'brass lamp', visitorId]);
      assert.equal(look?.listing_id, uuidFromId(listingId));
      const late = (look?.occurred_time.getTime() ?? 0) - (before - 60_000);
      assert.ok(late >= 0 && late < 30_000, String(late));
      assert.equal((await keptIn(host)).length, 2);
      const told = await host
        .database('discovery')
        .read('bazaar')
        .rows<{ entries: { id: string }[] }>(
          sql`select envelope -> 'data' -> 'entries' as entries from discovery.outbox`,
        );
      assert.deepEqual(
        told.map(({ entries }) => entries.map(({ id }) => id)),
        [events.map(({ id }) => id)],
      );
      assert.deepEqual(await keptIn(host, 'jaikod'), []);
    });

    test('nothing is kept without consent, against a browser’s signal, of a crawler, or of too much at once', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const events = [view(newId('listing'))];
      const becauseOf = async (context: Parameters<typeof discovery.recordActivity>[1]) =>
        (await discovery.recordActivity({ events }, context)).ignoredBecause;
      assert.equal(await becauseOf(host.guest()), 'no-consent');
      assert.equal(await becauseOf(visitor(undefined, { isTrackingRefused: true })), 'privacy-signal');
      assert.equal(await becauseOf(visitor(undefined, { userAgent: 'Googlebot/2.1' })), 'automated');
      const member = host.context();
      await discovery.setActivityConsent({ isAllowed: false }, member);
      assert.equal(await becauseOf(member), 'no-consent');
      assert.deepEqual(await keptIn(host), []);
      const eager = visitor();
      const many = () => Array.from({ length: 200 }, () => view(newId('listing')));
      for (let request = 0; request < 3; request++) await discovery.recordActivity({ events: many() }, eager);
      assert.equal((await discovery.recordActivity({ events: many() }, eager)).ignoredBecause, 'too-many');
    });

    test('what a visitor did is the member’s once they sign in, once, unless they refused', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      const visitorId = crypto.randomUUID();
      const search = (query: string) => ({ id: crypto.randomUUID(), kind: 'search' as const, query });
      const as = (context: Context) => ({ ...context, visit: visitor(visitorId).visit }) as Context;
      const [member, unwilling] = [host.context(), host.context()];
      await discovery.recordActivity({ events: [search('lamp'), search('desk')] }, visitor(visitorId));
      await discovery.setActivityConsent({ isAllowed: false }, unwilling);
      assert.deepEqual(await discovery.keepMyActivity({}, as(unwilling)), { kept: 0 });
      assert.deepEqual(await discovery.keepMyActivity({}, member), { kept: 0 });
      assert.deepEqual(await discovery.keepMyActivity({}, as(member)), { kept: 2 });
      assert.deepEqual(await discovery.keepMyActivity({}, as(member)), { kept: 0 });
      assert.deepEqual(await discovery.eraseMyActivity({}, visitor(visitorId)), { erased: 0 });
      assert.deepEqual(await discovery.eraseMyActivity({}, member), { erased: 2 });
      await assert.rejects(discovery.keepMyActivity({}, visitor(visitorId)), { code: 'UNAUTHENTICATED' });
    });

    test('a member says whether they are remembered, and what is kept is erased at request, of them alone', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor, admin } = started;
      const memberId = newId('member');
      const visitorId = crypto.randomUUID();
      const member = { ...host.context({ memberId }), visit: { visitorId, isTrackingRefused: false } };
      const events = () => [view(newId('listing'))];
      assert.equal((await discovery.getActivityConsent({}, member)).choice, 'unset');
      assert.equal((await discovery.setActivityConsent({ isAllowed: true }, member)).choice, 'allowed');
      await discovery.recordActivity({ events: events() }, visitor(visitorId));
      await discovery.recordActivity({ events: events() }, member);
      await discovery.recordActivity({ events: events() }, visitor());
      assert.deepEqual(await discovery.eraseMyActivity({}, member), { erased: 2 });
      assert.equal((await keptIn(host)).length, 1);
      await discovery.recordActivity({ events: events() }, member);
      await assert.rejects(discovery.eraseMemberActivity({ memberId }, host.context()), { code: 'FORBIDDEN' });
      assert.deepEqual(await discovery.eraseMemberActivity({ memberId }, admin), { erased: 1 });
    });

    test('purchases come from orders: under the buyer’s name, or under nobody’s', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery } = started;
      const [bought] = await publish(host, [{ title: 'Rotary phone' }]);
      const member = newId('member');
      const refusing = newId('member');
      await discovery.setActivityConsent({ isAllowed: false }, host.context({ memberId: refusing }));
      for (const buyerMemberId of [member, refusing, null]) {
        await host.database('discovery').transaction('bazaar', (tx) =>
          tx.announce(orderPlaced, 'order', {
            orderId: newId('order'),
            number: 'A1',
            buyerMemberId,
            email: null,
            locale: 'en',
            total: { amountMinor: 100, currency: 'USD' },
            groups: [
              {
                groupId: newId('shipmentGroup'),
                storeId: newId('store'),
                storeName: 'Old Light',
                sellerMemberId: newId('member'),
                total: { amountMinor: 100, currency: 'USD' },
                lines: [{ listingId: bought, variantId: newId('variant'), title: 'Phone', quantity: 2 }],
              },
            ],
          }),
        );
      }
      await host.deliver();
      const kept = await keptIn(host);
      assert.equal(kept.length, 3);
      assert.equal(kept.filter(({ actor_id }) => actor_id === uuidFromId(member)).length, 1);
      assert.equal(kept.filter(({ actor_id }) => actor_id === uuidFromId(refusing)).length, 0);
    });

    test('an operator imports a log with its times, by external ids, from a request or a file, and twice is once', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, admin } = started;
      await publish(host, [{ title: 'Rotary phone', externalId: 'P-1' }]);
      const time = '2026-01-05T10:00:00.000Z';
      const rows = [
        { userId: 'u-1', externalId: 'P-1', time },
        { userId: 'u-1', externalId: 'P-404', time },
        { userId: 'u-1', externalId: 'P-1', time: '2126-01-05T10:00:00.000Z' },
      ];
      await assert.rejects(discovery.importActivity({ rows }, host.context()), { code: 'FORBIDDEN' });
      const mistakes = [
        { row: 2, reason: 'unknown-listing' },
        { row: 3, reason: 'in-the-future' },
      ];
      assert.deepEqual(await discovery.importActivity({ rows }, admin), {
        imported: 1,
        known: 0,
        refused: 2,
        mistakes,
      });
      assert.equal((await discovery.importActivity({ rows }, admin)).known, 1);
      const csv = path.join(host.folder, 'log.csv');
      const seconds = Date.parse(time) / 1000;
      await writeFile(
        csv,
        `timestamp,visitorid,event,itemid\n${seconds},u-1,view,P-1\n${seconds + 9},u-1,addtocart,P-1\nsoon,u-2,view,P-1\n`,
      );
      assert.deepEqual(await discovery.importActivityFile({ path: csv }, host.service()), {
        imported: 1,
        known: 1,
        refused: 1,
        mistakes: [{ row: 3, reason: 'unreadable' }],
      });
      const ndjson = path.join(host.folder, 'log.ndjson');
      await writeFile(ndjson, `{"userId":"u-3","externalId":"P-1","kind":"view","time":"${time}"}\nnot json\n`);
      assert.equal((await discovery.importActivityFile({ path: ndjson }, host.service())).imported, 1);
      const kept = await keptIn(host);
      assert.deepEqual(kept.map(({ kind }) => kind).sort(), ['cart', 'view', 'view']);
      assert.equal(kept[0]?.occurred_time.toISOString(), time);
    });

    test('what was recorded too long ago is removed', async () => {
      await using started = await startDiscovery(binding);
      const { host, discovery, visitor } = started;
      await discovery.recordActivity({ events: [view(newId('listing'))] }, visitor());
      host.advance({ days: 179 });
      await host.runTimers();
      assert.equal((await keptIn(host)).length, 1);
      host.advance({ days: 2 });
      await host.runTimers();
      assert.deepEqual(await keptIn(host), []);
    });
  });
}
