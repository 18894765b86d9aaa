import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';

export type DisputeState = 'opened' | 'won' | 'lost';

/** Writes how a bank's claim stands; false when that is no news: a decision stays, and an opening comes first. */
export async function saveDispute(
  tx: Transaction,
  dispute: {
    readonly chargebackId: string;
    readonly subscriptionId: string;
    readonly state: DisputeState;
    readonly time: Date;
  },
): Promise<boolean> {
  const saved = await tx.execute(sql`
    insert into subscriptions.plan_dispute (marketplace_id, chargeback_id, subscription_id, state, updated_time)
    values (${tx.marketplaceId}, ${dispute.chargebackId}, ${dispute.subscriptionId}, ${dispute.state}, ${dispute.time})
    on conflict (marketplace_id, chargeback_id) do update set state = excluded.state, updated_time = excluded.updated_time
    where plan_dispute.state = 'opened' and excluded.state <> 'opened'`);
  return saved === 1;
}

/** Whether a bank has an open claim on what was paid for a plan. */
export async function isDisputed(queries: Queries, marketplaceId: string, subscriptionId: string): Promise<boolean> {
  const row = await queries.row(sql`
    select 1 from subscriptions.plan_dispute
    where marketplace_id = ${marketplaceId} and subscription_id = ${subscriptionId} and state = 'opened' limit 1`);
  return row !== undefined;
}

/** A condition: no bank has an open claim on this subscription. */
export function notDisputed(marketplaceId: string, subscriptionId: Sql): Sql {
  return sql`not exists (
    select from subscriptions.plan_dispute d
    where d.marketplace_id = ${marketplaceId} and d.subscription_id = ${subscriptionId} and d.state = 'opened')`;
}
