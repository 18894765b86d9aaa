import { type Sql, sql } from '@plaza/runtime';

/**
 * What our books say that chargebacks moved through a provider in a time, fees included: what it took, and what came back. As
 * rows of subject, reference, id, payment, amount and currency, to be added to those of payments and refunds.
 */
export function chargebackMovements(
  marketplaceId: string,
  provider: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Sql {
  return sql`
    select 'chargeback' as subject, c.reference, t.id, c.payment_id, -e.amount_minor as amount_minor, c.currency
    from payments.chargeback c
    join payments.transfer t on t.marketplace_id = c.marketplace_id and t.payment_id = c.payment_id and starts_with(t.key, 'chargeback:' || c.id || ':')
    join payments.entry e on e.transfer_id = t.id
    join payments.account a on a.id = e.account_id and a.purpose = 'provider_clearing'
    where c.marketplace_id = ${marketplaceId} and c.provider = ${provider} and t.created_time >= ${from} and t.created_time < ${to}`;
}
