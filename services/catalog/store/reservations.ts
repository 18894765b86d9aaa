import { firstUuidOf } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { StockLine } from './stock.ts';

export type ReservationState = 'held' | 'committed' | 'released' | 'expired';

export type ReservationRecord = {
  readonly checkoutId: string;
  readonly state: ReservationState;
  readonly lines: readonly StockLine[];
  readonly expireTime: Date;
};

export type ReservationRow = {
  checkout_id: string;
  state: ReservationState;
  variant_ids: string[];
  quantities: string[] | number[];
  expire_time: Date;
};

export const reservationFrom = (row: ReservationRow): ReservationRecord => ({
  checkoutId: row.checkout_id,
  state: row.state,
  lines: row.variant_ids.map((variantId, i) => ({ variantId, quantity: Number(row.quantities[i]) })),
  expireTime: row.expire_time,
});

/** The reservation of a checkout, locked; undefined when it has none. */
export async function lockReservation(tx: Transaction, checkoutId: string): Promise<ReservationRecord | undefined> {
  const row = await tx.row<ReservationRow>(sql`
    select checkout_id, state, variant_ids, quantities, expire_time from catalog.reservation
    where marketplace_id = ${tx.marketplaceId} and checkout_id = ${checkoutId}::uuid for update`);
  return row && reservationFrom(row);
}

/** Writes a new reservation; false when the checkout has one already, which then a locking read shows. */
export async function insertReservation(tx: Transaction, reservation: ReservationRecord): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into catalog.reservation (marketplace_id, checkout_id, state, variant_ids, quantities, expire_time)
    values (${tx.marketplaceId}, ${reservation.checkoutId}::uuid, ${reservation.state},
      ${reservation.lines.map(({ variantId }) => variantId)}::uuid[],
      ${reservation.lines.map(({ quantity }) => quantity)}::bigint[], ${reservation.expireTime})
    on conflict (marketplace_id, checkout_id) do nothing`);
  return inserted === 1;
}

/** Writes a reservation that is locked. */
export async function updateReservation(tx: Transaction, reservation: ReservationRecord): Promise<void> {
  await tx.execute(sql`
    update catalog.reservation set state = ${reservation.state}, expire_time = ${reservation.expireTime},
      variant_ids = ${reservation.lines.map(({ variantId }) => variantId)}::uuid[],
      quantities = ${reservation.lines.map(({ quantity }) => quantity)}::bigint[]
    where marketplace_id = ${tx.marketplaceId} and checkout_id = ${reservation.checkoutId}::uuid`);
}

/** Marks up to `limit` holds that are past their time as expired and answers them. Locked ones are someone's work: skipped. */
export async function expireReservations(tx: Transaction, now: Date, limit: number): Promise<ReservationRecord[]> {
  const rows = await tx.rows<ReservationRow>(sql`
    with due as (
      select checkout_id from catalog.reservation
      where marketplace_id = ${tx.marketplaceId} and state = 'held' and expire_time <= ${now}
      order by expire_time limit ${limit} for update skip locked)
    update catalog.reservation r set state = 'expired' from due
    where r.marketplace_id = ${tx.marketplaceId} and r.checkout_id = due.checkout_id
    returning r.checkout_id, r.state, r.variant_ids, r.quantities, r.expire_time`);
  return rows.map(reservationFrom);
}

/**
 * Removes up to `limit` reservations of checkouts begun before `before` that ended before it too; answers how many there
 * were. Checkouts' ids are in order of time (UUIDv7, RFC 9562): the primary key finds the old ones, and selling keeps no
 * index for it.
 */
export async function forgetReservations(
  queries: Queries,
  marketplaceId: string,
  before: Date,
  limit: number,
): Promise<number> {
  return queries.execute(sql`
    delete from catalog.reservation where marketplace_id = ${marketplaceId} and checkout_id in (
      select checkout_id from catalog.reservation
      where marketplace_id = ${marketplaceId} and checkout_id < ${firstUuidOf(before)}::uuid and state <> 'held' and expire_time < ${before}
      order by checkout_id limit ${limit})`);
}
