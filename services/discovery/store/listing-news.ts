import { type Id, idFromUuid, newUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { HeldListing, ListingNews } from '../domain/listing-news.ts';

/** What is held of these listings, by their ids. */
export async function findHeld(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly Id<'listing'>[],
): Promise<ReadonlyMap<string, HeldListing>> {
  const rows = await queries.rows<{ id: string; version: number; price_minor: number }>(sql`
    select id, version, price_minor from discovery.listing
    where marketplace_id = ${marketplaceId} and id = any(${listingIds.map(uuidFromId)}::uuid[])`);
  return new Map(
    rows.map(({ id, version, price_minor }) => [idFromUuid('listing', id), { version, priceMinor: price_minor }]),
  );
}

/** Whether anybody saved a search and wants to be told. */
export async function hasListeners(queries: Queries, marketplaceId: string): Promise<boolean> {
  const row = await queries.row(sql`
    select 1 from discovery.saved_search where marketplace_id = ${marketplaceId} and alerts <> '{}' limit 1`);
  return row !== undefined;
}

/** Queues news. The same again, when a delivery is repeated, is queued once. */
export async function queueNews(
  queries: Queries,
  marketplaceId: string,
  news: readonly ListingNews[],
  now: Date,
): Promise<void> {
  if (news.length === 0) return;
  const rows = news.map(({ document, kind, priceBeforeMinor }) => ({
    listing_id: uuidFromId(document.id),
    kind,
    version: document.version,
    seller_member_id: uuidFromId(document.sellerMemberId),
    store_id: document.storeId,
    category_path: document.categoryPath,
    published_time: document.publishedTime ?? document.updatedTime,
    price_minor: document.price.amountMinor,
    price_before_minor: priceBeforeMinor,
  }));
  await queries.execute(sql`
    insert into discovery.listing_news (marketplace_id, listing_id, kind, version, seller_member_id, store_id, category_path,
      published_time, price_minor, price_before_minor, happened_time)
    select ${marketplaceId}, listing_id, kind, version, seller_member_id, store_id,
      array(select json_array_elements_text(category_path)), published_time, price_minor, price_before_minor, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as news(listing_id uuid, kind text, version bigint,
      seller_member_id uuid, store_id text, category_path json, published_time timestamptz, price_minor bigint,
      price_before_minor bigint)
    on conflict do nothing`);
}

export type WaitingNews = { readonly listingId: Id<'listing'>; readonly version: number };

/** Listings with news that wait, those that wait longest first, each with the highest version that is news. */
export async function listWaiting(queries: Queries, marketplaceId: string, limit: number): Promise<WaitingNews[]> {
  const rows = await queries.rows<{ listing_id: string; version: number }>(sql`
    select listing_id, max(version) as version from discovery.listing_news
    where marketplace_id = ${marketplaceId} and batch_id is null
    group by listing_id order by min(happened_time), listing_id limit ${limit}`);
  return rows.map(({ listing_id, version }) => ({ listingId: idFromUuid('listing', listing_id), version }));
}

/** News that nobody could match for so long is nothing new. */
export async function dropNews(queries: Queries, marketplaceId: string, before: Date): Promise<number> {
  return queries.execute(sql`
    delete from discovery.listing_news
    where marketplace_id = ${marketplaceId} and batch_id is null and happened_time < ${before}`);
}

/** A batch of news under way: the searches up to `afterKey` have been asked. */
export type Sweep = { readonly batchId: string; readonly afterKey: string };

export async function findSweep(queries: Queries, marketplaceId: string): Promise<Sweep | undefined> {
  const row = await queries.row<{ batch_id: string; after_key: string }>(
    sql`select batch_id, after_key from discovery.saved_search_sweep where marketplace_id = ${marketplaceId}`,
  );
  return row && { batchId: row.batch_id, afterKey: row.after_key };
}

/** Takes the waiting news of these listings, up to these versions, into a batch; undefined when another process has one. */
export async function beginSweep(tx: Transaction, listings: readonly WaitingNews[]): Promise<Sweep | undefined> {
  const sweep = { batchId: newUuid(), afterKey: '' };
  const begun = await tx.execute(sql`
    insert into discovery.saved_search_sweep (marketplace_id, batch_id, after_key)
    values (${tx.marketplaceId}, ${sweep.batchId}, '') on conflict do nothing`);
  if (begun === 0) return undefined;
  await tx.execute(sql`
    update discovery.listing_news n set batch_id = ${sweep.batchId}
    from unnest(${listings.map(({ listingId }) => uuidFromId(listingId))}::uuid[],
      ${listings.map(({ version }) => version)}::bigint[]) as taken(listing_id, version)
    where n.marketplace_id = ${tx.marketplaceId} and n.listing_id = taken.listing_id and n.version <= taken.version
      and n.batch_id is null`);
  return sweep;
}

/** Goes on behind these searches; false when another process did. */
export async function advanceSweep(tx: Transaction, { batchId, afterKey }: Sweep, nextKey: string): Promise<boolean> {
  const advanced = await tx.execute(sql`
    update discovery.saved_search_sweep set after_key = ${nextKey}
    where marketplace_id = ${tx.marketplaceId} and batch_id = ${batchId} and after_key = ${afterKey}`);
  return advanced > 0;
}

/** Ends a batch whose last searches have been asked, and forgets its news. */
export async function endSweep(tx: Transaction, { batchId }: Sweep): Promise<void> {
  await tx.execute(sql`
    delete from discovery.saved_search_sweep where marketplace_id = ${tx.marketplaceId} and batch_id = ${batchId}`);
  await tx.execute(sql`
    delete from discovery.listing_news where marketplace_id = ${tx.marketplaceId} and batch_id = ${batchId}`);
}
