import {
  asService,
  type Call,
  type Context,
  decodeCursor,
  idFromUuid,
  idOfCursor,
  invalidInput,
  newId,
  pageFrom,
  pointerTo,
  uuidFromId,
} from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { fileLink, inSteps, inTransaction } from '@plaza/runtime';
import { z } from 'zod';
import { categoryIndex } from '../domain/categories.ts';
import { errors } from '../errors.ts';
import { ownsStore, requireOwnStore } from '../operations/dependencies.ts';
import { findStore } from '../store/stores.ts';
import { type ImportJob, type ImportOptions, importOperations } from './contract.ts';
import type { ImportDependencies } from './dependencies.ts';
import { exportFile } from './export.ts';
import { leaseFrom } from './lease.ts';
import { runLeasedImport } from './run-import.ts';
import {
  countWaitingImages,
  findJob,
  type ImportSource,
  imageProblemsOf,
  insertJob,
  type JobRecord,
  jobsOf,
  jobView,
  mistakesOf,
  NO_COUNTS,
  restartJob,
} from './store.ts';

/** The number of a mistake in its file. */
const MistakeKeys = z.tuple([z.int()]);
/** An image's listing and its place there. */
const ImageKeys = z.tuple([z.uuid(), z.int()]);
const BEFORE_ALL_IMAGES = ['00000000-0000-0000-0000-000000000000', -1] as const;
const NO_OPTIONS: ImportOptions = { categoryMapping: {}, defaultState: 'published', kind: 'physical' };

/** The operations of imports and exports, by name. */
export function importHandlers(dependencies: ImportDependencies) {
  const { database, marketplaces, storage, clock } = dependencies;

  const ownJob = async (context: Context, importId: string): Promise<JobRecord> => {
    const queries = database.read(context.marketplaceId);
    const job = await findJob(queries, context.marketplaceId, uuidFromId(importId));
    const store = job === undefined ? undefined : await findStore(queries, context.marketplaceId, job.storeId);
    if (job === undefined || store === undefined || !ownsStore(context, store)) throw errors.IMPORT_NOT_FOUND({});
    return job;
  };
  const view = async (context: Context, job: JobRecord): Promise<ImportJob> =>
    jobView(job, await countWaitingImages(database.read(context.marketplaceId), context.marketplaceId, job.id));
  const ownStore = async (context: Context, storeId: string) =>
    requireOwnStore(
      context,
      await findStore(database.read(context.marketplaceId), context.marketplaceId, uuidFromId(storeId)),
    );
  const newJob = (
    context: Context,
    input: { format: JobRecord['format']; isDryRun: boolean; options?: ImportOptions | undefined },
  ) => {
    const options = input.options ?? NO_OPTIONS;
    requireCategories(marketplaces.get(context.marketplaceId), options);
    return {
      format: input.format,
      isDryRun: input.isDryRun,
      options,
      state: 'waiting' as const,
      checkpoint: 0,
      counts: NO_COUNTS,
      errorCount: 0,
      failure: null,
      failureCode: null,
      createdTime: clock(),
      completedTime: null,
    };
  };

  return {
    createImport: inSteps(database, importOperations.createImport, async ({ input, context }) => {
      const store = await ownStore(context, input.storeId);
      const id = uuidFromId(newId('importJob'));
      const source = await sourceOf(dependencies, context, id, input);
      const job: JobRecord = { ...newJob(context, input), id, storeId: store.id, source };
      await insertJob(database.read(context.marketplaceId), context.marketplaceId, job, null);
      return jobView(job, 0);
    }),
    startImport: inTransaction(database, importOperations.startImport, async ({ input, context, tx }) => {
      const job = await ownJob(context, input.importId);
      const isStarted = await restartJob(tx, job.id);
      const isUnderWay = !job.isDryRun && job.state !== 'failed';
      if (!isStarted && !isUnderWay) throw errors.IMPORT_NOT_CHECKED({});
      const started = await findJob(tx, tx.marketplaceId, job.id);
      return jobView(started ?? job, 0);
    }),
    getImport: async ({ input, context }: Call<typeof importOperations.getImport>) =>
      view(context, await ownJob(context, input.importId)),
    listImports: async ({ input, context }: Call<typeof importOperations.listImports>) => {
      const store = await ownStore(context, input.storeId);
      const jobs = await jobsOf(database.read(context.marketplaceId), context.marketplaceId, {
        storeId: store.id,
        limit: input.limit + 1,
        beforeId: idOfCursor(input.cursor),
      });
      const { items, nextCursor } = pageFrom(
        jobs,
        input.limit,
        ({ id }) => [id],
        (job) => job,
      );
      return { items: await Promise.all(items.map((job) => view(context, job))), nextCursor };
    },
    listImportErrors: async ({ input, context }: Call<typeof importOperations.listImportErrors>) => {
      const job = await ownJob(context, input.importId);
      const [after] = decodeCursor(input.cursor, MistakeKeys) ?? [-1];
      const found = await mistakesOf(database.read(context.marketplaceId), context.marketplaceId, {
        jobId: job.id,
        limit: input.limit + 1,
        after,
      });
      return pageFrom(
        found,
        input.limit,
        ({ number }) => [number],
        ({ number: _, ...mistake }) => mistake,
      );
    },
    listImportImageProblems: async ({ input, context }: Call<typeof importOperations.listImportImageProblems>) => {
      const job = await ownJob(context, input.importId);
      const found = await imageProblemsOf(database.read(context.marketplaceId), context.marketplaceId, {
        jobId: job.id,
        limit: input.limit + 1,
        after: decodeCursor(input.cursor, ImageKeys) ?? BEFORE_ALL_IMAGES,
      });
      return pageFrom(
        found,
        input.limit,
        ({ listingId, position }) => [listingId, position],
        ({ listingId, position: _, nextTryTime, ...problem }) => ({
          ...problem,
          listingId: idFromUuid('listing', listingId),
          nextTryTime: nextTryTime?.toISOString() ?? null,
        }),
      );
    },
    exportListings: async ({ input, context }: Call<typeof importOperations.exportListings>) => {
      const store = await ownStore(context, input.storeId);
      const extension = input.format === 'ndjson' ? 'ndjson' : 'csv';
      const key = `exports/${context.marketplaceId}/${uuidFromId(newId('importJob'))}.${extension}`;
      const counted = exportFile(dependencies, context.marketplaceId, store.id, input.format);
      const contentType = input.format === 'ndjson' ? 'application/x-ndjson' : 'text/csv; charset=utf-8';
      await storage.put(key, counted.stream, { contentType });
      return {
        ...fileLink(storage, clock(), { key, filename: `${store.slug}.${extension}`, contentType }),
        listingCount: counted.count(),
      };
    },
    importFile: async ({ input, context }: Call<typeof importOperations.importFile>) => {
      const store = await ownStore(context, input.storeId);
      const id = uuidFromId(newId('importJob'));
      const job: JobRecord = {
        ...newJob(context, input),
        id,
        storeId: store.id,
        source: { kind: 'path', path: input.path },
        state: input.isDryRun ? 'checking' : 'running',
      };
      // Ours from the beginning: the timer of a server that runs beside this process must not take it.
      await insertJob(database.read(context.marketplaceId), context.marketplaceId, job, leaseFrom(clock()));
      await runLeasedImport(dependencies, context.marketplaceId, job);
      return view(context, await ownJob(context, idFromUuid('importJob', id)));
    },
  };
}

