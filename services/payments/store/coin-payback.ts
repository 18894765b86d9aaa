import { type Currency, idFromUuid, idOfCursor, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { CoinPayback } from '../contract.ts';
import { coinText, networkOf, unitsOf } from '../domain/coin.ts';

export type PaybackRow = {
  id: string;
  payment_id: string;
  kind: 'refund' | 'surplus';
  state: 'owed' | 'sent';
  amount_minor: number;
  currency: Currency;
  chain_id: number;
  transaction_hash: string | null;
  created_time: Date;
  sent_time: Date | null;
  /** Of the payment it belongs to. */
  token_address: string;
  payback_address: string | null;
  symbol: string;
  decimals: number;
};

/** A debt as it begins. */
export type NewPayback = Pick<
  PaybackRow,
  'id' | 'payment_id' | 'kind' | 'amount_minor' | 'currency' | 'chain_id' | 'created_time'
>;

const READ = sql`
  select b.id, b.payment_id, b.kind, b.state, b.amount_minor, b.currency, b.chain_id, b.transaction_hash, b.created_time, b.sent_time,
    d.token_address, d.payback_address, k.symbol, k.decimals
  from payments.coin_payback b
  join payments.coin_deposit d on d.marketplace_id = b.marketplace_id and d.payment_id = b.payment_id
  join payments.coin_token k on k.marketplace_id = d.marketplace_id and k.chain_id = d.chain_id and k.token_address = d.token_address`;

/** A debt to a buyer; a repeat under its id changes nothing, and answers false. */
export async function insertPayback(tx: Transaction, row: NewPayback): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into payments.coin_payback (marketplace_id, id, payment_id, kind, amount_minor, currency, chain_id, created_time)
    values (${tx.marketplaceId}, ${row.id}, ${row.payment_id}, ${row.kind}, ${row.amount_minor}, ${row.currency}, ${row.chain_id},
      ${row.created_time})
    on conflict (marketplace_id, id) do nothing`);
  return inserted === 1;
}

/** Whether the buyer of a payment has not said where coins shall go back to. */
export async function lacksAddress(
  queries: Queries & { readonly marketplaceId: string },
  paymentId: string,
): Promise<boolean> {
  const row = await queries.row(sql`
    select 1 from payments.coin_deposit
    where marketplace_id = ${queries.marketplaceId} and payment_id = ${paymentId} and payback_address is null`);
  return row !== undefined;
}

export async function findPayback(
  queries: Queries,
  marketplaceId: string,
  paybackId: string,
): Promise<PaybackRow | undefined> {
  return queries.row<PaybackRow>(sql`${READ} where b.marketplace_id = ${marketplaceId} and b.id = ${paybackId}`);
}

/** The same, locked until the transaction ends. */
export async function lockPayback(tx: Transaction, paybackId: string): Promise<PaybackRow | undefined> {
  return tx.row<PaybackRow>(
    sql`${READ} where b.marketplace_id = ${tx.marketplaceId} and b.id = ${paybackId} for update of b`,
  );
}

export async function listPaybacksOfPayment(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
): Promise<PaybackRow[]> {
  return queries.rows<PaybackRow>(
    sql`${READ} where b.marketplace_id = ${marketplaceId} and b.payment_id = ${paymentId} order by b.id`,
  );
}

export async function listPaybacks(
  queries: Queries,
  marketplaceId: string,
  filter: { limit: number; cursor?: string | undefined; state: PaybackRow['state'] },
): Promise<{ items: CoinPayback[]; nextCursor: string | null }> {
  const before = idOfCursor(filter.cursor);
  const continued = before === null ? sql`` : sql`and b.id < ${before}::uuid`;
  const rows = await queries.rows<PaybackRow>(sql`
    ${READ} where b.marketplace_id = ${marketplaceId} and b.state = ${filter.state} ${continued}
    order by b.id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id], paybackFrom);
}

/** The logs of a transaction that pay a debt already: none pays two. */
export async function listUsedLogs(
  queries: Queries,
  marketplaceId: string,
  chainId: number,
  transactionHash: string,
): Promise<number[]> {
  const rows = await queries.rows<{ log_index: number }>(sql`
    select log_index from payments.coin_payback
    where marketplace_id = ${marketplaceId} and chain_id = ${chainId} and transaction_hash = ${transactionHash}`);
  return rows.map(({ log_index }) => log_index);
}

/** Writes how a locked debt was paid. */
export async function markPaybackSent(
  tx: Transaction,
  paybackId: string,
  sent: { transactionHash: string; logIndex: number; sentTime: Date },
): Promise<void> {
  await tx.execute(sql`
    update payments.coin_payback set state = 'sent', transaction_hash = ${sent.transactionHash}, log_index = ${sent.logIndex},
      sent_time = ${sent.sentTime}
    where marketplace_id = ${tx.marketplaceId} and id = ${paybackId}`);
}

/** The amount in the token's smallest units. */
export function paybackUnits({ amount_minor, currency, decimals }: PaybackRow): bigint {
  return unitsOf(amount_minor, currency, decimals);
}

export function paybackFrom(row: PaybackRow): CoinPayback {
  return {
    id: idFromUuid('payback', row.id),
    paymentId: idFromUuid('payment', row.payment_id),
    kind: row.kind,
    state: row.state,
    amount: { amountMinor: row.amount_minor, currency: row.currency },
    coinAmount: coinText(paybackUnits(row), row.decimals),
    symbol: row.symbol,
    tokenAddress: row.token_address,
    network: networkOf(row.chain_id),
    address: row.payback_address,
    transactionHash: row.transaction_hash,
    createdTime: row.created_time.toISOString(),
    sentTime: row.sent_time?.toISOString() ?? null,
  };
}
