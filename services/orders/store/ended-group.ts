import { type Currency, type Id, idFromUuid, idOfCursor, type MemberId, pageFrom, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { GroupRecord } from '../domain/order.ts';
import { type GroupRow, groupFrom } from './group.ts';

export type EndedGroupRecord = {
  readonly group: GroupRecord;
  readonly buyerMemberId: MemberId | null;
  readonly currency: Currency;
};

/** A page of groups that have come to their end, with their timelines, by id: in the order in which they were placed. One statement. */
export async function listEndedGroupRows(
  queries: Queries,
  marketplaceId: string,
  which: { readonly orderId?: Id<'order'> | undefined; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: EndedGroupRecord[]; nextCursor: string | null }> {
  const after = idOfCursor(which.cursor);
  const ofOrder = which.orderId === undefined ? sql`` : sql`and g.order_id = ${uuidFromId(which.orderId)}`;
  const rows = await queries.rows<GroupRow & { buyer_member_id: string | null; currency: Currency }>(sql`
    select g.*, o.buyer_member_id, o.currency,
      (select json_agg(json_build_object('action', e.action, 'party', e.party, 'details', e.details, 'time', e.time) order by e.id)
        from orders.timeline_entry e where e.marketplace_id = g.marketplace_id and e.group_id = g.id) as timeline,
      (select json_agg(json_build_object('lineId', l.line_id, 'quantity', l.quantity, 'amountMinor', l.amount_minor))
        from orders.line_refund l where l.marketplace_id = g.marketplace_id and l.group_id = g.id) as line_refunds
    from orders.shipment_group g join orders.placed_order o on o.marketplace_id = g.marketplace_id and o.id = g.order_id
    where g.marketplace_id = ${marketplaceId} and g.is_final ${ofOrder} and (${after}::uuid is null or g.id > ${after})
    order by g.id limit ${which.limit + 1}`);
  return pageFrom(
    rows,
    which.limit,
    ({ id }) => [id],
    (row) => ({
      group: groupFrom(row),
      buyerMemberId: row.buyer_member_id === null ? null : idFromUuid('member', row.buyer_member_id),
      currency: row.currency,
    }),
  );
}
