import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogService } from '@plaza/catalog';
import type { catalogContract } from '@plaza/catalog/contract';
import type { Context } from '@plaza/kernel';
import { mediaService } from '@plaza/media';
import { startTestHost } from '@plaza/runtime/testing';
import type { searchContract } from './contract.ts';
import { searchService } from './index.ts';

const clients = { identity: { grantRole: async () => ({}) }, payments: { openStoreAccount: async () => ({}) } };

test('operators grade what visitors get, read how good it is over time, and take it along as a judged set', async () => {
  await using host = await startTestHost([mediaService, catalogService, searchService], { clients });
  const seller = host.context({ roles: ['seller'] });
  const catalog = host.client<typeof catalogContract>('catalog');
  const { id: storeId } = await catalog.createStore({ name: 'Old Light' }, seller);
  const publish = async (title: string) => {
    const draft = await catalog.createListing(
      {
        storeId,
        title,
        categoryId: 'phones',
        condition: 'good',
        attributes: { color: 'black', brand: 'Acme' },
        variants: [{ price: { amountMinor: 4500, currency: 'USD' }, onHand: 3 }],
      },
      seller,
    );
    await catalog.publishListing({ listingId: draft.id }, seller);
    return draft.id;
  };
  const lamp = await publish('Brass lamp');
  const shade = await publish('Shade, 3" wide, for a brass lamp');
  await host.deliver();
  const search = host.client<typeof searchContract>('search');
  const [one, other] = [host.context({ roles: ['moderator'] }), host.context({ roles: ['admin'] })];

  const { query, ndcg10, items } = await search.getJudgedResults({ q: ' Brass  LAMP' }, one);
  assert.deepEqual([query, ndcg10], ['brass lamp', null]);
  assert.deepEqual(
    items.map(({ listing, grade, averageGrade }) => [listing.id, grade, averageGrade]),
    [
      [lamp, null, null],
      [shade, null, null],
    ],
  );
  assert.deepEqual(await search.measureRelevance({}, one), { measure: null });

  const grade = (by: Context, shadeGrade: number | null, lampGrade: number | null) =>
    search.gradeResults(
      {
        query: 'Brass lamp',
        grades: [
          { listingId: lamp, grade: lampGrade },
          { listingId: shade, grade: shadeGrade },
        ],
      },
      by,
    );
  assert.equal((await grade(one, 0, 3)).ndcg10, 1);
  await grade(other, 3, 0);
  assert.equal((await grade(other, 3, 1)).ndcg10, (await search.getJudgedResults({ q: 'brass lamp' }, one)).ndcg10);
  const seen = (await search.getJudgedResults({ q: 'brass lamp' }, other)).items;
  assert.deepEqual(
    seen.map((each) => [each.grade, each.averageGrade, each.graderCount]),
    [
      [1, 2, 2],
      [3, 1.5, 2],
    ],
  );
  await grade(other, null, null);
  assert.equal((await search.measureRelevance({}, one)).measure?.ndcg10, 1);
  const twice = [1, 2].map((again) => ({ listingId: lamp, grade: again }));
  await search.gradeResults({ query: 'shade', grades: twice }, one);
  const { measure } = await search.measureRelevance({}, other);
  assert.deepEqual([measure?.ndcg10, measure?.queryCount], [0.5, 2]);
  const { items: over } = await search.listRelevanceMeasures({ limit: 1 }, one);
  assert.deepEqual(over, [measure]);
  const first = await search.listJudgedQueries({ limit: 1 }, one);
  assert.deepEqual(
    first.items.map((each) => [each.query, each.listingCount, each.graderCount, each.ndcg10]),
    [['brass lamp', 2, 1, 1]],
  );
  const rest = await search.listJudgedQueries({ limit: 1, cursor: first.nextCursor ?? '' }, one);
  assert.deepEqual([rest.items[0]?.query, rest.nextCursor], ['shade', null]);

  const lines = async (part: 'listings' | 'queries' | 'grades') => {
    const { csv, nextCursor } = await search.exportJudgements({ part }, other);
    assert.equal(nextCursor, null);
    return csv.split('\r\n');
  };
  assert.deepEqual(await lines('queries'), ['query_id,query', 'brass lamp,brass lamp', 'shade,shade', '']);
  assert.ok((await lines('grades')).includes(`brass lamp,${lamp},3`));
  const [columns, ...listings] = await lines('listings');
  assert.equal(columns, 'id,title,description,category,sku,attributes');
  assert.ok(listings.some((line) => line.startsWith(`${lamp},Brass lamp,`)));
  assert.ok(listings.some((line) => line.startsWith(`${shade},"Shade, 3"" wide, for a brass lamp",`)));

  const nowhere = { query: 'lamp', grades: [{ listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7', grade: 1 }] };
  await assert.rejects(search.gradeResults(nowhere, one), { code: 'LISTING_NOT_FOUND' });
  const elsewhere = host.context({ roles: ['admin'], marketplaceId: 'jaikod' });
  assert.deepEqual((await search.listJudgedQueries({}, elsewhere)).items, []);
  assert.deepEqual((await search.listRelevanceMeasures({}, elsewhere)).items, []);
  await assert.rejects(grade(elsewhere, 0, 0), { code: 'LISTING_NOT_FOUND' });
  for (const stranger of [seller, host.guest()]) {
    const refused = { code: stranger === seller ? 'FORBIDDEN' : 'UNAUTHENTICATED' };
    await assert.rejects(search.getJudgedResults({ q: 'lamp' }, stranger), refused);
    await assert.rejects(grade(stranger, 1, 1), refused);
    await assert.rejects(search.listJudgedQueries({}, stranger), refused);
    await assert.rejects(search.measureRelevance({}, stranger), refused);
    await assert.rejects(search.listRelevanceMeasures({}, stranger), refused);
    await assert.rejects(search.exportJudgements({ part: 'grades' }, stranger), refused);
  }
  await assert.rejects(search.exportJudgements({ part: 'grades' }, one), { code: 'FORBIDDEN' });
});
