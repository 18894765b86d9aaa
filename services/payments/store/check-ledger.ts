import { type Sql, sql } from '@plaza/runtime';

/** What the ledger says twice: entries against transfers, balances and pending amounts. Rows of check, subject, expected, actual. */
export function ledgerChecks(marketplaceId: string): Sql {
  return sql`
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
    = exists (select from payments.pending_resolution r where r.marketplace_id = p.marketplace_id and r.pending_id = p.id)`;
}
