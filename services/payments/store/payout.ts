import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Payout, PayoutOwnerKind, PayoutState } from '../contract.ts';
import { type ApprovalReason, statesBefore } from '../domain/payout-state.ts';
import { type OwnerRef, ownerOf } from './payout-account.ts';

export type PayoutRow = {
  id: string;
  owner_kind: PayoutOwnerKind;
  owner_id: string;
  member_id: string;
  amount_minor: number;
  currency: Currency;
  state: PayoutState;
  bank_name: string;
  holder_name: string;
  account_last4: string;
  /** Null: asked for before there were payout accounts. */
  payout_account_id: string | null;
  provider: string;
  provider_reference: string | null;
  batch_id: string | null;
  attempt: number;
  retry_of: string | null;
  approval_reasons: ApprovalReason[];
  failure_reason: string | null;
  created_time: Date;
  sent_time: Date | null;
  settled_time: Date | null;
  next_retry_time: Date | null;
};

const COLUMNS = sql`id, owner_kind, owner_id, member_id, amount_minor, currency, state, bank_name, holder_name, account_last4,
  payout_account_id, provider, provider_reference, batch_id, attempt, retry_of, approval_reasons, failure_reason, created_time,
  sent_time, settled_time, next_retry_time`;

/** The member a store's money belongs to, or undefined for a store this service never heard of. */
export async function findStoreOwner(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<string | undefined> {
  const row = await queries.row<{ member_id: string }>(
    sql`select member_id from payments.store_owner where marketplace_id = ${marketplaceId} and store_id = ${storeId}`,
  );
  return row?.member_id;
}

export async function saveStoreOwner(tx: Transaction, storeId: string, memberId: string): Promise<void> {
  await tx.execute(sql`
    insert into payments.store_owner (marketplace_id, store_id, member_id) values (${tx.marketplaceId}, ${storeId}, ${memberId})
    on conflict (marketplace_id, store_id) do update set member_id = excluded.member_id`);
}

/** What a new payout is made of. */
export type NewPayout = Omit<
  PayoutRow,
  'provider_reference' | 'batch_id' | 'failure_reason' | 'sent_time' | 'settled_time' | 'next_retry_time'
>;

export async function insertPayout(tx: Transaction, row: NewPayout): Promise<PayoutRow> {
  return tx.one<PayoutRow>(sql`
    insert into payments.payout (marketplace_id, id, owner_kind, owner_id, member_id, amount_minor, currency, state, bank_name,
      holder_name, account_last4, payout_account_id, provider, attempt, retry_of, approval_reasons, created_time)
    values (${tx.marketplaceId}, ${row.id}, ${row.owner_kind}, ${row.owner_id}, ${row.member_id}, ${row.amount_minor},
      ${row.currency}, ${row.state}, ${row.bank_name}, ${row.holder_name}, ${row.account_last4}, ${row.payout_account_id},
      ${row.provider}, ${row.attempt}, ${row.retry_of}, ${row.approval_reasons}::text[], ${row.created_time})
    returning ${COLUMNS}`);
}

export async function findPayout(
  queries: Queries,
  marketplaceId: string,
  payoutId: string,
): Promise<PayoutRow | undefined> {
  return queries.row<PayoutRow>(
    sql`select ${COLUMNS} from payments.payout where marketplace_id = ${marketplaceId} and id = ${payoutId}`,
  );
}

/** The payout that tries another again, if there is one. */
export async function findRetryOf(
  queries: Queries,
  marketplaceId: string,
  payoutId: string,
): Promise<PayoutRow | undefined> {
  return queries.row<PayoutRow>(
    sql`select ${COLUMNS} from payments.payout where marketplace_id = ${marketplaceId} and retry_of = ${payoutId}`,
  );
}

/** What changes with a payout's state; what is left out stays. */
export type PayoutMove = {
  readonly to: PayoutState;
  /** Only from these states; left out: from all that lead there. */
  readonly from?: readonly PayoutState[];
  readonly reference?: string | null;
  readonly failureReason?: string;
  readonly sentTime?: Date;
  readonly settledTime?: Date;
  readonly nextAskTime?: Date;
};

/** Moves a payout along; undefined when it is no longer where that is possible: somebody else was first. */
export async function movePayout(tx: Transaction, payoutId: string, move: PayoutMove): Promise<PayoutRow | undefined> {
  return tx.row<PayoutRow>(sql`
    update payments.payout set state = ${move.to},
      provider_reference = coalesce(${move.reference ?? null}, provider_reference),
      failure_reason = coalesce(${move.failureReason ?? null}, failure_reason),
      sent_time = coalesce(sent_time, ${move.sentTime ?? null}::timestamptz),
      settled_time = coalesce(${move.settledTime ?? null}::timestamptz, settled_time),
      next_ask_time = ${move.nextAskTime ?? null}::timestamptz
    where marketplace_id = ${tx.marketplaceId} and id = ${payoutId} and state = any(${move.from ?? statesBefore(move.to)}::text[])
    returning ${COLUMNS}`);
}

/** Stops withdrawals of a wallet that are in line: they wait for an operator from now on. Answers which. */
export async function holdPayoutsOf(tx: Transaction, memberId: string): Promise<PayoutRow[]> {
  return tx.rows<PayoutRow>(sql`
    update payments.payout set state = 'awaiting_approval', approval_reasons = array_append(approval_reasons, 'wallet_frozen')
    where marketplace_id = ${tx.marketplaceId} and owner_kind = 'member' and owner_id = ${memberId} and state = 'requested'
    returning ${COLUMNS}`);
}

/** Lets those go on that were stopped so, and answers them. */
export async function resumePayoutsOf(tx: Transaction, memberId: string): Promise<PayoutRow[]> {
  return tx.rows<PayoutRow>(sql`
    update payments.payout set state = 'requested', approval_reasons = array_remove(approval_reasons, 'wallet_frozen')
    where marketplace_id = ${tx.marketplaceId} and owner_kind = 'member' and owner_id = ${memberId}
      and state = 'awaiting_approval' and 'wallet_frozen' = any(approval_reasons)
    returning ${COLUMNS}`);
}

/** Says when a failed payout is tried again by itself; null: not any more. */
export async function planRetry(tx: Transaction, payout: PayoutRow, nextRetryTime: Date | null): Promise<PayoutRow> {
  await tx.execute(sql`
    update payments.payout set next_retry_time = ${nextRetryTime}
    where marketplace_id = ${tx.marketplaceId} and id = ${payout.id} and state = 'failed'`);
  return { ...payout, next_retry_time: nextRetryTime };
}

/** When payouts under way are asked about next. */
export async function putOffAsking(
  queries: Queries,
  marketplaceId: string,
  payoutId: string,
  nextAskTime: Date,
): Promise<void> {
  await queries.execute(sql`
    update payments.payout set next_ask_time = ${nextAskTime}
    where marketplace_id = ${marketplaceId} and id = ${payoutId} and state = 'sent'`);
}

/** Payouts under way that it is time to ask about. */
export async function listPayoutsToAsk(
  queries: Queries,
  marketplaceId: string,
  time: Date,
  limit: number,
): Promise<PayoutRow[]> {
  return queries.rows<PayoutRow>(sql`
    select ${COLUMNS} from payments.payout
    where marketplace_id = ${marketplaceId} and state = 'sent' and next_ask_time <= ${time} order by next_ask_time limit ${limit}`);
}

/** Failed payouts whose next try is due. */
export async function listPayoutsToRetry(
  queries: Queries,
  marketplaceId: string,
  time: Date,
  limit: number,
): Promise<PayoutRow[]> {
  return queries.rows<PayoutRow>(sql`
    select ${COLUMNS} from payments.payout
    where marketplace_id = ${marketplaceId} and next_retry_time <= ${time} order by next_retry_time limit ${limit}`);
}

/** Payouts that were not handed over and whose account is not to be paid to any more: changed, or refused by its bank. */
export async function listPayoutsWithoutAccount(
  queries: Queries,
  marketplaceId: string,
  limit: number,
): Promise<PayoutRow[]> {
  return queries.rows<PayoutRow>(sql`
    select ${COLUMNS} from payments.payout p
    where marketplace_id = ${marketplaceId} and state in ('awaiting_approval', 'requested') and not exists (
      select from payments.payout_account a
      where a.marketplace_id = p.marketplace_id and a.id = p.payout_account_id and a.state = 'verified'
    ) order by created_time limit ${limit}`);
}

/** How many payouts an owner has had paid. */
export async function countPaid(queries: Queries, marketplaceId: string, owner: OwnerRef): Promise<number> {
  const { count } = await queries.one<{ count: number }>(sql`
    select count(*) as count from payments.payout
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and state = 'paid'`);
  return count;
}

/** Payouts, newest first: of an owner, in a state, of a batch. */
export async function listPayouts(
  queries: Queries,
  marketplaceId: string,
  filter: {
    limit: number;
    cursor?: string | undefined;
    owner?: OwnerRef;
    state?: PayoutState | undefined;
    batchId?: string;
  },
): Promise<{ items: Payout[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const { owner, state, batchId } = filter;
  const rows = await queries.rows<PayoutRow>(sql`
    select ${COLUMNS} from payments.payout
    where marketplace_id = ${marketplaceId}
      ${before === null ? sql`` : sql`and id < ${before}::uuid`}
      ${owner === undefined ? sql`` : sql`and owner_kind = ${owner.kind} and owner_id = ${owner.id}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${batchId === undefined ? sql`` : sql`and batch_id = ${batchId}`}
    order by id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id], payoutFrom);
}

export function payoutFrom(row: PayoutRow): Payout {
  return {
    id: idFromUuid('payout', row.id),
    ...ownerOf(row),
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    state: row.state,
    destination: { bankName: row.bank_name, holderName: row.holder_name, last4: row.account_last4 },
    provider: row.provider,
    batchId: row.batch_id === null ? null : idFromUuid('payoutBatch', row.batch_id),
    attempt: row.attempt,
    retryOf: row.retry_of === null ? null : idFromUuid('payout', row.retry_of),
    approvalReasons: row.approval_reasons,
    failureReason: row.failure_reason,
    nextRetryTime: row.next_retry_time?.toISOString() ?? null,
    createdTime: row.created_time.toISOString(),
    sentTime: row.sent_time?.toISOString() ?? null,
    settledTime: row.settled_time?.toISOString() ?? null,
  };
}
