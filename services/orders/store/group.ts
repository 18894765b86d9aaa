import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { GroupRecord, TimelineRecord, UndoneEffect } from '../domain/order.ts';
import type { Party, Ruling } from '../domain/process/process.ts';
import type { RulingRecord } from '../domain/ruling.ts';
import { laterThan, turn } from './put-off.ts';

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

export async function findGroup(
  queries: Queries,
  marketplaceId: string,
  groupId: string,
): Promise<GroupRecord | undefined> {
  const row = await queries.row<GroupRow>(sql`
    select *, null as timeline from orders.shipment_group where marketplace_id = ${marketplaceId} and id = ${uuidFromId(groupId)}`);
  return row && groupFrom(row);
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
    values (${marketplaceId}, ${uuidFromId(groupId)}, ${entry.action}, ${entry.party}, ${entry.memberId === null ? null : uuidFromId(entry.memberId)}, ${JSON.stringify(entry.details)}, ${entry.time})`);
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
