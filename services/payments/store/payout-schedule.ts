import type { Currency } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { PayoutCadence, PayoutOwnerKind } from '../contract.ts';
import { type AccountRef, accountUuid } from '../domain/account.ts';
import type { OwnerRef } from './payout-account.ts';

export type PayoutScheduleRow = {
  owner_kind: PayoutOwnerKind;
  owner_id: string;
  currency: Currency;
  cadence: PayoutCadence;
  weekday: number | null;
  threshold_minor: number;
  next_time: Date | null;
};

const COLUMNS = sql`owner_kind, owner_id, currency, cadence, weekday, threshold_minor, next_time`;

export async function findSchedule(
  queries: Queries,
  marketplaceId: string,
  owner: OwnerRef,
  currency: Currency,
): Promise<PayoutScheduleRow | undefined> {
  return queries.row<PayoutScheduleRow>(sql`
    select ${COLUMNS} from payments.payout_schedule
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and currency = ${currency}`);
}

export async function saveSchedule(tx: Transaction, row: PayoutScheduleRow): Promise<void> {
  await tx.execute(sql`
    insert into payments.payout_schedule (marketplace_id, owner_kind, owner_id, currency, cadence, weekday, threshold_minor, next_time)
    values (${tx.marketplaceId}, ${row.owner_kind}, ${row.owner_id}, ${row.currency}, ${row.cadence}, ${row.weekday},
      ${row.threshold_minor}, ${row.next_time})
    on conflict (marketplace_id, owner_kind, owner_id, currency) do update set cadence = excluded.cadence,
      weekday = excluded.weekday, threshold_minor = excluded.threshold_minor, next_time = excluded.next_time`);
}

/** Schedules whose time has come, oldest first. */
export async function listDueSchedules(
  queries: Queries,
  marketplaceId: string,
  time: Date,
  limit: number,
): Promise<PayoutScheduleRow[]> {
  return queries.rows<PayoutScheduleRow>(sql`
    select ${COLUMNS} from payments.payout_schedule
    where marketplace_id = ${marketplaceId} and next_time <= ${time} order by next_time limit ${limit}`);
}

/** Sets a due schedule to its next time; false when somebody else has done so, or it was changed. */
export async function advanceSchedule(tx: Transaction, due: PayoutScheduleRow, nextTime: Date): Promise<boolean> {
  const advanced = await tx.execute(sql`
    update payments.payout_schedule set next_time = ${nextTime}
    where marketplace_id = ${tx.marketplaceId} and owner_kind = ${due.owner_kind} and owner_id = ${due.owner_id}
      and currency = ${due.currency} and next_time = ${due.next_time}`);
  return advanced === 1;
}

/**
 * What was credited to an account since a moment, in minor units, without what only came back from a payout. Reads the
 * entries since then and no others.
 */
export async function creditedSince(
  queries: Queries,
  marketplaceId: string,
  currency: Currency,
  account: AccountRef,
  since: Date,
): Promise<number> {
  const accountId = accountUuid(marketplaceId, currency, account);
  const { credited } = await queries.one<{ credited: number }>(sql`
    select coalesce(sum(e.amount_minor), 0)::bigint as credited from payments.entry e
    join payments.transfer t on t.marketplace_id = e.marketplace_id and t.id = e.transfer_id
    where e.account_id = ${accountId} and e.stripe = 0
      and e.version > payments.version_before(${accountId}::uuid, 0::smallint, ${since}) and e.amount_minor > 0
      and t.kind not in ('payout_failed', 'payout_canceled', 'payout_returned')`);
  return credited;
}

/** What an account has to spend, without locking it, in minor units. */
export async function readSpendable(
  queries: Queries,
  marketplaceId: string,
  currency: Currency,
  account: AccountRef,
): Promise<number> {
  const row = await queries.row<{ spendable: number }>(sql`
    select balance_minor - pending_out_minor as spendable from payments.balance
    where account_id = ${accountUuid(marketplaceId, currency, account)} and stripe = 0`);
  return row?.spendable ?? 0;
}
