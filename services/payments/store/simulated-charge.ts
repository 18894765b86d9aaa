import type { Currency } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { PaymentKind } from '../contract.ts';

export type SimulatedChargeRow = {
  payment_id: string;
  state: 'open' | 'pending' | 'approved' | 'declined' | 'canceled';
  kind: PaymentKind;
  last4: string | null;
  amount_minor: number;
  currency: Currency;
  return_url: string;
  webhook_due_time: Date | null;
};

const COLUMNS = sql`payment_id, state, kind, last4, amount_minor, currency, return_url, webhook_due_time`;

/** Remembers a charge that is not decided at once; a repeat changes nothing. */
export async function insertSimulatedCharge(
  queries: Queries,
  marketplaceId: string,
  row: SimulatedChargeRow,
): Promise<void> {
  await queries.execute(sql`
    insert into payments.simulated_charge (marketplace_id, payment_id, state, kind, last4, amount_minor, currency, return_url, webhook_due_time)
    values (${marketplaceId}, ${row.payment_id}, ${row.state}, ${row.kind}, ${row.last4}, ${row.amount_minor}, ${row.currency},
      ${row.return_url}, ${row.webhook_due_time})
    on conflict do nothing`);
}

export async function findSimulatedCharge(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
): Promise<SimulatedChargeRow | undefined> {
  return queries.row<SimulatedChargeRow>(
    sql`select ${COLUMNS} from payments.simulated_charge where marketplace_id = ${marketplaceId} and payment_id = ${paymentId}`,
  );
}

/** Decides an open charge; undefined when it is not open any more. A webhook about it is due at `webhookDueTime`. */
export async function decideSimulatedCharge(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
  decision: { state: 'approved' | 'declined' | 'canceled'; webhookDueTime: Date | null },
): Promise<SimulatedChargeRow | undefined> {
  return queries.row<SimulatedChargeRow>(sql`
    update payments.simulated_charge set state = ${decision.state}, webhook_due_time = ${decision.webhookDueTime}
    where marketplace_id = ${marketplaceId} and payment_id = ${paymentId} and state = 'open' returning ${COLUMNS}`);
}

/** Charges whose webhook is due; those that waited for the clock are approved by it. */
export async function takeDueSimulatedCharges(
  queries: Queries,
  marketplaceId: string,
  now: Date,
  limit: number,
): Promise<SimulatedChargeRow[]> {
  return queries.rows<SimulatedChargeRow>(sql`
    update payments.simulated_charge set state = case state when 'pending' then 'approved' else state end
    where marketplace_id = ${marketplaceId} and payment_id in (
      select payment_id from payments.simulated_charge
      where marketplace_id = ${marketplaceId} and webhook_sent_time is null and webhook_due_time <= ${now}
      order by webhook_due_time limit ${limit}
    ) returning ${COLUMNS}`);
}

export async function markWebhookSent(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    update payments.simulated_charge set webhook_sent_time = ${now}
    where marketplace_id = ${marketplaceId} and payment_id = ${paymentId}`);
}
