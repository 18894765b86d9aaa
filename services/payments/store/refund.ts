import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { FailedRefund, Refund, RefundOrigin, RefundState } from '../contract.ts';

export type RefundRow = {
  id: string;
  payment_id: string;
  group_id: string | null;
  amount_minor: number;
  /** The part of it that went to the wallet; the provider sends the rest. */
  wallet_minor: number;
  currency: Currency;
  state: RefundState;
  reason: string;
  /** Who began it: us, or somebody in the provider's own console. */
  origin: RefundOrigin;
  provider_reference: string | null;
  failure_reason: string | null;
  /** How often it was tried again: each attempt is a refund of its own to the provider. */
  attempt: number;
  /** What the provider called the attempts before. */
  past_references: string[];
  created_time: Date;
};

const REFUND_COLUMNS = sql`id, payment_id, group_id, amount_minor, wallet_minor, currency, state, reason, origin, provider_reference,
  failure_reason, attempt, past_references, created_time`;

/** Undefined when the id is taken: the caller looks whether by the same refund. */
export async function insertRefund(
  tx: Transaction,
  row: Omit<RefundRow, 'attempt' | 'past_references'>,
): Promise<RefundRow | undefined> {
  return tx.row<RefundRow>(sql`
    insert into payments.refund (marketplace_id, id, payment_id, group_id, amount_minor, wallet_minor, currency, state, reason, origin,
      provider_reference, created_time)
    values (${tx.marketplaceId}, ${row.id}, ${row.payment_id}, ${row.group_id}, ${row.amount_minor}, ${row.wallet_minor}, ${row.currency}, ${row.state},
      ${row.reason}, ${row.origin}, ${row.provider_reference}, ${row.created_time})
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

export async function findRefunds(
  queries: Queries,
  marketplaceId: string,
  refundIds: readonly string[],
): Promise<RefundRow[]> {
  return queries.rows<RefundRow>(sql`
    select ${REFUND_COLUMNS} from payments.refund where marketplace_id = ${marketplaceId} and id = any(${refundIds}::uuid[])`);
}

/** Refunds that the provider has not taken yet, oldest first; not those that wait for an operator. */
export async function listPendingRefunds(queries: Queries, marketplaceId: string, limit: number): Promise<RefundRow[]> {
  return queries.rows<RefundRow>(sql`
    select ${REFUND_COLUMNS} from payments.refund
    where marketplace_id = ${marketplaceId} and state = 'pending'
      and not exists (select from payments.coin_payback b where b.marketplace_id = refund.marketplace_id and b.id = refund.id)
    order by created_time limit ${limit}`);
}

/** Refunds that the provider calls so: one for each group that a refund of its own console was divided among. */
export async function listRefundsByReference(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
  refundReference: string,
): Promise<RefundRow[]> {
  return queries.rows<RefundRow>(sql`
    select ${REFUND_COLUMNS} from payments.refund
    where marketplace_id = ${marketplaceId} and provider_reference = ${refundReference} and payment_id = ${paymentId} order by id`);
}

/** Writes how a refund fared at the provider. A failed one stays failed: the operator has been told. */
export async function settleRefund(
  queries: Queries,
  marketplaceId: string,
  refundId: string,
  end: { state: 'succeeded' | 'failed'; providerReference: string | null; failureReason: string | null },
): Promise<RefundRow | undefined> {
  return queries.row<RefundRow>(sql`
    update payments.refund set state = ${end.state}, failure_reason = ${end.failureReason},
      provider_reference = coalesce(provider_reference, ${end.providerReference})
    where marketplace_id = ${marketplaceId} and id = ${refundId} and state in ('pending', 'succeeded') and state <> ${end.state}
    returning ${REFUND_COLUMNS}`);
}

/** Makes a failed refund pending again, as a new attempt; undefined when it is not failed. */
export async function reviveRefund(tx: Transaction, refundId: string): Promise<RefundRow | undefined> {
  return tx.row<RefundRow>(sql`
    update payments.refund set state = 'pending', failure_reason = null, attempt = attempt + 1, provider_reference = null,
      past_references = case when provider_reference is null then past_references else past_references || provider_reference end
    where marketplace_id = ${tx.marketplaceId} and id = ${refundId} and state = 'failed' returning ${REFUND_COLUMNS}`);
}

/** Notes that a failed refund was sent another way; undefined when it is not failed. */
export async function settleRefundRow(
  tx: Transaction,
  refundId: string,
  { reference, note }: { reference: string; note: string },
): Promise<RefundRow | undefined> {
  return tx.row<RefundRow>(sql`
    update payments.refund set state = 'by_hand', hand_reference = ${reference}, hand_note = ${note}
    where marketplace_id = ${tx.marketplaceId} and id = ${refundId} and state = 'failed' returning ${REFUND_COLUMNS}`);
}

/** Refunds of a payment that are owed and that its provider could not send, the oldest first, locked until the transaction ends. */
export async function lockFailedRefunds(tx: Transaction, paymentId: string): Promise<RefundRow[]> {
  return tx.rows<RefundRow>(sql`
    select ${REFUND_COLUMNS} from payments.refund
    where marketplace_id = ${tx.marketplaceId} and payment_id = ${paymentId} and state = 'failed'
    order by created_time, id for update`);
}

/** Notes that the buyer has a failed refund by a chargeback. */
export async function settleByBank(tx: Transaction, refundId: string, chargebackId: string): Promise<void> {
  await tx.execute(sql`
    update payments.refund set state = 'by_hand', chargeback_id = ${chargebackId}
    where marketplace_id = ${tx.marketplaceId} and id = ${refundId} and state = 'failed'`);
}

/** Refunds that are owed and that no provider sends, newest first. */
export async function listFailedRefundRows(
  queries: Queries,
  marketplaceId: string,
  filter: { limit: number; cursor?: string | undefined },
): Promise<{ items: FailedRefund[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const rows = await queries.rows<RefundRow & { order_id: string | null; provider: string }>(sql`
    select r.*, p.order_id, p.provider from payments.refund r
    join payments.payment p on p.marketplace_id = r.marketplace_id and p.id = r.payment_id
    where r.marketplace_id = ${marketplaceId} and r.state = 'failed' ${before === null ? sql`` : sql`and r.id < ${before}::uuid`}
    order by r.id desc limit ${filter.limit + 1}`);
  return pageFrom(
    rows,
    filter.limit,
    (row) => [row.id],
    (row) => ({
      ...refundFrom(row),
      orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
      provider: row.provider,
      attempts: row.attempt,
    }),
  );
}

export function refundFrom(row: RefundRow): Refund {
  return {
    id: idFromUuid('refund', row.id),
    paymentId: idFromUuid('payment', row.payment_id),
    groupId: row.group_id === null ? null : idFromUuid('shipmentGroup', row.group_id),
    amountMinor: row.amount_minor,
    walletMinor: row.wallet_minor,
    currency: row.currency,
    state: row.state,
    reason: row.reason,
    origin: row.origin,
    failureReason: row.failure_reason,
    createdTime: row.created_time.toISOString(),
  };
}
