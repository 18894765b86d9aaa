import { type Currency, type Id, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';

export type ToldChargeback = {
  readonly chargebackId: Id<'chargeback'>;
  readonly orderId: Id<'order'>;
  readonly state: 'opened' | 'won' | 'lost';
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly reason: string;
  readonly evidenceDueTime: string | null;
};

/** Notes how a claim stands; false when that is not news. One that is decided does not open again. */
export async function saveOrderChargeback(
  queries: Queries,
  marketplaceId: string,
  told: ToldChargeback,
  now: Date,
): Promise<boolean> {
  const saved = await queries.execute(sql`
    insert into orders.order_chargeback as known (marketplace_id, id, order_id, state, amount_minor, currency, reason, evidence_due_time, created_time)
    values (${marketplaceId}, ${uuidFromId(told.chargebackId)}, ${uuidFromId(told.orderId)}, ${told.state}, ${told.amountMinor}, ${told.currency},
      ${told.reason}, ${told.evidenceDueTime}, ${now})
    on conflict (marketplace_id, id) do update set state = excluded.state
    where known.state = 'opened' and excluded.state <> 'opened'`);
  return saved === 1;
}

/** Notes that a lost claim is in the books of whoever bears it. */
export async function markChargebackSettled(
  queries: Queries,
  marketplaceId: string,
  chargebackId: string,
): Promise<void> {
  await queries.execute(sql`
    update orders.order_chargeback set is_settled = true where marketplace_id = ${marketplaceId} and id = ${uuidFromId(chargebackId)}`);
}
