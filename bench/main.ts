// `npm run bench [-- --listings N]`: what Plaza costs, beside a bare server doing the same. Writes docs/benchmarks.md.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { catalogContract } from '@plaza/catalog/contract';
import { idFromUuid, serviceContext } from '@plaza/kernel';
import { eventually } from '../tests/support/eventually.ts';
import { type Plaza, startPlaza } from '../tests/support/plaza.ts';
import { openShop } from '../tests/support/shop.ts';
import { fillBareDatabase } from './bare/database.ts';
import { writePlainFile, writeShopifyFile } from './catalog.ts';
import { type Ground, prepareGround, startBare } from './processes.ts';
import { cpuMsOf, type Measured, publish, type Whole } from './report.ts';
import { measure } from './support/load.ts';
import { cpuMsOfTree, residentMiB } from './support/processor-time.ts';
import { type Subjects, workloadsOf } from './workloads.ts';

const MARKETPLACE = 'bazaar';
/** Callers at once, each with one request at a time. */
const CONCURRENCY = 8;
/** Listings with several variants, beside the catalog. */
const WITH_VARIANTS = 500;
/** Different variants that are bought. */
const BOUGHT = 2000;
/** How long an import, or the index after it, may take. */
const IMPORT_MS_MAX = 3_600_000;
/** Before idle memory is read: the garbage of the start is gone. */
const IDLE_SECONDS = 10;

const { values } = parseArgs({ options: { listings: { type: 'string', default: '10000' } } });
const listings = Number(values.listings);
if (!Number.isSafeInteger(listings) || listings < 1) throw new Error('--listings takes a whole number');

const ground = await prepareGround();
try {
  await run(ground);
} finally {
  await ground.remove();
}

async function run({ installation, bareUrl, postgresPid }: Ground): Promise<void> {
  say(`fills a bare database with ${listings} listings`);
  const bareRowsPerSecond = await fillBareDatabase(bareUrl, { listings, withVariants: WITH_VARIANTS });

  say('starts Plaza and imports the same');
  const first = await startPlaza({ installation });
  const imported = await importCatalog(first, installation.folder, postgresPid).finally(() => first.stop());

  const startedAt = performance.now();
  const plaza = await startPlaza({ installation });
  const secondStartSeconds = (performance.now() - startedAt) / 1000;
  const bare = await startBare(bareUrl);
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
    const idleMiB = residentMiB(plaza.pid);
    const measured: Measured[] = [];
    for (const workload of await workloadsOf(await subjectsOf(plaza, bare.url))) {
      const take = (name: 'plaza' | 'bare', serverPid: number) =>
        measure(workload[name], {
          operations: workload.operations,
          concurrency: CONCURRENCY,
          watched: [
            { name: 'server', pid: serverPid },
            { name: 'postgres', pid: postgresPid },
          ],
        });
      const row = { workload, bare: await take('bare', bare.pid), plaza: await take('plaza', plaza.pid) };
      measured.push(row);
      say(
        `${workload.name}: ${cpuMsOf(row.plaza).toFixed(2)} ms, bare ${cpuMsOf(row.bare).toFixed(2)} ms; p99 ${row.plaza.p99Ms.toFixed(0)} ms`,
      );
    }
    const whole: Whole = {
      listings,
      ...imported,
      bareRowsPerSecond,
      secondStartSeconds,
      idleMiB,
      command: `npm run bench -- --listings ${listings}`,
    };
    process.stdout.write(`\n${await publish(measured, whole)}`);
  } finally {
    await bare.stop();
    await plaza.stop();
  }
}

/** Imports both files through Plaza itself; the figures are those of the large one. */
async function importCatalog(
  plaza: Plaza,
  folder: string,
  postgresPid: number,
): Promise<Pick<Whole, 'importRowsPerSecond' | 'importCpuMsPerRow' | 'indexedAfterSeconds'>> {
  const plain = path.join(folder, 'catalog.csv');
  const shopify = path.join(folder, 'shopify.csv');
  await writePlainFile(plain, listings);
  await writeShopifyFile(shopify, WITH_VARIANTS);
  const shop = await openShop(plaza, MARKETPLACE);

  const before = { server: cpuMsOfTree(plaza.pid), postgres: cpuMsOfTree(postgresPid) };
  const startedAt = performance.now();
  await importFile(plaza, shop.storeId, plain, 'plain-csv');
  const finishedAt = performance.now();
  await eventually(
    async () => {
      const { total } = await plaza.client({ marketplace: MARKETPLACE }).search.searchListings({ limit: 1 });
      if (total < listings) throw new Error(`${total} of ${listings} listings can be found`);
    },
    { withinMs: IMPORT_MS_MAX, everyMs: 500 },
  );
  const seconds = (finishedAt - startedAt) / 1000;
  const figures = {
    importRowsPerSecond: listings / seconds,
    // With all that follows from it: events, the search index.
    importCpuMsPerRow: {
      server: (cpuMsOfTree(plaza.pid) - before.server) / listings,
      postgres: (cpuMsOfTree(postgresPid) - before.postgres) / listings,
    },
    indexedAfterSeconds: (performance.now() - finishedAt) / 1000,
  };
  say(`imported ${figures.importRowsPerSecond.toFixed(0)} rows/s`);
  await importFile(plaza, shop.storeId, shopify, 'shopify-csv');
  await eventually(
    async () => {
      if ((await plaza.rows('select from catalog.outbox limit 1')).length > 0)
        throw new Error('events are still on their way');
    },
    { withinMs: IMPORT_MS_MAX },
  );
  return figures;
}

async function importFile(
  plaza: Plaza,
  storeId: string,
  file: string,
  format: 'plain-csv' | 'shopify-csv',
): Promise<void> {
  const answer = plaza
    .internal('catalog', catalogContract)
    .importFile(
      { storeId: storeId as never, path: file, format, options: { defaultCategoryId: 'clothing' } },
      serviceContext('bench', MARKETPLACE, 'import'),
    );
  // A long import outlives the call that began it; its job says how it ended.
  const job = await answer.catch(() =>
    eventually(
      async () => {
        const [last] = await plaza.rows<{ state: string; counts: { refused: number }; failure: string | null }>(
          'select state, counts, failure from catalog.import_job order by id desc limit 1',
        );
        if (last === undefined || (last.state !== 'completed' && last.state !== 'failed'))
          throw new Error(`the import is ${last?.state}`);
        return last;
      },
      { withinMs: IMPORT_MS_MAX },
    ),
  );
  if (job.failure !== null || job.counts.refused > 0) {
    const mistakes = await plaza.rows('select * from catalog.import_mistake limit 3');
    throw new Error(`the import failed: ${job.failure}, ${JSON.stringify({ counts: job.counts, mistakes })}`);
  }
}

async function subjectsOf(plaza: Plaza, bareUrl: string): Promise<Subjects> {
  const many = await plaza.rows<{ id: string }>(
    `select id from catalog.listing where marketplace_id = '${MARKETPLACE}' and variant_count > 1 order by id limit 500`,
  );
  const single = await plaza.rows<{ id: string }>(
    `select v.id from catalog.variant v join catalog.listing l on l.marketplace_id = v.marketplace_id and l.id = v.listing_id
     where l.marketplace_id = '${MARKETPLACE}' and variant_count = 1 order by v.id limit ${BOUGHT}`,
  );
  return {
    plazaUrl: plaza.url,
    bareUrl,
    marketplace: MARKETPLACE,
    listingIds: many.map(({ id }) => idFromUuid('listing', id)),
    bareListingFrom: listings,
    variantIds: single.map(({ id }) => idFromUuid('variant', id)),
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