/** A mapping to a category that is not there would leave its rows to the default, unnoticed. */
function requireCategories(settings: MarketplaceSettings, options: ImportOptions): void {
  const { byId } = categoryIndex(settings);
  const named = [
    ...(options.defaultCategoryId === undefined ? [] : [['/options/defaultCategoryId', options.defaultCategoryId]]),
    ...Object.entries(options.categoryMapping).map(([from, to]) => [`/options/categoryMapping${pointerTo(from)}`, to]),
  ] as const;
  const unknown = named.filter(([, id]) => !byId.has(String(id)));
  if (unknown.length === 0) return;
  throw invalidInput(
    unknown.map(([pointer, id]) => ({
      pointer: String(pointer),
      code: 'category',
      detail: `“${id}” is not a category of this marketplace: give the id of one`,
    })),
  );
}

/** The file: an upload of the caller's, or text, which is stored like one. */
async function sourceOf(
  { media, storage }: ImportDependencies,
  context: Context,
  id: string,
  { uploadId, text }: Pick<Call<typeof importOperations.createImport>['input'], 'uploadId' | 'text'>,
): Promise<ImportSource> {
  if ((uploadId === undefined) === (text === undefined))
    throw invalidInput([{ pointer: '/uploadId', code: 'required', detail: 'give either uploadId or text' }]);
  if (text !== undefined) {
    const key = `imports/${context.marketplaceId}/${id}`;
    // With a byte order mark, for what comes as text needs no `encoding`, whichever was chosen for files.
    await storage.put(key, Buffer.from(`\ufeff${text.replace(/^\ufeff/, '')}`), { contentType: 'text/plain' });
    return { kind: 'storage', key };
  }
  // As the caller: media answers only for an upload of theirs.
  const { idempotencyKey: _, ...own } = context;
  const asset = await media.completeUpload({ uploadId: uploadId as NonNullable<typeof uploadId> }, own);
  if (asset.purpose !== 'import-file')
    throw invalidInput([
      { pointer: '/uploadId', code: 'purpose', detail: 'must be an upload with purpose import-file' },
    ]);
  const { url } = await media.createDownloadUrl({ assetId: asset.id }, asService('catalog', own));
  return { kind: 'storage', key: keyOfLink(url) };
}

/** The storage key in a signed link `/files/<key>?…`. */
function keyOfLink(url: string): string {
  const { pathname } = new URL(url, 'http://files');
  return pathname
    .replace(/^\/files\//, '')
    .split('/')
    .map(decodeURIComponent)
    .join('/');
}
