import { type Id, idFromUuid, idOfCursor, pageFrom, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql } from '@plaza/runtime';
import type { ReturnEvent, ReturnRecord } from '../domain/return.ts';
import { laterThan, turn } from './put-off.ts';

type Row = {
  id: string;
  order_id: string;
  group_id: string;
  process_name: string;
  process_version: string;
  state: string;
  is_final: boolean;
  is_contested: boolean;
  due_action: string | null;
  due_time: Date | null;
  lines: ReturnRecord['lines'];
  reason: string;
  asset_ids: string[];
  carrier: string | null;
  tracking_number: string | null;
  inspection: ReturnRecord['inspection'];
  refunded_minor: number | null;
  sale_state: string;
  clock_left_ms: number | null;
  history: ReturnEvent[];
  version: number;
  created_time: Date;
};

function returnFrom(row: Row): ReturnRecord {
  return {
    id: idFromUuid('return', row.id),
    orderId: idFromUuid('order', row.order_id),
    groupId: idFromUuid('shipmentGroup', row.group_id),
    processName: row.process_name,
    processVersion: row.process_version,
    state: row.state,
    isFinal: row.is_final,
    isContested: row.is_contested,
    dueAction: row.due_action,
    dueTime: row.due_time,
    lines: row.lines,
    reason: row.reason,
    assetIds: row.asset_ids.map((id) => idFromUuid('asset', id)),
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    inspection: row.inspection,
    refundedMinor: row.refunded_minor,
    saleState: row.sale_state,
    clockLeftMs: row.clock_left_ms,
    history: row.history,
    version: row.version,
    createdTime: row.created_time,
  };
}

/** Inserts a return; false when another of its group is open. */
export async function insertReturn(queries: Queries, marketplaceId: string, record: ReturnRecord): Promise<boolean> {
  const inserted = await queries.execute(sql`
    insert into orders.return_request (marketplace_id, id, order_id, group_id, process_name, process_version, state, is_final, is_contested,
      due_action, due_time, lines, reason, asset_ids, sale_state, clock_left_ms, history, created_time)
    values (${marketplaceId}, ${uuidFromId(record.id)}, ${uuidFromId(record.orderId)}, ${uuidFromId(record.groupId)}, ${record.processName},
      ${record.processVersion}, ${record.state}, ${record.isFinal}, ${record.isContested}, ${record.dueAction}, ${record.dueTime},
      ${JSON.stringify(record.lines)}, ${record.reason}, ${record.assetIds.map((id) => uuidFromId(id))}::uuid[], ${record.saleState},
      ${record.clockLeftMs}, ${JSON.stringify(record.history)}, ${record.createdTime})
    on conflict (marketplace_id, group_id) where not is_final do nothing`);
  return inserted === 1;
}

/** The group that a return is of: locked before it, so looked up without a lock. */
export async function findReturnGroup(
  queries: Queries,
  marketplaceId: string,
  returnId: string,
): Promise<string | undefined> {
  const row = await queries.row<{ group_id: string }>(sql`
    select group_id from orders.return_request where marketplace_id = ${marketplaceId} and id = ${uuidFromId(returnId)}`);
  return row && idFromUuid('shipmentGroup', row.group_id);
}

/** Locks a return until the end of the transaction. Its group is locked before it. */
export async function lockReturn(
  queries: Queries,
  marketplaceId: string,
  returnId: string,
): Promise<ReturnRecord | undefined> {
  const row = await queries.row<Row>(
    sql`select * from orders.return_request where marketplace_id = ${marketplaceId} and id = ${uuidFromId(returnId)} for update`,
  );
  return row && returnFrom(row);
}

export async function saveReturn(queries: Queries, marketplaceId: string, record: ReturnRecord): Promise<void> {
  await queries.execute(sql`
    update orders.return_request set state = ${record.state}, is_final = ${record.isFinal}, is_contested = ${record.isContested},
      due_action = ${record.dueAction}, due_time = ${record.dueTime}, retry_time = null, retry_count = 0, carrier = ${record.carrier},
      tracking_number = ${record.trackingNumber}, inspection = ${record.inspection === null ? null : JSON.stringify(record.inspection)}::jsonb,
      refunded_minor = ${record.refundedMinor}, history = ${JSON.stringify(record.history)}, version = ${record.version}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(record.id)}`);
}

