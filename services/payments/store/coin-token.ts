import { type Queries, sql, type Transaction } from '@plaza/runtime';

/** A token on a chain, as the settings name it. */
export type TokenRef = { readonly chainId: number; readonly tokenAddress: string; readonly confirmations: number };

export type CoinTokenRow = {
  symbol: string;
  decimals: number;
  /** The first block that is not read for good. */
  next_block: number;
  /** The newest block when it was last read. */
  head_block: number;
  read_time: Date;
};

const COLUMNS = sql`symbol, decimals, next_block, head_block, read_time`;

const named = (marketplaceId: string, { chainId, tokenAddress }: Omit<TokenRef, 'confirmations'>) =>
  sql`marketplace_id = ${marketplaceId} and chain_id = ${chainId} and token_address = ${tokenAddress}`;

export async function findToken(
  queries: Queries,
  marketplaceId: string,
  ref: Omit<TokenRef, 'confirmations'>,
): Promise<CoinTokenRow | undefined> {
  return queries.row<CoinTokenRow>(sql`select ${COLUMNS} from payments.coin_token where ${named(marketplaceId, ref)}`);
}

/** The token, locked until the transaction ends: one process at a time writes what it read. */
export async function lockToken(tx: Transaction, ref: TokenRef): Promise<CoinTokenRow | undefined> {
  return tx.row<CoinTokenRow>(
    sql`select ${COLUMNS} from payments.coin_token where ${named(tx.marketplaceId, ref)} for update`,
  );
}

/**
 * Remembers a token. Its logs are read from the blocks that are not safe yet; where nobody watched meanwhile, what lies
 * between is passed over.
 */
export async function beginToken(
  tx: Transaction,
  ref: TokenRef,
  token: { symbol: string; decimals: number; headBlock: number; readTime: Date },
): Promise<void> {
  const nextBlock = Math.max(0, token.headBlock - ref.confirmations + 1);
  await tx.execute(sql`
    insert into payments.coin_token as known (marketplace_id, chain_id, token_address, symbol, decimals, next_block, head_block, read_time)
    values (${tx.marketplaceId}, ${ref.chainId}, ${ref.tokenAddress}, ${token.symbol}, ${token.decimals}, ${nextBlock},
      ${token.headBlock}, ${token.readTime})
    on conflict (marketplace_id, chain_id, token_address) do update set next_block = greatest(known.next_block, excluded.next_block),
      head_block = excluded.head_block, read_time = excluded.read_time
    where not exists (
      select from payments.coin_deposit d where d.marketplace_id = ${tx.marketplaceId} and d.chain_id = ${ref.chainId}
        and d.token_address = ${ref.tokenAddress} and d.watch_until_time > ${token.readTime})`);
}

/** Moves on to a block, or back to one that vanished. */
export async function moveToken(
  tx: Transaction,
  ref: TokenRef,
  to: { nextBlock: number; headBlock: number; readTime: Date },
): Promise<void> {
  await tx.execute(sql`
    update payments.coin_token set next_block = ${to.nextBlock}, head_block = ${to.headBlock}, read_time = ${to.readTime}
    where ${named(tx.marketplaceId, ref)}`);
}
