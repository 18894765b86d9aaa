import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import { NO_STARS, type StarCounts } from '../domain/rating.ts';

type Rated = { readonly counts: StarCounts; readonly version: number };

/** Adds to the counts of a listing and of its store, always in this order; answers the listing's, as they are now. */
export async function changeRatings(
  tx: Transaction,
  { listingId, storeId }: { readonly listingId: Id<'listing'>; readonly storeId: Id<'store'> },
  change: StarCounts,
): Promise<Rated> {
  const listing = await changeRating(tx, 'listing', listingId, change);
  await changeRating(tx, 'store', storeId, change);
  return listing;
}

function changeRating(
  tx: Transaction,
  subject: 'listing' | 'store',
  id: string,
  [one, two, three, four, five]: StarCounts,
): Promise<Rated> {
  // What is taken away was added before, so the row is there. PostgreSQL checks a row before it finds that it is not new.
  return tx.one<Rated>(sql`
    insert into reviews.rating as kept (marketplace_id, subject_id, subject, counts)
    values (${tx.marketplaceId}, ${uuidFromId(id)}, ${subject}, array[greatest(${one}, 0),
      greatest(${two}, 0), greatest(${three}, 0), greatest(${four}, 0), greatest(${five}, 0)]::int[])
    on conflict on constraint rating_pkey do update set version = kept.version + 1, counts = array[
      kept.counts[1] + ${one}, kept.counts[2] + ${two}, kept.counts[3] + ${three}, kept.counts[4] + ${four},
      kept.counts[5] + ${five}]
    returning counts, version`);
}

/** The counts of a listing or a store; of what nobody reviewed, none. */
export async function findCounts(queries: Queries, marketplaceId: string, id: string): Promise<StarCounts> {
  const row = await queries.row<{ counts: StarCounts }>(sql`
    select counts from reviews.rating where marketplace_id = ${marketplaceId} and subject_id = ${uuidFromId(id)}`);
  return row?.counts ?? NO_STARS;
}

/** The counts of these listings; nothing of those that never had a review. One statement. */
export async function listCounts(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly string[],
): Promise<{ readonly listingId: Id<'listing'>; readonly counts: StarCounts }[]> {
  const rows = await queries.rows<{ subject_id: string; counts: StarCounts }>(sql`
    select subject_id, counts from reviews.rating
    where marketplace_id = ${marketplaceId} and subject_id = any(${listingIds.map(uuidFromId)}::uuid[]) and subject = 'listing'`);
  return rows.map(({ subject_id, counts }) => ({ listingId: idFromUuid('listing', subject_id), counts }));
}
