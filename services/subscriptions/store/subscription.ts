import { type Currency, idOfCursor, pageFrom } from '@plaza/kernel';
import type { PlanInterval } from '@plaza/kernel/marketplace';
import { empty, type Queries, sql, type Transaction } from '@plaza/runtime';
import type { OwnerKind } from '../contract.ts';
import type { Segment } from '../domain/proration.ts';
import type { SubscriptionState } from '../domain/state.ts';
import { errors } from '../errors.ts';
import { notDisputed } from './dispute.ts';
import type { OwnerRef } from './owner.ts';

export type SubscriptionRow = {
  id: string;
  owner_kind: OwnerKind;
  owner_id: string;
  payer_member_id: string;
  state: SubscriptionState;
  plan_id: string;
  plan_interval: PlanInterval;
  next_plan_id: string | null;
  next_interval: PlanInterval | null;
  currency: Currency;
  anchor_time: Date;
  period_index: number;
  period_start: Date;
  period_end: Date;
  trial_end_time: Date | null;
  is_trial_told: boolean;
  segments: readonly Segment[];
  billed_minor: number;
  is_lapsed: boolean;
  grace_end_time: Date | null;
  created_time: Date;
  ended_time: Date | null;
  version: number;
};

const COLUMNS = sql`id, owner_kind, owner_id, payer_member_id, state, plan_id, plan_interval, next_plan_id, next_interval, currency,
  anchor_time, period_index, period_start, period_end, trial_end_time, is_trial_told, segments, billed_minor, is_lapsed,
  grace_end_time, created_time, ended_time, version`;

/** False when the owner has one that runs. */
export async function insertSubscription(tx: Transaction, s: SubscriptionRow): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into subscriptions.subscription (marketplace_id, ${COLUMNS})
    values (${tx.marketplaceId}, ${s.id}, ${s.owner_kind}, ${s.owner_id}, ${s.payer_member_id}, ${s.state}, ${s.plan_id},
      ${s.plan_interval}, ${s.next_plan_id}, ${s.next_interval}, ${s.currency}, ${s.anchor_time}, ${s.period_index}, ${s.period_start},
      ${s.period_end}, ${s.trial_end_time}, ${s.is_trial_told}, ${JSON.stringify(s.segments)}::jsonb, ${s.billed_minor},
      ${s.is_lapsed}, ${s.grace_end_time}, ${s.created_time}, ${s.ended_time}, ${s.version})
    on conflict do nothing`);
  return inserted === 1;
}

/** Writes what may change of a locked subscription, under its next version. */
export async function saveSubscription(tx: Transaction, s: SubscriptionRow): Promise<SubscriptionRow> {
  return tx.one<SubscriptionRow>(sql`
    update subscriptions.subscription set state = ${s.state}, plan_id = ${s.plan_id}, plan_interval = ${s.plan_interval},
      next_plan_id = ${s.next_plan_id}, next_interval = ${s.next_interval}, anchor_time = ${s.anchor_time},
      period_index = ${s.period_index}, period_start = ${s.period_start}, period_end = ${s.period_end},
      trial_end_time = ${s.trial_end_time}, is_trial_told = ${s.is_trial_told}, segments = ${JSON.stringify(s.segments)}::jsonb,
      billed_minor = ${s.billed_minor}, is_lapsed = ${s.is_lapsed}, grace_end_time = ${s.grace_end_time},
      ended_time = ${s.ended_time}, version = version + 1
    where marketplace_id = ${tx.marketplaceId} and id = ${s.id} returning ${COLUMNS}`);
}

export async function findSubscription(
  queries: Queries,
  marketplaceId: string,
  id: string,
): Promise<SubscriptionRow | undefined> {
  return queries.row<SubscriptionRow>(
    sql`select ${COLUMNS} from subscriptions.subscription where marketplace_id = ${marketplaceId} and id = ${id}`,
  );
}

/** The subscription, locked until the transaction ends; locked before its invoices. @throws SUBSCRIPTION_NOT_FOUND */
export async function lockSubscription(tx: Transaction, id: string): Promise<SubscriptionRow> {
  const row = await tx.row<SubscriptionRow>(
    sql`select ${COLUMNS} from subscriptions.subscription where marketplace_id = ${tx.marketplaceId} and id = ${id} for update`,
  );
  if (row === undefined) throw errors.SUBSCRIPTION_NOT_FOUND({});
  return row;
}

/** The one that runs for an owner. */
export async function findRunning(
  queries: Queries,
  marketplaceId: string,
  owner: OwnerRef,
): Promise<SubscriptionRow | undefined> {
  return queries.row<SubscriptionRow>(sql`
    select ${COLUMNS} from subscriptions.subscription
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id} and state <> 'ended'`);
}

/** Whether an owner has had a trial: each has one. */
export async function hasHadTrial(queries: Queries, marketplaceId: string, owner: OwnerRef): Promise<boolean> {
  const row = await queries.row(sql`
    select 1 from subscriptions.subscription
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id}
      and trial_end_time is not null limit 1`);
  return row !== undefined;
}

/** Whose period is over, the longest waiting first. One that is past due waits for its money, one that a bank contests for the bank. */
export async function listDue(queries: Queries, marketplaceId: string, now: Date, limit: number): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select id from subscriptions.subscription
    where marketplace_id = ${marketplaceId} and period_end <= ${now} and state in ('trialing', 'active', 'canceled')
      and ${notDisputed(marketplaceId, sql`subscription.id`)}
    order by period_end limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Past due beyond their grace. */
export async function listBeyondGrace(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select id from subscriptions.subscription
    where marketplace_id = ${marketplaceId} and state = 'past_due' and not is_lapsed and grace_end_time <= ${now}
    order by grace_end_time limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Trials that end before `before` and whose members were not told yet. */
export async function listTrialsToTell(
  queries: Queries,
  marketplaceId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    select id from subscriptions.subscription
    where marketplace_id = ${marketplaceId} and state = 'trialing' and not is_trial_told and period_end <= ${before}
    order by period_end limit ${limit}`);
  return rows.map(({ id }) => id);
}

export async function listSubscriptions(
  queries: Queries,
  marketplaceId: string,
  filter: { limit: number; cursor?: string | undefined; state?: SubscriptionState | undefined },
): Promise<{ items: SubscriptionRow[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const rows = await queries.rows<SubscriptionRow>(sql`
    select ${COLUMNS} from subscriptions.subscription where marketplace_id = ${marketplaceId}
      ${filter.state === undefined ? empty : sql`and state = ${filter.state}`}
      ${before === null ? empty : sql`and id < ${before}::uuid`}
    order by id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id]);
}

export async function countByState(
  queries: Queries,
  marketplaceId: string,
): Promise<{ state: SubscriptionState; count: number }[]> {
  return queries.rows(sql`
    select state, count(*) as count from subscriptions.subscription where marketplace_id = ${marketplaceId}
    group by state order by state`);
}
