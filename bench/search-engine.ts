/*
 * Measures a search engine alone, without a server and a database: documents made in memory go into an index, which is
 * opened again and searched. `node bench/search-engine.ts [--listings 10000] [--folder <kept index>]` takes the embedded one;
 * `--opensearch <address>` a cluster, whose index is kept with `--keep`, and of whose answers its own time is told beside.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createEmbeddedEngine } from '../services/search/engine/embedded/engine.ts';
import type { EngineQuery, SearchEngine } from '../services/search/engine/engine.ts';
import { createOpenSearchEngine } from '../services/search/engine/opensearch/engine.ts';
import { aliasOf, indexNameOf } from '../services/search/engine/opensearch/index-definition.ts';
import { COMMON, documentAt, type QueryKind, queriesOf } from './search-made.ts';
import { createTookMeter } from './support/took-meter.ts';

const MARKETPLACE = 'bazaar';
const PREFIX = 'plaza-bench';
/** Documents handed over at once, as a rebuild does, and how many such pages are under way. */
const PAGE_DOCUMENTS = 500;
const PAGES_AT_ONCE = 2;
/** The engine is at rest when it takes less processor time than this within so long. */
const REST_CPU_MS = 30;
const REST_MS = 500;

const { values } = parseArgs({
  options: {
    listings: { type: 'string', default: '10000' },
    folder: { type: 'string' },
    opensearch: { type: 'string' },
    keep: { type: 'boolean', default: false },
    searches: { type: 'string', default: '300' },
  },
});
const listings = Number(values.listings);
const searches = Number(values.searches);
const { opensearch } = values;
const folder = values.folder ?? (await mkdtemp(path.join(os.tmpdir(), 'plaza-search-engine-')));
const queries = queriesOf(listings);
const meter = opensearch === undefined ? undefined : createTookMeter();
const open = (threads = 1): SearchEngine =>
  opensearch === undefined
    ? createEmbeddedEngine(folder, { threads })
    : createOpenSearchEngine({
        address: opensearch,
        prefix: PREFIX,
        timeoutMs: 60_000,
        onTook: (tookMs) => meter?.add(tookMs),
      });

async function fill(engine: SearchEngine): Promise<void> {
  await engine.beginRebuild(MARKETPLACE);
  let next = 0;
  const fillOn = async (): Promise<void> => {
    while (next < listings) {
      const from = next;
      next += PAGE_DOCUMENTS;
      const count = Math.min(PAGE_DOCUMENTS, listings - from);
      await engine.apply(
        MARKETPLACE,
        Array.from({ length: count }, (_, i) => ({ kind: 'document', document: documentAt(from + i) })),
        { mayWait: true },
      );
    }
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, fillOn));
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

/** What one search took, and how much of it a cluster says it took itself. */
type Timed = { readonly ms: number; readonly tookMs: number; readonly total: number };

async function timed(engine: SearchEngine, query: EngineQuery): Promise<Timed> {
  const startMs = performance.now();
  const work = () => search(engine, query);
  const { answer, tookMs } = meter === undefined ? { answer: await work(), tookMs: 0 } : await meter.measure(work);
  return { ms: performance.now() - startMs, tookMs, total: answer.total };
}

/** Where so many of the times are below, in milliseconds. */
function at(share: number, times: readonly number[]): string {
  return round(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] as number);
}

/** Of a cluster also what it says it took, and what was left to us. */
function told(all: readonly Timed[]): string {
  const of = (name: string, timeOf: (one: Timed) => number): string =>
    `${name}p50 ${at(0.5, all.map(timeOf))} ms, p99 ${at(0.99, all.map(timeOf))} ms`;
  if (meter === undefined) return of('', ({ ms }) => ms);
  const own = of('the cluster itself ', ({ tookMs }) => tookMs);
  return `${of('', ({ ms }) => ms)}; ${own}; the rest ${of('', ({ ms, tookMs }) => ms - tookMs)}`;
}

