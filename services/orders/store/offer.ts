import { type Currency, type Id, idFromUuid, pageFrom, timeAndIdOfCursor, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { LockedPrice } from '../domain/locked-price.ts';
import type { Party } from '../domain/process/process.ts';
import { laterThan, turn } from './put-off.ts';

export type OfferEvent = {
  readonly action: string;
  readonly by: Party;
  readonly priceMinor: number;
  readonly message: string | null;
  readonly time: string;
};

export type OfferRecord = {
  readonly id: Id<'offer'>;
  readonly listingId: Id<'listing'>;
  readonly listingSlug: string;
  readonly variantId: Id<'variant'>;
  readonly storeId: Id<'store'>;
  readonly title: string;
  readonly variantTitle: string;
  readonly imageUrl: string | null;
  readonly sellerMemberId: Id<'member'>;
  readonly buyerMemberId: Id<'member'>;
  readonly quantity: number;
  readonly currency: Currency;
  readonly priceMinor: number;
  readonly listPriceMinor: number;
  readonly processName: string;
  readonly processVersion: string;
  readonly state: string;
  readonly isFinal: boolean;
  readonly dueAction: string | null;
  readonly dueTime: Date | null;
  readonly history: readonly OfferEvent[];
  readonly version: number;
  readonly createdTime: Date;
};

type Row = {
  id: string;
  listing_id: string;
  listing_slug: string;
  variant_id: string;
  store_id: string;
  title: string;
  variant_title: string;
  image_url: string | null;
  seller_member_id: string;
  buyer_member_id: string;
  quantity: number;
  currency: Currency;
  price_minor: number;
  list_price_minor: number;
  process_name: string;
  process_version: string;
  state: string;
  is_final: boolean;
  due_action: string | null;
  due_time: Date | null;
  history: OfferEvent[];
  version: number;
  created_time: Date;
};

function offerFrom(row: Row): OfferRecord {
  return {
    id: idFromUuid('offer', row.id),
    listingId: idFromUuid('listing', row.listing_id),
    listingSlug: row.listing_slug,
    variantId: idFromUuid('variant', row.variant_id),
    storeId: idFromUuid('store', row.store_id),
    title: row.title,
    variantTitle: row.variant_title,
    imageUrl: row.image_url,
    sellerMemberId: idFromUuid('member', row.seller_member_id),
    buyerMemberId: idFromUuid('member', row.buyer_member_id),
    quantity: row.quantity,
    currency: row.currency,
    priceMinor: row.price_minor,
    listPriceMinor: row.list_price_minor,
    processName: row.process_name,
    processVersion: row.process_version,
    state: row.state,
    isFinal: row.is_final,
    dueAction: row.due_action,
    dueTime: row.due_time,
    history: row.history,
    version: row.version,
    createdTime: row.created_time,
  };
}

/** Inserts an offer; false when the buyer has an open one for this variant. */
export async function insertOffer(queries: Queries, marketplaceId: string, offer: OfferRecord): Promise<boolean> {
  const inserted = await queries.execute(sql`
    insert into orders.offer (marketplace_id, id, listing_id, listing_slug, variant_id, store_id, title, variant_title, image_url, seller_member_id, buyer_member_id,
      quantity, currency, price_minor, list_price_minor, process_name, process_version, state, is_final, due_action, due_time, history, created_time)
    values (${marketplaceId}, ${uuidFromId(offer.id)}, ${uuidFromId(offer.listingId)}, ${offer.listingSlug}, ${uuidFromId(offer.variantId)}, ${uuidFromId(offer.storeId)},
      ${offer.title}, ${offer.variantTitle}, ${offer.imageUrl}, ${uuidFromId(offer.sellerMemberId)}, ${uuidFromId(offer.buyerMemberId)}, ${offer.quantity}, ${offer.currency},
      ${offer.priceMinor}, ${offer.listPriceMinor}, ${offer.processName}, ${offer.processVersion}, ${offer.state}, ${offer.isFinal}, ${offer.dueAction}, ${offer.dueTime},
      ${JSON.stringify(offer.history)}, ${offer.createdTime})
    on conflict (marketplace_id, buyer_member_id, variant_id) where not is_final do nothing`);
  return inserted === 1;
}

export async function findOffer(
  queries: Queries,
  marketplaceId: string,
  offerId: string,
): Promise<OfferRecord | undefined> {
  const row = await queries.row<Row>(
    sql`select * from orders.offer where marketplace_id = ${marketplaceId} and id = ${uuidFromId(offerId)}`,
  );
  return row && offerFrom(row);
}

export async function lockOffer(
  queries: Queries,
  marketplaceId: string,
  offerId: string,
): Promise<OfferRecord | undefined> {
  const row = await queries.row<Row>(
    sql`select * from orders.offer where marketplace_id = ${marketplaceId} and id = ${uuidFromId(offerId)} for update`,
  );
  return row && offerFrom(row);
}

export async function saveOffer(queries: Queries, marketplaceId: string, offer: OfferRecord): Promise<void> {
  await queries.execute(sql`
    update orders.offer set price_minor = ${offer.priceMinor}, state = ${offer.state}, is_final = ${offer.isFinal}, due_action = ${offer.dueAction}, due_time = ${offer.dueTime}, retry_time = null, retry_count = 0,
      history = ${JSON.stringify(offer.history)}, version = ${offer.version}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(offer.id)}`);
}

export async function listOfferRows(
  queries: Queries,
  marketplaceId: string,
  which: { memberId: string; role: 'buyer' | 'seller'; cursor: string | undefined; limit: number },
): Promise<{ items: OfferRecord[]; nextCursor: string | null }> {
  const whose =
    which.role === 'buyer'
      ? sql`buyer_member_id = ${uuidFromId(which.memberId)}`
      : sql`seller_member_id = ${uuidFromId(which.memberId)}`;
  const [time, id] = timeAndIdOfCursor(which.cursor);
  const after = time === null ? sql`` : sql`and (created_time, id) < (${time}::timestamptz, ${id}::uuid)`;
  const rows = await queries.rows<Row>(sql`
    select * from orders.offer where marketplace_id = ${marketplaceId} and ${whose} ${after} order by created_time desc, id desc limit ${which.limit + 1}`);
  return pageFrom(rows, which.limit, (row) => [row.created_time.toISOString(), row.id], offerFrom);
}

/** Kept for a checkout whose payment has begun. */
const isBeingPaid = sql`exists (select from orders.checkout c where c.marketplace_id = o.marketplace_id and c.order_id = o.order_id
  and c.state in ('completing', 'awaiting_payment'))`;

/** Offers whose clock has come. One that is being paid for waits for the payment: who began in time has the price. */
export async function dueOffers(queries: Queries, marketplaceId: string, now: Date, limit: number): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select id from orders.offer o where marketplace_id = ${marketplaceId} and due_time is not null and ${turn} <= ${now} and not ${isBeingPaid}
    order by ${turn} limit ${limit}`);
  return rows.map((row) => idFromUuid('offer', row.id));
}

/** Moved by the clock later, since it failed now. */
export async function putOffOffer(queries: Queries, marketplaceId: string, offerId: string, now: Date): Promise<void> {
  await queries.execute(sql`
    update orders.offer set retry_count = retry_count + 1, retry_time = ${laterThan(now)}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(offerId)} and due_time is not null`);
}

/** Locks an offer whose clock has come; undefined when it has moved meanwhile, or is being paid for. */
export async function lockDueOffer(
  queries: Queries,
  marketplaceId: string,
  offerId: string,
  now: Date,
): Promise<OfferRecord | undefined> {
  const offer = await lockOffer(queries, marketplaceId, offerId);
  if (offer?.dueTime == null || offer.dueTime > now) return undefined;
  // Asked once the lock is held, by a statement of its own: keeping an offer for a payment takes the same lock.
  const paid = await queries.row(
    sql`select from orders.offer o where marketplace_id = ${marketplaceId} and id = ${uuidFromId(offerId)} and ${isBeingPaid}`,
  );
  return paid === undefined ? offer : undefined;
}

/** Prices of accepted offers that have not ended. */
export async function lockedPrices(
  queries: Queries,
  marketplaceId: string,
  offerIds: readonly string[],
  now: Date,
): Promise<LockedPrice[]> {
  const rows = await queries.rows<Row>(sql`
    select * from orders.offer where marketplace_id = ${marketplaceId} and id = any(${offerIds.map((id) => uuidFromId(id))}::uuid[])
      and state = 'accepted' and not is_final and (due_time is null or due_time > ${now})`);
  return rows.map(offerFrom).map((offer) => ({
    offerId: offer.id,
    variantId: offer.variantId,
    buyerMemberId: offer.buyerMemberId,
    quantity: offer.quantity,
    unitPriceMinor: offer.priceMinor,
  }));
}

/**
 * Keeps offers for the order that a checkout is about to become, so that of two checkouts at once one gets the price.
 * Answers false when one of them is used, over, or kept for a checkout that is being paid. Safe to repeat. What was kept
 * for a checkout that came to nothing is free again by itself.
 */
export async function keepOffers(
  tx: Queries,
  marketplaceId: string,
  offerIds: readonly string[],
  orderId: string,
): Promise<boolean> {
  const ids = offerIds.map((id) => uuidFromId(id));
  const order = uuidFromId(orderId);
  await tx.execute(
    sql`select from orders.offer where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[]) order by id for update`,
  );
  const taken = await tx.row(sql`
    select from orders.offer o where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[]) and order_id is distinct from ${order}::uuid
      and (is_final or ${isBeingPaid}) limit 1`);
  if (taken !== undefined) return false;
  await tx.execute(
    sql`update orders.offer set order_id = ${order} where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[])`,
  );
  return true;
}

/**
 * Accepted offers that an order has used up: each locks its price once. One that was kept for this order and then expired,
 * because the money took its time, is used all the same.
 */
export async function useOffers(
  queries: Queries,
  marketplaceId: string,
  offerIds: readonly string[],
  orderId: string,
): Promise<void> {
  await queries.execute(sql`
    update orders.offer set state = 'used', is_final = true, due_action = null, due_time = null, order_id = ${uuidFromId(orderId)}, version = version + 1
    where marketplace_id = ${marketplaceId} and id = any(${offerIds.map((id) => uuidFromId(id))}::uuid[])
      and (not is_final or (order_id = ${uuidFromId(orderId)} and state <> 'used'))`);
}
