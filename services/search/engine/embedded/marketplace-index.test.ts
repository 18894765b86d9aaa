import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import type { Point } from '@plaza/kernel';
import { answerCalls, callsTo } from '@plaza/runtime/threads';
import fc from 'fast-check';
import { distanceKm, NOWHERE_METERS } from '../../domain/distance.ts';
import { DEFAULT_WEIGHTS, linearModel } from '../../domain/ranking/model.ts';
import { type Change, type EngineDocument, type EngineQuery, type EngineResult, UNFILTERED } from '../engine.ts';
import { FollowedIndexes } from './followed-indexes.ts';
import { MarketplaceIndex } from './marketplace-index.ts';
import type { FollowerMethods } from './telling.ts';

/** So small that segments are written and merged all the time. */
const SMALL = { documentsMax: 5 };
const WORDS = ['red', 'oak', 'tin', 'cup', 'box'];
const COLORS = ['blue', 'gold', 'lime'];
const STORES = ['sto_1', 'sto_2'];
const POINTS: (Point | null)[] = [
  null,
  { latitude: 13.75, longitude: 100.5 },
  { latitude: 13.86, longitude: 100.51 },
  { latitude: -18.14, longitude: -179.99 },
];

const QUERY: EngineQuery = { ...UNFILTERED, text: '', sort: 'newest', limit: 8 };

/** What the model knows of a listing. */
type Listing = {
  readonly version: number;
  readonly isListed: boolean;
  readonly words: readonly string[];
  readonly color: string;
  readonly storeId: string;
  readonly price: number;
  readonly published: number;
  readonly point: Point | null;
  readonly stockVersion: number;
  readonly isInStock: boolean;
};

type Step =
  | { readonly kind: 'document'; readonly id: string; readonly listing: Listing }
  | { readonly kind: 'stock'; readonly id: string; readonly stockVersion: number; readonly isInStock: boolean }
  | { readonly kind: 'rebuild' | 'reopen' | 'crash' | 'wait' }
  | { readonly kind: 'search'; readonly query: EngineQuery };

const idArbitrary = fc.integer({ min: 0, max: 24 }).map((number) => `d${String(number).padStart(2, '0')}`);
const listingArbitrary = fc.record({
  version: fc.integer({ min: 1, max: 6 }),
  isListed: fc.integer({ min: 0, max: 4 }).map((number) => number > 0),
  words: fc.subarray(WORDS, { minLength: 1 }),
  color: fc.constantFrom(...COLORS),
  storeId: fc.constantFrom(...STORES),
  price: fc.integer({ min: 1, max: 5 }),
  published: fc.integer({ min: 1, max: 5 }),
  point: fc.constantFrom(...POINTS),
  stockVersion: fc.integer({ min: 1, max: 4 }),
  isInStock: fc.boolean(),
});
const filterArbitrary = fc.oneof(
  fc.subarray(COLORS, { minLength: 1 }).map((values) => ({ key: 'color', values, ranges: [] })),
  fc.constantFrom(...STORES).map((storeId) => ({ key: '@store', values: [storeId], ranges: [] })),
);
const queryArbitrary = fc
  .record({
    text: fc.constantFrom('', ...WORDS.map((word) => `${word} `)),
    filters: fc.uniqueArray(filterArbitrary, { maxLength: 2, selector: ({ key }) => key }),
    priceMinimum: fc.option(fc.integer({ min: 1, max: 3 })),
    priceMaximum: fc.option(fc.integer({ min: 3, max: 5 })),
    isInStock: fc.option(fc.boolean()),
    around: fc.option(
      fc.record({
        point: fc.constantFrom({ latitude: 13.75, longitude: 100.5 }, { latitude: -18, longitude: 179.9 }),
        withinKm: fc.option(fc.constantFrom(5, 20)),
      }),
    ),
    sort: fc.constantFrom<EngineQuery['sort']>('newest', 'price_asc', 'price_desc', 'distance'),
  })
  .map((some): EngineQuery => ({ ...QUERY, ...some }));
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('document' as const), id: idArbitrary, listing: listingArbitrary }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('stock' as const),
      id: idArbitrary,
      stockVersion: fc.integer({ min: 1, max: 6 }),
      isInStock: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('search' as const), query: queryArbitrary }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('rebuild' as const, 'reopen', 'crash', 'wait') }) },
);

