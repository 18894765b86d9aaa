import { idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Writer } from '@plaza/runtime';
import type { ChargebackRecord, GroupRecord, OrderRecord } from '../domain/order.ts';
import { type GroupRow, groupFrom } from './group.ts';

export type NewGroup = Pick<
  GroupRecord,
  | 'id'
  | 'storeId'
  | 'sellerMemberId'
  | 'processName'
  | 'processVersion'
  | 'state'
  | 'dueAction'
  | 'dueTime'
  | 'quote'
  | 'totalMinor'
>;

/** Inserts an order with its groups and the first line of each timeline: one statement. */
export async function insertOrder(
  writer: Writer,
  marketplaceId: string,
  order: Omit<OrderRecord, 'groups' | 'chargebacks' | 'taxIncludedMinor' | 'openedBy'> & {
    checkoutId: string;
    paymentId: string;
    totals: Readonly<Record<'subtotal' | 'discount' | 'shipping' | 'taxAdded' | 'taxIncluded' | 'total', number>>;
  },
  groups: readonly NewGroup[],
): Promise<void> {
  const { totals } = order;
  const inserted = sql`
    insert into orders.placed_order (marketplace_id, id, number, checkout_id, payment_id, payment_method, buyer_member_id, guest_id, email,
      locale, address, note, invoice_details, currency, subtotal_minor, discount_minor, shipping_minor, tax_added_minor, tax_included_minor, total_minor, placed_time)
    values (${marketplaceId}, ${uuidFromId(order.id)}, ${order.number}, ${uuidFromId(order.checkoutId)}, ${uuidFromId(order.paymentId)},
      ${JSON.stringify(order.paymentMethod)}, ${uuidOrNull(order.buyerMemberId)}, ${order.guestId}, ${order.email}, ${order.locale},
      ${order.address === null ? null : JSON.stringify(order.address)}, ${order.note},
      ${order.invoiceDetails === null ? null : JSON.stringify(order.invoiceDetails)}, ${order.currency}, ${totals.subtotal}, ${totals.discount},
      ${totals.shipping}, ${totals.taxAdded}, ${totals.taxIncluded}, ${totals.total}, ${order.placedTime})`;
  const rows = groups.map((group) => ({
    id: uuidFromId(group.id),
    store_id: uuidFromId(group.storeId),
    seller_member_id: uuidFromId(group.sellerMemberId),
    process_name: group.processName,
    process_version: group.processVersion,
    state: group.state,
    due_action: group.dueAction,
    due_time: group.dueTime,
    quote: group.quote,
    total_minor: group.totalMinor,
  }));
  await writer.execute(sql`
    with placed as (${inserted}), entered as (
      insert into orders.shipment_group (marketplace_id, id, order_id, store_id, seller_member_id, process_name, process_version, state, state_time,
        is_final, due_action, due_time, quote, total_minor, placed_time)
      select ${marketplaceId}, id, ${uuidFromId(order.id)}, store_id, seller_member_id, process_name, process_version, state, ${order.placedTime},
        false, due_action, due_time, quote, total_minor, ${order.placedTime}
      from json_to_recordset(${JSON.stringify(rows)}::json) as g(id uuid, store_id uuid, seller_member_id uuid, process_name text, process_version text,
        state text, due_action text, due_time timestamptz, quote json, total_minor bigint)
      returning marketplace_id, id)
    insert into orders.timeline_entry (marketplace_id, group_id, action, party, member_id, details, time)
    select marketplace_id, id, 'placed', 'buyer', ${uuidOrNull(order.buyerMemberId)}, '{}', ${order.placedTime} from entered`);
}

type OrderRow = {
  id: string;
  number: string;
  payment_method: OrderRecord['paymentMethod'];
  buyer_member_id: string | null;
  guest_id: string | null;
  opened_by: string[];
  email: string | null;
  locale: string;
  address: OrderRecord['address'];
  note: string | null;
  invoice_details: OrderRecord['invoiceDetails'];
  currency: OrderRecord['currency'];
  tax_included_minor: number;
  placed_time: Date;
  groups: GroupRow[];
  chargebacks: (Omit<ChargebackRecord, 'evidenceDueTime'> & { evidenceDueTime: string | null })[] | null;
};

