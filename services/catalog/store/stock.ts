import { type Currency, idFromUuid } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import type { ListingKind, ShippingOption } from '../contract.ts';
import { stockChanged } from '../events.ts';

/** So many pieces of a variant (a database UUID). Lists of them are sorted by variant and name each once. */
export type StockLine = { readonly variantId: string; readonly quantity: number };

/** Adds lines of the same variant together and sorts them: one order for all who lock. */
export function combineLines(lines: readonly StockLine[]): StockLine[] {
  const sums = new Map<string, number>();
  for (const { variantId, quantity } of lines) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  return [...sums]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}

type ListingStock = {
  listing_id: string;
  store_id: string;
  free_before: number | null;
  free_after: number | null;
  stock_version: number;
};

/**
 * An array of ids whose length the planner does not see. It keeps one plan for all lengths then; seeing that an array is
 * short, it would plan anew for each call, which takes ten times as long as what is planned.
 */
const idsOf = (ids: readonly string[]) => sql`(select ${ids}::uuid[])::uuid[]`;

const linesOf = (lines: readonly StockLine[]) => sql`
  unnest(${idsOf(lines.map((line) => line.variantId))}, (select ${lines.map((line) => line.quantity)}::bigint[])) as line (variant_id, quantity)`;

/**
 * Moves every line from free to reserved, or answers which it could; then the caller must roll back. The check and the
 * write are one statement, so two buyers cannot both take the last piece; the check constraint is the second lock.
 * Listings are locked first, then variants, in order of id, so that crossing carts wait rather than deadlock.
 * `onlyOnSale`: refuse variants that were removed and listings that are not published.
 */
export async function takeStock(
  tx: Transaction,
  lines: readonly StockLine[],
  { onlyOnSale }: { onlyOnSale: boolean },
): Promise<Set<string>> {
  const onSale = onlyOnSale ? sql`and l.state = 'published'` : sql``;
  const active = onlyOnSale ? sql`and v.is_active` : sql``;
  const { held, stock } = await tx.one<{ held: string[] | null; stock: ListingStock[] | null }>(sql`
    with line as materialized (select * from ${linesOf(lines)}),
    listing_lock as materialized (
      select l.id from catalog.listing l
      where l.marketplace_id = ${tx.marketplaceId} ${onSale} and l.id in (
        select v.listing_id from catalog.variant v join line on v.id = line.variant_id where v.marketplace_id = ${tx.marketplaceId})
      order by l.id for no key update),
    variant_lock as materialized (
      select v.id from catalog.variant v join line on v.id = line.variant_id
      where v.marketplace_id = ${tx.marketplaceId} and v.listing_id in (select id from listing_lock) ${active}
      order by v.id for no key update of v),
    held as (
      update catalog.variant v set reserved = v.reserved + line.quantity
      from line
      where v.marketplace_id = ${tx.marketplaceId} and v.id = line.variant_id and v.id in (select id from variant_lock)
        and (v.on_hand is null or v.on_hand - v.reserved >= line.quantity)
      returning v.id, v.listing_id, v.is_active, line.quantity),
    stock as (
      update catalog.listing l set free_quantity = l.free_quantity - h.quantity, stock_version = l.stock_version + 1
      from (select listing_id, sum(quantity)::bigint as quantity from held where is_active group by listing_id) h
      where l.marketplace_id = ${tx.marketplaceId} and l.id = h.listing_id and l.free_quantity is not null
      returning l.id as listing_id, l.store_id, l.free_quantity + h.quantity as free_before, l.free_quantity as free_after, l.stock_version)
    select (select array_agg(id) from held) as held, (select json_agg(stock) from stock) as stock`);
  const taken = new Set(held ?? []);
  if (taken.size === lines.length) await announceCrossings(tx, stock ?? []);
  return taken;
}

/** Moves every line from reserved back to free. */
export async function giveBackStock(tx: Transaction, lines: readonly StockLine[]): Promise<void> {
  if (lines.length === 0) return;
  await changeStock(tx, lines, sql`reserved = v.reserved - line.quantity`);
}

/** Puts sold pieces back on the shelf. */
export async function addStock(tx: Transaction, lines: readonly StockLine[]): Promise<void> {
  await changeStock(tx, lines, sql`on_hand = v.on_hand + line.quantity`);
}