const LISTING: Listing = {
  version: 1,
  isListed: true,
  words: ['red'],
  color: 'blue',
  storeId: 'sto_1',
  price: 1,
  published: 1,
  point: null,
  stockVersion: 1,
  isInStock: true,
};

function changeOf(id: string, listing: Listing): Change {
  const { words, color, storeId, price, published, point, ...rest } = listing;
  const freeQuantity = listing.isInStock ? 1 : 0;
  const document: EngineDocument = {
    ...rest,
    id,
    card: JSON.stringify({ id, storeName: 'x', storeSlug: 'x', freeQuantity, isInStock: listing.isInStock }),
    texts: { title: words.join(' '), body: '', tags: [], skus: [], categoryNames: [], attributes: [] },
    storeId,
    storeName: 'x',
    storeSlug: 'x',
    tokens: [`@store:${storeId}`, `color:${color}`, 'kind:thing'],
    priceMinor: price,
    publishedMs: published,
    point,
    freeQuantity,
  };
  return { kind: 'document', document };
}

/** Listings, and news of stock that came before theirs. */
type Model = Map<string, Listing> & { readonly early: Map<string, Pick<Listing, 'stockVersion' | 'isInStock'>> };
const newModel = (): Model => Object.assign(new Map<string, Listing>(), { early: new Map() });

/** The rules of versions, said again in the plainest way. */
function learn(model: Model, id: string, listing: Listing): void {
  const known = model.get(id);
  const { stockVersion, isInStock } = listing;
  if (known !== undefined && known.version >= listing.version) {
    learnStock(model, id, { stockVersion, isInStock });
    return;
  }
  const news = known?.isListed === true ? known : model.early.get(id);
  const isOvertaken = listing.isListed && news !== undefined && news.stockVersion > stockVersion;
  model.set(id, isOvertaken ? { ...listing, stockVersion: news.stockVersion, isInStock: news.isInStock } : listing);
  if (listing.isListed) model.early.delete(id);
}

function learnStock(model: Model, id: string, news: Pick<Listing, 'stockVersion' | 'isInStock'>): void {
  const known = model.get(id);
  if (known !== undefined && known.stockVersion >= news.stockVersion) return;
  if (known?.isListed === true) model.set(id, { ...known, ...news });
  else if ((model.early.get(id)?.stockVersion ?? 0) < news.stockVersion) model.early.set(id, news);
}

function metersTo({ point }: Listing, { around }: EngineQuery): number {
  return point === null || around == null ? NOWHERE_METERS : Math.round(distanceKm(around.point, point) * 1000);
}

/** Every listing is looked at, for every question. */
function expected(model: Map<string, Listing>, query: EngineQuery) {
  const wanted = (listing: Listing, leftOut: string | null): boolean =>
    listing.isListed &&
    (query.text === '' || listing.words.includes(query.text.trim())) &&
    (query.around?.withinKm == null || metersTo(listing, query) <= query.around.withinKm * 1000) &&
    (query.isInStock === null || query.isInStock === listing.isInStock) &&
    query.filters.every(
      ({ key, values }) => key === leftOut || values.includes(key === 'color' ? listing.color : listing.storeId),
    );
  const isPriced = ({ price }: Listing): boolean =>
    (query.priceMinimum ?? 0) <= price && price <= (query.priceMaximum ?? 9);
  const hits = [...model].filter(([, listing]) => wanted(listing, null));
  const found = hits.filter(([, listing]) => isPriced(listing));
  const primary = (listing: Listing): number =>
    ({
      newest: 0,
      relevance: 0,
      price_asc: -listing.price,
      price_desc: listing.price,
      distance: -metersTo(listing, query),
      rating: 0,
    })[query.sort];
  found.sort(([aId, a], [bId, b]) => primary(b) - primary(a) || b.published - a.published || (aId < bId ? 1 : -1));
  const colors = COLORS.map((color) => ({
    value: color,
    count: [...model.values()].filter((each) => wanted(each, 'color') && isPriced(each) && each.color === color).length,
  })).filter(({ count }) => count > 0);
  const prices = hits.map(([, { price }]) => price);
  return {
    ids: found.map(([id]) => id),
    colors: colors.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    priceRange: prices.length === 0 ? null : { minimum: Math.min(...prices), maximum: Math.max(...prices) },
  };
}

