import { type Currency, invariant, newId, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import { accountUuid, PURPOSES, type Purpose } from '../domain/account.ts';
import { outcomeAt, type PendingOutcome, partOf, reservedBy } from '../domain/pending.ts';
import type { Posting } from '../domain/postings.ts';
import type { Ledger } from './ledger.ts';
import { type Subject, stripeOf, type TransferOrder } from './posting.ts';

/** A transfer that is decided later. Without `expireTime` it waits for ever. */
export type PendingOrder = TransferOrder & { readonly expireTime: Date | null };

/** Pending transfers ended in one run of the timer. */
const EXPIRED_MAX = 100;

type PendingRow = {
  id: string;
  key: string;
  kind: string;
  payment_id: string | null;
  order_id: string | null;
  group_id: string | null;
  payout_id: string | null;
  currency: Currency;
  lines: { account_id: string; stripe: number; purpose: Purpose; owner_id: string | null; amount_minor: number }[];
};

/**
 * Keeps the amounts of a transfer back, in the caller's transaction; false when its key was used before. What may go out
 * is not available from now on: an account that has less fails the transaction with `balance_within_sign`.
 */
export async function reserve(tx: Transaction, ledger: Ledger, order: PendingOrder): Promise<boolean> {
  const { key, kind, subject, currency, postings, time, expireTime } = order;
  invariant(postings.length > 0, 'a pending transfer has something to move');
  await ledger.openIn(tx, currency, postings);
  const id = uuidFromId(newId('transfer'));
  const lines = JSON.stringify(
    postings.map((posting) => ({
      account_id: accountUuid(tx.marketplaceId, currency, posting),
      stripe: PURPOSES[posting.purpose].isStriped ? stripeOf(id) : 0,
      amount: posting.amountMinor,
      coming: reservedBy(posting.amountMinor).inMinor,
      going: reservedBy(posting.amountMinor).outMinor,
    })),
  );
  const made = await tx.execute(sql`
    with made as (
      insert into payments.pending_transfer (marketplace_id, id, key, kind, payment_id, order_id, group_id, payout_id, currency, created_time, expire_time)
      values (${tx.marketplaceId}, ${id}, ${key}, ${kind}, ${subject.paymentId ?? null}, ${subject.orderId ?? null},
        ${subject.groupId ?? null}, ${subject.payoutId ?? null}, ${currency}, ${time}, ${expireTime})
      on conflict (marketplace_id, key) do nothing returning id
    ), waiting as (
      insert into payments.pending_open (marketplace_id, pending_id, expire_time) select ${tx.marketplaceId}, id, ${expireTime}::timestamptz from made
    ), line as (
      select l.* from jsonb_to_recordset(${lines}::jsonb) as l(account_id uuid, stripe smallint, amount bigint, coming bigint, going bigint), made
    ), locked as materialized (
      select b.account_id, b.stripe from payments.balance b join line l on l.account_id = b.account_id and l.stripe = b.stripe
      order by b.stripe, b.account_id for no key update of b
    ), kept as (
      update payments.balance b set pending_in_minor = b.pending_in_minor + l.coming, pending_out_minor = b.pending_out_minor + l.going
      from line l join locked using (account_id, stripe) where b.account_id = l.account_id and b.stripe = l.stripe
      returning b.account_id, b.stripe, l.amount
    )
    insert into payments.pending_entry (marketplace_id, pending_id, account_id, stripe, amount_minor)
    select ${tx.marketplaceId}, made.id, kept.account_id, kept.stripe, kept.amount from kept, made`);
  return made > 0;
}

/**
 * Ends a pending transfer, once: the amounts kept back are free, and if it is posted, move in the same transaction; for
 * `amountMinor` of what goes out, or all. Answers how it ended: as asked, or as it had ended before, or `expired`.
 */
export async function resolve(
  tx: Transaction,
  ledger: Ledger,
  asked: { key: string; outcome: 'posted' | 'voided'; amountMinor?: number; time: Date },
): Promise<PendingOutcome> {
  const opened = await tx.row<{ pending_id: string; expire_time: Date | null }>(sql`
    delete from payments.pending_open o using payments.pending_transfer p
    where p.marketplace_id = ${tx.marketplaceId} and p.key = ${asked.key}
      and o.marketplace_id = p.marketplace_id and o.pending_id = p.id
    returning o.pending_id, o.expire_time`);
  if (opened === undefined) {
    const before = await tx.row<{ outcome: PendingOutcome }>(sql`
      select r.outcome from payments.pending_transfer p
      join payments.pending_resolution r on r.marketplace_id = p.marketplace_id and r.pending_id = p.id
      where p.marketplace_id = ${tx.marketplaceId} and p.key = ${asked.key}`);
    invariant(before !== undefined, `there is a pending transfer ${asked.key}`);
    return before.outcome;
  }
  const outcome = outcomeAt(asked.outcome, opened.expire_time, asked.time);
  await end(tx, ledger, opened.pending_id, { outcome, amountMinor: asked.amountMinor, time: asked.time });
  return outcome;
}

/** Ends those whose time is over; answers how many. */
export async function expirePending(tx: Transaction, ledger: Ledger, time: Date): Promise<number> {
  const due = await tx.rows<{ pending_id: string }>(sql`
    delete from payments.pending_open where marketplace_id = ${tx.marketplaceId} and pending_id in (
      select pending_id from payments.pending_open where marketplace_id = ${tx.marketplaceId} and expire_time <= ${time}
      order by expire_time limit ${EXPIRED_MAX} for update skip locked
    ) returning pending_id`);
  for (const { pending_id } of due) {
    await end(tx, ledger, pending_id, { outcome: 'expired', amountMinor: undefined, time });
  }
  return due.length;
}

/** Whether any has an expire time that is over. */
export async function hasExpired(queries: Queries, marketplaceId: string, time: Date): Promise<boolean> {
  const { due } = await queries.one<{ due: boolean }>(sql`
    select exists (select from payments.pending_open where marketplace_id = ${marketplaceId} and expire_time <= ${time}) as due`);
  return due;
}

async function end(
  tx: Transaction,
  ledger: Ledger,
  pendingId: string,
  { outcome, amountMinor, time }: { outcome: PendingOutcome; amountMinor: number | undefined; time: Date },
): Promise<void> {
  const pending = await tx.one<PendingRow>(sql`
    select p.id, p.key, p.kind, p.payment_id, p.order_id, p.group_id, p.payout_id, p.currency, (
      select jsonb_agg(jsonb_build_object('account_id', e.account_id, 'stripe', e.stripe, 'purpose', a.purpose, 'owner_id', a.owner_id,
        'amount_minor', e.amount_minor) order by e.stripe, e.account_id)
      from payments.pending_entry e join payments.account a on a.id = e.account_id where e.pending_id = p.id
    ) as lines from payments.pending_transfer p where p.marketplace_id = ${tx.marketplaceId} and p.id = ${pendingId}`);
  // One after the other in the ledger's order of locks. What is kept back goes first, so that the posting may use it.
  for (const line of pending.lines) {
    const { inMinor, outMinor } = reservedBy(line.amount_minor);
    await tx.execute(sql`
      update payments.balance set pending_in_minor = pending_in_minor - ${inMinor}, pending_out_minor = pending_out_minor - ${outMinor}
      where account_id = ${line.account_id} and stripe = ${line.stripe}`);
  }
  if (outcome === 'posted') await ledger.post(tx, postingFor(pending, amountMinor, time));
  await tx.execute(sql`
    insert into payments.pending_resolution (marketplace_id, pending_id, outcome, transfer_id, resolved_time)
    select ${tx.marketplaceId}, ${pendingId}, ${outcome}, ${
      outcome === 'posted'
        ? sql`(
      select id from payments.transfer where marketplace_id = ${tx.marketplaceId} and key = ${transferKey(pending.key)})`
        : sql`null`
    }, ${time}`);
}

function postingFor(pending: PendingRow, amountMinor: number | undefined, time: Date): TransferOrder {
  const postings: Posting[] = pending.lines.map((line) => ({
    purpose: line.purpose,
    ownerId: line.owner_id,
    amountMinor: line.amount_minor,
  }));
  return {
    key: transferKey(pending.key),
    kind: pending.kind,
    subject: subjectOf(pending),
    currency: pending.currency,
    postings: amountMinor === undefined ? postings : partOf(postings, amountMinor),
    time,
  };
}

function transferKey(pendingKey: string): string {
  return `pending:${pendingKey}`;
}

function subjectOf({ payment_id, order_id, group_id, payout_id }: PendingRow): Subject {
  return {
    ...(payment_id === null ? {} : { paymentId: payment_id }),
    ...(order_id === null ? {} : { orderId: order_id }),
    ...(group_id === null ? {} : { groupId: group_id }),
    ...(payout_id === null ? {} : { payoutId: payout_id }),
  };
}
