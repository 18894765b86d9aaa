import { idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { GroupRecord, OrderRecord } from '../domain/order.ts';

/** A store's part of an order, as far as documents say it. */
export type Sale = {
  readonly order: Pick<
    OrderRecord,
    'id' | 'number' | 'email' | 'address' | 'invoiceDetails' | 'currency' | 'placedTime'
  >;
  readonly group: Pick<GroupRecord, 'id' | 'storeId' | 'totalMinor' | 'quote'>;
};

type Row = {
  order_id: string;
  number: string;
  email: string | null;
  address: OrderRecord['address'];
  invoice_details: OrderRecord['invoiceDetails'];
  currency: OrderRecord['currency'];
  placed_time: Date;
  group_id: string;
  store_id: string;
  total_minor: number;
  quote: GroupRecord['quote'];
};

/** All sales of some orders, in the order in which they were placed. */
export async function salesOfOrders(
  queries: Queries,
  marketplaceId: string,
  orderIds: readonly string[],
): Promise<Sale[]> {
  const rows = await queries.rows<Row>(sql`
    select o.id as order_id, o.number, o.email, o.address, o.invoice_details, o.currency, o.placed_time,
      g.id as group_id, g.store_id, g.total_minor, g.quote
    from orders.placed_order o
    join orders.shipment_group g on g.marketplace_id = o.marketplace_id and g.order_id = o.id
    where o.marketplace_id = ${marketplaceId} and o.id = any(${orderIds.map(uuidFromId)}::uuid[])
    order by o.placed_time, g.id`);
  return rows.map((row) => ({
    order: {
      id: idFromUuid('order', row.order_id),
      number: row.number,
      email: row.email,
      address: row.address,
      invoiceDetails: row.invoice_details,
      currency: row.currency,
      placedTime: row.placed_time,
    },
    group: {
      id: idFromUuid('shipmentGroup', row.group_id),
      storeId: idFromUuid('store', row.store_id),
      totalMinor: row.total_minor,
      quote: row.quote,
    },
  }));
}
