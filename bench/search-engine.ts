/*
 * Measures the embedded search engine alone, without a server and a database: documents made in memory go into an index,
 * which is opened again and searched. `node bench/search-engine.ts [--listings 10000] [--folder <kept index>]`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createEmbeddedEngine } from '../services/search/engine/embedded/engine.ts';
import {
  type EngineDocument,
  type EngineQuery,
  type SearchEngine,
  UNFILTERED,
} from '../services/search/engine/engine.ts';
import { catalogRow, commonQuery, STOCK, tellingQuery } from './catalog.ts';

const MARKETPLACE = 'bazaar';
/** Documents handed over at once, as a rebuild does. */
const PAGE_DOCUMENTS = 500;
const SEARCHES = 300;
const STORE = 'sto_01m7z5we15ewpa1m2q6xtwtqmx';
/** The engine is at rest when it takes less processor time than this within so long. */
const REST_CPU_MS = 30;
const REST_MS = 500;
/** When the first listing was published, and how many were within each second. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const PUBLISHED_AT_ONCE = 5_000;

const { values } = parseArgs({
  options: { listings: { type: 'string', default: '10000' }, folder: { type: 'string' } },
});
const listings = Number(values.listings);
const folder = values.folder ?? (await mkdtemp(path.join(os.tmpdir(), 'plaza-search-engine-')));

/**
 * What listings are filtered and counted by besides category and condition. Independent of each other, so that hardly two of
 * 100,000 listings have all the same: the hard case for what counts by sets of facts.
 */
const ATTRIBUTES = [
  { key: 'brand', values: 40 },
  { key: 'color', values: 12 },
  { key: 'material', values: 11 },
] as const;

const COMMON = { ...UNFILTERED, limit: 20 };
const AROUND = { point: { latitude: 10, longitude: 100 }, withinKm: 100 };
const lighting = { key: 'category', values: ['lighting'], ranges: [] };
const QUERIES: readonly { name: string; queryAt(sequence: number): EngineQuery }[] = [
  {
    name: 'two words, some 40 have both',
    queryAt: (sequence) => ({ ...COMMON, text: tellingQuery(sequence, listings), sort: 'relevance' }),
  },
  {
    name: 'two words of 1 in 10 and 1 in 13',
    queryAt: (sequence) => ({ ...COMMON, text: commonQuery(sequence), sort: 'relevance' }),
  },
  {
    name: 'a misspelt word and one of 1 in 13',
    queryAt: (sequence) => ({ ...COMMON, text: misspelt(tellingQuery(sequence, listings)), sort: 'relevance' }),
  },
  { name: 'one word of 1 in 10', queryAt: () => ({ ...COMMON, text: 'brass', sort: 'relevance' }) },
  { name: 'two words that all have', queryAt: () => ({ ...COMMON, text: 'found attic', sort: 'relevance' }) },
  { name: 'no words, newest', queryAt: () => ({ ...COMMON, text: '', sort: 'newest' }) },
  { name: 'no words, cheapest', queryAt: () => ({ ...COMMON, text: '', sort: 'price_asc' }) },
  {
    name: 'no words, one category, dearest',
    queryAt: () => ({ ...COMMON, text: '', sort: 'price_desc', filters: [lighting] }),
  },
  {
    name: 'no words, prices from and to',
    queryAt: () => ({ ...COMMON, text: '', sort: 'newest', priceMinimum: 1_000, priceMaximum: 3_000 }),
  },
  { name: 'no words, within 100 km', queryAt: () => ({ ...COMMON, text: '', sort: 'newest', around: AROUND }) },
  {
    name: 'one word of 1 in 10, nearest',
    queryAt: () => ({ ...COMMON, text: 'brass', sort: 'distance', around: AROUND }),
  },
];

function documentAt(index: number): EngineDocument {
  const { title, description, category, condition, priceMinor, imageUrl, handle } = catalogRow(index);
  const id = `lst_${index.toString().padStart(26, '0')}`;
  const publishedMs = EPOCH_MS + Math.floor(index / PUBLISHED_AT_ONCE) * 1_000;
  const price = { amountMinor: priceMinor, currency: 'USD' };
  return {
    id,
    version: 1,
    stockVersion: 1,
    isListed: true,
    card: JSON.stringify({
      id,
      slug: handle,
      title,
      kind: 'physical',
      categoryId: category,
      condition,
      price,
      priceMax: price,
      compareAtPrice: null,
      imageUrl,
      imageAlt: null,
      freeQuantity: STOCK,
      variantCount: 1,
      location: null,
      storeId: STORE,
      storeName: 'Old Light 2',
      storeSlug: 'old-light-2',
      publishedTime: new Date(publishedMs).toISOString(),
      externalId: null,
      isInStock: true,
    }),
    texts: {
      title,
      body: description,
      tags: [],
      skus: [],
      categoryNames: ['Home', 'บ้านและของแต่งบ้าน', '家具・インテリア', category],
      attributes: [],
    },
    storeId: STORE,
    storeName: 'Old Light 2',
    storeSlug: 'old-light-2',
    tokens: [
      `@store:${STORE}`,
      '@kind:physical',
      'category:home',
      `category:${category}`,
      `condition:${condition}`,
      ...ATTRIBUTES.map(({ key, values }, place) => `${key}:${drawn(index, place, values)}`),
    ],
    priceMinor,
    publishedMs,
    // A thousand towns.
    point: { latitude: 5 + (index % 40) / 4, longitude: 97 + (Math.floor(index / 40) % 25) / 4 },
    freeQuantity: STOCK,
    isInStock: true,
  };
}