async function measure(engine: SearchEngine, { name, queryAt }: QueryKind): Promise<void> {
  for (let sequence = 0; sequence < searches; sequence++) await search(engine, queryAt(sequence));
  const cpuBefore = cpuMs();
  const all: Timed[] = [];
  for (let sequence = 0; sequence < searches; sequence++) all.push(await timed(engine, queryAt(sequence)));
  const cpu = (cpuMs() - cpuBefore) / searches;
  console.log(`${name}: CPU ${round(cpu)} ms, ${told(all)}, total of the last ${all.at(-1)?.total}`);
}

/** So many searches at once, as callers of a server make them; each waits for its own. */
const AT_ONCE = 8;

/** The first so many kinds of queries, mixed: of rare words, frequent, misspelt, one, and words that all have. */
async function measureAtOnce(engine: SearchEngine, kinds: number): Promise<void> {
  const mixed = queries.slice(0, kinds);
  const all: Timed[] = [];
  const cpuBefore = cpuMs();
  const atWork = performance.eventLoopUtilization();
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, caller) => {
      for (let sequence = 0; sequence < searches; sequence++) {
        const query = mixed[(sequence + caller) % mixed.length] as QueryKind;
        all.push(await timed(engine, query.queryAt(sequence * AT_ONCE + caller)));
      }
    }),
  );
  const rate = all.length / ((performance.now() - startMs) / 1_000);
  const cpu = (cpuMs() - cpuBefore) / all.length;
  // What a cluster says it took leaves out how long a request waits at its door: a thread that hardly works is not what waits.
  const { utilization } = performance.eventLoopUtilization(atWork);
  console.log(
    `the first ${kinds}, ${AT_ONCE} at once: ${told(all)}; CPU of one ${round(cpu)} ms, ${Math.round(rate)} a second; our thread at work ${Math.round(utilization * 100)} % of the time`,
  );
}

async function settled(): Promise<void> {
  const settledMs = performance.now();
  for (let before = 0; cpuMs() - before > REST_CPU_MS; ) {
    before = cpuMs();
    await setTimeout(REST_MS);
  }
  console.log(`at rest ${round((performance.now() - settledMs) / 1_000)} s later`);
}

try {
  let engine = open();
  if ((await engine.status(MARKETPLACE)).documentCount < listings) {
    const startMs = performance.now();
    const startCpu = cpuMs();
    await fill(engine);
    const seconds = (performance.now() - startMs) / 1_000;
    console.log(
      `filled: ${round(seconds)} s, ${Math.round(listings / seconds)} listings/s, CPU ${round((cpuMs() - startCpu) / 1_000)} s, then ${mebibytes()} MiB`,
    );
    // What was filled is put together in the background.
    await settled();
  }
  await engine.close();
  globalThis.gc?.();
  const withoutIndex = mebibytes();
  const openMs = performance.now();
  engine = open();
  await engine.search(MARKETPLACE, { ...COMMON, text: 'brass', sort: 'relevance' });
  console.log(`first answer after a start: ${Math.round(performance.now() - openMs)} ms`);
  console.log(`memory: ${withoutIndex} MiB before, ${mebibytes()} MiB with the index open`);
  for (const kind of queries) await measure(engine, kind);
  for (const kinds of [4, 5]) await measureAtOnce(engine, kinds);
  console.log(`memory after the searches: ${mebibytes()} MiB`);
  await engine.close();
  if (opensearch === undefined) {
    console.log('in two threads:');
    engine = open(2);
    await Promise.all(
      queries.map(async ({ queryAt }) => {
        for (let sequence = 0; sequence < searches; sequence++) await search(engine, queryAt(sequence));
      }),
    );
    for (const kinds of [4, 5]) await measureAtOnce(engine, kinds);
    console.log(`memory after these searches: ${mebibytes()} MiB`);
    await engine.close();
  }
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true });
  if (opensearch !== undefined && !values.keep)
    await fetch(new URL(`/${indexNameOf(aliasOf(PREFIX, MARKETPLACE))}`, opensearch), { method: 'DELETE' });
}
