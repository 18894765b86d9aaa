import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Writer } from '@plaza/runtime';
import type { ChargebackRecord, GroupRecord, OrderRecord, TimelineRecord, UndoneEffect } from '../domain/order.ts';
import type { Party, Ruling } from '../domain/process/process.ts';
import type { RulingRecord } from '../domain/ruling.ts';
import { laterThan, turn } from './put-off.ts';

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

export type GroupRow = {
  id: string;
  order_id: string;
  store_id: string;
  seller_member_id: string;
  process_name: string;
  process_version: string;
  state: string;
  is_final: boolean;
  due_action: string | null;
  due_time: string | Date | null;
  quote: GroupRecord['quote'];
  total_minor: number;
  refunded_minor: number;
  ruling: Ruling | null;
  ruled_minor: number | null;
  dispute_time: string | Date | null;
  carrier: string | null;
  tracking_number: string | null;
  version: number;
  state_time: string | Date;
  timeline: TimelineRecord[] | null;
  line_refunds?: { lineId: string | null; quantity: number; amountMinor: number }[] | null;
  has_open_return?: boolean;
  undone?: UndoneEffect[] | null;
};

/** A row as a record; what the statement did not read is empty. */
export function groupFrom(row: GroupRow): GroupRecord {
  return {
    id: idFromUuid('shipmentGroup', row.id),
    orderId: idFromUuid('order', row.order_id),
    storeId: idFromUuid('store', row.store_id),
    sellerMemberId: idFromUuid('member', row.seller_member_id),
    processName: row.process_name,
    processVersion: row.process_version,
    state: row.state,
    isFinal: row.is_final,
    dueAction: row.due_action,
    dueTime: row.due_time === null ? null : new Date(row.due_time),
    quote: row.quote,
    totalMinor: Number(row.total_minor),
    refundedMinor: Number(row.refunded_minor),
    ruling: row.ruling === null ? null : { ruling: row.ruling, refundMinor: Number(row.ruled_minor) },
    disputeTime: row.dispute_time === null ? null : new Date(row.dispute_time),
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    version: row.version,
    stateTime: new Date(row.state_time),
    timeline: row.timeline ?? [],
    lineRefunds: (row.line_refunds ?? []).map((each) => ({
      ...each,
      lineId: each.lineId === null ? null : idFromUuid('orderLine', each.lineId),
    })),
    hasOpenReturn: row.has_open_return === true,
    undone: row.undone ?? [],
  };
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

/** Locks a group until the end of the transaction, so that of two actions at once the second sees the first. */
export async function lockGroup(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
): Promise<GroupRecord | undefined> {
  const row = await queries.row<GroupRow>(sql`
    select *, null as timeline from orders.shipment_group where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)} for update`);
  return row && groupFrom(row);
}

/** Writes a group's next state. */
export async function moveGroup(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  next: {
    state: string;
    isFinal: boolean;
    dueAction: string | null;
    dueTime: Date | null;
    refundedMinor: number;
    ruling: RulingRecord | null;
    disputeTime: Date | null;
    carrier: string | null;
    trackingNumber: string | null;
  },
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    update orders.shipment_group set state = ${next.state}, is_final = ${next.isFinal}, state_time = ${now}, due_action = ${next.dueAction},
      due_time = ${next.dueTime}, retry_time = null, retry_count = 0, refunded_minor = ${next.refundedMinor},
      ruling = ${next.ruling?.ruling ?? null}, ruled_minor = ${next.ruling?.refundMinor ?? null}, dispute_time = ${next.disputeTime}, carrier = coalesce(${next.carrier}, carrier),
      tracking_number = coalesce(${next.trackingNumber}, tracking_number), version = version + 1
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)}`);
}

export async function addRefunded(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  amountMinor: number,
): Promise<void> {
  await queries.execute(sql`
    update orders.shipment_group set refunded_minor = refunded_minor + ${amountMinor}, version = version + 1
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)}`);
}

export async function addTimelineEntry(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  entry: {
    action: string;
    party: Party;
    memberId: string | null;
    details: Readonly<Record<string, string>>;
    time: Date;
  },
): Promise<void> {
  await queries.execute(sql`
    insert into orders.timeline_entry (marketplace_id, group_id, action, party, member_id, details, time)
    values (${marketplaceId}, ${uuidFromId(groupId)}, ${entry.action}, ${entry.party}, ${uuidOrNull(entry.memberId)}, ${JSON.stringify(entry.details)}, ${entry.time})`);
}

/** Groups whose clock has come, oldest first, but those that were put off. They are locked one by one when they are moved. */
export async function dueGroups(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<{ id: Id<'shipmentGroup'>; orderId: Id<'order'>; action: string }[]> {
  const rows = await queries.rows<{ id: string; order_id: string; due_action: string }>(sql`
    select id, order_id, due_action from orders.shipment_group
    where marketplace_id = ${marketplaceId} and due_time is not null and ${turn} <= ${now}
    order by ${turn} limit ${limit}`);
  return rows.map((row) => ({
    id: idFromUuid('shipmentGroup', row.id),
    orderId: idFromUuid('order', row.order_id),
    action: row.due_action,
  }));
}

/** Moved by the clock later, since it failed now. */
export async function putOffGroup(queries: Queries, marketplaceId: string, groupId: string, now: Date): Promise<void> {
  await queries.execute(sql`
    update orders.shipment_group set retry_count = retry_count + 1, retry_time = ${laterThan(now)}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)} and due_time is not null`);
}

function uuidOrNull(id: string | null): string | null {
  return id === null ? null : uuidFromId(id);
}

export async function findGroup(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
): Promise<GroupRecord | undefined> {
  const row = await queries.row<GroupRow>(sql`
    select *, null as timeline from orders.shipment_group where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)}`);
  return row && groupFrom(row);
}

/** Stops a group's clock, or starts it again: `dueTime` null keeps what it would do. */
export async function setGroupClock(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
  dueTime: Date | null,
): Promise<void> {
  await queries.execute(sql`
    update orders.shipment_group set due_time = ${dueTime}, retry_time = null, retry_count = 0, version = version + 1
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)}`);
}
