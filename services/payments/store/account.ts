import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { LedgerAccount } from '../contract.ts';
import type { Purpose } from '../domain/account.ts';

type AccountRow = {
  id: string;
  owner: LedgerAccount['owner'];
  owner_id: string | null;
  purpose: Purpose;
  currency: Currency;
  balance_minor: number;
  pending_in_minor: number;
  pending_out_minor: number;
  entries: number;
  created_time: Date;
};

/** Accounts with what they hold, in the order of their ids. */
export async function listAccounts(
  queries: Queries,
  marketplaceId: string,
  filter: {
    limit: number;
    cursor?: string | undefined;
    purpose?: string | undefined;
    currency?: Currency | undefined;
    ownerId?: string | undefined;
  },
): Promise<{ items: LedgerAccount[]; nextCursor: string | null }> {
  const after = idOfCursor(filter.cursor);
  const rows = await queries.rows<AccountRow>(sql`
    select a.*, b.* from (
      select id, owner, owner_id, purpose, currency, created_time from payments.account
      where marketplace_id = ${marketplaceId}
        ${after === null ? sql`` : sql`and id > ${after}::uuid`}
        ${filter.purpose === undefined ? sql`` : sql`and purpose = ${filter.purpose}`}
        ${filter.currency === undefined ? sql`` : sql`and currency = ${filter.currency}`}
        ${filter.ownerId === undefined ? sql`` : sql`and owner_id = ${filter.ownerId}::uuid`}
      order by id limit ${filter.limit + 1}
    ) a cross join lateral (${sumsOf(sql`a.id`)}) b order by a.id`);
  return pageFrom(rows, filter.limit, (row) => [row.id], accountFrom);
}

/** One account with what it holds. */
export async function findAccount(
  queries: Queries,
  marketplaceId: string,
  accountId: string,
): Promise<LedgerAccount | undefined> {
  const row = await queries.row<AccountRow>(sql`
    select a.*, b.* from payments.account a cross join lateral (${sumsOf(sql`a.id`)}) b
    where a.marketplace_id = ${marketplaceId} and a.id = ${accountId}`);
  return row === undefined ? undefined : accountFrom(row);
}

function sumsOf(accountId: ReturnType<typeof sql>) {
  return sql`select coalesce(sum(balance_minor), 0)::bigint as balance_minor, coalesce(sum(pending_in_minor), 0)::bigint as pending_in_minor,
    coalesce(sum(pending_out_minor), 0)::bigint as pending_out_minor, coalesce(sum(version), 0)::bigint as entries
    from payments.balance where account_id = ${accountId}`;
}

function accountFrom(row: AccountRow): LedgerAccount {
  return {
    id: idFromUuid('account', row.id),
    owner: row.owner,
    storeId: row.owner !== 'store' || row.owner_id === null ? null : idFromUuid('store', row.owner_id),
    memberId: row.owner !== 'member' || row.owner_id === null ? null : idFromUuid('member', row.owner_id),
    purpose: row.purpose,
    currency: row.currency,
    balanceMinor: row.balance_minor,
    pendingInMinor: row.pending_in_minor,
    pendingOutMinor: row.pending_out_minor,
    entryCount: row.entries,
    createdTime: row.created_time.toISOString(),
  };
}
