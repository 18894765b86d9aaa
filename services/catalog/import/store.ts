import { type Fault, idFromUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { ListingImage } from '../contract.ts';
import type {
  ImportCounts,
  ImportFailureCode,
  ImportFormat,
  ImportJob,
  ImportMistake,
  ImportOptions,
  ImportState,
} from './contract.ts';
import type { Mistake } from './draft.ts';

/** Mistakes kept of one import; all are counted. */
export const MISTAKES_MAX = 10_000;

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

/** Keeps mistakes under rising numbers from `firstNumber` on, up to the limit. */
export async function saveMistakes(
  queries: Queries,
  marketplaceId: string,
  jobId: string,
  firstNumber: number,
  mistakes: readonly (Mistake & { readonly handle: string | null })[],
): Promise<void> {
  const kept = mistakes.slice(0, Math.max(0, MISTAKES_MAX - firstNumber));
  if (kept.length === 0) return;
  const rows = kept.map(({ row, column, handle, code, message }, i) => ({
    number: firstNumber + i,
    row_number: row,
    column_name: column,
    handle,
    code,
    message: message.slice(0, 1000),
  }));
  await queries.execute(sql`
    insert into catalog.import_mistake (marketplace_id, job_id, number, row_number, column_name, handle, code, message)
    select ${marketplaceId}, ${jobId}::uuid, r.number, r.row_number, r.column_name, r.handle, r.code, r.message
    from json_populate_recordset(null::catalog.import_mistake, ${JSON.stringify(rows)}::json) r
    on conflict do nothing`);
}

export async function mistakesOf(
  queries: Queries,
  marketplaceId: string,
  { jobId, limit, after }: { jobId: string; limit: number; after: number },
): Promise<(ImportMistake & { number: number })[]> {
  return queries.rows(sql`
    select number, row_number as row, column_name as "column", handle, code, message from catalog.import_mistake
    where marketplace_id = ${marketplaceId} and job_id = ${jobId}::uuid and number > ${after} order by number limit ${limit}`);
}

/** Images of each of these imports that are still to be fetched; an import without any is left out. */
export async function countWaitingImages(
  queries: Queries,
  marketplaceId: string,
  jobIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await queries.rows<{ job_id: string; waiting: number }>(sql`
    select job_id, count(*) as waiting from catalog.import_image
    where marketplace_id = ${marketplaceId} and job_id = any(${jobIds}::uuid[]) and state = 'waiting' group by job_id`);
  return new Map(rows.map(({ job_id, waiting }) => [job_id, waiting]));
}

export type ImageRow = {
  readonly listingId: string;
  readonly position: number;
  readonly url: string;
  readonly alt: string | null;
  readonly folder: string | null;
  readonly image: ListingImage | null;
  readonly state: 'waiting' | 'fetched' | 'failed';
  readonly attempts: number;
};

const IMAGE_COLUMNS = sql`listing_id as "listingId", position, url, alt, folder, image, state, attempts`;

export async function imagesOf(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly string[],
): Promise<ImageRow[]> {
  if (listingIds.length === 0) return [];
  return queries.rows(sql`
    select ${IMAGE_COLUMNS} from catalog.import_image
    where marketplace_id = ${marketplaceId} and listing_id = any(${listingIds}::uuid[]) order by listing_id, position`);
}

/** Listings with images to fetch now, the longest waiting first. */
export async function listingsWithDueImages(
  queries: Queries,
  marketplaceId: string,
  { now, limit }: { now: Date; limit: number },
): Promise<string[]> {
  const rows = await queries.rows<{ listing_id: string }>(sql`
    select listing_id from (
      select listing_id, due_time from catalog.import_image
      where marketplace_id = ${marketplaceId} and state = 'waiting' and due_time <= ${now} order by due_time limit ${limit * 4}
    ) due group by listing_id order by min(due_time) limit ${limit}`);
  return rows.map(({ listing_id }) => listing_id);
}

/** Replaces what is known of listings' images. */
export async function saveImages(
  tx: Transaction,
  jobId: string,
  now: Date,
  images: readonly (Omit<ImageRow, 'attempts'> & { readonly attempts?: number })[],
  listingIds: readonly string[],
): Promise<void> {
  if (listingIds.length === 0) return;
  await tx.execute(sql`
    delete from catalog.import_image where marketplace_id = ${tx.marketplaceId} and listing_id = any(${listingIds}::uuid[])`);
  if (images.length === 0) return;
  const rows = images.map(({ listingId, position, url, alt, folder, image, state, attempts }) => ({
    listing_id: listingId,
    position,
    url,
    alt,
    folder,
    image,
    state,
    attempts: attempts ?? 0,
  }));
  await tx.execute(sql`
    insert into catalog.import_image (marketplace_id, listing_id, position, job_id, url, alt, folder, image, state, attempts, due_time)
    select ${tx.marketplaceId}, r.listing_id, r.position, ${jobId}::uuid, r.url, r.alt, r.folder,
      case when r.state = 'fetched' then r.image end, r.state, r.attempts, ${now}
    from json_populate_recordset(null::catalog.import_image, ${JSON.stringify(rows)}::json) r`);
}

export type ImageProblemRow = {
  readonly listingId: string;
  readonly position: number;
  readonly listingTitle: string;
  readonly url: string;
  readonly code: string;
  readonly message: string;
  readonly nextTryTime: Date | null;
};

/** Images of an import that could not be fetched so far, by listing and position; of listings that are still there. */
export async function imageProblemsOf(
  queries: Queries,
  marketplaceId: string,
  { jobId, limit, after }: { jobId: string; limit: number; after: readonly [listingId: string, position: number] },
): Promise<ImageProblemRow[]> {
  return queries.rows(sql`
    select i.listing_id as "listingId", i.position, l.title as "listingTitle", left(i.url, 300) as url,
      coalesce(i.failure_code, 'INTERNAL') as code, i.failure as message, case i.state when 'waiting' then i.due_time end as "nextTryTime"
    from catalog.import_image i join catalog.listing l on l.marketplace_id = i.marketplace_id and l.id = i.listing_id
    where i.marketplace_id = ${marketplaceId} and i.job_id = ${jobId}::uuid and i.failure is not null
      and (i.listing_id, i.position) > (${after[0]}::uuid, ${after[1]})
    order by i.listing_id, i.position limit ${limit}`);
}

/** What became of one image: fetched, to be tried again at `dueTime`, or given up. */
export async function saveImageOutcome(
  queries: Queries,
  marketplaceId: string,
  row: ImageRow,
  outcome: { readonly image: ListingImage } | { readonly failure: Fault; readonly dueTime: Date | null },
): Promise<void> {
  const change =
    'image' in outcome
      ? sql`image = ${JSON.stringify(outcome.image)}, state = 'fetched', failure = null, failure_code = null`
      : sql`failure = ${outcome.failure.message.slice(0, 500)}, failure_code = ${outcome.failure.code}, attempts = attempts + 1,
          state = ${outcome.dueTime === null ? 'failed' : 'waiting'}, due_time = coalesce(${outcome.dueTime}, due_time)`;
  await queries.execute(sql`
    update catalog.import_image set ${change}
    where marketplace_id = ${marketplaceId} and listing_id = ${row.listingId}::uuid and position = ${row.position}
      and url = ${row.url}`);
}

/** The file's own rows of listings, for exports. */
export async function saveSources(
  tx: Transaction,
  storeId: string,
  sources: readonly { readonly listingId: string; readonly rows: unknown }[],
): Promise<void> {
  if (sources.length === 0) return;
  const rows = sources.map(({ listingId, rows: own }) => ({ listing_id: listingId, rows: own }));
  await tx.execute(sql`
    insert into catalog.import_source as s (marketplace_id, listing_id, store_id, rows)
    select ${tx.marketplaceId}, r.listing_id, ${storeId}::uuid, r.rows
    from json_populate_recordset(null::catalog.import_source, ${JSON.stringify(rows)}::json) r
    on conflict (marketplace_id, listing_id) do update set rows = excluded.rows where s.rows <> excluded.rows`);
}

export async function sourcesOf(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly string[],
): Promise<Map<string, Record<string, string>[]>> {
  const rows = await queries.rows<{ listing_id: string; rows: Record<string, string>[] }>(sql`
    select listing_id, rows from catalog.import_source
    where marketplace_id = ${marketplaceId} and listing_id = any(${listingIds}::uuid[])`);
  return new Map(rows.map((row) => [row.listing_id, row.rows]));
}

export async function saveColumns(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
  columns: readonly string[],
): Promise<void> {
  await queries.execute(sql`
    insert into catalog.import_columns (marketplace_id, store_id, columns)
    values (${marketplaceId}, ${storeId}::uuid, ${columns}::text[])
    on conflict (marketplace_id, store_id) do update set columns = excluded.columns`);
}

export async function columnsOf(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<string[] | undefined> {
  const row = await queries.row<{ columns: string[] }>(sql`
    select columns from catalog.import_columns where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid`);
  return row?.columns;
}

/** A store's listings page by page, oldest first, without deleted ones. */
export async function listingIdsAfter(
  queries: Queries,
  marketplaceId: string,
  { storeId, afterId, limit }: { storeId: string; afterId: string | undefined; limit: number },
): Promise<string[]> {
  const after = afterId === undefined ? sql`true` : sql`id > ${afterId}::uuid`;
  const rows = await queries.rows<{ id: string }>(sql`
    select id from catalog.listing
    where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid and state <> 'deleted' and ${after}
    order by id limit ${limit}`);
  return rows.map(({ id }) => id);
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
