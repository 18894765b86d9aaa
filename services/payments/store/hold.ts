import { type Currency, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import type { Hold, HoldGroup, HoldState } from '../contract.ts';
import type { CashCollector } from '../domain/abilities.ts';
import { type Shares, sellerMinor } from '../domain/shares.ts';
import { errors } from '../errors.ts';

export type HoldRow = {
  group_id: string;
  order_id: string;
  payment_id: string;
  store_id: string;
  seller_member_id: string;
  state: HoldState;
  currency: Currency;
  total_minor: number;
  commission_minor: number;
  tax_minor: number;
  funded_minor: number;
  buyer_left_minor: number;
  commission_left_minor: number;
  tax_left_minor: number;
  funded_left_minor: number;
  /** What the bank gave the buyer and the platform bears, of the funded part now; and what of that it has back. */
  borne_minor: number;
  borne_back_minor: number;
  created_time: Date;
  released_time: Date | null;
  /** Of what is paid at the door: who takes it, and how much they took; null until then. */
  collector: CashCollector | null;
  collected_minor: number | null;
};

/** The columns of a HoldRow. */
export const HOLD_COLUMNS = sql`group_id, order_id, payment_id, store_id, seller_member_id, state, currency, total_minor, commission_minor,
  tax_minor, funded_minor, buyer_left_minor, commission_left_minor, tax_left_minor, funded_left_minor, borne_minor, borne_back_minor, created_time,
  released_time, collector, collected_minor`;

/** An order that a payment is held for, and its stores' parts. */
export type HeldOrder = { readonly orderId: string; readonly groups: readonly HoldGroup[] };

/**
 * Parts of a statement that writes the holds of an order's groups as `held`, or as `due` when somebody is to collect them at the
 * door, if the statement has `taken`: id and currency of the payment they are of. Remembers who owns the stores.
 */
export function holdingOf(
  marketplaceId: string,
  { orderId, groups }: HeldOrder,
  time: Date,
  collector: CashCollector | null = null,
): Sql {
  const rows = groups.map((group) => ({
    group_id: uuidFromId(group.groupId),
    store_id: uuidFromId(group.storeId),
    seller_member_id: uuidFromId(group.sellerMemberId),
    total: group.totalMinor,
    commission: group.commissionMinor,
    tax: group.taxMinor,
    funded: group.platformFundedMinor,
  }));
  return sql`wanted as (
      select g.* from json_to_recordset(${JSON.stringify(rows)}::json) as g(group_id uuid, store_id uuid, seller_member_id uuid,
        total bigint, commission bigint, tax bigint, funded bigint)
    ), owned as (
      insert into payments.store_owner (marketplace_id, store_id, member_id)
      select ${marketplaceId}, store_id, seller_member_id from wanted where exists (select from taken) order by store_id
      on conflict do nothing
    ), held as (
      insert into payments.hold (marketplace_id, group_id, order_id, payment_id, store_id, seller_member_id, currency, state, collector,
        total_minor, commission_minor, tax_minor, funded_minor,
        buyer_left_minor, commission_left_minor, tax_left_minor, funded_left_minor, created_time)
      select ${marketplaceId}, group_id, ${orderId}, taken.id, store_id, seller_member_id, taken.currency, ${collector === null ? 'held' : 'due'}, ${collector},
        total, commission, tax, funded, total, commission, tax, funded, ${time}
      from wanted, taken
      returning *
    )`;
}

/** Whether holds could not be written because another payment has them. */
export function isHeldByAnother(error: unknown): boolean {
  return (error as { readonly constraint?: string }).constraint === 'hold_pkey';
}

/**
 * Ties a captured payment to an order, writes the holds of its groups and makes their posting (see postingOf): one
 * statement, which is a transaction of its own. It does nothing and answers no rows unless the payment is captured,
 * free, and of exactly this sum and currency.
 */
export async function insertHolds(
  queries: Queries,
  marketplaceId: string,
  order: HeldOrder & { paymentId: string; sumMinor: number; currency: Currency; time: Date },
  posting: Sql,
): Promise<HoldRow[]> {
  return queries.rows<HoldRow>(sql`
    with taken as (
      update payments.payment set order_id = ${order.orderId}, version = version + 1
      where marketplace_id = ${marketplaceId} and id = ${order.paymentId} and state = 'captured' and order_id is null and purpose = 'checkout'
        and amount_minor = ${order.sumMinor} and currency = ${order.currency}
      returning id, currency
    ), ${holdingOf(marketplaceId, order, order.time)}, posted as materialized (
      select ${posting} from taken
    )
    select ${HOLD_COLUMNS} from held, posted order by group_id`);
}

/** Closes all holds of an order that will not come, and unties its payment from it. Answers them as they were, locked by this. */
export async function closeHolds(tx: Transaction, paymentId: string, orderId: string): Promise<HoldRow[]> {
  const holds = await tx.rows<HoldRow>(sql`
    select ${HOLD_COLUMNS} from payments.hold where marketplace_id = ${tx.marketplaceId} and order_id = ${orderId}
    order by group_id for update`);
  await tx.execute(sql`
    with untied as (
      update payments.payment set order_id = null where marketplace_id = ${tx.marketplaceId} and id = ${paymentId})
    update payments.hold set state = 'refunded', buyer_left_minor = 0, funded_left_minor = 0, commission_left_minor = 0, tax_left_minor = 0
    where marketplace_id = ${tx.marketplaceId} and order_id = ${orderId}`);
  return holds;
}

/**
 * Says that an order relies on holds that were written with the capture: from now on who knew the payment before cannot
 * give it back. A repeat changes nothing.
 */
export async function confirmHolds(queries: Queries, marketplaceId: string, paymentId: string): Promise<void> {
  await queries.execute(sql`
    update payments.payment set version = version + 1
    where marketplace_id = ${marketplaceId} and id = ${paymentId} and version = 1 and order_id is not null`);
}

/** The holds of an order, in the order of their groups' ids. */
export async function listHolds(queries: Queries, marketplaceId: string, orderId: string): Promise<HoldRow[]> {
  return queries.rows<HoldRow>(
    sql`select ${HOLD_COLUMNS} from payments.hold where marketplace_id = ${marketplaceId} and order_id = ${orderId} order by group_id`,
  );
}

/** The hold of a group, locked until the transaction ends. @throws HOLD_NOT_FOUND */
export async function lockHold(tx: Transaction, groupId: string): Promise<HoldRow> {
  const row = await tx.row<HoldRow>(
    sql`select ${HOLD_COLUMNS} from payments.hold where marketplace_id = ${tx.marketplaceId} and group_id = ${groupId} for update`,
  );
  if (row === undefined) throw errors.HOLD_NOT_FOUND({});
  return row;
}

export async function updateHold(
  tx: Transaction,
  groupId: string,
  change: { state: HoldState; left: Shares; releasedTime: Date | null; borneBackMinor?: number },
): Promise<HoldRow> {
  return tx.one<HoldRow>(sql`
    update payments.hold set state = ${change.state}, released_time = ${change.releasedTime},
      borne_back_minor = borne_back_minor + ${change.borneBackMinor ?? 0},
      buyer_left_minor = ${change.left.buyerMinor}, funded_left_minor = ${change.left.fundedMinor},
      commission_left_minor = ${change.left.commissionMinor}, tax_left_minor = ${change.left.taxMinor}
    where marketplace_id = ${tx.marketplaceId} and group_id = ${groupId} returning ${HOLD_COLUMNS}`);
}

/** What refunds have left of a hold. */
export function sharesLeft(row: HoldRow): Shares {
  return {
    buyerMinor: row.buyer_left_minor,
    fundedMinor: row.funded_left_minor,
    commissionMinor: row.commission_left_minor,
    taxMinor: row.tax_left_minor,
  };
}

/** What of the funded part the platform bears in the buyer's place. */
export function borneLeft(row: HoldRow): number {
  return Math.min(row.borne_minor - row.borne_back_minor, row.funded_left_minor);
}

export function holdFrom(row: HoldRow): Hold {
  return {
    groupId: idFromUuid('shipmentGroup', row.group_id),
    orderId: idFromUuid('order', row.order_id),
    paymentId: idFromUuid('payment', row.payment_id),
    storeId: idFromUuid('store', row.store_id),
    state: row.state,
    currency: row.currency,
    totalMinor: row.total_minor,
    commissionMinor: row.commission_minor,
    taxMinor: row.tax_minor,
    platformFundedMinor: row.funded_minor,
    refundedMinor: row.total_minor - row.buyer_left_minor,
    sellerMinor: sellerMinor(sharesLeft(row)),
    createdTime: row.created_time.toISOString(),
    releasedTime: row.released_time?.toISOString() ?? null,
  };
}
