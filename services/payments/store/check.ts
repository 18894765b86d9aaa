import { type Queries, sql } from '@plaza/runtime';
import type { LedgerMismatch } from '../contract.ts';
import { cashClaims } from './cash.ts';
import { afterSaleClaims } from './check-after-sale.ts';

type MismatchRow = { check: string; subject: string; expected: number; actual: number };

/** Mismatches told at once; one is already too many. */
const MISMATCHES_MAX = 100;

/**
 * Says everything twice: entries against transfers and balances, and the books against payments, holds and payouts.
 * One statement, so one snapshot: a sale in progress is seen whole or not at all.
 */
export async function findMismatches(queries: Queries, marketplaceId: string): Promise<LedgerMismatch[]> {
  const rows = await queries.rows<MismatchRow>(sql`
    with booked as (
      select a.purpose, a.currency, coalesce(a.owner_id::text, '') as owner, sum(e.amount_minor) as amount
      from payments.entry e join payments.account a on a.id = e.account_id
      where e.marketplace_id = ${marketplaceId} group by a.purpose, a.currency, a.owner_id
    ), claims as (
      select 'escrow' as purpose, currency, store_id::text as owner, sum(buyer_left_minor + funded_left_minor) as amount
      from payments.hold where marketplace_id = ${marketplaceId} and state = 'held' group by currency, store_id
      union all
      select case owner_kind when 'store' then 'payout_in_transit' else 'withdrawal_in_transit' end, currency, owner_id::text, sum(amount_minor)
      from payments.payout
      where marketplace_id = ${marketplaceId} and state in ('awaiting_approval', 'requested', 'sending', 'sent')
      group by owner_kind, currency, owner_id
      union all
      select 'bank', currency, '', sum(amount_minor)
      from payments.payout where marketplace_id = ${marketplaceId} and state = 'paid' group by currency
      union all
      select 'buyer_funds', currency, '', sum(amount_minor - refunded_minor)
      from payments.payment where marketplace_id = ${marketplaceId} and captured_time is not null and order_id is null
        and purpose = 'checkout' group by currency
      union all
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
      where r.marketplace_id = ${marketplaceId} group by fees.purpose, t.currency
      union all
      select 'wallet', currency, payer_member_id::text,
        sum(case purpose when 'top-up' then amount_minor - refunded_minor else wallet_refunded_minor - wallet_minor end)
      from payments.payment
      where marketplace_id = ${marketplaceId} and captured_time is not null and payer_member_id is not null group by currency, payer_member_id
      union all
      select 'wallet', currency, owner_id::text, -sum(amount_minor) from payments.payout
      where marketplace_id = ${marketplaceId} and owner_kind = 'member' and state not in ('failed', 'canceled') group by currency, owner_id
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
      where marketplace_id = ${marketplaceId} and captured_time is not null and purpose = 'subscription' group by currency
      union all
      select 'earned', currency, store_id::text, sum(amount) from (
        select currency, store_id, buyer_left_minor + funded_left_minor - commission_left_minor - tax_left_minor as amount
        from payments.hold where marketplace_id = ${marketplaceId} and state = 'released'
        union all
        select currency, owner_id, -amount_minor from payments.payout
        where marketplace_id = ${marketplaceId} and owner_kind = 'store' and state not in ('failed', 'canceled')
      ) earnings group by currency, store_id
      union all
      ${afterSaleClaims(marketplaceId)}
      union all
      ${cashClaims(marketplaceId)}
    ), claimed as (
      select purpose, currency, owner, sum(amount) as amount from claims group by purpose, currency, owner
    ), kept as (
      select purpose, currency, owner, amount from booked
        where purpose not in ('seller_available', 'seller_debt', 'wallet', 'wallet_debt')
      union all
      select 'wallet', currency, owner, sum(amount) from booked where purpose in ('wallet', 'wallet_debt') group by currency, owner
      union all
      select 'earned', currency, owner, sum(amount) from booked where purpose in ('seller_available', 'seller_debt')
      group by currency, owner
    )
    select 'transfer sums to zero' as check, transfer_id::text as subject, 0::bigint as expected, sum(amount_minor)::bigint as actual
    from payments.entry where marketplace_id = ${marketplaceId} group by transfer_id, currency having sum(amount_minor) <> 0
    union all
    select 'transfer has entries', t.id::text, 2, 0 from payments.transfer t
    where t.marketplace_id = ${marketplaceId} and not exists (select from payments.entry e where e.transfer_id = t.id)
    union all
    select 'balance is the sum of its entries', b.account_id::text || '/' || b.stripe, coalesce(e.amount, 0)::bigint, b.balance_minor
    from payments.balance b
    left join (
      select account_id, stripe, sum(amount_minor) as amount, count(*) as lines, max(version) as version
      from payments.entry where marketplace_id = ${marketplaceId} group by account_id, stripe
    ) e on e.account_id = b.account_id and e.stripe = b.stripe
    where b.marketplace_id = ${marketplaceId}
      and (b.balance_minor <> coalesce(e.amount, 0) or b.version <> coalesce(e.lines, 0) or b.version <> coalesce(e.version, 0))
    union all
    select 'pending amounts are those of open pending transfers', b.account_id::text || '/' || b.stripe,
      coalesce(e.coming + e.going, 0)::bigint, b.pending_in_minor + b.pending_out_minor
    from payments.balance b
    left join (
      select account_id, stripe, sum(greatest(amount_minor, 0)) as coming, sum(greatest(-amount_minor, 0)) as going
      from payments.pending_entry pe join payments.pending_open using (marketplace_id, pending_id)
      where marketplace_id = ${marketplaceId} group by account_id, stripe
    ) e on e.account_id = b.account_id and e.stripe = b.stripe
    where b.marketplace_id = ${marketplaceId}
      and (b.pending_in_minor <> coalesce(e.coming, 0) or b.pending_out_minor <> coalesce(e.going, 0))
    union all
    select 'a pending transfer is open or has an end', p.id::text, 1, 0 from payments.pending_transfer p
    where p.marketplace_id = ${marketplaceId} and
      exists (select from payments.pending_open o where o.marketplace_id = p.marketplace_id and o.pending_id = p.id)
      = exists (select from payments.pending_resolution r where r.marketplace_id = p.marketplace_id and r.pending_id = p.id)
    union all
    select 'books agree with payments, holds and payouts', concat_ws(' ', purpose, currency, nullif(owner, '')),
      coalesce(claimed.amount, 0)::bigint, coalesce(kept.amount, 0)::bigint
    from claimed full join kept using (purpose, currency, owner)
    where coalesce(claimed.amount, 0) <> coalesce(kept.amount, 0)
    limit ${MISMATCHES_MAX}`);
  return rows.map((row) => ({
    check: row.check,
    subject: row.subject,
    expectedMinor: row.expected,
    actualMinor: row.actual,
  }));
}

export async function countTransfers(queries: Queries, marketplaceId: string): Promise<number> {
  const { count } = await queries.one<{ count: number }>(
    sql`select count(*) as count from payments.transfer where marketplace_id = ${marketplaceId}`,
  );
  return count;
}
