import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { columnsOf, type Queries, sql, type Transaction } from '@plaza/runtime';
import { type Rating, storeStepOf } from '../domain/rating.ts';

export type RatingNews = {
  readonly listingId: string;
  readonly storeId: string;
  readonly ratingCount: number;
  readonly ratingSum: number;
  readonly version: number;
};

type HeldRow = { listing_id: string; store_id: string | null; count: number; sum: number; version: number };
type StoreRow = { store_id: string; count: number; sum: number; step: number | null };

/**
 * Keeps the newest that was heard of each listing, and what it makes of its store; each listing may be in `news` once.
 * Stores that come to stand on another step are due: see `listDueStores`.
 */
export async function saveRatings(tx: Transaction, news: readonly RatingNews[]): Promise<void> {
  const { marketplaceId } = tx;
  const ids = news.map(({ listingId }) => uuidFromId(listingId)).sort();
  // There before it is read: who hears of the same listing at once waits for the lock, and sees what was written.
  await tx.execute(sql`
    insert into search.listing_rating (marketplace_id, listing_id, rating_count, rating_sum, version)
    select ${marketplaceId}, listing_id, 0, 0, -1 from unnest(${ids}::uuid[]) as given (listing_id) on conflict do nothing`);
  const rows = await tx.rows<HeldRow>(sql`
    select listing_id, store_id, rating_count as count, rating_sum as sum, version from search.listing_rating
    where marketplace_id = ${marketplaceId} and listing_id = any(${ids}::uuid[]) order by listing_id for update`);
  const held = new Map(rows.map((row) => [row.listing_id, row]));
  const newer = news.flatMap(({ listingId, storeId, ratingCount, ratingSum, version }) => {
    const before = held.get(uuidFromId(listingId)) as HeldRow;
    if (before.version >= version) return [];
    const counted = before.store_id === null ? { count: 0, sum: 0 } : before;
    return {
      listing_id: uuidFromId(listingId),
      store_id: uuidFromId(storeId),
      rating_count: ratingCount,
      rating_sum: ratingSum,
      version,
      more: ratingCount - counted.count,
      more_stars: ratingSum - counted.sum,
    };
  });
  if (newer.length === 0) return;
  const types = {
    listing_id: 'uuid',
    store_id: 'uuid',
    rating_count: 'int',
    rating_sum: 'int',
    version: 'int',
  } as const;
  const given = columnsOf({ ...types, more: 'int', more_stars: 'int' }, newer).rows;
  await tx.execute(sql`
    update search.listing_rating kept
    set store_id = n.store_id, rating_count = n.rating_count, rating_sum = n.rating_sum, version = n.version
    from ${given} n where kept.marketplace_id = ${marketplaceId} and kept.listing_id = n.listing_id`);
  const stores = await tx.rows<StoreRow>(sql`
    insert into search.store_rating as kept (marketplace_id, store_id, rating_count, rating_sum)
    select ${marketplaceId}, store_id, sum(more), sum(more_stars) from ${given} n group by store_id order by store_id
    on conflict on constraint store_rating_pkey do update
      set rating_count = kept.rating_count + excluded.rating_count, rating_sum = kept.rating_sum + excluded.rating_sum
    returning store_id, rating_count as count, rating_sum as sum, step`);
  const due = stores.filter((store) => storeStepOf(store) !== store.step).map(({ store_id }) => store_id);
  if (due.length > 0)
    await tx.execute(sql`
      update search.store_rating set is_due = true where marketplace_id = ${marketplaceId} and store_id = any(${due}::uuid[])`);
}

/** What was heard of these listings; nothing of what nobody reviewed. */
export async function findRatings(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly string[],
): Promise<ReadonlyMap<string, Rating & { readonly version: number }>> {
  const rows = await queries.rows<{ listing_id: string; count: number; sum: number; version: number }>(sql`
    select listing_id, rating_count as count, rating_sum as sum, version from search.listing_rating
    where marketplace_id = ${marketplaceId} and listing_id = any(${listingIds.map(uuidFromId)}::uuid[])`);
  return new Map(rows.map(({ listing_id, ...rating }) => [idFromUuid('listing', listing_id), rating]));
}

/** What was heard of all the listings of these stores. */
export async function findStoreRatings(
  queries: Queries,
  marketplaceId: string,
  storeIds: readonly string[],
): Promise<ReadonlyMap<string, Rating>> {
  const rows = await queries.rows<{ store_id: string; count: number; sum: number }>(sql`
    select store_id, rating_count as count, rating_sum as sum from search.store_rating
    where marketplace_id = ${marketplaceId} and store_id = any(${storeIds.map(uuidFromId)}::uuid[])`);
  return new Map(rows.map(({ store_id, ...rating }) => [idFromUuid('store', store_id), rating]));
}

/** Stores whose listings stand in the index by another step than the store's, with the store's. */
export async function listDueStores(
  queries: Queries,
  marketplaceId: string,
  limit: number,
): Promise<{ storeId: Id<'store'>; step: number | null }[]> {
  const rows = await queries.rows<{ store_id: string; count: number; sum: number }>(sql`
    select store_id, rating_count as count, rating_sum as sum from search.store_rating
    where marketplace_id = ${marketplaceId} and is_due order by store_id limit ${limit}`);
  return rows.map(({ store_id, ...rating }) => ({ storeId: idFromUuid('store', store_id), step: storeStepOf(rating) }));
}

/** All listings of a store were put into the index by this step. It stays due if it moved on meanwhile. */
export async function markStore(tx: Transaction, storeId: string, step: number | null): Promise<void> {
  const row = await tx.one<{ count: number; sum: number }>(sql`
    select rating_count as count, rating_sum as sum from search.store_rating
    where marketplace_id = ${tx.marketplaceId} and store_id = ${uuidFromId(storeId)} for update`);
  await tx.execute(sql`
    update search.store_rating set step = ${step}, is_due = ${storeStepOf(row) !== step}
    where marketplace_id = ${tx.marketplaceId} and store_id = ${uuidFromId(storeId)}`);
}
