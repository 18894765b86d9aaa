import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EngineDocument } from '../engine.ts';
import { changed, changedStore, type HeldListing, type ListingChange, listingFrom, sourceOf } from './listing.ts';

const KEPT = { generation: 1, store: undefined };

function documentOf(rest: Partial<EngineDocument> = {}): EngineDocument {
  return {
    id: 'd1',
    version: 1,
    stockVersion: 1,
    isListed: true,
    card: JSON.stringify({
      title: 'lamp',
      storeName: 'Old Light',
      storeSlug: 'old-light',
      freeQuantity: 5,
      isInStock: true,
    }),
    texts: { title: '2.5 inch lamp', body: '', tags: [], skus: [], categoryNames: [], attributes: [] },
    storeId: 'sto_1',
    storeName: 'Old Light',
    storeSlug: 'old-light',
    tokens: ['color:red'],
    priceMinor: 100,
    publishedMs: 1,
    point: null,
    freeQuantity: 5,
    isInStock: true,
    ...rest,
  };
}

const documentChange = (rest: Partial<EngineDocument>): ListingChange => ({
  kind: 'document',
  id: 'd1',
  document: documentOf(rest),
});
const stockChange = (stockVersion: number): ListingChange => ({
  kind: 'stock',
  id: 'd1',
  stock: { id: 'd1', stockVersion, freeQuantity: 100 - stockVersion, isInStock: stockVersion % 2 === 0 },
});
const after = (changes: readonly ListingChange[], held?: HeldListing) =>
  changes.reduce((state, change) => changed(state, change, KEPT), held);

test('changes of a known listing end alike in any order, however often they come', () => {
  const first = after([documentChange({})]) as HeldListing;
  const changes = [
    documentChange({ version: 2, priceMinor: 200 }),
    documentChange({ version: 4, stockVersion: 4, priceMinor: 400, freeQuantity: 96, isInStock: true }),
    documentChange({ version: 3, isListed: false }),
    stockChange(3),
    stockChange(7),
    stockChange(5),
  ].filter(({ kind }, i) => kind === 'stock' || i !== 2);
  const expected = after(changes, first);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...changes), { maxLength: 8 }), (again) => {
      const shuffled = [...again, ...changes.toReversed(), ...again];
      assert.deepEqual(after(shuffled, first), expected);
    }),
    { numRuns: 50 },
  );
  assert.ok(expected?.isListed);
  assert.deepEqual([expected.version, expected.stockVersion, expected.priceMinor], [4, 7, 400]);
  assert.deepEqual([expected.freeQuantity, JSON.parse(expected.card).freeQuantity], [93, 93]);
});

test('what was deleted stays so for older versions, and stock news do not bring it back', () => {
  const gone = after([documentChange({ version: 3 }), documentChange({ version: 5, isListed: false })]) as HeldListing;
  assert.deepEqual(gone, { id: 'd1', version: 5, stockVersion: 1, generation: 1, isListed: false });
  assert.equal(after([documentChange({ version: 4 })], gone), gone);
  assert.equal(after([stockChange(9)], gone)?.isListed, false);
  assert.equal(after([documentChange({ version: 6 })], gone)?.isListed, true);
});

test('news of stock that overtake their listing are not lost', () => {
  const later = [stockChange(4), stockChange(7), stockChange(5), documentChange({ stockVersion: 6 })];
  const returned = [
    documentChange({ isListed: false }),
    stockChange(7),
    documentChange({ version: 2, stockVersion: 3 }),
  ];
  for (const changes of [later, returned]) {
    const listing = after(changes);
    assert.ok(listing?.isListed);
    assert.deepEqual([listing.stockVersion, JSON.parse(listing.card).freeQuantity], [7, 93]);
  }
});

test('a rebuild marks what it sees, and nothing else is written again', () => {
  const held = after([documentChange({})]) as HeldListing;
  assert.equal(after([documentChange({}), stockChange(1)], held), held);
  assert.equal(changed(held, documentChange({}), { generation: 2, store: undefined })?.generation, 2);
});

test("a store's latest name is on its listings, also on late ones", () => {
  const old = { storeId: 'sto_1', version: 1, name: 'Old Light', slug: 'old-light' };
  const store = changedStore({ ...old, isTold: true }, { ...old, version: 2, name: 'Glowworm', slug: 'glowworm' });
  assert.equal(store.isTold, false);
  assert.equal(changedStore(store, old), store);
  const listing = changed(undefined, documentChange({}), { generation: 1, store });
  assert.ok(listing?.isListed);
  assert.deepEqual([listing.storeName, JSON.parse(listing.card).storeSlug], ['Glowworm', 'glowworm']);
});

test('what is written is read again, and found by words with dots too', () => {
  const point = { latitude: 13.75, longitude: 100.5 };
  const held = after([documentChange({ point })]) as HeldListing;
  const source = sourceOf(held) as { spot: object; impacts: Record<string, number>; titleTerms: string[] };
  assert.deepEqual(source.titleTerms, ['2.5', 'inch', 'lamp']);
  assert.ok((source.impacts['2·5'] as number) > 0);
  assert.deepEqual(source.spot, { lat: 13.75, lon: 100.5 });
  const read = listingFrom(source);
  assert.ok(!('spot' in read) && !('spotText' in read));
  assert.deepEqual(sourceOf(read), source);
  assert.ok(read.isListed && read.foundBy !== null);
});
