import { type Sql, sql } from '@plaza/runtime';

/*
 * What payments, holds and payouts say that the books should hold, as rows of purpose, currency, owner and amount; `check.ts`
 * holds it against the books themselves.
 */

/** Money of buyers that is held, or waits for its order; what was taken off by the marketplace, and what it earned. */
export function saleClaims(marketplaceId: string): Sql {
  return sql`
    select 'escrow' as purpose, currency, store_id::text as owner, sum(buyer_left_minor + funded_left_minor) as amount
    from payments.hold where marketplace_id = ${marketplaceId} and state = 'held' group by currency, store_id
    union all
    select 'buyer_funds', currency, '', sum(amount_minor - refunded_minor)
    from payments.payment where marketplace_id = ${marketplaceId} and captured_time is not null and order_id is null
      and purpose = 'checkout' group by currency
    union all
    select 'promotion_funding', currency, '', -sum(funded_left_minor)
    from payments.hold where marketplace_id = ${marketplaceId} and state not in ('due', 'waived') group by currency
    union all
    select 'commission', currency, '', sum(commission_left_minor)
    from payments.hold where marketplace_id = ${marketplaceId} and state = 'released' group by currency
    union all
    select 'tax_payable', currency, '', sum(tax) from (
      select currency, tax_left_minor as tax from payments.hold where marketplace_id = ${marketplaceId} and state = 'released'
      union all
      select currency, tax_minor - greatest(refunded_minor - (amount_minor - tax_minor), 0) from payments.payment
      where marketplace_id = ${marketplaceId} and captured_time is not null and purpose = 'subscription'
    ) taxes group by currency
    union all
    select 'subscription_revenue', currency, '', sum(greatest(amount_minor - tax_minor - refunded_minor, 0))
    from payments.payment
    where marketplace_id = ${marketplaceId} and captured_time is not null and purpose = 'subscription' group by currency`;
}

/** What sellers and members have earned or own, what of it is on its way to their banks, and what arrived. */
export function payoutClaims(marketplaceId: string): Sql {
  return sql`
    select case owner_kind when 'store' then 'payout_in_transit' else 'withdrawal_in_transit' end, currency, owner_id::text, sum(amount_minor)
    from payments.payout
    where marketplace_id = ${marketplaceId} and state in ('awaiting_approval', 'requested', 'sending', 'sent')
    group by owner_kind, currency, owner_id
    union all
    select 'bank', currency, '', sum(amount_minor)
    from payments.payout where marketplace_id = ${marketplaceId} and state = 'paid' group by currency
    union all
    select 'earned', currency, store_id::text, sum(amount) from (
      select currency, store_id, buyer_left_minor + funded_left_minor - commission_left_minor - tax_left_minor as amount
      from payments.hold where marketplace_id = ${marketplaceId} and state = 'released'
      union all
      select currency, owner_id, -amount_minor from payments.payout
      where marketplace_id = ${marketplaceId} and owner_kind = 'store' and state not in ('failed', 'canceled')
    ) earnings group by currency, store_id
    union all
    select 'wallet', currency, payer_member_id::text,
      sum(case purpose when 'top-up' then amount_minor - refunded_minor else wallet_refunded_minor - wallet_minor end)
    from payments.payment
    where marketplace_id = ${marketplaceId} and captured_time is not null and payer_member_id is not null group by currency, payer_member_id
    union all
    select 'wallet', currency, owner_id::text, -sum(amount_minor) from payments.payout
    where marketplace_id = ${marketplaceId} and owner_kind = 'member' and state not in ('failed', 'canceled') group by currency, owner_id`;
}

/** What providers owe us: charged, less what was given back, their fees, and what was corrected with their reports. */
export function providerClaims(marketplaceId: string): Sql {
  return sql`
    select 'provider_clearing', currency, '', -sum(amount_minor - wallet_minor - refunded_minor + wallet_refunded_minor)
    from payments.payment where marketplace_id = ${marketplaceId} and captured_time is not null and method_kind <> 'cash' group by currency
    union all
    select surplus.purpose, currency, '', sum(amount_minor * surplus.sign)
    from payments.coin_payback, (values ('provider_clearing', -1), ('buyer_surplus', 1)) as surplus(purpose, sign)
    where marketplace_id = ${marketplaceId} and kind = 'surplus' and state = 'owed' group by surplus.purpose, currency
    union all
    select 'provider_clearing', currency, '', -sum(corrected_minor)
    from payments.reconciliation_difference where marketplace_id = ${marketplaceId} group by currency
    union all
    select 'suspense', currency, '', sum(corrected_minor)
    from payments.reconciliation_difference where marketplace_id = ${marketplaceId} group by currency
    union all
    select fees.purpose, t.currency, '', sum(t."feesMinor" * fees.sign) from payments.reconciliation r,
      jsonb_to_recordset(r.totals) as t(currency text, "feesMinor" bigint),
      (values ('provider_clearing', 1), ('provider_fees', -1)) as fees(purpose, sign)
    where r.marketplace_id = ${marketplaceId} group by fees.purpose, t.currency`;
}
