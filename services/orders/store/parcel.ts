import { type Currency, type Id, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { DueParcel } from '../contract/parcels.ts';

type ParcelRow = {
  id: string;
  order_id: string;
  number: string;
  store_name: string;
  carrier: string | null;
  tracking_number: string | null;
  total_minor: number;
  currency: Currency;
  state_time: Date;
  due_time: Date | null;
};

/** Where a process's parcels are while they are on their way. */
export type OnTheirWay = { readonly process: string; readonly states: readonly string[] };

/** Parcels in these states of a process, the longest there first. */
export async function listParcels(
  queries: Queries,
  marketplaceId: string,
  { process, states }: OnTheirWay,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: DueParcel[]; nextCursor: string | null }> {
  const behind = cursor === undefined ? sql`` : sql`and g.id > ${idOfCursor(cursor)}::uuid`;
  const rows = await queries.rows<ParcelRow>(sql`
    select g.id, g.order_id, o.number, g.quote ->> 'storeName' as store_name, g.carrier, g.tracking_number, g.total_minor, o.currency,
      g.state_time, g.due_time
    from unnest(${states}::text[]) as wanted (state)
      cross join lateral (
        select * from orders.shipment_group g
        where g.marketplace_id = ${marketplaceId} and g.process_name = ${process} and g.state = wanted.state and not g.is_final ${behind}
        order by g.id limit ${limit + 1}) g
      join orders.placed_order o on o.marketplace_id = ${marketplaceId} and o.id = g.order_id
    order by g.id limit ${limit + 1}`);
  return pageFrom(rows, limit, (row) => [row.id], parcelFrom);
}

/** A parcel by its carrier's number, with where it is. */
export type TrackedParcel = {
  readonly groupId: Id<'shipmentGroup'>;
  readonly orderId: Id<'order'>;
  readonly process: string;
  readonly state: string;
  readonly totalMinor: number;
};

/** All parcels with a tracking number. */
export async function findTracked(
  queries: Queries,
  marketplaceId: string,
  process: string,
  trackingNumber: string,
): Promise<TrackedParcel[]> {
  const rows = await queries.rows<{ id: string; order_id: string; state: string; total_minor: number }>(sql`
    select id, order_id, state, total_minor from orders.shipment_group
    where marketplace_id = ${marketplaceId} and tracking_number = ${trackingNumber} and process_name = ${process} order by id limit 10`);
  return rows.map((row) => ({
    groupId: idFromUuid('shipmentGroup', row.id),
    orderId: idFromUuid('order', row.order_id),
    process,
    state: row.state,
    totalMinor: row.total_minor,
  }));
}

function parcelFrom(row: ParcelRow): DueParcel {
  return {
    orderId: idFromUuid('order', row.order_id),
    groupId: idFromUuid('shipmentGroup', row.id),
    number: row.number,
    storeName: row.store_name,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    due: { amountMinor: row.total_minor, currency: row.currency },
    shippedTime: row.state_time.toISOString(),
    dueTime: row.due_time?.toISOString() ?? null,
  };
}
