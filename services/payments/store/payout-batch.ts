import { type Currency, idFromUuid, idOfCursor, newUuid, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { PayoutState } from '../contract/payouts.ts';
import type { PayoutBatch } from '../contract.ts';

export type PayoutBatchRow = {
  id: string;
  provider: string;
  currency: Currency;
  state: PayoutBatch['state'];
  payout_count: number;
  sum_minor: number;
  sends: number;
  created_time: Date;
  sent_time: Date | null;
  closed_time: Date | null;
};

/** A payout of a batch with what is needed to pay it. `sealed` is null for those from before there were accounts. */
export type BatchLine = {
  id: string;
  amount_minor: number;
  currency: Currency;
  state: PayoutState;
  holder_name: string;
  account_last4: string;
  payout_account_id: string | null;
  sealed: string | null;
  sent_time: Date | null;
};

const COLUMNS = sql`id, provider, currency, state, payout_count, sum_minor, sends, created_time, sent_time, closed_time`;

/** How long nobody else hands a batch over that somebody is at: longer than any provider may take to answer. */
const SEND_LEASE_SECONDS = 120;
/** The longest wait before a batch is handed over again. */
const SEND_AGAIN_SECONDS_MAX = 3_600;

/** Providers and currencies that have payouts in line. */
export async function listInLine(
  queries: Queries,
  marketplaceId: string,
): Promise<{ provider: string; currency: Currency }[]> {
  return queries.rows(sql`
    select distinct provider, currency from payments.payout where marketplace_id = ${marketplaceId} and state = 'requested'`);
}

/**
 * Takes payouts in line into a new batch, the oldest first; undefined when there are none. Two at once take different
 * ones. Only to accounts that may be paid to at this moment.
 */
export async function formBatch(
  tx: Transaction,
  batch: { provider: string; currency: Currency; countMax: number; time: Date; isOurs: boolean },
): Promise<{ row: PayoutBatchRow; payoutIds: string[] } | undefined> {
  const id = newUuid();
  const taken = await tx.rows<{ id: string; amount_minor: number }>(sql`
    with due as (
      select p.id from payments.payout p
      join payments.payout_account a on a.marketplace_id = p.marketplace_id and a.id = p.payout_account_id
      where p.marketplace_id = ${tx.marketplaceId} and p.state = 'requested' and p.provider = ${batch.provider}
        and p.currency = ${batch.currency} and a.state = 'verified'
      order by p.created_time, p.id limit ${batch.countMax} for update of p skip locked
    )
    update payments.payout p set state = 'sending', batch_id = ${id} from due
    where p.marketplace_id = ${tx.marketplaceId} and p.id = due.id returning p.id, p.amount_minor`);
  if (taken.length === 0) return undefined;
  const row = await tx.one<PayoutBatchRow>(sql`
    insert into payments.payout_batch (marketplace_id, id, provider, currency, payout_count, sum_minor, next_send_time, created_time)
    values (${tx.marketplaceId}, ${id}, ${batch.provider}, ${batch.currency}, ${taken.length},
      ${taken.reduce((sum, { amount_minor }) => sum + amount_minor, 0)}, ${batch.isOurs ? batch.time : null}, ${batch.time})
    returning ${COLUMNS}`);
  return { row, payoutIds: taken.map((payout) => payout.id) };
}

/** Claims batches that are to be handed over, so that nobody else does while this caller is at it. */
export async function claimBatches(
  queries: Queries,
  marketplaceId: string,
  time: Date,
  limit: number,
): Promise<PayoutBatchRow[]> {
  return queries.rows<PayoutBatchRow>(sql`
    update payments.payout_batch set sends = sends + 1,
      next_send_time = ${time}::timestamptz + least(${SEND_LEASE_SECONDS}::int * 2 ^ least(sends, 10), ${SEND_AGAIN_SECONDS_MAX}::int) * interval '1 second'
    where marketplace_id = ${marketplaceId} and id in (
      select id from payments.payout_batch
      where marketplace_id = ${marketplaceId} and state = 'created' and next_send_time <= ${time}
      order by next_send_time limit ${limit} for update skip locked
    ) returning ${COLUMNS}`);
}

/** The lines of a batch, in the order of their ids. */
export async function listBatchLines(queries: Queries, marketplaceId: string, batchId: string): Promise<BatchLine[]> {
  return queries.rows<BatchLine>(
    sql`${linesWhere(sql`p.marketplace_id = ${marketplaceId} and p.batch_id = ${batchId}`)}`,
  );
}

/** The same of payouts by their ids, whatever their batch. */
export async function listLines(
  queries: Queries,
  marketplaceId: string,
  payoutIds: readonly string[],
): Promise<BatchLine[]> {
  return queries.rows<BatchLine>(
    sql`${linesWhere(sql`p.marketplace_id = ${marketplaceId} and p.id = any(${payoutIds}::uuid[])`)}`,
  );
}

function linesWhere(condition: ReturnType<typeof sql>) {
  return sql`select p.id, p.amount_minor, p.currency, p.state, p.holder_name, p.account_last4, p.payout_account_id, a.sealed, p.sent_time
    from payments.payout p
    left join payments.payout_account a on a.marketplace_id = p.marketplace_id and a.id = p.payout_account_id
    where ${condition} order by p.id`;
}

export async function findBatch(
  queries: Queries,
  marketplaceId: string,
  batchId: string,
): Promise<PayoutBatchRow | undefined> {
  return queries.row<PayoutBatchRow>(
    sql`select ${COLUMNS} from payments.payout_batch where marketplace_id = ${marketplaceId} and id = ${batchId}`,
  );
}

/** The same, locked until the transaction ends. */
export async function lockBatch(tx: Transaction, batchId: string): Promise<PayoutBatchRow | undefined> {
  return tx.row<PayoutBatchRow>(sql`
    select ${COLUMNS} from payments.payout_batch where marketplace_id = ${tx.marketplaceId} and id = ${batchId} for update`);
}

/** Writes how a batch stands by what its payouts are; answers it. */
export async function followBatch(tx: Transaction, batchId: string, time: Date): Promise<PayoutBatchRow> {
  return tx.one<PayoutBatchRow>(sql`
    with line as (
      select count(*) filter (where state = 'sending') as sending, count(*) filter (where state = 'sent') as sent,
        count(*) filter (where state = 'failed') as failed
      from payments.payout where marketplace_id = ${tx.marketplaceId} and batch_id = ${batchId}
    )
    update payments.payout_batch b set
      state = case when line.sending > 0 then 'created' when line.sent > 0 then 'sent' when line.failed > 0 then 'part_failed' else 'settled' end,
      sent_time = case when line.sending = 0 then coalesce(b.sent_time, ${time}) end,
      closed_time = case when line.sending + line.sent = 0 then coalesce(b.closed_time, ${time}) end,
      next_send_time = case when line.sending > 0 then b.next_send_time end
    from line where b.marketplace_id = ${tx.marketplaceId} and b.id = ${batchId}
    returning b.id, b.provider, b.currency, b.state, b.payout_count, b.sum_minor, b.sends, b.created_time, b.sent_time, b.closed_time`);
}

export async function listBatches(
  queries: Queries,
  marketplaceId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  handoverOf: (provider: string) => PayoutBatch['handover'],
): Promise<{ items: PayoutBatch[]; nextCursor: string | null }> {
  const before = idOfCursor(cursor);
  const rows = await queries.rows<PayoutBatchRow>(sql`
    select ${COLUMNS} from payments.payout_batch
    where marketplace_id = ${marketplaceId} ${before === null ? sql`` : sql`and id < ${before}::uuid`}
    order by id desc limit ${limit + 1}`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.id],
    (row) => batchFrom(row, handoverOf(row.provider)),
  );
}

export function batchFrom(row: PayoutBatchRow, handover: PayoutBatch['handover']): PayoutBatch {
  return {
    id: idFromUuid('payoutBatch', row.id),
    provider: row.provider,
    handover,
    state: row.state,
    sum: { amountMinor: row.sum_minor, currency: row.currency },
    payoutCount: row.payout_count,
    createdTime: row.created_time.toISOString(),
    sentTime: row.sent_time?.toISOString() ?? null,
    closedTime: row.closed_time?.toISOString() ?? null,
  };
}
