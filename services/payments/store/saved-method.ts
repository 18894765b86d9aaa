import { idFromUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { SavedMethod } from '../contract.ts';

export type SavedMethodRow = {
  id: string;
  member_id: string;
  provider: string;
  sealed: string;
  brand: string;
  last4: string;
  expiry_month: number;
  expiry_year: number;
  is_default: boolean;
  created_time: Date;
};

const COLUMNS = sql`id, member_id, provider, sealed, brand, last4, expiry_month, expiry_year, is_default, created_time`;

/** A member's cards, the default first, then the newest. */
export async function listSavedMethods(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
): Promise<SavedMethodRow[]> {
  return queries.rows<SavedMethodRow>(sql`
    select ${COLUMNS} from payments.saved_method where marketplace_id = ${marketplaceId} and member_id = ${memberId}
    order by is_default desc, id desc limit 100`);
}

/** The card of this id, if it is the member's. */
export async function findSavedMethod(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  id: string,
): Promise<SavedMethodRow | undefined> {
  return queries.row<SavedMethodRow>(sql`
    select ${COLUMNS} from payments.saved_method
    where marketplace_id = ${marketplaceId} and id = ${id} and member_id = ${memberId}`);
}

/** One change of a member's cards at a time: which is the default is decided over all of them. */
export async function lockSavedMethods(tx: Transaction, memberId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`payments.saved_method ${tx.marketplaceId} ${memberId}`}, 0))`,
  );
}

export async function insertSavedMethod(tx: Transaction, row: SavedMethodRow): Promise<void> {
  await tx.execute(sql`
    insert into payments.saved_method (marketplace_id, ${COLUMNS})
    values (${tx.marketplaceId}, ${row.id}, ${row.member_id}, ${row.provider}, ${row.sealed}, ${row.brand}, ${row.last4},
      ${row.expiry_month}, ${row.expiry_year}, ${row.is_default}, ${row.created_time})`);
}

/** Makes one card the default, and no other. The caller holds the lock. */
export async function setDefaultMethod(tx: Transaction, memberId: string, id: string | null): Promise<void> {
  await tx.execute(sql`
    update payments.saved_method set is_default = false
    where marketplace_id = ${tx.marketplaceId} and member_id = ${memberId} and is_default and id is distinct from ${id}::uuid`);
  await tx.execute(sql`
    update payments.saved_method set is_default = true
    where marketplace_id = ${tx.marketplaceId} and member_id = ${memberId} and id = ${id}::uuid`);
}

export async function deleteSavedMethod(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`delete from payments.saved_method where marketplace_id = ${tx.marketplaceId} and id = ${id}`);
}

export function savedMethodFrom(row: SavedMethodRow, now: Date): SavedMethod {
  return {
    id: idFromUuid('savedMethod', row.id),
    kind: 'card',
    brand: row.brand,
    last4: row.last4,
    expiryMonth: row.expiry_month,
    expiryYear: row.expiry_year,
    isDefault: row.is_default,
    // A card is good until the end of its month.
    isExpired: Date.UTC(row.expiry_year, row.expiry_month) <= now.getTime(),
    createdTime: row.created_time.toISOString(),
  };
}