type Searching = { search(query: EngineQuery): Promise<EngineResult> };

async function check(index: Searching, model: Map<string, Listing>, query: EngineQuery): Promise<void> {
  const { ids, colors, priceRange } = expected(model, query);
  const seen: string[] = [];
  let after: EngineQuery['after'] = null;
  do {
    const page = await index.search({ ...query, after });
    seen.push(...page.cards.map((card) => (JSON.parse(card) as { id: string }).id));
    assert.equal(page.total, ids.length);
    assert.deepEqual(page.priceRange, priceRange);
    assert.deepEqual(page.facets.find(({ key }) => key === 'color')?.values ?? [], colors);
    after = page.nextKeys;
  } while (after !== null);
  assert.deepEqual(seen, ids);
}

/** What follows an index as another thread would: it knows only what crosses a port. */
function following(t: TestContext) {
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  const indexes = new FollowedIndexes(linearModel(DEFAULT_WEIGHTS));
  answerCalls(indexes.told, port2);
  const search = async (query: EngineQuery): Promise<EngineResult> => {
    const found = indexes.read('bazaar', (reader) => reader.search(query));
    assert.ok(found !== undefined, 'the follower leaves it to the writer');
    return found;
  };
  return { indexes, search, options: { ...SMALL, followers: [callsTo<FollowerMethods>(port1)] } };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-index-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('whatever comes in whatever order, it finds what a list looked through would, and so does another thread', (t) =>
  inFolder(async (root) => {
    const follower = following(t);
    const { options } = follower;
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 20, maxLength: 120 }), async (steps) => {
        let folder = await mkdtemp(path.join(root, 'run-'));
        let index = await MarketplaceIndex.open(folder, 'bazaar', options);
        const model = newModel();
        try {
          for (const step of steps) {
            if (step.kind === 'document') {
              await index.apply([changeOf(step.id, step.listing)]);
              learn(model, step.id, step.listing);
            } else if (step.kind === 'stock') {
              const { kind: _, ...stock } = step;
              await index.apply([{ kind: 'stock', stock: { ...stock, freeQuantity: null } }]);
              learnStock(model, step.id, { stockVersion: step.stockVersion, isInStock: step.isInStock });
            } else if (step.kind === 'rebuild') {
              // Half of them are seen again; the others are gone from the catalog.
              await index.beginRebuild();
              for (const [place, [id, listing]] of [...model].entries())
                if (place % 2 === 0) await index.apply([changeOf(id, listing)]);
                else model.delete(id);
              await index.finishRebuild('build');
            } else if (step.kind === 'reopen') {
              await index.close();
              index = await MarketplaceIndex.open(folder, 'bazaar', options);
            } else if (step.kind === 'crash') {
              // What is on the disk at this moment, as a killed process would leave it.
              const copy = await mkdtemp(path.join(root, 'run-'));
              cpSync(folder, copy, { recursive: true });
              await index.close();
              folder = copy;
              index = await MarketplaceIndex.open(folder, 'bazaar', options);
            } else if (step.kind === 'wait') await new Promise((resolve) => setImmediate(resolve));
            for (const query of step.kind === 'search' ? [step.query, QUERY] : [QUERY]) {
              await check(index, model, query);
              await check(follower, model, query);
            }
          }
        } finally {
          await index.close();
        }
      }),
      { numRuns: 25 },
    );
  }));

