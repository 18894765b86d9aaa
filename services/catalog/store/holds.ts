import { type Queries, sql } from '@plaza/runtime';
import { type ReservationRecord, type ReservationRow, reservationFrom } from './reservations.ts';
import type { StockLine } from './stock.ts';

/**
 * What nearly every sale needs of the stock, each as one statement and so as a transaction of its own. Whatever is not as
 * usual (a repeat, too few pieces, a listing that sells out by it) does nothing here, and the caller goes the long way.
 */

/**
 * Holds stock of one variant that there is plenty of: false, and nothing is held, unless it is on sale and free, and its
 * listing still has pieces after it. Locks in the order of takeStock: the listing, then the variant. Fails (see isNotHeld)
 * when that changes in the same moment, or the checkout holds something already.
 */
export async function holdPlenty(
  queries: Queries,
  marketplaceId: string,
  { checkoutId, expireTime }: ReservationRecord,
  { variantId, quantity }: StockLine,
): Promise<boolean> {
  const isFree = sql`v.is_active and (v.on_hand is null or v.on_hand - v.reserved >= ${quantity}::bigint)`;
  const { isHeld } = await queries.one<{ isHeld: boolean }>(sql`
    with listing_lock as materialized (
      select l.id from catalog.variant v join catalog.listing l on l.marketplace_id = v.marketplace_id and l.id = v.listing_id
      where v.marketplace_id = ${marketplaceId} and v.id = ${variantId}::uuid and ${isFree}
        and l.state = 'published' and (l.free_quantity is null or l.free_quantity > ${quantity}::bigint)
      for no key update of l),
    held as (
      update catalog.variant v set reserved = v.reserved + ${quantity}::bigint from listing_lock
      where v.marketplace_id = ${marketplaceId} and v.id = ${variantId}::uuid and ${isFree} returning v.listing_id),
    kept as (
      insert into catalog.reservation (marketplace_id, checkout_id, state, variant_ids, quantities, expire_time)
      select ${marketplaceId}, ${checkoutId}::uuid, 'held', array[${variantId}::uuid], array[${quantity}::bigint], ${expireTime}
      from held on conflict (marketplace_id, checkout_id) do nothing returning checkout_id),
    counted as (
      update catalog.listing l set free_quantity = l.free_quantity - ${quantity}::bigint, stock_version = l.stock_version + 1
      from held where l.marketplace_id = ${marketplaceId} and l.id = held.listing_id and l.free_quantity is not null)
    select exists (select from kept) as "isHeld",
      plaza.must(exists (select from kept) or not exists (select from listing_lock), 'stock_held')`);
  return isHeld;
}

/** Whether a hold was undone because it could not be had whole. */
export function isNotHeld(error: unknown): boolean {
  return (error as { readonly constraint?: string }).constraint === 'stock_held';
}

/**
 * Sells what a checkout holds: off the shelf and out of the reservation. What is free stays, so the listing is not
 * touched. Undefined: the checkout holds nothing, or not any more.
 */
export async function sellHeld(
  queries: Queries,
  marketplaceId: string,
  checkoutId: string,
  orderId: string,
): Promise<ReservationRecord | undefined> {
  const row = await queries.row<ReservationRow>(sql`
    with sold as (
      update catalog.reservation set state = 'committed', order_id = ${orderId}::uuid
      where marketplace_id = ${marketplaceId} and checkout_id = ${checkoutId}::uuid and state = 'held'
      returning checkout_id, state, variant_ids, quantities, expire_time),
    line as materialized (select line.* from sold, unnest(variant_ids, quantities) as line (variant_id, quantity)),
    variant_lock as materialized (
      select v.id, line.quantity from catalog.variant v join line on v.id = line.variant_id
      where v.marketplace_id = ${marketplaceId} order by v.id for no key update of v),
    shelf as (
      update catalog.variant v set reserved = v.reserved - l.quantity, on_hand = v.on_hand - l.quantity
      from variant_lock l where v.marketplace_id = ${marketplaceId} and v.id = l.id)
    select checkout_id, state, variant_ids, quantities, expire_time from sold`);
  return row && reservationFrom(row);
}
