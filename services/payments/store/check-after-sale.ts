import { type Sql, sql } from '@plaza/runtime';

/**
 * What refunds by hand, chargebacks and written-off debts say that accounts should hold, beside what payments and holds say:
 * rows of purpose, currency, owner and amount, to be added to those. Chargebacks that are lost and settled have the same money
 * twice, as taken by the provider and as given back to the buyer: their parts take one of the two away again.
 */
export function afterSaleClaims(marketplaceId: string): Sql {
  return sql`
    select 'provider_clearing' as purpose, currency, '' as owner, wallet_minor - amount_minor as amount
    from payments.refund where marketplace_id = ${marketplaceId} and state = 'by_hand'
    union all
    select case when chargeback_id is null then 'sent_by_hand' else 'bad_debt' end, currency, '', amount_minor - wallet_minor
    from payments.refund where marketplace_id = ${marketplaceId} and state = 'by_hand'
    union all
    select 'provider_clearing', currency, '', taken_minor from payments.chargeback where marketplace_id = ${marketplaceId}
    union all
    select 'provider_clearing', c.currency, '', -p.amount_minor
    from payments.chargeback_part p join payments.chargeback c on c.marketplace_id = p.marketplace_id and c.id = p.chargeback_id
    where p.marketplace_id = ${marketplaceId}
    union all
    select 'chargeback_receivable', currency, '', -taken_minor from payments.chargeback
    where marketplace_id = ${marketplaceId} and (state = 'opened' or (state = 'lost' and settled_time is null))
    union all
    select 'bad_debt', currency, '', -taken_minor from payments.chargeback
    where marketplace_id = ${marketplaceId} and (state = 'won' or settled_time is not null)
    union all
    select 'bad_debt', c.currency, '', p.amount_minor + p.fee_minor
    from payments.chargeback_part p join payments.chargeback c on c.marketplace_id = p.marketplace_id and c.id = p.chargeback_id
    where p.marketplace_id = ${marketplaceId} and p.bearer = 'seller'
    union all
    select 'promotion_funding', currency, '', borne_minor from payments.hold where marketplace_id = ${marketplaceId} and borne_minor > 0
    union all
    select 'earned', c.currency, h.store_id::text, -p.fee_minor
    from payments.chargeback_part p join payments.chargeback c on c.marketplace_id = p.marketplace_id and c.id = p.chargeback_id
    join payments.hold h on h.marketplace_id = p.marketplace_id and h.group_id = p.group_id
    where p.marketplace_id = ${marketplaceId} and p.fee_minor > 0
    union all
    select 'earned', currency, store_id::text, amount_minor from payments.write_off where marketplace_id = ${marketplaceId}
    union all
    select 'bad_debt', currency, '', -amount_minor from payments.write_off where marketplace_id = ${marketplaceId}`;
}