/** An order with its groups and their timelines, in one statement. */
export async function findOrder(
  queries: Queries,
  marketplaceId: string,
  orderId: string,
): Promise<OrderRecord | undefined> {
  const row = await queries.row<OrderRow>(sql`
    select o.id, o.number, o.payment_method, o.buyer_member_id, o.guest_id, o.opened_by, o.email, o.locale, o.address, o.note, o.invoice_details, o.currency, o.tax_included_minor, o.placed_time,
      (select json_agg(json_build_object('id', g.id, 'order_id', g.order_id, 'store_id', g.store_id, 'seller_member_id', g.seller_member_id,
        'process_name', g.process_name, 'process_version', g.process_version, 'state', g.state, 'is_final', g.is_final, 'due_action', g.due_action,
        'due_time', g.due_time, 'quote', g.quote, 'total_minor', g.total_minor, 'refunded_minor', g.refunded_minor, 'ruling', g.ruling, 'ruled_minor', g.ruled_minor, 'dispute_time', g.dispute_time, 'carrier', g.carrier,
        'tracking_number', g.tracking_number, 'version', g.version, 'state_time', g.state_time,
        'line_refunds', (select json_agg(json_build_object('lineId', l.line_id, 'quantity', l.quantity, 'amountMinor', l.amount_minor))
          from orders.line_refund l where l.marketplace_id = g.marketplace_id and l.group_id = g.id),
        'has_open_return', exists (select from orders.return_request r where r.marketplace_id = g.marketplace_id and r.group_id = g.id and not r.is_final),
        'undone', (select json_agg(json_build_object('kind', u.kind, 'input', u.input))
          from orders.effect u where u.marketplace_id = g.marketplace_id and u.group_id = g.id and u.due_time is not null),
        'timeline', (select json_agg(json_build_object('action', e.action, 'party', e.party, 'details', e.details, 'time', e.time) order by e.id)
          from orders.timeline_entry e where e.marketplace_id = g.marketplace_id and e.group_id = g.id)) order by g.store_id)
        from orders.shipment_group g where g.marketplace_id = o.marketplace_id and g.order_id = o.id) as groups,
      (select json_agg(json_build_object('id', c.id, 'state', c.state, 'isSettled', c.is_settled, 'amountMinor', c.amount_minor, 'currency', c.currency,
        'reason', c.reason, 'evidenceDueTime', c.evidence_due_time) order by c.id)
        from orders.order_chargeback c where c.marketplace_id = o.marketplace_id and c.order_id = o.id) as chargebacks
    from orders.placed_order o where o.marketplace_id = ${marketplaceId} and o.id = ${uuidFromId(orderId)}`);
  if (row === undefined) return undefined;
  return {
    id: idFromUuid('order', row.id),
    number: row.number,
    paymentMethod: row.payment_method,
    buyerMemberId: row.buyer_member_id === null ? null : idFromUuid('member', row.buyer_member_id),
    guestId: row.guest_id,
    openedBy: row.opened_by,
    email: row.email,
    locale: row.locale,
    address: row.address,
    note: row.note,
    invoiceDetails: row.invoice_details,
    currency: row.currency,
    taxIncludedMinor: row.tax_included_minor,
    placedTime: row.placed_time,
    groups: row.groups.map(groupFrom),
    chargebacks: (row.chargebacks ?? []).map((each) => ({
      ...each,
      id: idFromUuid('chargeback', each.id),
      evidenceDueTime: each.evidenceDueTime === null ? null : new Date(each.evidenceDueTime),
    })),
  };
}

function uuidOrNull(id: string | null): string | null {
  return id === null ? null : uuidFromId(id);
}