test('a follower leaves to the writer what it cannot answer', (t) =>
  inFolder(async (folder) => {
    const { indexes, options } = following(t);
    const ask = (query: EngineQuery = QUERY) => indexes.read('bazaar', (reader) => reader.search(query));
    assert.equal(ask(), undefined, 'an index that is not open');
    const index = await MarketplaceIndex.open(folder, 'bazaar', options);
    await index.apply([changeOf('d1', LISTING), changeOf('d2', LISTING)]);
    const count = indexes.read('bazaar', ({ list }) => list.liveCount);
    assert.equal(count, 2);
    const applying = index.apply([changeOf('d1', { ...LISTING, version: 2, isListed: false })]);
    assert.equal(
      ask({ ...QUERY, text: 'red ' }),
      undefined,
      'a listing that the file has no more, and it was not told yet',
    );
    await applying;
    assert.equal(ask()?.total, 1);
    await index.close();
    assert.equal(ask(), undefined, 'an index that was closed');
  }));

test('files that were merged are read by a follower until it is told', (t) =>
  inFolder(async (folder) => {
    const follower = following(t);
    const index = await MarketplaceIndex.open(folder, 'bazaar', follower.options);
    for (let i = 0; i < 100; i++) {
      await index.apply([changeOf(`d${i}`, LISTING)]);
      assert.equal((await follower.search({ ...QUERY, text: 'red ' })).total, i + 1);
    }
    await index.finishRebuild('build');
    await index.settle();
    assert.equal((await readdir(path.join(folder, 'bazaar'))).length, 1);
    assert.equal((await follower.search({ ...QUERY, text: 'red ' })).total, 100);
    await index.close();
  }));

test('in a large segment frequent words, pages and counts are what a list looked through would give', () =>
  inFolder(async (folder) => {
    const index = await MarketplaceIndex.open(folder, 'bazaar');
    const model = new Map<string, Listing>();
    // Numbers without a pattern, the same in each run.
    let state = 1;
    const random = (below: number): number => {
      state = Math.imul(state, 48_271) >>> 0;
      return (state >>> 8) % below;
    };
    const put = async (ids: readonly number[], version: number): Promise<void> => {
      const changes = ids.map((number) => {
        const id = `d${String(number).padStart(5, '0')}`;
        const words = WORDS.filter((_, i) => random(i + 2) === 0);
        const listing = { ...LISTING, version, words, color: COLORS[random(3)]!, price: 1 + random(5) };
        model.set(id, { ...listing, published: Math.floor(number / 100), isInStock: random(3) > 0 });
        return changeOf(id, model.get(id) as Listing);
      });
      for (let from = 0; from < changes.length; from += 500) await index.apply(changes.slice(from, from + 500));
    };
    await put(
      Array.from({ length: 9_500 }, (_, i) => i),
      1,
    );
    await index.finishRebuild('build');
    for (let round = 2; round < 5; round++) {
      for (const text of ['', 'red ', 'box '])
        for (const sort of ['newest', 'price_asc', 'price_desc'] as const)
          for (const filters of [[], [{ key: 'color', values: ['lime'], ranges: [] }]])
            await check(index, model, { ...QUERY, text, sort, filters, limit: 3_000 });
      const both = await index.search({ ...QUERY, text: 'red oak ', limit: 1 });
      assert.equal(
        both.total,
        [...model.values()].filter(({ words }) => words[0] === 'red' && words[1] === 'oak').length,
      );
      await put(
        Array.from({ length: 300 }, () => random(9_500)).filter((each, i, all) => all.indexOf(each) === i),
        round,
      );
    }
    await index.close();
  }));

