import { type Id, idFromUuid, idOfCursor, pageFrom, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { PaymentSweep, SweepFinding } from '../contract/sweep.ts';
import type { SweepProblem, SweptOrder } from '../domain/sweep.ts';

type OrderRow = { id: string; payment_id: string; total_minor: number; currency: string; placed_time: Date };
export type OrderPlace = { readonly time: Date; readonly id: string };

/** Orders placed in this time behind a place, oldest first, and the place to go on behind. */
export async function ordersBehind(
  queries: Queries,
  marketplaceId: string,
  { place, before, limit }: { place: OrderPlace; before: Date; limit: number },
): Promise<{ orders: SweptOrder[]; place: OrderPlace }> {
  const rows = await queries.rows<OrderRow>(sql`
    select id, payment_id, total_minor, currency, placed_time from orders.placed_order
    where marketplace_id = ${marketplaceId} and (placed_time, id) > (${place.time}, ${place.id}::uuid) and placed_time < ${before}
    order by placed_time, id limit ${limit}`);
  const last = rows.at(-1);
  return {
    orders: rows.map(orderFrom),
    place: last === undefined ? place : { time: last.placed_time, id: last.id },
  };
}

/** These orders, in any order; unknown ids are left out. */
export async function ordersOf(
  queries: Queries,
  marketplaceId: string,
  orderIds: readonly string[],
): Promise<SweptOrder[]> {
  if (orderIds.length === 0) return [];
  const rows = await queries.rows<OrderRow>(sql`
    select id, payment_id, total_minor, currency, placed_time from orders.placed_order
    where marketplace_id = ${marketplaceId} and id = any(${orderIds.map(uuidFromId)}::uuid[])`);
  return rows.map(orderFrom);
}

function orderFrom(row: OrderRow): SweptOrder {
  return {
    id: idFromUuid('order', row.id),
    paymentId: idFromUuid('payment', row.payment_id),
    totalMinor: row.total_minor,
    currency: row.currency,
  };
}

export type Finding = {
  readonly problem: SweepProblem;
  readonly orderId: Id<'order'> | null;
  readonly paymentId: Id<'payment'> | null;
};
type FindingRow = {
  id: string;
  problem: SweepProblem;
  order_id: string | null;
  payment_id: string | null;
  found_time: Date;
};

/** What sweeps found and none has found gone, newest first. */
export async function openFindings(
  queries: Queries,
  marketplaceId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: SweepFinding[]; nextCursor: string | null }> {
  const beforeId = idOfCursor(cursor);
  const continued = beforeId === null ? sql`` : sql`and id < ${beforeId}::uuid`;
  const rows = await queries.rows<FindingRow>(sql`
    select id, problem, order_id, payment_id, found_time from orders.sweep_finding
    where marketplace_id = ${marketplaceId} and gone_time is null ${continued} order by id desc limit ${limit + 1}`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.id],
    (row) => ({
      problem: row.problem,
      orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
      paymentId: row.payment_id === null ? null : idFromUuid('payment', row.payment_id),
      foundTime: row.found_time.toISOString(),
    }),
  );
}

/** Writes a sweep and what it found. What was open and checked again, and not found, is gone. */
export async function saveSweep(
  tx: Transaction,
  sweep: Omit<PaymentSweep, 'finishedTime'> & { readonly now: Date },
  found: readonly (Finding & { readonly id: string })[],
): Promise<void> {
  const rows = found.map((each) => ({
    id: each.id,
    problem: each.problem,
    order_id: each.orderId === null ? null : uuidFromId(each.orderId),
    payment_id: each.paymentId === null ? null : uuidFromId(each.paymentId),
  }));
  await tx.execute(sql`
    with found as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(id uuid, problem text, order_id uuid, payment_id uuid)
    ), written as (
      insert into orders.sweep_finding (marketplace_id, id, problem, order_id, payment_id, found_time)
      select ${tx.marketplaceId}, id, problem, order_id, payment_id, ${sweep.now} from found on conflict do nothing
    )
    update orders.sweep_finding s set gone_time = ${sweep.now}
    where s.marketplace_id = ${tx.marketplaceId} and s.gone_time is null and not exists (
      select from found f where f.problem = s.problem and coalesce(f.order_id, f.payment_id) = coalesce(s.order_id, s.payment_id))`);
  await tx.execute(sql`
    insert into orders.payment_sweep (marketplace_id, scope, orders_checked, payments_checked, finished_time)
    values (${tx.marketplaceId}, ${sweep.scope}, ${sweep.ordersChecked}, ${sweep.paymentsChecked}, ${sweep.now})
    on conflict (marketplace_id, scope) do update set orders_checked = excluded.orders_checked,
      payments_checked = excluded.payments_checked, finished_time = excluded.finished_time`);
}

export async function readSweeps(
  queries: Queries,
  marketplaceId: string,
): Promise<{ items: PaymentSweep[]; openFindings: number }> {
  const rows = await queries.rows<{
    scope: PaymentSweep['scope'];
    orders_checked: number;
    payments_checked: number;
    finished_time: Date;
  }>(sql`
    select scope, orders_checked, payments_checked, finished_time from orders.payment_sweep
    where marketplace_id = ${marketplaceId} order by scope`);
  const { count } = await queries.one<{ count: number }>(sql`
    select count(*)::int as count from orders.sweep_finding where marketplace_id = ${marketplaceId} and gone_time is null`);
  return {
    openFindings: count,
    items: rows.map((row) => ({
      scope: row.scope,
      ordersChecked: row.orders_checked,
      paymentsChecked: row.payments_checked,
      finishedTime: row.finished_time.toISOString(),
    })),
  };
}
