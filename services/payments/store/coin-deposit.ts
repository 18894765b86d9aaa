import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { TokenRef } from './coin-token.ts';

/** The address of one payment. Units are whole numbers of any length, as text. */
export type CoinDepositRow = {
  payment_id: string;
  chain_id: number;
  token_address: string;
  address: string;
  derivation_index: number;
  due_units: string;
  settled_units: string;
  owed_minor: number;
  payback_address: string | null;
  watch_until_time: Date;
  created_time: Date;
};

type NewDeposit = Omit<CoinDepositRow, 'settled_units' | 'owed_minor' | 'payback_address'>;

const COLUMNS = sql`payment_id, chain_id, token_address, address, derivation_index, due_units::text, settled_units::text, owed_minor,
  payback_address, watch_until_time, created_time`;

/** The next index of this marketplace, which no other address gets. */
export async function takeIndex(tx: Transaction): Promise<number> {
  const { taken } = await tx.one<{ taken: number }>(sql`
    insert into payments.coin_index as known (marketplace_id, next_index) values (${tx.marketplaceId}, 1)
    on conflict (marketplace_id) do update set next_index = known.next_index + 1 returning next_index - 1 as taken`);
  return taken;
}

/** The deposit of a payment: a repeat answers the first one. */
export async function insertDeposit(tx: Transaction, row: NewDeposit): Promise<CoinDepositRow> {
  return tx.one<CoinDepositRow>(sql`
    insert into payments.coin_deposit as known (marketplace_id, payment_id, chain_id, token_address, address, derivation_index, due_units,
      watch_until_time, created_time)
    values (${tx.marketplaceId}, ${row.payment_id}, ${row.chain_id}, ${row.token_address}, ${row.address}, ${row.derivation_index},
      ${row.due_units}::numeric, ${row.watch_until_time}, ${row.created_time})
    on conflict (marketplace_id, payment_id) do update set payment_id = known.payment_id returning ${COLUMNS}`);
}

export async function findDeposit(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
): Promise<CoinDepositRow | undefined> {
  return queries.row<CoinDepositRow>(
    sql`select ${COLUMNS} from payments.coin_deposit where marketplace_id = ${marketplaceId} and payment_id = ${paymentId}`,
  );
}

export async function lockDeposit(tx: Transaction, paymentId: string): Promise<CoinDepositRow | undefined> {
  return tx.row<CoinDepositRow>(sql`
    select ${COLUMNS} from payments.coin_deposit where marketplace_id = ${tx.marketplaceId} and payment_id = ${paymentId} for update`);
}

/** Addresses that are looked at, and whose payments they are; the newest first. */
export async function listWatched(
  queries: Queries,
  marketplaceId: string,
  { chainId, tokenAddress }: TokenRef,
  now: Date,
  limit: number,
): Promise<{ address: string; payment_id: string }[]> {
  return queries.rows(sql`
    select address, payment_id from payments.coin_deposit
    where marketplace_id = ${marketplaceId} and watch_until_time > ${now} and chain_id = ${chainId} and token_address = ${tokenAddress}
    order by watch_until_time desc limit ${limit}`);
}

/**
 * Watched payments at whose address lies something else than was decided on, and those of which an operator ruled who bears
 * what vanished; the oldest first.
 */
export async function listUnsettled(
  queries: Queries,
  marketplaceId: string,
  { chainId, tokenAddress }: TokenRef,
  now: Date,
  limit: number,
): Promise<{ payment_id: string }[]> {
  return queries.rows(sql`
    select d.payment_id from payments.coin_deposit d
    join payments.coin_transfer t on t.marketplace_id = d.marketplace_id and t.payment_id = d.payment_id
    left join payments.coin_transfer_loss l on l.marketplace_id = t.marketplace_id and l.coin_transfer_id = t.id
    where d.marketplace_id = ${marketplaceId} and d.watch_until_time > ${now} and d.chain_id = ${chainId} and d.token_address = ${tokenAddress}
    group by d.payment_id, d.settled_units
    having coalesce(sum(t.units) filter (where l.coin_transfer_id is null), 0) <> d.settled_units
      or exists (
        select from payments.chargeback c where c.marketplace_id = ${marketplaceId} and c.payment_id = d.payment_id
          and c.state = 'opened' and c.ruling is not null)
    order by d.payment_id limit ${limit}`);
}

/** Writes what was decided on a locked deposit. */
export async function settleDepositRow(
  tx: Transaction,
  paymentId: string,
  change: { settledUnits: string; owedMinor: number },
): Promise<void> {
  await tx.execute(sql`
    update payments.coin_deposit set settled_units = ${change.settledUnits}::numeric, owed_minor = ${change.owedMinor}
    where marketplace_id = ${tx.marketplaceId} and payment_id = ${paymentId}`);
}

export async function savePaybackAddress(tx: Transaction, paymentId: string, address: string): Promise<void> {
  await tx.execute(sql`
    update payments.coin_deposit set payback_address = ${address}
    where marketplace_id = ${tx.marketplaceId} and payment_id = ${paymentId}`);
}
