import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { UsageTotal } from '../domain/metering.ts';

/** False when this key of the meter was reported before. The caller holds the subscription's lock. */
export async function insertUsage(
  tx: Transaction,
  report: { subscriptionId: string; meter: string; key: string; periodStart: Date; quantity: number; now: Date },
): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into subscriptions.usage_report (marketplace_id, subscription_id, meter, key, period_start, quantity, reported_time)
    values (${tx.marketplaceId}, ${report.subscriptionId}, ${report.meter}, ${report.key}, ${report.periodStart}, ${report.quantity}, ${report.now})
    on conflict do nothing`);
  return inserted === 1;
}

/** What the reports of a period come to, by meter. */
export async function sumUsage(
  queries: Queries,
  marketplaceId: string,
  subscriptionId: string,
  periodStart: Date,
): Promise<Map<string, UsageTotal>> {
  const rows = await queries.rows<{ meter: string; sum: number; max: number }>(sql`
    select meter, sum(quantity)::bigint as sum, max(quantity) as max from subscriptions.usage_report
    where marketplace_id = ${marketplaceId} and subscription_id = ${subscriptionId} and period_start = ${periodStart}
    group by meter`);
  return new Map(rows.map(({ meter, ...total }) => [meter, total]));
}
