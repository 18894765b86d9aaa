import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { SavedQuery } from '../contract/saved-searches.ts';
import type { Sweep } from './listing-news.ts';

/** Equal searches of any number of members. */
export type SearchGroup = { readonly searchKey: string; readonly search: SavedQuery };

/** Listings of a batch. */
export async function listingsOf(queries: Queries, marketplaceId: string, sweep: Sweep): Promise<Id<'listing'>[]> {
  const rows = await queries.rows<{ listing_id: string }>(sql`
    select distinct listing_id from discovery.listing_news
    where marketplace_id = ${marketplaceId} and batch_id = ${sweep.batchId}`);
  return rows.map(({ listing_id }) => idFromUuid('listing', listing_id));
}

/**
 * The next different searches that could find something of a batch: those whose category, store and prices rule out all of it
 * are never asked, nor those that want to be told of other things.
 */
export async function nextGroups(
  queries: Queries,
  marketplaceId: string,
  sweep: Sweep,
  limit: number,
): Promise<SearchGroup[]> {
  const rows = await queries.rows<{ search_key: string; search: SavedQuery }>(sql`
    with batch as materialized (
      select array_agg(distinct n.kind) as kinds, array_agg(distinct n.store_id) as stores,
        array_agg(distinct category) as categories, min(n.price_minor) as lowest, max(n.price_minor) as highest
      from discovery.listing_news n left join unnest(n.category_path) as category on true
      where n.marketplace_id = ${marketplaceId} and n.batch_id = ${sweep.batchId})
    select distinct on (s.search_key) s.search_key, s.search
    from discovery.saved_search s, batch b
    where s.marketplace_id = ${marketplaceId} and s.search_key > ${sweep.afterKey} and s.alerts <> '{}'
      and s.alerts && b.kinds
      and (s.category_id is null or s.category_id = any(b.categories))
      and (s.store_id is null or s.store_id = any(b.stores))
      and (s.price_minimum is null or s.price_minimum <= b.highest)
      and (s.price_maximum is null or s.price_maximum >= b.lowest)
    order by s.search_key limit ${limit}`);
  return rows.map(({ search_key, search }) => ({ searchKey: search_key, search }));
}

/** Which listings the searches of one key found. */
export type Found = { readonly searchKey: string; readonly listingId: Id<'listing'> };

/**
 * Writes what was found for everybody who saved it: news since they saved it, of the kinds they chose, and of nobody's own
 * listings. What is written already stays as it is. Who wants no mails counts as told.
 */
export async function insertMatches(tx: Transaction, sweep: Sweep, found: readonly Found[], now: Date): Promise<void> {
  if (found.length === 0) return;
  await tx.execute(sql`
    insert into discovery.saved_search_match (marketplace_id, saved_search_id, listing_id, kind, price_minor,
      price_before_minor, found_time, told_time)
    select s.marketplace_id, s.id, n.listing_id, n.kind, n.price_minor, n.price_before_minor, ${now}::timestamptz,
      case when s.delivery = 'none' then ${now}::timestamptz end
    from unnest(${found.map(({ searchKey }) => searchKey)}::text[],
      ${found.map(({ listingId }) => uuidFromId(listingId))}::uuid[]) as found(search_key, listing_id)
    join discovery.saved_search s on s.marketplace_id = ${tx.marketplaceId} and s.search_key = found.search_key
    join discovery.listing_news n on n.marketplace_id = s.marketplace_id and n.listing_id = found.listing_id
      and n.batch_id = ${sweep.batchId}
    where s.alerts <> '{}' and n.kind = any(s.alerts) and n.seller_member_id <> s.member_id
      and s.created_time <= case n.kind when 'new' then n.published_time else n.happened_time end
    on conflict do nothing`);
}

/** What was found so long ago that it is no news. Answers how many rows, at most `limit`. */
export async function forgetMatches(
  queries: Queries,
  marketplaceId: string,
  before: Date,
  limit: number,
): Promise<number> {
  return queries.execute(sql`
    delete from discovery.saved_search_match where ctid = any(array(
      select ctid from discovery.saved_search_match
      where marketplace_id = ${marketplaceId} and found_time < ${before} limit ${limit}))`);
}