/** An index of so many listings whose segments are written; answers the segment files. */
async function written(folder: string, count: number): Promise<string[]> {
  const index = await MarketplaceIndex.open(folder, 'bazaar', SMALL);
  for (let i = 0; i < count; i++) await index.apply([changeOf(`d${i}`, LISTING)]);
  await index.finishRebuild('build');
  await index.settle();
  await index.close();
  const segments = path.join(folder, 'bazaar');
  return (await readdir(segments)).map((name) => path.join(segments, name));
}

test('a torn segment is noticed at the start, and the index begun anew', () =>
  inFolder(async (folder) => {
    const [file] = await written(folder, 30);
    await truncate(file as string, 1_000);
    const index = await MarketplaceIndex.open(folder, 'bazaar', SMALL);
    assert.deepEqual(index.status(), { documentCount: 0, buildId: null });
    await index.close();
  }));

test('altered postings are noticed when they are read, and the index begun anew', () =>
  inFolder(async (folder) => {
    const [name] = await written(folder, 30);
    const file = await open(name as string, 'r+');
    // The first postings are of the first word; what precedes them is their checksum.
    await file.write(Buffer.from([0xff, 0xff]), 0, 2, 6);
    await file.close();
    const index = await MarketplaceIndex.open(folder, 'bazaar', SMALL);
    assert.equal(index.status().documentCount, 30);
    await assert.rejects(index.search({ ...QUERY, text: 'red ' }), /not what was written/);
    assert.deepEqual(index.status(), { documentCount: 0, buildId: null });
    await index.apply([changeOf('d1', LISTING)]);
    assert.equal((await index.search({ ...QUERY, text: 'red ' })).total, 1);
    await index.close();
  }));

test('a file of an older format is begun anew', () =>
  inFolder(async (folder) => {
    const old = new DatabaseSync(path.join(folder, 'bazaar.sqlite'));
    old.exec('create table document (row_id integer primary key) strict; pragma user_version = 1');
    old.close();
    const index = await MarketplaceIndex.open(folder, 'bazaar');
    await index.apply([changeOf('d1', LISTING)]);
    assert.deepEqual(index.status(), { documentCount: 1, buildId: null });
    await index.close();
  }));

test('files of work that did not end are removed', () =>
  inFolder(async (folder) => {
    const [file] = await written(folder, 30);
    await writeFile(path.join(folder, 'bazaar', 'half.segment'), 'half');
    const index = await MarketplaceIndex.open(folder, 'bazaar', SMALL);
    assert.deepEqual(await readdir(path.join(folder, 'bazaar')), [path.basename(file as string)]);
    assert.equal((await index.search({ ...QUERY, text: 'red ' })).total, 30);
    await index.close();
  }));

test('a store with many listings has its new name in all of them, also when the process is killed meanwhile', () =>
  inFolder(async (folder) => {
    const first = path.join(folder, 'first');
    const index = await MarketplaceIndex.open(first, 'bazaar');
    const changes = Array.from({ length: 450 }, (_, i) => changeOf(`d${i}`, LISTING));
    await index.apply(changes);
    const news: Change = { kind: 'store', store: { storeId: 'sto_1', version: 2, name: 'Glowworm', slug: 'glowworm' } };
    const renaming = index.apply([news]);
    await new Promise((resolve) => setImmediate(resolve));
    const second = path.join(folder, 'second');
    cpSync(first, second, { recursive: true });
    await renaming;
    assert.equal((await index.search({ ...QUERY, text: 'glowworm ' })).total, 450);
    await index.close();
    const again = await MarketplaceIndex.open(second, 'bazaar');
    await again.apply([news]);
    const { total, cards } = await again.search({ ...QUERY, text: 'glowworm ' });
    assert.equal(total, 450);
    assert.equal((JSON.parse(cards[0] ?? '') as { storeSlug: string }).storeSlug, 'glowworm');
    await again.close();
  }));