/** A number below `values`: the same for a listing each time, and unlike its neighbors' and its other attributes'. */
function drawn(index: number, place: number, values: number): number {
  const hash = Math.imul(index + 1, 0x9e37_79b1 + 2 * Math.imul(place + 1, 0x85eb_ca6b));
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % values;
}

/** Two letters of the first word swapped. */
function misspelt(text: string): string {
  return text.replace(/^(..)(.)(.)/, '$1$3$2');
}

async function fill(engine: SearchEngine): Promise<void> {
  await engine.beginRebuild(MARKETPLACE);
  for (let from = 0; from < listings; from += PAGE_DOCUMENTS) {
    const count = Math.min(PAGE_DOCUMENTS, listings - from);
    await engine.apply(
      MARKETPLACE,
      Array.from({ length: count }, (_, i) => ({ kind: 'document', document: documentAt(from + i) })),
    );
  }
  await engine.finishRebuild(MARKETPLACE, 'bench');
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const mebibytes = (): number => Math.round(process.memoryUsage.rss() / 1_048_576);
const round = (value: number): string => value.toPrecision(3);

let asked = 0;

/** Asks what nobody asked before, so that no kept answer is measured: a stop word that no query has is named. */
function search(engine: SearchEngine, query: EngineQuery): ReturnType<SearchEngine['search']> {
  return engine.search(MARKETPLACE, { ...query, stopWords: [`none-${++asked}`] });
}

async function measure(engine: SearchEngine, name: string, queryAt: (sequence: number) => EngineQuery): Promise<void> {
  let total = 0;
  for (let sequence = 0; sequence < SEARCHES; sequence++) await search(engine, queryAt(sequence));
  const cpuBefore = cpuMs();
  const times: number[] = [];
  for (let sequence = 0; sequence < SEARCHES; sequence++) {
    const startMs = performance.now();
    ({ total } = await search(engine, queryAt(sequence)));
    times.push(performance.now() - startMs);
  }
  const cpu = (cpuMs() - cpuBefore) / SEARCHES;
  const p50 = times.sort((a, b) => a - b)[SEARCHES >> 1] as number;
  console.log(`${name}: CPU ${round(cpu)} ms, p50 ${round(p50)} ms, total of the last ${total}`);
}

/** So many searches at once, as callers of a server make them; each waits for its own. */
const AT_ONCE = 8;

/** The first so many kinds of queries, mixed: of rare words, frequent, misspelt, one, and words that all have. */
async function measureAtOnce(engine: SearchEngine, kinds: number): Promise<void> {
  const mixed = QUERIES.slice(0, kinds);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, caller) => {
      for (let sequence = 0; sequence < SEARCHES; sequence++) {
        const startMs = performance.now();
        const query = mixed[(sequence + caller) % mixed.length] as (typeof QUERIES)[number];
        await search(engine, query.queryAt(sequence * AT_ONCE + caller));
        times.push(performance.now() - startMs);
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): string => round(times[Math.floor(times.length * share)] as number);
  console.log(`the first ${kinds}, ${AT_ONCE} at once: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

try {
  let engine = createEmbeddedEngine(folder);
  if ((await engine.status(MARKETPLACE)).documentCount < listings) {
    const startMs = performance.now();
    const startCpu = cpuMs();
    await fill(engine);
    const seconds = (performance.now() - startMs) / 1_000;
    console.log(
      `filled: ${round(seconds)} s, ${Math.round(listings / seconds)} listings/s, CPU ${round((cpuMs() - startCpu) / 1_000)} s, then ${mebibytes()} MiB`,
    );
    // What was filled is put together in the background.
    const settledMs = performance.now();
    for (let before = 0; cpuMs() - before > REST_CPU_MS; ) {
      before = cpuMs();
      await setTimeout(REST_MS);
    }
    console.log(`at rest ${round((performance.now() - settledMs) / 1_000)} s later`);
  }
  await engine.close();
  globalThis.gc?.();
  const withoutIndex = mebibytes();
  const openMs = performance.now();
  engine = createEmbeddedEngine(folder);
  await engine.search(MARKETPLACE, { ...COMMON, text: tellingQuery(1, listings), sort: 'relevance' });
  console.log(`first answer after a start: ${Math.round(performance.now() - openMs)} ms`);
  console.log(`memory: ${withoutIndex} MiB before, ${mebibytes()} MiB with the index open`);
  for (const { name, queryAt } of QUERIES) await measure(engine, name, queryAt);
  for (const kinds of [4, 5]) await measureAtOnce(engine, kinds);
  console.log(`memory after the searches: ${mebibytes()} MiB`);
  await engine.close();
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true });
}
