import type { ListingCard } from '@plaza/catalog/contract';
import { empty, type Queries, raw, type Sql, sql } from '@plaza/runtime';
import type { ActivityKind } from '../contract/activity.ts';
import { type FactsRow, factColumns, factsFrom, type ListingFacts } from './listing.ts';

/** What somebody did with listings, newest first. */
export async function listHistory(
  queries: Queries,
  marketplaceId: string,
  actorId: string,
  limit: number,
): Promise<{ listingId: string; kind: ActivityKind; occurredMs: number }[]> {
  const rows = await queries.rows<{ listing_id: string; kind: ActivityKind; occurred_time: Date }>(sql`
    select listing_id, kind, occurred_time from discovery.activity
    where marketplace_id = ${marketplaceId} and actor_id = ${actorId} and listing_id is not null
    order by occurred_time desc limit ${limit}`);
  return rows.map(({ listing_id, kind, occurred_time }) => ({
    listingId: listing_id,
    kind,
    occurredMs: occurred_time.getTime(),
  }));
}

/** What is not suggested to somebody: what they bought, and what they dismissed. */
export async function listHidden(queries: Queries, marketplaceId: string, actorId: string): Promise<string[]> {
  const rows = await queries.rows<{ listing_id: string }>(sql`
    select listing_id from discovery.dismissal where marketplace_id = ${marketplaceId} and actor_id = ${actorId}
    union select listing_id from discovery.activity
    where marketplace_id = ${marketplaceId} and actor_id = ${actorId} and kind = 'purchase'`);
  return rows.map(({ listing_id }) => listing_id);
}

export async function insertDismissal(
  queries: Queries,
  marketplaceId: string,
  dismissal: { actorId: string; listingId: string; dismissedTime: Date },
): Promise<void> {
  await queries.execute(sql`
    insert into discovery.dismissal (marketplace_id, actor_id, listing_id, dismissed_time)
    values (${marketplaceId}, ${dismissal.actorId}, ${dismissal.listingId}, ${dismissal.dismissedTime})
    on conflict do nothing`);
}

/** What draws a listing into a feed besides what goes with the history. */
export type Source = 'fresh' | 'category' | 'store' | 'nearby';

/** New listings: of all, of these categories, of these stores, and of this area. A listing may come from several. */
export async function listFresh(
  queries: Queries,
  marketplaceId: string,
  of: {
    categoryIds: readonly string[];
    storeIds: readonly string[];
    area: string | null;
    each: number;
    /** Absent: until now. */
    publishedUntil?: Date;
  },
): Promise<(ListingFacts & { source: Source })[]> {
  const until = of.publishedUntil === undefined ? empty : sql`and published_time <= ${of.publishedUntil}`;
  const offered = sql`from discovery.listing where marketplace_id = ${marketplaceId} and is_listed and is_in_stock ${until}`;
  const newest = sql`published_time desc, id limit ${of.each}`;
  // One look into the index for each category and store: asked for together they would be read whole and sorted. "Between"
  // one value and itself, in its order: asked for what equals it, PostgreSQL may walk through the newest of all to meet a few.
  const newestOf = (column: 'category_id' | 'store_id' | 'area', value: Sql) =>
    sql`select ${factColumns} ${offered} and ${raw(column)} between ${value} and ${value} order by ${raw(column)}, ${newest}`;
  const rows = await queries.rows<FactsRow & { source: Source }>(sql`
    (select 'fresh' as source, ${factColumns} ${offered} order by ${newest})
    union all select 'category', found.* from unnest(${of.categoryIds}::text[]) as wanted
      cross join lateral (${newestOf('category_id', sql`wanted`)}) found
    union all select 'store', found.* from unnest(${of.storeIds}::uuid[]) as wanted
      cross join lateral (${newestOf('store_id', sql`wanted`)}) found
    union all select 'nearby', found.* from (${newestOf('area', sql`${of.area}`)}) found`);
  return rows.map((row) => ({ ...factsFrom(row), source: row.source }));
}

/** A listing's card, with what another system calls it. */
export type Card = ListingCard & { readonly externalId: string | null };

/** The cards of these listings by their ids; those that are not on sale are left out. */
export async function findCards(
  queries: Queries,
  marketplaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Card>> {
  const rows = await queries.rows<{ id: string; card: ListingCard; external_id: string | null }>(sql`
    select id, card, external_id from discovery.listing
    where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[]) and is_listed`);
  return new Map(rows.map(({ id, card, external_id }) => [id, { ...card, externalId: external_id }]));
}
