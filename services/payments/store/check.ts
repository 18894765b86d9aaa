import { type Queries, sql } from '@plaza/runtime';
import type { LedgerMismatch } from '../contract.ts';
import { cashClaims } from './cash.ts';
import { afterSaleClaims } from './check-after-sale.ts';
import { payoutClaims, providerClaims, saleClaims } from './check-claims.ts';
import { ledgerChecks } from './check-ledger.ts';

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
      ${saleClaims(marketplaceId)}
      union all
      ${payoutClaims(marketplaceId)}
      union all
      ${providerClaims(marketplaceId)}
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
    ${ledgerChecks(marketplaceId)}
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
