import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { handleOf } from './check.ts';
import type { RunDependencies, Work } from './dependencies.ts';
import type { Draft } from './draft.ts';
import { importBatch } from './import-batch.ts';
import { leaseFrom, TakenOver } from './lease.ts';
import { readFile } from './read-file.ts';
import { UnreadableFile } from './records.ts';
import { claimDueJob, finishJob, type JobRecord, refreshStatistics } from './store/job.ts';
import { saveColumns } from './store/source.ts';

/** Listings, and at most this many rows, in one transaction. */
const BATCH_LISTINGS = 500;
const BATCH_ROWS = 2_000;

/**
 * Does one import that waits or was interrupted. Each batch of listings commits with the checkpoint behind it, so a
 * killed import goes on where it stopped and nothing is done twice. A dry run does the same and rolls back.
 * @returns the finished job, or undefined when none was due.
 */
export async function runDueImport(
  dependencies: RunDependencies,
  marketplaceId: string,
): Promise<JobRecord | undefined> {
  const now = dependencies.clock();
  const claimed = await claimDueJob(dependencies.database.read(marketplaceId), marketplaceId, {
    now,
    until: leaseFrom(now),
  });
  return claimed && runLeasedImport(dependencies, marketplaceId, claimed);
}

/** Does an import that is this process's own. */
export async function runLeasedImport(
  dependencies: RunDependencies,
  marketplaceId: string,
  claimed: JobRecord,
): Promise<JobRecord | undefined> {
  const queries = dependencies.database.read(marketplaceId);
  let job = claimed;
  try {
    job = await importAll({ ...dependencies, marketplaceId }, job);
    job = { ...job, state: job.isDryRun ? 'checked' : 'completed', completedTime: dependencies.clock() };
  } catch (error) {
    if (error instanceof TakenOver) return undefined;
    // A failure of ours leaves the job leased: it is tried again from its checkpoint.
    if (!(error instanceof UnreadableFile)) throw error;
    job = {
      ...job,
      state: 'failed',
      failure: error.message,
      failureCode: error.code,
      completedTime: dependencies.clock(),
    };
  }
  await finishJob(queries, marketplaceId, job);
  return job;
}

async function importAll(work: Work, started: JobRecord): Promise<JobRecord> {
  let job = started;
  let columns: readonly string[] | undefined;
  const file = await open(work, job);
  try {
    const { format, drafts } = await readFile(file, job.format, {
      onColumns: (found) => {
        columns = found;
      },
      isPriceRequired: job.options.defaultPriceMinor === undefined,
      encoding: job.options.encoding,
    });
    job = { ...job, format };
    const handles = new Set<string>();
    const batches = batchesOf(drafts, job.checkpoint, handles);
    // The next batch is read while the database works on this one.
    let next = batches.next();
    for (let count = 1; ; count++) {
      const { value: batch, done } = await next;
      if (done === true) break;
      next = batches.next();
      // If this batch fails, nobody asks for the next any more.
      next.catch(() => {});
      job = await importBatch(work, job, batch, handles);
      if (!job.isDryRun && isPowerOfThree(count)) await refreshStatistics(work.database.read(work.marketplaceId));
    }
  } finally {
    file.destroy();
  }
  if (columns !== undefined && !job.isDryRun)
    await saveColumns(work.database.read(work.marketplaceId), work.marketplaceId, job.storeId, columns);
  return job;
}

/** Listings in batches, those up to the checkpoint left out; their handles are taken all the same. */
async function* batchesOf(
  drafts: AsyncIterable<Draft>,
  checkpoint: number,
  handles: Set<string>,
): AsyncGenerator<Draft[], undefined> {
  let position = 0;
  let batch: Draft[] = [];
  let rows = 0;
  for await (const draft of drafts) {
    position++;
    if (position <= checkpoint) {
      handles.add(handleOf(draft));
      continue;
    }
    batch.push(draft);
    rows += draft.variants.length;
    if (batch.length < BATCH_LISTINGS && rows < BATCH_ROWS) continue;
    yield batch;
    batch = [];
    rows = 0;
  }
  if (batch.length > 0) yield batch;
  return undefined;
}

/** 1, 3, 9, 27…: as often as it matters, and never often. */
function isPowerOfThree(count: number): boolean {
  return 3 ** Math.round(Math.log(count) / Math.log(3)) === count;
}

async function open({ storage }: Work, { source }: JobRecord): Promise<Readable> {
  if (source.kind === 'storage') {
    if (!(await storage.exists(source.key)))
      throw new UnreadableFile('gone', 'The file is no longer there. Upload it again.');
    return storage.get(source.key);
  }
  const found = await stat(source.path).catch(() => undefined);
  if (found?.isFile() !== true) throw new UnreadableFile('gone', `There is no file ${source.path}.`);
  return createReadStream(source.path);
}
