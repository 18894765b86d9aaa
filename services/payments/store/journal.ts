import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { LedgerEntry, StatementLine, Transfer, TransferDetail } from '../contract.ts';
import { accountUuid, type Purpose } from '../domain/account.ts';
import { versionOfCursor } from './cursor.ts';

type TransferRow = {
  id: string;
  kind: string;
  payment_id: string | null;
  order_id: string | null;
  group_id: string | null;
  payout_id: string | null;
  created_time: Date;
  entries: {
    account_id: string;
    owner: LedgerEntry['owner'];
    owner_id: string | null;
    purpose: Purpose;
    amount_minor: number;
    currency: Currency;
  }[];
};

const ENTRIES = sql`(
    select jsonb_agg(jsonb_build_object('account_id', e.account_id, 'owner', a.owner, 'owner_id', a.owner_id, 'purpose', a.purpose,
      'amount_minor', e.amount_minor, 'currency', e.currency) order by a.purpose, a.owner_id)
    from payments.entry e join payments.account a on a.id = e.account_id where e.transfer_id = t.id
  ) as entries`;

/** Transfers with their entries, newest first, of one payment or of all. */
export async function listTransfers(
  queries: Queries,
  marketplaceId: string,
  { limit, cursor, paymentId }: { limit: number; cursor?: string | undefined; paymentId: string | null },
): Promise<{ items: Transfer[]; nextCursor: string | null }> {
  const before = idOfCursor(cursor);
  // Conditions are left out, not switched off by a null: one plan for both would not use the index of a payment's transfers.
  const continued = before === null ? sql`` : sql`and id < ${before}::uuid`;
  const ofPayment = paymentId === null ? sql`` : sql`and payment_id = ${paymentId}::uuid`;
  const rows = await queries.rows<TransferRow>(sql`
    select t.*, ${ENTRIES} from (
      select id, kind, payment_id, order_id, group_id, payout_id, created_time from payments.transfer
      where marketplace_id = ${marketplaceId} ${continued} ${ofPayment}
      order by id desc limit ${limit + 1}
    ) t order by id desc`);
  return pageFrom(rows, limit, (row) => [row.id], transferFrom);
}

type DetailRow = TransferRow & { key: string; sequence: number | null; hash: string | null; linked_time: Date | null };

/** One transfer with its entries and its link. */
export async function findTransfer(
  queries: Queries,
  marketplaceId: string,
  transferId: string,
): Promise<TransferDetail | undefined> {
  const row = await queries.row<DetailRow>(sql`
    select t.id, t.key, t.kind, t.payment_id, t.order_id, t.group_id, t.payout_id, t.created_time, ${ENTRIES},
      l.sequence, encode(l.hash, 'hex') as hash, l.linked_time
    from payments.transfer t left join payments.journal_link l on l.marketplace_id = t.marketplace_id and l.transfer_id = t.id
    where t.marketplace_id = ${marketplaceId} and t.id = ${transferId}`);
  if (row === undefined) return undefined;
  const { sequence, hash, linked_time } = row;
  const isLinked = sequence !== null && hash !== null && linked_time !== null;
  return {
    ...transferFrom(row),
    key: row.key,
    link: isLinked ? { sequence, hash, linkedTime: linked_time.toISOString() } : null,
  };
}

function transferFrom(row: TransferRow): Transfer {
  return {
    id: idFromUuid('transfer', row.id),
    kind: row.kind,
    paymentId: row.payment_id === null ? null : idFromUuid('payment', row.payment_id),
    orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
    groupId: row.group_id === null ? null : idFromUuid('shipmentGroup', row.group_id),
    payoutId: row.payout_id === null ? null : idFromUuid('payout', row.payout_id),
    createdTime: row.created_time.toISOString(),
    entries: row.entries.map((entry) => ({
      accountId: idFromUuid('account', entry.account_id),
      owner: entry.owner,
      storeId: entry.owner !== 'store' || entry.owner_id === null ? null : idFromUuid('store', entry.owner_id),
      memberId: entry.owner !== 'member' || entry.owner_id === null ? null : idFromUuid('member', entry.owner_id),
      purpose: entry.purpose,
      amountMinor: entry.amount_minor,
      currency: entry.currency,
    })),
  };
}

type StatementRow = Omit<TransferRow, 'entries' | 'payment_id'> & {
  version: number;
  amount_minor: number;
  balance_after_minor: number;
};

/** The history of a store's available balance, newest first: a walk down the entries' own primary key. */
export async function listStatement(
  queries: Queries,
  marketplaceId: string,
  filter: { storeId: string; currency: Currency; limit: number; cursor?: string | undefined },
  purpose: 'seller_available' | 'seller_debt' = 'seller_available',
): Promise<{ items: StatementLine[]; nextCursor: string | null }> {
  const accountId = accountUuid(marketplaceId, filter.currency, {
    purpose,
    ownerId: filter.storeId,
  });
  const before = versionOfCursor(filter.cursor);
  const rows = await queries.rows<StatementRow>(sql`
    select e.version, e.amount_minor, e.balance_after_minor, t.id, t.kind, t.order_id, t.group_id, t.payout_id, t.created_time
    from payments.entry e join payments.transfer t on t.marketplace_id = e.marketplace_id and t.id = e.transfer_id
    where e.account_id = ${accountId} and e.stripe = 0 and e.version < ${before}
    order by e.version desc limit ${filter.limit + 1}`);
  return pageFrom(
    rows,
    filter.limit,
    (row) => [row.version],
    (row) => ({
      transferId: idFromUuid('transfer', row.id),
      kind: row.kind,
      orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
      groupId: row.group_id === null ? null : idFromUuid('shipmentGroup', row.group_id),
      payoutId: row.payout_id === null ? null : idFromUuid('payout', row.payout_id),
      amount: { amountMinor: row.amount_minor, currency: filter.currency },
      balanceAfterMinor: row.balance_after_minor,
      createdTime: row.created_time.toISOString(),
    }),
  );
}

export type TrialBalanceRow = { currency: Currency; purpose: Purpose; accounts: number; balance_minor: number };

/** The balance of every purpose, by currency: now, or of all that was booked before a moment. */
export async function readTrialBalance(queries: Queries, marketplaceId: string, at?: Date): Promise<TrialBalanceRow[]> {
  const balance =
    at === undefined
      ? sql`payments.balance`
      : sql`(
          select k.account_id, e.balance_after_minor as balance_minor from payments.balance k
          join payments.entry e on e.account_id = k.account_id and e.stripe = k.stripe
            and e.version = payments.version_before(k.account_id, k.stripe, ${at})
          where k.marketplace_id = ${marketplaceId}
        )`;
  return queries.rows<TrialBalanceRow>(sql`
    select a.currency, a.purpose, count(distinct a.id) as accounts, sum(b.balance_minor)::bigint as balance_minor
    from payments.account a join ${balance} b on b.account_id = a.id
    where a.marketplace_id = ${marketplaceId} group by a.currency, a.purpose order by a.currency, a.purpose`);
}
