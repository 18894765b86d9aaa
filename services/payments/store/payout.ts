import { type Currency, idFromUuid, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Payout, PayoutState } from '../contract.ts';
import { uuidOfCursor } from './cursor.ts';

export type PayoutRow = {
  id: string;
  store_id: string;
  seller_member_id: string;
  amount_minor: number;
  currency: Currency;
  state: PayoutState;
  bank_name: string;
  holder_name: string;
  account_last4: string;
  bank_reference: string;
  failure_reason: string | null;
  created_time: Date;
  settled_time: Date | null;
};

const COLUMNS = sql`id, store_id, seller_member_id, amount_minor, currency, state, bank_name, holder_name, account_last4,
  bank_reference, failure_reason, created_time, settled_time`;

/** The member a store's money belongs to, or undefined for a store this service never heard of. */
export async function findStoreOwner(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<string | undefined> {
  const row = await queries.row<{ member_id: string }>(
    sql`select member_id from payments.store_owner where marketplace_id = ${marketplaceId} and store_id = ${storeId}`,
  );
  return row?.member_id;
}

export async function saveStoreOwner(tx: Transaction, storeId: string, memberId: string): Promise<void> {
  await tx.execute(sql`
    insert into payments.store_owner (marketplace_id, store_id, member_id) values (${tx.marketplaceId}, ${storeId}, ${memberId})
    on conflict (marketplace_id, store_id) do update set member_id = excluded.member_id`);
}

export async function insertPayout(
  tx: Transaction,
  row: Omit<PayoutRow, 'state' | 'failure_reason' | 'settled_time'>,
): Promise<PayoutRow> {
  return tx.one<PayoutRow>(sql`
    insert into payments.payout (marketplace_id, id, store_id, seller_member_id, amount_minor, currency, bank_name, holder_name,
      account_last4, bank_reference, created_time)
    values (${tx.marketplaceId}, ${row.id}, ${row.store_id}, ${row.seller_member_id}, ${row.amount_minor}, ${row.currency},
      ${row.bank_name}, ${row.holder_name}, ${row.account_last4}, ${row.bank_reference}, ${row.created_time})
    returning ${COLUMNS}`);
}

/** Payouts asked for before a moment and not settled, oldest first. */
export async function listUnsettledPayouts(
  queries: Queries,
  marketplaceId: string,
  createdBefore: Date,
  limit: number,
): Promise<PayoutRow[]> {
  return queries.rows<PayoutRow>(sql`
    select ${COLUMNS} from payments.payout
    where marketplace_id = ${marketplaceId} and state = 'requested' and created_time <= ${createdBefore}
    order by created_time limit ${limit}`);
}

/** Ends a payout; undefined when it has ended already. */
export async function settlePayout(
  tx: Transaction,
  payoutId: string,
  end: { state: 'paid' | 'failed'; failureReason: string | null; time: Date },
): Promise<PayoutRow | undefined> {
  return tx.row<PayoutRow>(sql`
    update payments.payout set state = ${end.state}, failure_reason = ${end.failureReason}, settled_time = ${end.time}
    where marketplace_id = ${tx.marketplaceId} and id = ${payoutId} and state = 'requested' returning ${COLUMNS}`);
}

export async function listPayouts(
  queries: Queries,
  marketplaceId: string,
  { storeId, limit, cursor }: { storeId: string; limit: number; cursor?: string | undefined },
): Promise<{ items: Payout[]; nextCursor: string | null }> {
  const before = uuidOfCursor(cursor);
  const continued = before === null ? sql`` : sql`and id < ${before}::uuid`;
  const rows = await queries.rows<PayoutRow>(sql`
    select ${COLUMNS} from payments.payout
    where marketplace_id = ${marketplaceId} and store_id = ${storeId} ${continued}
    order by id desc limit ${limit + 1}`);
  return pageFrom(rows, limit, (row) => [row.id], payoutFrom);
}

export function payoutFrom(row: PayoutRow): Payout {
  return {
    id: idFromUuid('payout', row.id),
    storeId: idFromUuid('store', row.store_id),
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    state: row.state,
    destination: { bankName: row.bank_name, holderName: row.holder_name, last4: row.account_last4 },
    failureReason: row.failure_reason,
    createdTime: row.created_time.toISOString(),
    settledTime: row.settled_time?.toISOString() ?? null,
  };
}
