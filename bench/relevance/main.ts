// `npm run bench:relevance`: how well search finds what was meant, on the set made for the purpose, or with
// `--set <folder>` on any judged set. `--write <folder>` writes the made set as files. See README.md.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@plaza/runtime';
import { FEATURES } from '../../services/search/domain/ranking/features.ts';
import { embeddingsFrom } from '../../services/search/meaning/settings.ts';
import { Belongings } from '../belongings.ts';
import { csvOf } from './csv.ts';
import { type JudgedSet, readJudgedSet } from './judged-set.ts';
import { madeSet } from './made/made-set.ts';
import { meanQuality, qualitiesOf } from './metrics.ts';
import { type Measured, reportOf } from './report.ts';
import { BM25_GRID, Bm25, type Bm25Settings } from './systems/bm25.ts';
import { Fusion } from './systems/fusion.ts';
import { openPlaza, openPlazaOn } from './systems/plaza.ts';
import { openPostgres } from './systems/postgres.ts';
import type { System } from './systems/system.ts';
import { Vectors } from './systems/vectors.ts';

/** Queries that settings are tuned on at most: the grid has a hundred points. */
const TUNED_ON_MAX = 200;
/** How much the vectors' scores count in the weighted fusion. */
const VECTOR_SHARE = 0.2;

const { values } = parseArgs({
  options: {
    set: { type: 'string' },
    seed: { type: 'string', default: '1' },
    write: { type: 'string' },
    only: { type: 'string' },
    features: { type: 'string' },
    model: { type: 'string' },
  },
});
const belongings = new Belongings();
belongings.endOnSignals();
try {
  const set = values.set === undefined ? madeSet(Number(values.seed)) : await readJudgedSet(values.set);
  if (values.write !== undefined) await writeSet(set, values.write);
  else if (values.features !== undefined) await writeFeatures(set, values.features);
  else await measure(set);
} finally {
  await belongings.end();
}

/** Every second query is for tuning; the others are measured. */
async function measure(set: JudgedSet): Promise<void> {
  const tuning = set.queries.filter((_, i) => i % 2 === 1).slice(0, TUNED_ON_MAX);
  const queries = set.queries.filter((_, i) => i % 2 === 0);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  say(
    `${set.name}: ${set.listings.length} listings; tuned on ${tuning.length} queries, measured on ${queries.length}\n`,
  );
  const bm25 = new Bm25(set.listings, BM25_GRID[0] as Bm25Settings);
  bm25.settings = await tuned(bm25, set, tuning);
  const { k1, b, titleWeight } = bm25.settings;
  say(`BM25: k1 ${k1}, b ${b}, title × ${titleWeight}`);
  const systems: System[] = [bm25];
  let vectors: Vectors | undefined;
  if (values.only !== 'plaza') {
    const postgres = await belongings.keep(openOwnPostgres(set), (each) => each.close());
    systems.unshift(postgres);
    const made = Vectors.of(await embeddingsFrom(process.env), set.listings, queries, say);
    vectors = await belongings.keep(made, (each) => each.close());
    systems.push(
      vectors,
      new Fusion('BM25 and vectors, RRF', [bm25, vectors], 'ranks'),
      new Fusion(
        `BM25 and vectors, scores weighted ${1 - VECTOR_SHARE} to ${VECTOR_SHARE}`,
        [bm25, vectors],
        VECTOR_SHARE,
      ),
    );
  }
  const address = process.env.OPENSEARCH_URL;
  for (const near of vectors === undefined ? [undefined] : [undefined, vectors]) {
    systems.push(await belongings.keep(openPlaza(set.listings, values.model, near), (each) => each.close()));
    if (address === undefined) continue;
    const open = openPlazaOn(address, set.listings, values.model, near);
    systems.push(await belongings.keep(open, (each) => each.close()));
  }
  const measured: Measured[] = [];
  for (const system of systems) {
    const startMs = performance.now();
    const answers = await system.answer(queries);
    say(`${system.name}: ${((performance.now() - startMs) / queries.length).toFixed(2)} ms a query`);
    measured.push({ name: system.name, qualities: qualitiesOf(queries, set.grades, answers) });
  }
  say(`\n${reportOf(queries, measured, { baseline: bm25.name })}`);
}

async function tuned(bm25: Bm25, set: JudgedSet, queries: JudgedSet['queries']): Promise<Bm25Settings> {
  let best: { settings: Bm25Settings; ndcg10: number } | undefined;
  for (const settings of BM25_GRID) {
    bm25.settings = settings;
    const { ndcg10 } = meanQuality(qualitiesOf(queries, set.grades, await bm25.answer(queries)));
    if (best === undefined || ndcg10 > best.ndcg10) best = { settings, ndcg10 };
  }
  return (best as { settings: Bm25Settings }).settings;
}

async function openOwnPostgres(set: JudgedSet): Promise<System> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-relevance-'));
  const postgres = await startEmbeddedPostgres({ folder: path.join(folder, 'postgres'), isDurable: false });
  const system = await openPostgres(postgres.ownerUrl, set.listings);
  return {
    ...system,
    async close() {
      await system.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Grades and features of what is found for every second query, those that settings are tuned on: to learn from. */
async function writeFeatures({ listings, queries, grades }: JudgedSet, file: string): Promise<void> {
  const plaza = await belongings.keep(openPlaza(listings, undefined), (each) => each.close());
  const rows: (string | number)[][] = [];
  for (const { id, text } of queries.filter((_, i) => i % 2 === 1))
    for (const { listingId, features } of await plaza.explain(text))
      rows.push([id, grades.get(id)?.get(listingId) ?? 0, ...features]);
  await writeFile(file, csvOf(['query_id', 'grade', ...FEATURES], rows));
}

async function writeSet({ listings, queries, grades }: JudgedSet, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
  await write(
    'listings.csv',
    csvOf(
      ['id', 'title', 'description', 'category', 'sku'],
      listings.map(({ id, title, description, category, sku }) => [id, title, description, category, sku]),
    ),
  );
  await write(
    'queries.csv',
    csvOf(
      ['query_id', 'query', 'kind'],
      queries.map(({ id, text, kind }) => [id, text, kind]),
    ),
  );
  await write(
    'grades.csv',
    csvOf(
      ['query_id', 'listing_id', 'grade'],
      [...grades].flatMap(([id, judged]) => [...judged].map(([listing, grade]) => [id, listing, grade])),
    ),
  );
}
