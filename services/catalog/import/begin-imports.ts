import {
  asService,
  type Call,
  type Context,
  idFromUuid,
  invalidInput,
  newId,
  pointerTo,
  uuidFromId,
} from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { inSteps, inTransaction } from '@plaza/runtime';
import { categoryIndex } from '../domain/categories.ts';
import { errors } from '../errors.ts';
import { type ImportOptions, importOperations } from './contract.ts';
import type { ImportDependencies } from './dependencies.ts';
import { leaseFrom } from './lease.ts';
import { ownJob, ownStore } from './own.ts';
import { showJob } from './read-imports.ts';
import { runLeasedImport } from './run-import.ts';
import { findJob, type ImportSource, insertJob, type JobRecord, jobView, NO_COUNTS, restartJob } from './store/job.ts';

const NO_OPTIONS: ImportOptions = { categoryMapping: {}, defaultState: 'published', kind: 'physical' };

/** Takes a file in, to be checked or done by whoever runs imports; `importFile` does all of it at once. */
export function beginImports(dependencies: ImportDependencies) {
  const { database, clock } = dependencies;
  return {
    createImport: inSteps(database, importOperations.createImport, async ({ input, context }) => {
      const store = await ownStore(dependencies, context, input.storeId);
      const id = uuidFromId(newId('importJob'));
      const source = await sourceOf(dependencies, context, id, input);
      const job: JobRecord = { ...newJob(dependencies, context, input), id, storeId: store.id, source };
      await insertJob(database.read(context.marketplaceId), context.marketplaceId, job, null);
      return jobView(job, 0);
    }),
    startImport: inTransaction(database, importOperations.startImport, async ({ input, context, tx }) => {
      const job = await ownJob(dependencies, context, input.importId);
      const isStarted = await restartJob(tx, job.id);
      const isUnderWay = !job.isDryRun && job.state !== 'failed';
      if (!isStarted && !isUnderWay) throw errors.IMPORT_NOT_CHECKED({});
      const started = await findJob(tx, tx.marketplaceId, job.id);
      return jobView(started ?? job, 0);
    }),
    importFile: async ({ input, context }: Call<typeof importOperations.importFile>) => {
      const store = await ownStore(dependencies, context, input.storeId);
      const id = uuidFromId(newId('importJob'));
      const job: JobRecord = {
        ...newJob(dependencies, context, input),
        id,
        storeId: store.id,
        source: { kind: 'path', path: input.path },
        state: input.isDryRun ? 'checking' : 'running',
      };
      // Ours from the beginning: the timer of a server that runs beside this process must not take it.
      await insertJob(database.read(context.marketplaceId), context.marketplaceId, job, leaseFrom(clock()));
      await runLeasedImport(dependencies, context.marketplaceId, job);
      return showJob(
        dependencies,
        context.marketplaceId,
        await ownJob(dependencies, context, idFromUuid('importJob', id)),
      );
    },
  };
}

function newJob(
  { marketplaces, clock }: ImportDependencies,
  { marketplaceId }: Context,
  {
    format,
    isDryRun,
    options = NO_OPTIONS,
  }: Pick<JobRecord, 'format' | 'isDryRun'> & { readonly options?: ImportOptions | undefined },
) {
  requireCategories(marketplaces.get(marketplaceId), options);
  return {
    format,
    isDryRun,
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
