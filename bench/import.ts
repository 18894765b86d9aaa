import path from 'node:path';
import { catalogContract } from '@plaza/catalog/contract';
import { type Id, serviceContext } from '@plaza/kernel';
import { searchContract } from '@plaza/search/contract';
import { eventually } from '../tests/support/eventually.ts';
import type { Plaza } from '../tests/support/plaza.ts';
import { openShop } from '../tests/support/shop.ts';
import { writePlainFile, writeShopifyFile } from './catalog.ts';
import { addImages, fillCatalog } from './fill.ts';
import type { Observer } from './observer.ts';
import { watchCpu } from './support/processor-time.ts';

/** How long an import, or the index after it, may take. */
const IMPORT_MS_MAX = 3_600_000;
/** Listings that are imported; the others are copied beside the import. */
const IMPORTED_MAX = 10_000;

export type ImportFigures = {
  readonly importedRows: number;
  readonly importRowsPerSecond: number;
  /** With all that follows from it: events, the search index. */
  readonly importCpuMsPerRow: { readonly server: number; readonly postgres: number };
  readonly indexedAfterSeconds: number;
  /** Of all listings, from the catalog's tables. */
  readonly rebuildSeconds: number;
};

type Kit = {
  readonly plaza: Plaza;
  readonly observer: Observer;
  readonly marketplace: string;
  readonly postgresPid: number;
};

/** Brings the catalog in: imports the first 10,000 listings and those with variants, copies the rest, indexes all. */
export async function bringIn(kit: Kit, listings: number, withVariants: number): Promise<ImportFigures> {
  const { plaza, observer, marketplace, postgresPid } = kit;
  const { databaseUrl, folder } = plaza.installation;
  const importedRows = Math.min(listings, IMPORTED_MAX);
  const plain = path.join(folder, 'catalog.csv');
  const shopify = path.join(folder, 'shopify.csv');
  await writePlainFile(plain, importedRows);
  await writeShopifyFile(shopify, withVariants);
  const shop = await openShop(plaza, marketplace);

  // First, so that what is measured is a server that runs, as of the other workloads.
  await importFile(kit, shop.storeId, shopify, 'shopify-csv');
  await observer.settled();
  const used = watchCpu({ serverPid: plaza.pid, postgresPid, ownBackendPid: observer.backendPid });
  const startedAt = performance.now();
  await importFile(kit, shop.storeId, plain, 'plain-csv');
  const finishedAt = performance.now();
  await found(kit, withVariants + importedRows);
  const indexedAt = performance.now();
  await observer.settled();
  const { server, postgres } = used();

  await addImages(databaseUrl, marketplace, importedRows);
  if (importedRows < listings) await fillCatalog(databaseUrl, { marketplace, from: importedRows, to: listings });
  const rebuildAt = performance.now();
  await rebuild(kit);
  await found(kit, listings + withVariants);
  const rebuildSeconds = (performance.now() - rebuildAt) / 1000;
  await observer.settled();
  return {
    importedRows,
    importRowsPerSecond: importedRows / ((finishedAt - startedAt) / 1000),
    importCpuMsPerRow: { server: server / importedRows, postgres: postgres / importedRows },
    indexedAfterSeconds: (indexedAt - finishedAt) / 1000,
    rebuildSeconds,
  };
}

/** Resolves when so many listings can be found. */
export async function found({ plaza, marketplace }: Pick<Kit, 'plaza' | 'marketplace'>, count: number): Promise<void> {
  await eventually(
    async () => {
      const { total } = await plaza.client({ marketplace }).search.searchListings({ limit: 1 });
      if (total < count) throw new Error(`${total} of ${count} listings can be found`);
    },
    { withinMs: IMPORT_MS_MAX, everyMs: 250 },
  );
}

async function rebuild({ plaza, observer, marketplace }: Kit): Promise<void> {
  const build = () =>
    observer.rows<{ build_id: string }>('select build_id from search.index_build where marketplace_id = $1', [
      marketplace,
    ]);
  const [before] = await build();
  const context = serviceContext('bench', marketplace, 'rebuild');
  // A long rebuild outlives the call that began it; the build it leaves says that it is done.
  await plaza
    .internal('search', searchContract)
    .rebuildSearchIndex({}, context)
    .catch(() =>
      eventually(
        async () => {
          if ((await build())[0]?.build_id === before?.build_id) throw new Error('the index is being rebuilt');
        },
        { withinMs: IMPORT_MS_MAX },
      ),
    );
}

async function importFile(
  { plaza, observer, marketplace }: Kit,
  storeId: Id<'store'>,
  file: string,
  format: 'plain-csv' | 'shopify-csv',
): Promise<void> {
  const answer = plaza
    .internal('catalog', catalogContract)
    .importFile(
      { storeId, path: file, format, options: { defaultCategoryId: 'clothing' } },
      serviceContext('bench', marketplace, 'import'),
    );
  // A long import outlives the call that began it; its job says how it ended.
  const job = await answer.catch(() =>
    eventually(
      async () => {
        const [last] = await observer.rows<{ state: string; counts: { refused: number }; failure: string | null }>(
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
    const mistakes = await observer.rows('select * from catalog.import_mistake limit 3');
    throw new Error(`the import failed: ${job.failure}, ${JSON.stringify({ counts: job.counts, mistakes })}`);
  }
}
