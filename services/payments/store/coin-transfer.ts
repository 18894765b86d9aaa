import { newUuid } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { SeenTransfer } from '../provider/evm-chain.ts';

export type CoinTransferRow = {
  block_number: number;
  block_hash: string;
  transaction_hash: string;
  sender: string;
  units: string;
  seen_time: Date;
};

/** Seen, and its block has not vanished. */
const LIVE = sql`not exists (select from payments.coin_transfer_loss l where l.marketplace_id = t.marketplace_id and l.coin_transfer_id = t.id)`;

/** Writes what was seen and is not there yet. The caller holds the lock of the token, so nobody writes it twice. */
export async function insertSeen(
  tx: Transaction,
  chainId: number,
  seen: readonly (SeenTransfer & { readonly paymentId: string })[],
  now: Date,
): Promise<void> {
  if (seen.length === 0) return;
  const rows = seen.map((each) => ({ ...each, id: newUuid(), units: each.units.toString() }));
  await tx.execute(sql`
    insert into payments.coin_transfer (marketplace_id, id, payment_id, chain_id, block_number, block_hash, transaction_hash, log_index, sender,
      units, seen_time)
    select ${tx.marketplaceId}, s.id, s."paymentId", ${chainId}, s."blockNumber", s."blockHash", s."transactionHash", s."logIndex", s.sender,
      s.units, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id uuid, "paymentId" uuid, "blockNumber" bigint, "blockHash" text,
      "transactionHash" text, "logIndex" int, sender text, units numeric)
    where not exists (
      select from payments.coin_transfer t where t.marketplace_id = ${tx.marketplaceId} and t.payment_id = s."paymentId"
        and t.block_hash = s."blockHash" and t.transaction_hash = s."transactionHash" and t.log_index = s."logIndex" and ${LIVE})`);
}

/** The blocks that hold what was seen, from a block on. */
export async function listLiveBlocks(
  queries: Queries,
  marketplaceId: string,
  chainId: number,
  fromBlock: number,
): Promise<{ block_number: number; block_hash: string }[]> {
  return queries.rows(sql`
    select distinct t.block_number, t.block_hash from payments.coin_transfer t
    where t.marketplace_id = ${marketplaceId} and t.chain_id = ${chainId} and t.block_number >= ${fromBlock} and ${LIVE}
    order by t.block_number`);
}

/** Un-sees all that was in a block which is no part of the chain any more. */
export async function loseBlock(tx: Transaction, chainId: number, blockHash: string, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into payments.coin_transfer_loss (marketplace_id, coin_transfer_id, noticed_time)
    select t.marketplace_id, t.id, ${now} from payments.coin_transfer t
    where t.marketplace_id = ${tx.marketplaceId} and t.chain_id = ${chainId} and t.block_hash = ${blockHash} and ${LIVE}`);
}

/** What lies at the address of a payment, the oldest first. */
export async function listLiveTransfers(
  queries: Queries,
  marketplaceId: string,
  paymentId: string,
): Promise<CoinTransferRow[]> {
  return queries.rows<CoinTransferRow>(sql`
    select t.block_number, t.block_hash, t.transaction_hash, t.sender, t.units::text, t.seen_time from payments.coin_transfer t
    where t.marketplace_id = ${marketplaceId} and t.payment_id = ${paymentId} and ${LIVE} order by t.block_number, t.log_index`);
}

export async function sumLiveUnits(queries: Queries, marketplaceId: string, paymentId: string): Promise<bigint> {
  const transfers = await listLiveTransfers(queries, marketplaceId, paymentId);
  return transfers.reduce((sum, { units }) => sum + BigInt(units), 0n);
}
