import { columnsOf, type Database, type Queries, sql, type Transaction } from '@plaza/runtime';
import { facetChanges } from '../domain/facets.ts';
import type { ListingRecord } from '../domain/listing.ts';
import { type ListingMove, unlessAllAreNew } from './listing-moves.ts';

type Indexed = { readonly token: string; readonly published_time: string; readonly listing_id: string };
const INDEXED_COLUMNS = { token: 'text', published_time: 'timestamptz', listing_id: 'uuid' } as const;

/** Changes added up in one go; more wait for the next. */
const CHANGES_MAX = 5_000;

function entriesOf(listing: ListingRecord | undefined): Indexed[] {
  if (listing?.state !== 'published' || listing.publishedTime === null) return [];
  const published_time = listing.publishedTime.toISOString();
  return listing.facets.map((token) => ({ token, published_time, listing_id: listing.id }));
}

/** Brings the inverted index to what is published now. */
export async function indexFacets(tx: Transaction, moves: readonly ListingMove[]): Promise<void> {
  const gone: Indexed[] = [];
  const come: Indexed[] = [];
  for (const { before, after } of moves) {
    const old = entriesOf(before);
    const next = entriesOf(after);
    const isIn = (list: Indexed[]) => (entry: Indexed) => list.some((other) => other.token === entry.token);
    gone.push(...old.filter((entry) => !isIn(next)(entry)));
    come.push(...next.filter((entry) => !isIn(old)(entry)));
  }
  if (gone.length > 0) {
    await tx.execute(sql`
      delete from catalog.listing_facet f
      using ${columnsOf(INDEXED_COLUMNS, gone).rows} r
      where f.marketplace_id = ${tx.marketplaceId} and f.token = r.token and f.published_time = r.published_time
        and f.listing_id = r.listing_id`);
  }
  if (come.length > 0) {
    const { names, rows } = columnsOf(INDEXED_COLUMNS, come);
    await tx.execute(sql`
      insert into catalog.listing_facet (marketplace_id, ${names}) select ${tx.marketplaceId}, r.* from ${rows} r
      ${unlessAllAreNew(moves, sql`on conflict do nothing`)}`);
  }
}

/** Notes what the counters change by; `addUpFacets` adds it up later. */
export async function countFacets(tx: Transaction, moves: readonly ListingMove[]): Promise<void> {
  const changes = facetChanges(moves);
  if (changes.length === 0) return;
  await tx.execute(sql`
    insert into catalog.facet_change (marketplace_id, category_id, token, delta)
    select ${tx.marketplaceId}, * from unnest(${changes.map((each) => each.categoryId)}::text[],
      ${changes.map((each) => each.token)}::text[], ${changes.map((each) => each.delta)}::int[])`);
}

/** Adds the noted changes to the counters, until none is left. */
export async function addUpFacets(database: Database, marketplaceId: string): Promise<void> {
  for (let taken = CHANGES_MAX; taken === CHANGES_MAX; ) {
    taken = await database.transaction(marketplaceId, async (tx) => {
      const { count } = await tx.one<{ count: number }>(sql`
        with taken as (
          delete from catalog.facet_change where marketplace_id = ${marketplaceId} and id in (
            select id from catalog.facet_change where marketplace_id = ${marketplaceId} order by id limit ${CHANGES_MAX}
            for update skip locked)
          returning category_id, token, delta
        ), added as (
          insert into catalog.facet_count as c (marketplace_id, category_id, token, listing_count)
          select ${marketplaceId}, category_id, token, sum(delta) from taken group by category_id, token having sum(delta) <> 0
          order by category_id, token
          on conflict (marketplace_id, category_id, token) do update set listing_count = c.listing_count + excluded.listing_count
        )
        select count(*) from taken`);
      return count;
    });
  }
}

/** Counters of these categories themselves, added together by token. */
export async function facetCounts(
  queries: Queries,
  marketplaceId: string,
  categoryIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await queries.rows<{ token: string; count: number }>(sql`
    select token, sum(listing_count)::bigint as count from catalog.facet_count
    where marketplace_id = ${marketplaceId} and category_id = any(${categoryIds}::text[]) group by token`);
  return new Map(rows.map(({ token, count }) => [token, count]));
}

/** How many published listings each category itself has. */
export async function categoryCounts(queries: Queries, marketplaceId: string): Promise<Map<string, number>> {
  const rows = await queries.rows<{ category_id: string; count: number }>(sql`
    select category_id, listing_count as count from catalog.facet_count where marketplace_id = ${marketplaceId} and token = ''`);
  return new Map(rows.map(({ category_id, count }) => [category_id, count]));
}

/** How many published listings have each of these tokens: everywhere, and in these categories. */
export async function tokenCounts(
  queries: Queries,
  marketplaceId: string,
  tokens: readonly string[],
  categoryIds: readonly string[],
): Promise<Map<string, TokenCount>> {
  const rows = await queries.rows<TokenCount & { token: string }>(sql`
    select token, sum(listing_count)::bigint as everywhere,
      coalesce(sum(listing_count) filter (where category_id = any(${categoryIds}::text[])), 0)::bigint as here
    from catalog.facet_count where marketplace_id = ${marketplaceId} and token = any(${tokens}::text[]) group by token`);
  return new Map(rows.map(({ token, everywhere, here }) => [token, { everywhere, here }]));
}

export type TokenCount = { readonly everywhere: number; readonly here: number };