/** A page of an order's returns, the newest first. */
export async function listReturnRows(
  queries: Queries,
  marketplaceId: string,
  which: { orderId: string; groupIds: readonly string[]; cursor: string | undefined; limit: number },
): Promise<{ items: ReturnRecord[]; nextCursor: string | null }> {
  const beforeId = idOfCursor(which.cursor);
  const before = beforeId === null ? sql`` : sql`and id < ${beforeId}::uuid`;
  const rows = await queries.rows<Row>(sql`
    select * from orders.return_request where marketplace_id = ${marketplaceId} and order_id = ${uuidFromId(which.orderId)}
      and group_id = any(${which.groupIds.map((id) => uuidFromId(id))}::uuid[]) ${before}
    order by id desc limit ${which.limit + 1}`);
  return pageFrom(rows, which.limit, (row) => [row.id], returnFrom);
}

export type ReturnSummaryRow = {
  id: string;
  order_id: string;
  group_id: string;
  number: string;
  store_name: string;
  title: string;
  state: string;
  process_name: string;
  process_version: string;
  reason: string;
  created_time: Date;
};

/** A page of returns that wait, the longest waiting first: for an operator, or in a store of a seller. One statement. */
export async function listWaitingReturns(
  queries: Queries,
  marketplaceId: string,
  which: { isContested: true } | { storeId: string; sellerMemberId: string | null },
  { cursor, limit }: { cursor: string | undefined; limit: number },
): Promise<{ items: ReturnSummaryRow[]; nextCursor: string | null }> {
  const afterId = idOfCursor(cursor);
  const after = afterId === null ? sql`` : sql`and r.id > ${afterId}::uuid`;
  const rows = await queries.rows<ReturnSummaryRow>(sql`
    select r.id, r.order_id, r.group_id, o.number, g.quote->>'storeName' as store_name, g.quote->'lines'->0->>'title' as title, r.state,
      r.process_name, r.process_version, r.reason, r.created_time
    from orders.return_request r
    join orders.shipment_group g on g.marketplace_id = r.marketplace_id and g.id = r.group_id
    join orders.placed_order o on o.marketplace_id = r.marketplace_id and o.id = r.order_id
    where r.marketplace_id = ${marketplaceId} and ${whichOf(which)} ${after} order by r.id limit ${limit + 1}`);
  return pageFrom(rows, limit, (row) => [row.id]);
}

function whichOf(which: Parameters<typeof listWaitingReturns>[2]): Sql {
  if ('isContested' in which) return sql`r.is_contested`;
  const own = which.sellerMemberId === null ? sql`` : sql`and g.seller_member_id = ${uuidFromId(which.sellerMemberId)}`;
  return sql`not r.is_final and g.store_id = ${uuidFromId(which.storeId)} ${own}`;
}

export type DueReturn = {
  readonly id: Id<'return'>;
  readonly orderId: Id<'order'>;
  readonly groupId: Id<'shipmentGroup'>;
  readonly action: string;
};

/** Returns whose clock has come, but those that were put off. */
export async function dueReturns(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<DueReturn[]> {
  const rows = await queries.rows<{ id: string; order_id: string; group_id: string; due_action: string }>(sql`
    select id, order_id, group_id, due_action from orders.return_request
    where marketplace_id = ${marketplaceId} and due_time is not null and ${turn} <= ${now}
    order by ${turn} limit ${limit}`);
  return rows.map((row) => ({
    id: idFromUuid('return', row.id),
    orderId: idFromUuid('order', row.order_id),
    groupId: idFromUuid('shipmentGroup', row.group_id),
    action: row.due_action,
  }));
}

/** Moved by the clock later, since it failed now. */
export async function putOffReturn(
  queries: Queries,
  marketplaceId: string,
  returnId: string,
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    update orders.return_request set retry_count = retry_count + 1, retry_time = ${laterThan(now)}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(returnId)} and due_time is not null`);
}
