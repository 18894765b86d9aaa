import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { StoreDebt } from '../contract.ts';

/** Accounts of stores that are below zero, in the order of their ids. */
export async function listDebtRows(
  queries: Queries,
  marketplaceId: string,
  filter: { limit: number; cursor?: string | undefined },
): Promise<{ items: StoreDebt[]; nextCursor: string | null }> {
  const after = idOfCursor(filter.cursor);
  const rows = await queries.rows<{ id: string; owner_id: string; currency: Currency; balance_minor: number }>(sql`
    select a.id, a.owner_id, a.currency, b.balance_minor from payments.account a
    join payments.balance b on b.account_id = a.id and b.stripe = 0
    where a.marketplace_id = ${marketplaceId} and a.purpose = 'seller_debt' and b.balance_minor < 0
      ${after === null ? sql`` : sql`and a.id > ${after}::uuid`}
    order by a.id limit ${filter.limit + 1}`);
  return pageFrom(
    rows,
    filter.limit,
    (row) => [row.id],
    (row) => ({
      storeId: idFromUuid('store', row.owner_id),
      owed: { amountMinor: -row.balance_minor, currency: row.currency },
      accountId: idFromUuid('account', row.id),
    }),
  );
}

/** Notes a debt that was given up, in the transaction of its posting. */
export async function insertWriteOff(
  tx: Transaction,
  writeOff: { id: string; storeId: string; amountMinor: number; currency: Currency; reason: string; time: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into payments.write_off (marketplace_id, id, store_id, amount_minor, currency, reason, created_time)
    values (${tx.marketplaceId}, ${writeOff.id}, ${writeOff.storeId}, ${writeOff.amountMinor}, ${writeOff.currency}, ${writeOff.reason},
      ${writeOff.time})`);
}
