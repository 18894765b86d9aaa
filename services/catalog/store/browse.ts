import type { timeAndIdOfCursor } from '@plaza/kernel';
import { join, type Queries, raw, type Sql, sql } from '@plaza/runtime';
import type { ListingKind, ListingSort, ListingState } from '../contract.ts';
import type { AttributeFilter } from '../domain/facets.ts';
import type { ListingFace } from '../domain/listing.ts';
import type { After } from '../domain/pages.ts';
import { faceFromRow, type ListingFaceRow, type VariantRow, variantFromRow } from './listings.ts';
import type { StoreFace } from './stores.ts';
import type { CardRow, SellerCardRow } from './views.ts';

const CARD = sql`l.id, l.slug, l.title, l.kind, l.category_id, l.condition, l.currency, l.price_minor, l.price_max_minor,
  l.compare_at_minor, l.image_url, l.image_alt, l.free_quantity, l.variant_count, l.location, l.store_id,
  s.name as store_name, s.slug as store_slug,
  (date_part('epoch', l.published_time) * 1000)::bigint as published_ms`;
const WITH_STORE = sql`join catalog.store s on s.marketplace_id = l.marketplace_id and s.id = l.store_id`;

/** What a browse asks for, read and checked. */
export type Browse = {
  /** The category, by its level in the tree (1 is a root). */
  readonly category: { readonly id: string; readonly level: number } | undefined;
  readonly storeId: string | undefined;
  readonly kind: ListingKind | undefined;
  readonly conditions: readonly string[] | undefined;
  readonly filters: readonly AttributeFilter[];
  readonly priceMinorMin: number | undefined;
  readonly priceMinorMax: number | undefined;
  readonly isInStock: boolean | undefined;
};

/** How to reach the matches: by walking an index in order and checking each listing, or by taking all that have a facet. */
export type Path = 'walk' | { readonly facet: AttributeFilter };

/** `limit` cards in order. One statement. */
export async function browseCards(
  queries: Queries,
  marketplaceId: string,
  browse: Browse,
  path: Path,
  page: { sort: ListingSort; after: After; limit: number },
): Promise<CardRow[]> {
  const { sort, after } = page;
  const direction = raw(sort === 'price_asc' ? 'asc' : 'desc');
  const key = sort === 'newest' ? sql`l.published_time` : sql`l.price_minor`;
  const type = raw(sort === 'newest' ? 'timestamptz' : 'bigint');
  const beyond = raw(sort === 'price_asc' ? '>' : '<');
  const continued =
    after === undefined ? sql`` : sql`and (${key}, l.id) ${beyond} (${after.key}::${type}, ${after.id}::uuid)`;
  // The limit is written out, not a parameter: PostgreSQL plans a prepared statement without knowing parameters, and
  // a limit it cannot see makes it sort whole categories.
  // The stores are joined to the finished page: without statistics of that small table PostgreSQL takes the join for
  // so picky that it sorts the whole catalog for each page.
  const order = sql`order by ${key} ${direction}, l.id ${direction}`;
  return queries.rows<CardRow>(sql`
    select ${CARD} from (
      select l.* from ${sourceOf(path, marketplaceId)}
      where ${matches(browse, marketplaceId)} ${continued} ${order} limit ${raw(String(page.limit))}) l
    ${WITH_STORE} ${order}`);
}

function sourceOf(path: Path, marketplaceId: string): Sql {
  if (path === 'walk') return sql`catalog.listing l`;
  // `offset 0` keeps PostgreSQL from turning this back into a walk.
  return sql`(select distinct listing_id from catalog.listing_facet where marketplace_id = ${marketplaceId}
      and token = any(${path.facet.tokens}::text[]) offset 0) f join catalog.listing l on l.id = f.listing_id`;
}

function matches(browse: Browse, marketplaceId: string): Sql {
  const { category, storeId, kind, conditions, filters, priceMinorMin, priceMinorMax, isInStock } = browse;
  const all = [sql`l.marketplace_id = ${marketplaceId}`, sql`l.state = 'published'`];
  if (category !== undefined) all.push(sql`l.${raw(`category_${category.level}`)} = ${category.id}`);
  if (storeId !== undefined) all.push(sql`l.store_id = ${storeId}::uuid`);
  if (kind !== undefined) all.push(sql`l.kind = ${kind}`);
  if (conditions !== undefined) all.push(sql`l.condition = any(${conditions}::text[])`);
  if (priceMinorMin !== undefined) all.push(sql`l.price_minor >= ${priceMinorMin}`);
  if (priceMinorMax !== undefined) all.push(sql`l.price_minor <= ${priceMinorMax}`);
  if (isInStock) all.push(sql`(l.free_quantity is null or l.free_quantity > 0)`);
  for (const { key, tokens, range } of filters) {
    all.push(sql`l.facets && ${tokens}::text[]`);
    if (range === undefined) continue;
    all.push(sql`exists (select from catalog.listing_content c where c.marketplace_id = l.marketplace_id and c.listing_id = l.id
      and (c.attributes ->> ${key})::float8 between coalesce(${range.minimum}::float8, '-infinity') and coalesce(${range.maximum}::float8, 'infinity'))`);
  }
  return join(all, ' and ');
}

/** Tokens of at most `matchesMax` matches with how many have each; `''` counts the matches. One statement. */
export async function countMatches(
  queries: Queries,
  marketplaceId: string,
  browse: Browse,
  path: Path,
  matchesMax: number,
): Promise<Map<string, number>> {
  const rows = await queries.rows<{ token: string; count: number }>(sql`
    with matched as materialized (
      select l.facets from ${sourceOf(path, marketplaceId)}
      where ${matches(browse, marketplaceId)} limit ${raw(String(matchesMax + 1))})
    select '' as token, count(*) as count from matched
    union all
    select token, count(*) from matched, unnest(matched.facets) as token group by token`);
  return new Map(rows.map(({ token, count }) => [token, count]));
}

