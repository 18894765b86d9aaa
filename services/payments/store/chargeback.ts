import type { Money } from '@plaza/kernel';
import { sql, type Transaction } from '@plaza/runtime';

export type Chargeback = {
  readonly provider: string;
  readonly reference: string;
  readonly paymentId: string;
  readonly state: 'opened' | 'won' | 'lost';
  readonly amount: Money;
  readonly reason: string;
  readonly evidenceDueTime: Date | null;
};

/** Notes what a provider tells of a chargeback; false when it is not news. One that is decided does not open again. */
export async function saveChargeback(tx: Transaction, told: Chargeback, now: Date): Promise<boolean> {
  const saved = await tx.execute(sql`
    insert into payments.chargeback as known (marketplace_id, provider, reference, payment_id, state, amount_minor, currency, reason,
      evidence_due_time, created_time)
    values (${tx.marketplaceId}, ${told.provider}, ${told.reference}, ${told.paymentId}, ${told.state}, ${told.amount.amountMinor},
      ${told.amount.currency}, ${told.reason}, ${told.evidenceDueTime}, ${now})
    on conflict (marketplace_id, provider, reference) do update set state = excluded.state
    where known.state = 'opened' and excluded.state <> 'opened'`);
  return saved === 1;
}
