import { idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { ListingRating } from '../domain/rating.ts';

export type RatingNews = {
  readonly listingId: string;
  readonly ratingCount: number;
  readonly ratingSum: number;
  readonly version: number;
};

/** Keeps the newest that was heard of each listing; each may be in `news` once. */
export async function saveRatings(queries: Queries, marketplaceId: string, news: readonly RatingNews[]): Promise<void> {
  const rows = news.map(({ listingId, ratingCount, ratingSum, version }) => {
    return { listing_id: uuidFromId(listingId), rating_count: ratingCount, rating_sum: ratingSum, version };
  });
  await queries.execute(sql`
    insert into search.listing_rating as kept (marketplace_id, listing_id, rating_count, rating_sum, version)
    select ${marketplaceId}, listing_id, rating_count, rating_sum, version
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as n(listing_id uuid, rating_count int, rating_sum int, version int)
    order by listing_id
    on conflict on constraint listing_rating_pkey do update
      set rating_count = excluded.rating_count, rating_sum = excluded.rating_sum, version = excluded.version
      where kept.version < excluded.version`);
}

/** What was heard of these listings; nothing of what nobody reviewed. */
export async function findRatings(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly string[],
): Promise<ReadonlyMap<string, ListingRating & { readonly version: number }>> {
  const rows = await queries.rows<{ listing_id: string; count: number; sum: number; version: number }>(sql`
    select listing_id, rating_count as count, rating_sum as sum, version from search.listing_rating
    where marketplace_id = ${marketplaceId} and listing_id = any(${listingIds.map(uuidFromId)}::uuid[])`);
  return new Map(rows.map(({ listing_id, ...rating }) => [idFromUuid('listing', listing_id), rating]));
}
