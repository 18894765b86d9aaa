import { type Currency, idFromUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Refund, RefundState } from '../contract.ts';

export type RefundRow = {
  id: string;
  payment_id: string;
  group_id: string | null;
  amount_minor: number;
  currency: Currency;
  state: RefundState;
  reason: string;
  created_time: Date;
};

const REFUND_COLUMNS = sql`id, payment_id, group_id, amount_minor, currency, state, reason, created_time`;

/** Undefined when the id is taken: the caller looks whether by the same refund. */
export async function insertRefund(tx: Transaction, row: RefundRow): Promise<RefundRow | undefined> {
  return tx.row<RefundRow>(sql`
    insert into payments.refund (marketplace_id, id, payment_id, group_id, amount_minor, currency, state, reason, created_time)
    values (${tx.marketplaceId}, ${row.id}, ${row.payment_id}, ${row.group_id}, ${row.amount_minor}, ${row.currency}, ${row.state},
      ${row.reason}, ${row.created_time})
    on conflict do nothing returning ${REFUND_COLUMNS}`);
}

export async function findRefund(
  queries: Queries,
  marketplaceId: string,
  refundId: string,
): Promise<RefundRow | undefined> {
  return queries.row<RefundRow>(
    sql`select ${REFUND_COLUMNS} from payments.refund where marketplace_id = ${marketplaceId} and id = ${refundId}`,
  );
}

/** Refunds that the provider has not taken yet, oldest first. */
export async function listPendingRefunds(queries: Queries, marketplaceId: string, limit: number): Promise<RefundRow[]> {
  return queries.rows<RefundRow>(sql`
    select ${REFUND_COLUMNS} from payments.refund
    where marketplace_id = ${marketplaceId} and state = 'pending' order by created_time limit ${limit}`);
}

export async function markRefundSucceeded(queries: Queries, marketplaceId: string, refundId: string): Promise<void> {
  await queries.execute(
    sql`update payments.refund set state = 'succeeded' where marketplace_id = ${marketplaceId} and id = ${refundId}`,
  );
}

export function refundFrom(row: RefundRow): Refund {
  return {
    id: idFromUuid('refund', row.id),
    paymentId: idFromUuid('payment', row.payment_id),
    groupId: row.group_id === null ? null : idFromUuid('shipmentGroup', row.group_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state,
    reason: row.reason,
    createdTime: row.created_time.toISOString(),
  };
}
