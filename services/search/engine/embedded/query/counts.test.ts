import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { chanceFrom } from '@plaza/kernel';
import { type EngineDocument, type EngineQuery, UNFILTERED } from '../../engine.ts';
import { MarketplaceIndex } from '../marketplace-index.ts';

const chance = chanceFrom(5);
const some = (count: number): number => Math.floor(chance() * count);

/** Listings of which hardly two have all the same facts. */
const DOCUMENTS = Array.from({ length: 600 }, (_, i): EngineDocument => {
  const id = `d${i}`;
  return {
    id,
    version: 1,
    stockVersion: 1,
    isListed: true,
    card: JSON.stringify({ id }),
    texts: {
      title: i % 3 === 0 ? 'lamp' : 'desk lamp',
      body: '',
      tags: [],
      skus: [],
      categoryNames: [],
      attributes: [],
    },
    storeId: 'sto_1',
    storeName: 'Old Light',
    storeSlug: 'old-light',
    tokens: [`color:${some(5)}`, `brand:${some(9)}`, `size:${i % 200}`, ...(i % 2 === 0 ? [`maker:${some(30)}`] : [])],
    priceMinor: 100 + some(900),
    publishedMs: some(50),
    point: i % 4 === 0 ? null : { latitude: 10 + some(5) / 4, longitude: 100 },
    freeQuantity: 1,
    isInStock: i % 7 !== 0,
  };
});

const anyOf = (key: string, ...values: string[]) => ({ key, values, ranges: [] });
const FILTERS: readonly Partial<EngineQuery>[] = [
  {},
  { filters: [anyOf('color', '1')] },
  { filters: [anyOf('color', '1', '2'), anyOf('brand', '3')] },
  { filters: [anyOf('color', '0', '1', '2', '3', '4'), anyOf('maker', '7', '8', '9')] },
  { filters: [anyOf('brand', 'none')] },
  { filters: [{ key: 'size', values: [], ranges: [{ minimum: 2, maximum: 60 }] }] },
  { priceMinimum: 300, priceMaximum: 600 },
  { filters: [anyOf('brand', '1', '4')], priceMinimum: 300, isInStock: true },
  { isInStock: false },
  { filters: [anyOf('color', '2')], around: { point: { latitude: 10, longitude: 100 }, withinKm: 50 } },
];
const QUERIES = ['', 'lamp', 'desk', 'lamp desk'].flatMap((text) =>
  FILTERS.flatMap((filters) =>
    (['newest', 'price_desc', 'relevance'] as const)
      .filter((sort) => text !== '' || sort !== 'relevance')
      .map((sort): EngineQuery => ({ ...UNFILTERED, text, sort, limit: 10, ...filters })),
  ),
);

test('facts are counted alike by sets in memory and by rows of segments in files', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-counts-'));
  const [bySets, byRows] = [
    await MarketplaceIndex.open(path.join(folder, 'sets'), 'bazaar', { documentsMax: 10_000 }),
    await MarketplaceIndex.open(path.join(folder, 'rows'), 'bazaar', { documentsMax: 100 }),
  ];
  try {
    for (const index of [bySets, byRows])
      await index.apply(DOCUMENTS.map((document) => ({ kind: 'document', document })));
    await byRows.settle();
    // The second time what rows say of a filter is known, and some of it is gone.
    for (const gone of [3, 3 + 200]) {
      for (const index of [bySets, byRows])
        await index.apply([{ kind: 'document', document: { ...DOCUMENTS[gone]!, version: 2, isListed: false } }]);
      for (const query of QUERIES)
        assert.deepEqual(await byRows.search(query), await bySets.search(query), JSON.stringify(query));
    }
  } finally {
    await bySets.close();
    await byRows.close();
    await rm(folder, { recursive: true });
  }
});
