import { idFromUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type {
  ImportCounts,
  ImportFailureCode,
  ImportFormat,
  ImportJob,
  ImportOptions,
  ImportState,
} from '../contract.ts';

/** Where the bytes of an import are: stored, or for imports from the command line on this machine. */
export type ImportSource =
  | { readonly kind: 'storage'; readonly key: string }
  | { readonly kind: 'path'; readonly path: string };

/** An import as it is worked on. Ids are database UUIDs. */
export type JobRecord = {
  readonly id: string;
  readonly storeId: string;
  readonly source: ImportSource;
  readonly format: ImportFormat;
  readonly options: ImportOptions;
  readonly isDryRun: boolean;
  readonly state: ImportState;
  readonly checkpoint: number;
  readonly counts: ImportCounts;
  readonly errorCount: number;
  readonly failure: string | null;
  readonly failureCode: ImportFailureCode | null;
  readonly createdTime: Date;
  readonly completedTime: Date | null;
};

export const NO_COUNTS: ImportCounts = {
  rows: 0,
  listings: 0,
  variants: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  images: 0,
};

const COLUMNS = sql`id, store_id as "storeId", source, format, options, is_dry_run as "isDryRun", state, checkpoint, counts,
  error_count as "errorCount", failure, failure_code as "failureCode", created_time as "createdTime", completed_time as "completedTime"`;

export async function insertJob(
  queries: Queries,
  marketplaceId: string,
  job: JobRecord,
  leasedUntil: Date | null,
): Promise<void> {
  await queries.execute(sql`
    insert into catalog.import_job (marketplace_id, id, store_id, source, format, options, is_dry_run, state, counts, created_time, locked_until)
    values (${marketplaceId}, ${job.id}, ${job.storeId}, ${JSON.stringify(job.source)}, ${job.format},
      ${JSON.stringify(job.options)}, ${job.isDryRun}, ${job.state}, ${JSON.stringify(job.counts)}, ${job.createdTime}, ${leasedUntil})`);
}

export async function findJob(queries: Queries, marketplaceId: string, id: string): Promise<JobRecord | undefined> {
  return queries.row(sql`
    select ${COLUMNS} from catalog.import_job where marketplace_id = ${marketplaceId} and id = ${id}::uuid`);
}

export async function jobsOf(
  queries: Queries,
  marketplaceId: string,
  { storeId, limit, beforeId }: { storeId: string; limit: number; beforeId: string | null },
): Promise<JobRecord[]> {
  const after = beforeId === null ? sql`true` : sql`id < ${beforeId}::uuid`;
  return queries.rows(sql`
    select ${COLUMNS} from catalog.import_job
    where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid and ${after} order by id desc limit ${limit}`);
}

/** Takes the oldest import that waits, or whose process has died; one process has each. */
export async function claimDueJob(
  queries: Queries,
  marketplaceId: string,
  { now, until }: { now: Date; until: Date },
): Promise<JobRecord | undefined> {
  return queries.row(sql`
    update catalog.import_job set locked_until = ${until},
      state = case when is_dry_run then 'checking' else 'running' end
    where marketplace_id = ${marketplaceId} and id = (
      select id from catalog.import_job
      where marketplace_id = ${marketplaceId} and state in ('waiting', 'checking', 'running')
        and (locked_until is null or locked_until < ${now})
      order by id limit 1 for update skip locked)
    returning ${COLUMNS}`);
}

/** Notes how far an import is and holds it on. Answers false when another process has taken it over. */
export async function saveProgress(
  tx: Transaction,
  job: JobRecord,
  lease: { readonly from: number; readonly until: Date },
): Promise<boolean> {
  const saved = await tx.execute(sql`
    update catalog.import_job set checkpoint = ${job.checkpoint}, counts = ${JSON.stringify(job.counts)},
      error_count = ${job.errorCount}, locked_until = ${lease.until}
    where marketplace_id = ${tx.marketplaceId} and id = ${job.id}::uuid and checkpoint = ${lease.from}
      and state in ('checking', 'running')`);
  return saved === 1;
}

export async function finishJob(queries: Queries, marketplaceId: string, job: JobRecord): Promise<void> {
  await queries.execute(sql`
    update catalog.import_job set state = ${job.state}, format = ${job.format}, counts = ${JSON.stringify(job.counts)}, failure = ${job.failure},
      failure_code = ${job.failureCode}, error_count = ${job.errorCount}, completed_time = ${job.completedTime}, locked_until = null, checkpoint = ${job.checkpoint}
    where marketplace_id = ${marketplaceId} and id = ${job.id}::uuid`);
}

/**
 * Lets PostgreSQL look at how much there is now, in the columns by which an import looks things up; plans made while the
 * tables were empty are made anew. Autovacuum looks at the other columns.
 */
export async function refreshStatistics(queries: Queries): Promise<void> {
  await queries.execute(sql`
    analyze catalog.listing (marketplace_id, id, store_id, handle, state), catalog.listing_content (marketplace_id, listing_id),
      catalog.listing_facet (marketplace_id, token), catalog.variant (marketplace_id, id, listing_id, store_id, sku),
      catalog.import_image (marketplace_id, listing_id, state), catalog.import_source (marketplace_id, listing_id)`);
}

/** A checked import begins for real. Answers false when it was not checked. */
export async function restartJob(tx: Transaction, id: string): Promise<boolean> {
  const started = await tx.execute(sql`
    update catalog.import_job set state = 'waiting', is_dry_run = false, checkpoint = 0, counts = ${JSON.stringify(NO_COUNTS)},
      error_count = 0, completed_time = null, locked_until = null
    where marketplace_id = ${tx.marketplaceId} and id = ${id}::uuid and state = 'checked'`);
  if (started === 0) return false;
  await tx.execute(
    sql`delete from catalog.import_mistake where marketplace_id = ${tx.marketplaceId} and job_id = ${id}::uuid`,
  );
  return true;
}

export function jobView(job: JobRecord, imagesWaiting: number): ImportJob {
  const { id, storeId, format, options, state, isDryRun, counts, errorCount, failure, failureCode } = job;
  return {
    id: idFromUuid('importJob', id),
    storeId: idFromUuid('store', storeId),
    format,
    options,
    state,
    isDryRun,
    counts,
    errorCount,
    failure,
    failureCode,
    imagesWaiting,
    createdTime: job.createdTime.toISOString(),
    completedTime: job.completedTime?.toISOString() ?? null,
  };
}
