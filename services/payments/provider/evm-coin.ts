import { currencyExponent, StartProblem } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import { findToken } from '../store/coin-token.ts';
import { type CoinChain, connectChain } from './evm-chain.ts';
import { type CoinSettings, coinSettings, hasCoinSettings } from './evm-settings.ts';
import { ProviderUnavailable } from './provider.ts';
import { forEachMarketplace } from './settings.ts';

/** How long a node may take for one answer. */
const TIMEOUT_MS = 8_000;

/** A marketplace's stable-coin: how it is set up, and the chain it is on. */
export type Coin = { readonly settings: CoinSettings; readonly chain: CoinChain };

/** A token as its contract tells. */
type Token = { readonly symbol: string; readonly decimals: number };

export type Coins = {
  /** Undefined where the marketplace has no stable-coin. */
  coinOf(marketplaceId: string): Coin | undefined;
  /** The coin's token, asked once a process. @throws Error when it is not what the settings, or earlier payments, say */
  tokenOf(marketplaceId: string, coin: Coin): Promise<Token>;
  /**
   * Holds the settings of marketplaces against the chain, at start. A chain that does not answer is asked again with the
   * first payment. @throws Error when it answers that it is another chain, or that there is no such token
   */
  checkChains(marketplaceIds: readonly string[]): Promise<void>;
};

/** The stable-coins of the marketplaces, each held against its chain before money is asked for in it. */
export function createCoins({
  database,
  environment,
  log,
}: Pick<Platform, 'environment' | 'log'> & { readonly database: Database }): Coins {
  const coinOf = forEachMarketplace((marketplaceId): Coin | undefined => {
    if (!hasCoinSettings(environment, marketplaceId)) return undefined;
    const given = coinSettings(environment, marketplaceId);
    if (!('settings' in given)) return undefined;
    const timeoutMs = Number(environment.EVM_TIMEOUT_MS ?? TIMEOUT_MS);
    return {
      settings: given.settings,
      chain: connectChain(given.settings.rpcUrl, given.settings.tokenAddress, timeoutMs),
    };
  });
  const known = new Map<string, Token>();
  const tokenOf = async (marketplaceId: string, coin: Coin): Promise<Token> => {
    const before = known.get(marketplaceId);
    if (before !== undefined) return before;
    const token = await checkToken(coin);
    const kept = await findToken(database.read(marketplaceId), marketplaceId, coin.settings);
    if (kept !== undefined && kept.decimals !== token.decimals)
      throw new Error(`EVM_TOKEN_ADDRESS: the token had ${kept.decimals} decimals and says ${token.decimals} now`);
    known.set(marketplaceId, token);
    return token;
  };
  return {
    coinOf,
    tokenOf,
    async checkChains(marketplaceIds) {
      for (const marketplaceId of marketplaceIds) {
        const coin = coinOf(marketplaceId);
        if (coin === undefined) continue;
        try {
          await tokenOf(marketplaceId, coin);
        } catch (error) {
          if (!(error instanceof ProviderUnavailable))
            throw new StartProblem(`Payments cannot start:\n- ${marketplaceId}: ${(error as Error).message}`);
          log.warn({ err: error, marketplaceId }, 'the chain of the stable-coin does not answer; it is asked again');
        }
      }
    },
  };
}

/** The token as the chain tells. @throws Error when the chain or the token is another than the settings say */
async function checkToken({ settings, chain }: Coin): Promise<Token> {
  const chainId = await chain.chainId();
  if (chainId !== settings.chainId)
    throw new Error(`EVM_CHAIN_ID: ${settings.chainId} is set, but EVM_RPC_URL leads to chain ${chainId}`);
  const token = await chain.token();
  if (token === undefined) throw new Error(`EVM_TOKEN_ADDRESS: there is no token at ${settings.tokenAddress}`);
  if (token.decimals < currencyExponent(settings.currency))
    throw new Error(`EVM_CURRENCY: a token of ${token.decimals} decimals cannot stand for ${settings.currency}`);
  return token;
}
