// `npm run bench [-- --listings N] [--data FOLDER]`: what Plaza costs, beside a bare server doing the same. Writes
// docs/benchmarks.md.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { idFromUuid } from '@plaza/kernel';
import { type Plaza, startPlaza } from '../tests/support/plaza.ts';
import { fillBareDatabase } from './bare/database.ts';
import { Belongings } from './belongings.ts';
import { catalogRow } from './catalog.ts';
import { bringIn, found, type ImportFigures } from './import.ts';
import { type Figures, rowOf } from './measured.ts';
import { type Observer, openObserver } from './observer.ts';
import { type PgbenchFigure, runPgbench } from './pgbench.ts';
import { type Ground, prepareGround, startBare, tidy } from './processes.ts';
import { publish } from './report.ts';
import { cpuMsOf, measureInTurns, type Subject } from './support/load.ts';
import { residentMiB } from './support/processor-time.ts';
import { type Subjects, workloadsOf } from './workloads.ts';

const MARKETPLACE = 'bazaar';
/** Callers at once, each with one request at a time. */
const CONCURRENCY = 8;
/** Listings with several variants, beside the catalog. */
const WITH_VARIANTS = 500;
/** Different variants that are bought. */
const BOUGHT = 2000;
/** Before idle memory is read: the garbage of the start is gone. */
const IDLE_SECONDS = 10;

const { values } = parseArgs({
  options: { listings: { type: 'string', default: '10000' }, data: { type: 'string' }, only: { type: 'string' } },
});
const listings = Number(values.listings);
if (!Number.isSafeInteger(listings) || listings < 1) throw new Error('--listings takes a whole number');

const belongings = new Belongings();
belongings.endOnSignals();
try {
  await run();
} finally {
  await belongings.end();
}

async function run(): Promise<void> {
  const ground = await belongings.keep(prepareGround(values.data), (each) => each.end());
  const { installation, bareUrl, pgbenchUrl, postgresPid } = ground;
  const made = await catalogsMade(ground);

  say('starts both servers');
  const startedAt = performance.now();
  const plaza = await belongings.keep(startPlaza({ installation }), (each) => each.stop());
  const secondStartSeconds = (performance.now() - startedAt) / 1000;
  const observer = await belongings.keep(openObserver(installation.databaseUrl), (each) => each.end());
  await found({ plaza, marketplace: MARKETPLACE }, listings + WITH_VARIANTS);
  const searchableSeconds = (performance.now() - startedAt) / 1000;
  const bare = await belongings.keep(startBare(bareUrl), (each) => each.stop());
  await observer.settled();
  await delay(IDLE_SECONDS * 1000);
  const idleMiB = residentMiB(plaza.pid);
  say(
    `ready after ${secondStartSeconds.toFixed(1)} s, searchable after ${searchableSeconds.toFixed(1)} s, ${idleMiB.toFixed(0)} MiB`,
  );

  const workloads: Figures['workloads'][number][] = [];
  for (const workload of await workloadsOf(await subjectsOf(plaza, observer, bare.url))) {
    if (values.only !== undefined && !workload.name.includes(values.only)) continue;
    const subject = (name: 'plaza' | 'bare', serverPid: number): Subject => ({
      work: workload[name],
      watched: { serverPid, postgresPid, ownBackendPid: observer.backendPid },
    });
    const measured = await measureInTurns(
      { bare: subject('bare', bare.pid), plaza: subject('plaza', plaza.pid) },
      {
        operations: workload.operations,
        concurrency: CONCURRENCY,
        settled: observer.settled,
        beforeTurns: () => tidy(installation.databaseUrl, bareUrl),
      },
    );
    const row = rowOf(workload, measured);
    workloads.push(row);
    say(
      `${row.name}: ${cpuMsOf(row.plaza).toFixed(2)} ms, bare ${cpuMsOf(row.bare).toFixed(2)} ms; p99 ${row.plaza.p99Ms.toFixed(0)} ms`,
    );
  }
  if (values.only !== undefined) return;
  const pgbench = await belongings.keep(pgbenchFigures(pgbenchUrl, postgresPid), async () => {});
  const figures = { listings, ...made, secondStartSeconds, searchableSeconds, idleMiB, workloads, pgbench };
  process.stdout.write(`\n${await publish(figures)}`);
}

/** Both catalogs, made now or by an earlier run in the kept folder. */
async function catalogsMade(ground: Ground): Promise<ImportFigures & { bareRowsPerSecond: number }> {
  const { installation, bareUrl, postgresPid } = ground;
  const note = path.join(installation.folder, `made-${listings}.json`);
  if (existsSync(note)) return JSON.parse(await readFile(note, 'utf8'));
  say(`fills a bare database with ${listings} listings`);
  const bareRowsPerSecond = await fillBareDatabase(bareUrl, { listings, withVariants: WITH_VARIANTS });
  say('starts Plaza and brings the same in');
  const plaza = await belongings.keep(startPlaza({ installation }), (each) => each.stop());
  const observer = await belongings.keep(openObserver(installation.databaseUrl), (each) => each.end());
  const kit = { plaza, observer, marketplace: MARKETPLACE, postgresPid };
  const imported = await bringIn(kit, listings, WITH_VARIANTS);
  say(
    `imported ${imported.importRowsPerSecond.toFixed(0)} rows/s, indexed all in ${imported.rebuildSeconds.toFixed(0)} s`,
  );
  await observer.end();
  await plaza.stop();
  await tidy(installation.databaseUrl, bareUrl);
  const made = { ...imported, bareRowsPerSecond };
  await writeFile(note, JSON.stringify(made));
  return made;
}

async function subjectsOf(plaza: Plaza, observer: Observer, bareUrl: string): Promise<Subjects> {
  const many = await observer.rows<{ id: string }>(
    'select id from catalog.listing where marketplace_id = $1 and variant_count > 1 order by id limit 500',
    [MARKETPLACE],
  );
  const count = Math.min(BOUGHT, listings);
  const places = Array.from({ length: count }, (_, index) => Math.floor((index * listings) / count));
  const single = await observer.rows<{ handle: string; id: string }>(
    `select l.handle, v.id from catalog.listing l join catalog.variant v on v.marketplace_id = l.marketplace_id and v.listing_id = l.id
     where l.marketplace_id = $1 and l.handle = any($2)`,
    [MARKETPLACE, places.map((place) => catalogRow(place).handle)],
  );
  const variantOf = new Map(single.map(({ handle, id }) => [handle, idFromUuid('variant', id)]));
  return {
    plazaUrl: plaza.url,
    bareUrl,
    marketplace: MARKETPLACE,
    listings,
    listingIds: many.map(({ id }) => idFromUuid('listing', id)),
    bareListingFrom: listings,
    bought: places.map((place) => ({ place, variantId: variantOf.get(catalogRow(place).handle) ?? '' })),
  };
}

async function pgbenchFigures(url: string, postgresPid: number): Promise<PgbenchFigure[]> {
  say('runs pgbench');
  const figures = await runPgbench(url, postgresPid);
  if (figures === undefined)
    say('there is no pgbench here (it comes with PostgreSQL; PGBENCH may name it): goes on without');
  return figures ?? [];
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