/** Seller's and operators' lists: every state, last changed first. Deleted ones only when asked for. */
export async function changedCards(
  queries: Queries,
  marketplaceId: string,
  which: { storeId: string | undefined; state: ListingState | undefined; after: After; limit: number },
): Promise<SellerCardRow[]> {
  const { storeId, state, after, limit } = which;
  const ofStore = storeId === undefined ? sql`` : sql`and l.store_id = ${storeId}::uuid`;
  // The state is written out, so that PostgreSQL sees that the index of what is not published holds all of it.
  const inState = state === undefined ? sql`and l.state <> 'deleted'` : sql`and l.state = ${raw(`'${state}'`)}`;
  const continued =
    after === undefined ? sql`` : sql`and (l.updated_time, l.id) < (${after.key}::timestamptz, ${after.id}::uuid)`;
  return queries.rows(sql`
    select ${CARD}, l.state, l.handle, l.version, l.updated_time from (
      select l.* from catalog.listing l
      where l.marketplace_id = ${marketplaceId} ${ofStore} ${inState} ${continued}
      order by l.updated_time desc, l.id desc limit ${raw(String(limit))}) l
    ${WITH_STORE} order by l.updated_time desc, l.id desc`);
}

/** What a store has on sale and running low, fewest pieces first. Which those are, the database keeps: low_stock. */
export async function lowCards(
  queries: Queries,
  marketplaceId: string,
  { storeId, after, limit }: { storeId: string; after: After; limit: number },
): Promise<SellerCardRow[]> {
  const continued =
    after === undefined ? sql`` : sql`and (free_quantity, listing_id) > (${after.key}::bigint, ${after.id}::uuid)`;
  return queries.rows(sql`
    select ${CARD}, l.state, l.handle, l.version, l.updated_time from (
      select listing_id, free_quantity from catalog.low_stock
      where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid ${continued}
      order by free_quantity, listing_id limit ${raw(String(limit))}) low
    join catalog.listing l on l.marketplace_id = ${marketplaceId} and l.id = low.listing_id
    ${WITH_STORE} order by low.free_quantity, low.listing_id`);
}

type PageRow = ListingFaceRow & {
  variants: VariantRow[] | null;
  owner_member_id: string;
  store_name: string;
  store_slug: string;
  logo_url: string | null;
  shipping_options: StoreFace['shippingOptions'];
  store_location: StoreFace['location'];
};

/** A listing with its variants and its store in one statement, in any state but deleted. */
export async function findListingPage(
  queries: Queries,
  marketplaceId: string,
  target: { id: string } | { slug: string },
): Promise<{ listing: ListingFace; store: StoreFace } | undefined> {
  const which = 'id' in target ? sql`l.id = ${target.id}::uuid` : sql`l.slug = ${target.slug}`;
  // Columns are named one by one: each that nobody reads is written by PostgreSQL and read by the server all the same.
  const row = await queries.row<PageRow>(sql`
    select l.id, l.store_id, l.state, l.kind, l.handle, l.slug, l.title, l.category_id, l.category_1, l.category_2, l.category_3,
      l.category_4, l.condition, l.location, l.tax_class, l.is_offer_allowed, l.external_id, l.currency, l.current_release_id,
      l.version, l.created_time, l.updated_time, l.published_time, c.description, c.attributes, c.tags, c.images,
      (select json_agg(v) from (
        select id, sku, options, price_minor, compare_at_minor, on_hand, reserved, weight_grams, image_url, license_code, external_id
        from catalog.variant where marketplace_id = l.marketplace_id and listing_id = l.id and is_active order by position) v) as variants,
      s.owner_member_id, s.name as store_name, s.slug as store_slug, s.logo_url, s.shipping_options, s.location as store_location
    from catalog.listing l
    join catalog.listing_content c on c.marketplace_id = l.marketplace_id and c.listing_id = l.id
    ${WITH_STORE}
    where l.marketplace_id = ${marketplaceId} and ${which} and l.state <> 'deleted'`);
  if (row === undefined) return undefined;
  const store = {
    id: row.store_id,
    ownerMemberId: row.owner_member_id,
    name: row.store_name,
    slug: row.store_slug,
    logoUrl: row.logo_url,
    shippingOptions: row.shipping_options,
    location: row.store_location,
  };
  return { listing: faceFromRow(row, (row.variants ?? []).map(variantFromRow)), store };
}

/** Published listings of a store, the first published first. */
export async function publishedOfStore(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
  [time, id]: ReturnType<typeof timeAndIdOfCursor>,
  limit: number,
): Promise<{ id: string; published_time: Date }[]> {
  const continued = time === null ? sql`` : sql`and (published_time, id) > (${time}::timestamptz, ${id}::uuid)`;
  return queries.rows(sql`
    select id, published_time from catalog.listing
    where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid and state = 'published' ${continued}
    order by published_time, id limit ${limit}`);
}

/** Slugs of published listings in order of id. */
export async function sitemapRows(
  queries: Queries,
  marketplaceId: string,
  afterId: string | null,
  limit: number,
): Promise<{ id: string; slug: string; updated_time: Date; image_url: string | null }[]> {
  const continued = afterId === null ? sql`` : sql`and id > ${afterId}::uuid`;
  return queries.rows(sql`
    select id, slug, updated_time, image_url from catalog.listing
    where marketplace_id = ${marketplaceId} and state = 'published' ${continued} order by id limit ${raw(String(limit))}`);
}
