import { pageFrom, timeAndIdOfCursor, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql } from '@plaza/runtime';
import type { GroupRecord, OrderRecord } from '../domain/order.ts';

/** An order, or a store's part of one, as lists show it. */
export type SummaryRow = {
  order_id: string;
  number: string;
  currency: OrderRecord['currency'];
  placed_time: Date;
  total_minor: number;
  groups: {
    id: string;
    process_name: string;
    process_version: string;
    state: string;
    is_final: boolean;
    seller_member_id: string;
    quote: GroupRecord['quote'];
  }[];
};

/** A page of orders, newest first: of a buyer, or all. One statement. */
export async function listOrderRows(
  queries: Queries,
  marketplaceId: string,
  which: {
    buyerMemberId?: string;
    number?: string | undefined;
    orderIds?: readonly string[] | undefined;
    cursor: string | undefined;
    limit: number;
  },
): Promise<{ items: SummaryRow[]; nextCursor: string | null }> {
  const filters: Sql[] = [];
  if (which.buyerMemberId !== undefined) filters.push(sql`and o.buyer_member_id = ${uuidFromId(which.buyerMemberId)}`);
  if (which.number !== undefined) filters.push(sql`and o.number = ${which.number.toUpperCase()}`);
  if (which.orderIds !== undefined) filters.push(sql`and o.id = any(${which.orderIds.map(uuidFromId)}::uuid[])`);
  if (which.cursor !== undefined) {
    const [time, id] = timeAndIdOfCursor(which.cursor);
    filters.push(sql`and (o.placed_time, o.id) < (${time}::timestamptz, ${id}::uuid)`);
  }
  const where = filters.reduce((all, each) => sql`${all} ${each}`, sql``);
  const rows = await queries.rows<SummaryRow>(sql`
    select o.id as order_id, o.number, o.currency, o.placed_time, o.total_minor,
      (select json_agg(json_build_object('id', g.id, 'process_name', g.process_name, 'process_version', g.process_version, 'state', g.state,
        'is_final', g.is_final, 'seller_member_id', g.seller_member_id, 'quote', g.quote) order by g.store_id)
        from orders.shipment_group g where g.marketplace_id = o.marketplace_id and g.order_id = o.id) as groups
    from orders.placed_order o where o.marketplace_id = ${marketplaceId} ${where}
    order by o.placed_time desc, o.id desc limit ${which.limit + 1}`);
  return pageFrom(rows, which.limit, (row) => [row.placed_time.toISOString(), row.order_id]);
}

/** A page of a store's groups, newest first. One statement. */
export async function listSaleRows(
  queries: Queries,
  marketplaceId: string,
  which: { storeId: string; isOpen: boolean; sellerMemberId: string | null; cursor: string | undefined; limit: number },
): Promise<{ items: SummaryRow[]; nextCursor: string | null }> {
  const open = which.isOpen ? sql`and not g.is_final` : sql``;
  const storeId = uuidFromId(which.storeId);
  // A store's sales are all of one seller: whoever it is not need not be looked for in each of them.
  const own =
    which.sellerMemberId === null
      ? sql``
      : sql`and ${uuidFromId(which.sellerMemberId)} = (
          select seller_member_id from orders.shipment_group where marketplace_id = ${marketplaceId} and store_id = ${storeId} limit 1)`;
  const [time, id] = timeAndIdOfCursor(which.cursor);
  const after = time === null ? sql`` : sql`and (g.placed_time, g.id) < (${time}::timestamptz, ${id}::uuid)`;
  const rows = await queries.rows<SummaryRow & { group_id: string }>(sql`
    select g.order_id, o.number, o.currency, g.placed_time, g.total_minor, g.id as group_id,
      json_build_array(json_build_object('id', g.id, 'process_name', g.process_name, 'process_version', g.process_version, 'state', g.state,
        'is_final', g.is_final, 'seller_member_id', g.seller_member_id, 'quote', g.quote)) as groups
    from orders.shipment_group g join orders.placed_order o on o.marketplace_id = g.marketplace_id and o.id = g.order_id
    where g.marketplace_id = ${marketplaceId} and g.store_id = ${storeId} ${own} ${open} ${after}
    order by g.placed_time desc, g.id desc limit ${which.limit + 1}`);
  return pageFrom(rows, which.limit, (row) => [row.placed_time.toISOString(), row.group_id]);
}
