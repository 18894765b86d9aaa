import type { SearchDocument } from '@plaza/catalog/contract';
import { newestOf, uuidFromId } from '@plaza/kernel';
import { columnsOf, type Queries, sql } from '@plaza/runtime';

/** What is known of a listing besides its card. */
export type ListingFacts = {
  readonly id: string;
  readonly storeId: string;
  readonly categoryId: string;
  readonly categoryPath: readonly string[];
  readonly area: string | null;
  readonly title: string;
  readonly priceMinor: number;
  readonly publishedMs: number;
  /** It is on sale, and there is one to be had. */
  readonly isOffered: boolean;
};

export type FactsRow = {
  id: string;
  store_id: string;
  category_id: string;
  category_path: string[];
  area: string | null;
  title: string;
  price_minor: number;
  published_time: Date;
  is_offered: boolean;
};

/** The columns of `FactsRow`. */
export const factColumns = sql`id, store_id, category_id, category_path, area, title, price_minor, published_time,
  is_listed and is_in_stock as is_offered`;

export function factsFrom(row: FactsRow): ListingFacts {
  return {
    id: row.id,
    storeId: row.store_id,
    categoryId: row.category_id,
    categoryPath: row.category_path,
    area: row.area,
    title: row.title,
    priceMinor: row.price_minor,
    publishedMs: row.published_time.getTime(),
    isOffered: row.is_offered,
  };
}

const COLUMNS = {
  id: 'uuid',
  version: 'bigint',
  stock_version: 'bigint',
  is_listed: 'boolean',
  is_in_stock: 'boolean',
  store_id: 'uuid',
  category_id: 'text',
  category_path: 'text[]',
  area: 'text',
  external_id: 'text',
  title: 'text',
  price_minor: 'bigint',
  published_time: 'timestamptz',
  card: 'json',
} as const;

/** A document as a row of this service's own table of listings. */
function rowOf({ state, version, stockVersion, isInStock, ...document }: SearchDocument) {
  const { description: _, skus: _skus, tags: _tags, attributes: _attributes, ...rest } = document;
  const { externalId, sellerMemberId: _seller, isOfferAllowed: _offers, updatedTime, categoryPath, ...card } = rest;
  return {
    id: uuidFromId(document.id),
    version,
    stock_version: stockVersion,
    is_listed: state === 'published',
    is_in_stock: isInStock,
    store_id: uuidFromId(document.storeId),
    category_id: document.categoryId,
    category_path: categoryPath,
    area: document.location?.region ?? document.location?.city ?? null,
    external_id: externalId,
    title: document.title,
    price_minor: document.price.amountMinor,
    published_time: document.publishedTime ?? updatedTime,
    card,
  };
}

/** Keeps documents that are newer than what is held; the same one twice, or an older one later, changes nothing. */
export async function saveListings(
  queries: Queries,
  marketplaceId: string,
  documents: readonly SearchDocument[],
): Promise<void> {
  const newest = newestOf(
    documents,
    ({ id }) => id,
    ({ version }) => version,
  );
  if (newest.length === 0) return;
  const { names, rows } = columnsOf(COLUMNS, newest.map(rowOf));
  await queries.execute(sql`
    insert into discovery.listing as kept (marketplace_id, ${names}) select ${marketplaceId}, document.* from ${rows} document
    order by id
    on conflict (marketplace_id, id) do update set version = excluded.version,
      stock_version = greatest(kept.stock_version, excluded.stock_version), is_listed = excluded.is_listed,
      is_in_stock = case when excluded.stock_version >= kept.stock_version then excluded.is_in_stock else kept.is_in_stock end,
      store_id = excluded.store_id, category_id = excluded.category_id, category_path = excluded.category_path,
      area = excluded.area, external_id = excluded.external_id, title = excluded.title,
      price_minor = excluded.price_minor, published_time = excluded.published_time, card = excluded.card
    where kept.version < excluded.version`);
}

export async function saveStock(
  queries: Queries,
  marketplaceId: string,
  stock: { id: string; stockVersion: number; isInStock: boolean },
): Promise<void> {
  await queries.execute(sql`
    update discovery.listing set stock_version = ${stock.stockVersion}, is_in_stock = ${stock.isInStock}
    where marketplace_id = ${marketplaceId} and id = ${stock.id} and stock_version < ${stock.stockVersion}`);
}

/** What is known of these listings, in no order; those that are not known are left out. */
export async function findFacts(
  queries: Queries,
  marketplaceId: string,
  ids: readonly string[],
): Promise<ListingFacts[]> {
  const rows = await queries.rows<FactsRow>(
    sql`select ${factColumns} from discovery.listing where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[])`,
  );
  return rows.map(factsFrom);
}

/** Listings by the ids that other systems gave them. */
export async function findByExternalId(
  queries: Queries,
  marketplaceId: string,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.rows<{ id: string; external_id: string }>(sql`
    select id, external_id from discovery.listing
    where marketplace_id = ${marketplaceId} and external_id = any(${externalIds}::text[])`);
  return new Map(rows.map(({ id, external_id }) => [external_id, id]));
}
