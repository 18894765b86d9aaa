import type { Currency } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import type { CashCollector } from '../domain/abilities.ts';
import type { CashFacts } from '../domain/cash-offer.ts';
import { type HeldOrder, HOLD_COLUMNS, type HoldRow, holdingOf } from './hold.ts';

/**
 * Ties a payment that is due at the door to an order, and writes down what each group is to bring. Answers no rows unless
 * the payment is due, free, and of exactly this sum. Remembers who owns the stores.
 */
export async function insertDueHolds(
  queries: Queries,
  marketplaceId: string,
  order: HeldOrder & { paymentId: string; sumMinor: number; collector: CashCollector; time: Date },
): Promise<HoldRow[]> {
  return queries.rows<HoldRow>(sql`
    with taken as (
      update payments.payment set order_id = ${order.orderId}, version = version + 1
      where marketplace_id = ${marketplaceId} and id = ${order.paymentId} and state = 'due' and order_id is null
        and amount_minor = ${order.sumMinor}
      returning id, currency
    ), ${holdingOf(marketplaceId, order, order.time, order.collector)}
    select ${HOLD_COLUMNS} from held order by group_id`);
}

/** Writes that the cash of a locked, due group was taken: from now on it is held. */
export async function markCollected(
  tx: Transaction,
  groupId: string,
  { amountMinor, proof, time }: { amountMinor: number; proof: string | null; time: Date },
): Promise<HoldRow> {
  return tx.one<HoldRow>(sql`
    update payments.hold set state = 'held', collected_minor = ${amountMinor}, collected_time = ${time}, proof = ${proof}
    where marketplace_id = ${tx.marketplaceId} and group_id = ${groupId} returning ${HOLD_COLUMNS}`);
}

/** Writes that the cash of a locked, due group is not asked for any more. */
export async function markWaived(tx: Transaction, groupId: string): Promise<HoldRow> {
  return tx.one<HoldRow>(sql`
    update payments.hold set state = 'waived'
    where marketplace_id = ${tx.marketplaceId} and group_id = ${groupId} returning ${HOLD_COLUMNS}`);
}

export async function insertRefusal(tx: Transaction, groupId: string, memberId: string, time: Date): Promise<void> {
  await tx.execute(sql`
    insert into payments.cash_refusal (marketplace_id, group_id, member_id, refused_time)
    values (${tx.marketplaceId}, ${groupId}, ${memberId}, ${time}) on conflict do nothing`);
}

/** What counts for or against paying at the door, of a buyer and of the stores they buy from. */
export async function readCashFacts(
  queries: Queries,
  marketplaceId: string,
  wanted: {
    readonly memberId: string | null;
    readonly storeIds: readonly string[];
    readonly currency: Currency;
    readonly refusedSince: Date;
    /** Null: a store may owe what it likes. */
    readonly owedMaxMinor: number | null;
  },
): Promise<Pick<CashFacts, 'refused' | 'declining' | 'owing'>> {
  return queries.one(sql`
    select
      (select count(*)::int from payments.cash_refusal where marketplace_id = ${marketplaceId} and member_id = ${wanted.memberId}
        and refused_time > ${wanted.refusedSince}) as refused,
      (select count(*)::int from unnest(${wanted.storeIds}::uuid[]) as s(store_id) where not exists (
        select from payments.cash_store c where c.marketplace_id = ${marketplaceId} and c.store_id = s.store_id and c.accepts)) as declining,
      (select count(*)::int from payments.account a join payments.balance b on b.account_id = a.id
        where a.marketplace_id = ${marketplaceId} and a.owner_id = any(${wanted.storeIds}::uuid[]) and a.purpose = 'seller_debt'
          and a.currency = ${wanted.currency} and -b.balance_minor > ${wanted.owedMaxMinor}::bigint) as owing`);
}

/** Whether a store lets its buyers pay at the door; it does not until it says so. */
export async function findCashStore(queries: Queries, marketplaceId: string, storeId: string): Promise<boolean> {
  const row = await queries.row<{ accepts: boolean }>(
    sql`select accepts from payments.cash_store where marketplace_id = ${marketplaceId} and store_id = ${storeId}`,
  );
  return row?.accepts ?? false;
}

export async function saveCashStore(tx: Transaction, storeId: string, accepts: boolean, time: Date): Promise<void> {
  await tx.execute(sql`
    insert into payments.cash_store (marketplace_id, store_id, accepts, updated_time)
    values (${tx.marketplaceId}, ${storeId}, ${accepts}, ${time})
    on conflict (marketplace_id, store_id) do update set accepts = excluded.accepts, updated_time = excluded.updated_time`);
}

/**
 * What payments at the door say that accounts should hold (see findMismatches): cash that carriers have, cash that sellers
 * have of open sales, and what of theirs was charged to them because they keep it.
 */
export function cashClaims(marketplaceId: string): Sql {
  return sql`
    select 'provider_clearing' as purpose, currency, '' as owner, -collected_minor as amount
    from payments.hold where marketplace_id = ${marketplaceId} and collector = 'carrier' and collected_minor is not null
    union all
    select 'provider_clearing', currency, '', refunded_minor - wallet_refunded_minor
    from payments.payment where marketplace_id = ${marketplaceId} and method_kind = 'cash'
    union all
    select 'seller_cash', currency, store_id::text, -buyer_left_minor
    from payments.hold where marketplace_id = ${marketplaceId} and collector = 'seller' and state = 'held'
    union all
    select 'earned', currency, store_id::text, case state when 'held' then buyer_left_minor else 0 end - collected_minor
    from payments.hold where marketplace_id = ${marketplaceId} and collector = 'seller' and collected_minor is not null`;
}

/**
 * What our books say that carriers collected, parcel by parcel, under the ids of their groups: rows to be added to the movements
 * of payments. Cash that sellers have moved through no provider.
 */
export function cashMovements(marketplaceId: string, provider: string, which: Sql): Sql {
  return sql`
    select 'payment' as subject, h.group_id::text as reference, h.group_id as id, h.payment_id, h.collected_minor as amount_minor, h.currency
    from payments.hold h join payments.payment p on p.marketplace_id = h.marketplace_id and p.id = h.payment_id
    where h.marketplace_id = ${marketplaceId} and h.collector = 'carrier' and h.collected_minor > 0 and p.provider = ${provider} and ${which}`;
}
