import type { Currency } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';

/** A chargeback on the simulated provider's own side. Its id is its reference. */
export type SimulatedDisputeRow = {
  id: string;
  payment_id: string;
  state: 'opened' | 'won' | 'lost';
  amount_minor: number;
  fee_minor: number;
  currency: Currency;
  reason: string;
  evidence_due_time: Date;
};

const COLUMNS = sql`id, payment_id, state, amount_minor, fee_minor, currency, reason, evidence_due_time`;

/** Begins a chargeback; its webhook is due at once. */
export async function insertSimulatedDispute(
  queries: Queries,
  marketplaceId: string,
  row: SimulatedDisputeRow,
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    insert into payments.simulated_dispute (marketplace_id, id, payment_id, state, amount_minor, fee_minor, currency, reason,
      evidence_due_time, webhook_due_time)
    values (${marketplaceId}, ${row.id}, ${row.payment_id}, ${row.state}, ${row.amount_minor}, ${row.fee_minor}, ${row.currency},
      ${row.reason}, ${row.evidence_due_time}, ${now})`);
}

/** Decides an open chargeback; undefined when it is decided already. */
export async function decideSimulatedDispute(
  queries: Queries,
  marketplaceId: string,
  id: string,
  state: 'won' | 'lost',
  now: Date,
): Promise<SimulatedDisputeRow | undefined> {
  return queries.row<SimulatedDisputeRow>(sql`
    update payments.simulated_dispute set state = ${state}, webhook_due_time = ${now}
    where marketplace_id = ${marketplaceId} and id = ${id}::uuid and state = 'opened' returning ${COLUMNS}`);
}

export async function findSimulatedDispute(
  queries: Queries,
  marketplaceId: string,
  id: string,
): Promise<SimulatedDisputeRow | undefined> {
  return queries.row<SimulatedDisputeRow>(
    sql`select ${COLUMNS} from payments.simulated_dispute where marketplace_id = ${marketplaceId} and id = ${id}::uuid`,
  );
}

/** Those whose webhook is due, oldest first. */
export async function dueSimulatedDisputes(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<SimulatedDisputeRow[]> {
  return queries.rows<SimulatedDisputeRow>(sql`
    select ${COLUMNS} from payments.simulated_dispute where marketplace_id = ${marketplaceId} and webhook_due_time <= ${now}
    order by webhook_due_time, id limit ${limit}`);
}

/** The webhook of this state was taken. What was decided meanwhile has one of its own to come. */
export async function markDisputeTold(
  queries: Queries,
  marketplaceId: string,
  { id, state }: Pick<SimulatedDisputeRow, 'id' | 'state'>,
): Promise<void> {
  await queries.execute(sql`
    update payments.simulated_dispute set webhook_due_time = null
    where marketplace_id = ${marketplaceId} and id = ${id} and state = ${state}`);
}