async function changeStock(tx: Transaction, lines: readonly StockLine[], change: Sql): Promise<void> {
  const stock = await tx.rows<ListingStock>(sql`
    with line as materialized (select * from ${linesOf(lines)}),
    listing_lock as materialized (
      select l.id from catalog.listing l
      where l.marketplace_id = ${tx.marketplaceId} and l.id in (
        select v.listing_id from catalog.variant v join line on v.id = line.variant_id where v.marketplace_id = ${tx.marketplaceId})
      order by l.id for no key update),
    variant_lock as materialized (
      select v.id from catalog.variant v join line on v.id = line.variant_id
      where v.marketplace_id = ${tx.marketplaceId} and v.listing_id in (select id from listing_lock)
      order by v.id for no key update of v),
    changed as (
      update catalog.variant v set ${change} from line
      where v.marketplace_id = ${tx.marketplaceId} and v.id = line.variant_id and v.id in (select id from variant_lock)
      returning v.listing_id, v.is_active, line.quantity)
    update catalog.listing l set free_quantity = l.free_quantity + c.quantity, stock_version = l.stock_version + 1
    from (select listing_id, sum(quantity)::bigint as quantity from changed where is_active group by listing_id) c
    where l.marketplace_id = ${tx.marketplaceId} and l.id = c.listing_id and l.free_quantity is not null
    returning l.id as listing_id, l.store_id, l.free_quantity - c.quantity as free_before, l.free_quantity as free_after, l.stock_version`);
  await announceCrossings(tx, stock);
}

/** Only selling out and coming back are news; announcing every sale would cost more than the sale. */
async function announceCrossings(tx: Transaction, stock: readonly ListingStock[]): Promise<void> {
  for (const { listing_id, store_id, free_before, free_after, stock_version } of stock) {
    const isInStock = free_after === null || free_after > 0;
    const wasInStock = free_before === null || free_before > 0;
    if (isInStock === wasInStock) continue;
    await announceStock(tx, {
      listingId: listing_id,
      storeId: store_id,
      freeQuantity: free_after,
      stockVersion: stock_version,
    });
  }
}

export async function announceStock(
  tx: Transaction,
  stock: { listingId: string; storeId: string; freeQuantity: number | null; stockVersion: number },
): Promise<void> {
  const listingId = idFromUuid('listing', stock.listingId);
  await tx.announce(stockChanged, listingId, {
    ...stock,
    listingId,
    storeId: idFromUuid('store', stock.storeId),
    isInStock: stock.freeQuantity === null || stock.freeQuantity > 0,
  });
}

/** What is free of each variant now; to say why a hold was refused. Absent: no such variant. */
export async function freeQuantities(
  queries: Queries,
  marketplaceId: string,
  variantIds: readonly string[],
): Promise<Map<string, number | null>> {
  const rows = await queries.rows<{ id: string; free: number | null }>(sql`
    select v.id, case when not v.is_active or l.state <> 'published' then 0 else v.on_hand - v.reserved end as free
    from catalog.variant v join catalog.listing l on l.marketplace_id = v.marketplace_id and l.id = v.listing_id
    where v.marketplace_id = ${marketplaceId} and v.id = any(${variantIds}::uuid[])`);
  return new Map(rows.map(({ id, free }) => [id, free]));
}

export type QuoteRow = {
  id: string;
  listing_id: string;
  slug: string;
  store_id: string;
  store_name: string;
  store_slug: string;
  plan_id: string | null;
  owner_member_id: string;
  title: string;
  variant_title: string;
  sku: string | null;
  price_minor: number;
  currency: Currency;
  image_url: string | null;
  kind: ListingKind;
  category_id: string;
  category_path: string[];
  weight_grams: number | null;
  free: number | null;
  is_on_sale: boolean;
  is_offer_allowed: boolean;
  version: number;
  shipping_options: ShippingOption[];
  tax_class: string;
  license_code: string | null;
};

export async function quoteRows(
  queries: Queries,
  marketplaceId: string,
  variantIds: readonly string[],
): Promise<QuoteRow[]> {
  return queries.rows(sql`
    select v.id, v.listing_id, l.slug, l.store_id, s.name as store_name, s.slug as store_slug, s.plan_id, s.owner_member_id, l.title,
      v.title as variant_title, v.sku, v.price_minor, l.currency, coalesce(v.image_url, l.image_url) as image_url, l.kind,
      l.category_id, array_remove(array[l.category_1, l.category_2, l.category_3, l.category_4], null) as category_path,
      v.weight_grams, v.on_hand - v.reserved as free, l.state = 'published' and v.is_active as is_on_sale,
      l.is_offer_allowed, l.version, s.shipping_options, l.tax_class, v.license_code
    from catalog.variant v
    join catalog.listing l on l.marketplace_id = v.marketplace_id and l.id = v.listing_id
    join catalog.store s on s.marketplace_id = l.marketplace_id and s.id = l.store_id
    where v.marketplace_id = ${marketplaceId} and v.id = any(${idsOf(variantIds)})`);
}
