import { type Context, idFromUuid } from '@plaza/kernel';
import type { EvmProvider } from '../provider/evm.ts';
import type { CoinChain } from '../provider/evm-chain.ts';
import type { Coin } from '../provider/evm-coin.ts';
import type { CoinSettings } from '../provider/evm-settings.ts';
import { ProviderUnavailable } from '../provider/provider.ts';
import { listUnsettled, listWatched } from '../store/coin-deposit.ts';
import { findToken, lockToken, moveToken } from '../store/coin-token.ts';
import { insertSeen, listLiveBlocks, loseBlock } from '../store/coin-transfer.ts';
import type { Dependencies } from './dependencies.ts';
import { type ChainView, settleDeposit } from './settle-deposit.ts';

/** Blocks that one question about logs spans: more are refused by public nodes. */
const RANGE_BLOCKS = 500;

/** Questions in one run; a long absence is made up for in several. */
const RANGES_MAX = 20;

/** Addresses looked at: those of the newest payments. */
const WATCHED_MAX = 5_000;

/** Blocks beyond the confirmed ones that are still compared with the chain's. */
const REORGANIZATION_BLOCKS = 100;

/** Blocks asked about at once. */
const BLOCKS_AT_ONCE = 10;

/** Payments decided on in one run. */
const SETTLED_MAX = 200;

/**
 * Looks for what came to the addresses of payments. What was found is written together with the block it was read up to, so
 * a process that dies between reads again and writes nothing twice. Blocks that are not safe yet are read each time.
 */
export function watchCoins(dependencies: Dependencies, evm: EvmProvider) {
  return async (context: Context): Promise<void> => {
    const { marketplaceId } = context;
    const coin = evm.coinOf(marketplaceId);
    if (coin === undefined) return;
    try {
      const view = await readChain(dependencies, marketplaceId, coin);
      if (view === undefined) return;
      await settleAll(dependencies, context, coin, view);
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      dependencies.log.warn(
        { err: error, marketplaceId },
        'the chain of the stable-coin does not answer; it is asked again',
      );
    }
  };
}

/** Reads on from where the last run ended, then looks whether the blocks that count are still there. */
async function readChain(
  { database, clock }: Dependencies,
  marketplaceId: string,
  { settings, chain }: Coin,
): Promise<ChainView | undefined> {
  const queries = database.read(marketplaceId);
  const watched = await listWatched(queries, marketplaceId, settings, clock(), WATCHED_MAX);
  const token = await findToken(queries, marketplaceId, settings);
  if (token === undefined || watched.length === 0) return undefined;
  const paymentOf = new Map(watched.map(({ address, payment_id }) => [address, payment_id]));
  const headBlock = await chain.head();
  const safeBlock = headBlock - settings.confirmations;

  let from = token.next_block;
  for (let range = 0; range < RANGES_MAX && from <= headBlock; range++) {
    const to = Math.min(from + RANGE_BLOCKS - 1, headBlock);
    const logs = await chain.transfers({ from, to }, [...paymentOf.keys()]);
    const seen = logs.flatMap((log) => {
      const paymentId = paymentOf.get(log.receiver);
      // Nothing that was sent is nothing to pay with.
      return paymentId === undefined || log.units === 0n ? [] : [{ ...log, paymentId }];
    });
    await database.transaction(marketplaceId, async (tx) => {
      const now = clock();
      const locked = await lockToken(tx, settings);
      await insertSeen(tx, settings.chainId, seen, now);
      const nextBlock = Math.max(locked?.next_block ?? 0, Math.min(to, safeBlock) + 1);
      await moveToken(tx, settings, { nextBlock, headBlock, readTime: now });
    });
    from = to + 1;
  }
  const unsure = await compareBlocks({ database, clock }, marketplaceId, settings, chain, headBlock);
  return { headBlock, confirmations: settings.confirmations, unsure };
}

/**
 * Forgets the transfers of blocks that left the chain, and reads again from there. Answers the hashes of those blocks, and
 * of those that the node does not have (it may only be behind): their transfers do not count in this run.
 */
async function compareBlocks(
  { database, clock }: Pick<Dependencies, 'database' | 'clock'>,
  marketplaceId: string,
  settings: CoinSettings,
  chain: CoinChain,
  headBlock: number,
): Promise<ReadonlySet<string>> {
  const unsure = new Set<string>();
  const fromBlock = headBlock - settings.confirmations - REORGANIZATION_BLOCKS;
  const blocks = await listLiveBlocks(database.read(marketplaceId), marketplaceId, settings.chainId, fromBlock);
  for (let first = 0; first < blocks.length; first += BLOCKS_AT_ONCE) {
    const asked = blocks.slice(first, first + BLOCKS_AT_ONCE);
    const hashes = await Promise.all(asked.map(({ block_number }) => chain.blockHash(block_number)));
    for (const [i, { block_number, block_hash }] of asked.entries()) {
      if (hashes[i] === block_hash) continue;
      unsure.add(block_hash);
      // A node that does not have the block may only be behind.
      if (hashes[i] === undefined) continue;
      await database.transaction(marketplaceId, async (tx) => {
        const now = clock();
        const locked = await lockToken(tx, settings);
        await loseBlock(tx, settings.chainId, block_hash, now);
        const nextBlock = Math.min(locked?.next_block ?? block_number, block_number);
        await moveToken(tx, settings, { nextBlock, headBlock, readTime: now });
      });
    }
  }
  return unsure;
}

/** Decides on every payment at whose address something changed. One that cannot be decided does not stop the others. */
async function settleAll(dependencies: Dependencies, context: Context, coin: Coin, view: ChainView): Promise<void> {
  const { marketplaceId } = context;
  const queries = dependencies.database.read(marketplaceId);
  for (const { payment_id } of await listUnsettled(
    queries,
    marketplaceId,
    coin.settings,
    dependencies.clock(),
    SETTLED_MAX,
  )) {
    try {
      await dependencies.database.transaction(marketplaceId, (tx) =>
        settleDeposit(dependencies, tx, context, payment_id, view),
      );
    } catch (error) {
      const paymentId = idFromUuid('payment', payment_id);
      dependencies.log.error(
        { err: error, paymentId },
        'what came for a payment could not be decided on; it is tried again',
      );
    }
  }
}
