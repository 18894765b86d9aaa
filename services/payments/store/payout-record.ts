import { type Actor, newUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { PayoutRecord } from '../contract.ts';

/** Who did it, as it is kept: a member's id, or the name of a service. */
export type RecordedBy = string;

/** Writes down what was done with a payout and what was known then. Nothing of it is changed any more. */
export async function recordPayout(
  tx: Transaction,
  payoutId: string,
  entry: {
    readonly kind: PayoutRecord['kind'];
    readonly by: RecordedBy;
    readonly details?: Readonly<Record<string, unknown>>;
    readonly time: Date;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into payments.payout_record (marketplace_id, id, payout_id, kind, actor, details, created_time)
    values (${tx.marketplaceId}, ${newUuid()}, ${payoutId}, ${entry.kind}, ${JSON.stringify(entry.by)},
      ${JSON.stringify(entry.details ?? {})}, ${entry.time})`);
}

/** All that was written down of a payout, oldest first. */
export async function listRecords(queries: Queries, marketplaceId: string, payoutId: string): Promise<PayoutRecord[]> {
  const rows = await queries.rows<{
    kind: PayoutRecord['kind'];
    actor: RecordedBy;
    details: Record<string, unknown>;
    created_time: Date;
  }>(sql`
    select kind, actor, details, created_time from payments.payout_record
    where marketplace_id = ${marketplaceId} and payout_id = ${payoutId} order by id`);
  return rows.map(({ kind, actor, details, created_time }) => ({
    kind,
    by: actor,
    details,
    time: created_time.toISOString(),
  }));
}

/** An actor by the name it is kept by. */
export function recordedBy(actor: Actor): RecordedBy {
  if (actor.kind === 'member') return actor.memberId;
  return actor.kind === 'service' ? actor.service : 'guest';
}
