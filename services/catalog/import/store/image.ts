import type { Fault } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { ListingImage } from '../../contract.ts';

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
