import { Currency, currencyExponent, type Id, idFromUuid, invariant, uuidFromId } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { unitsOf } from '../domain/coin.ts';
import { errors } from '../errors.ts';
import { type CoinDepositRow, findDeposit, insertDeposit, takeIndex } from '../store/coin-deposit.ts';
import { beginToken, findToken } from '../store/coin-token.ts';
import { sumLiveUnits } from '../store/coin-transfer.ts';
import { findPaymentByReference } from '../store/payment.ts';
import { depositAddress } from './evm-address.ts';
import { type CoinChain, connectChain } from './evm-chain.ts';
import { type CoinSettings, coinSettings, hasCoinSettings } from './evm-settings.ts';
import { oweCoins } from './owe-coins.ts';
import type { ChargeRequest, PaymentProvider, ProviderOutcome } from './provider.ts';
import { ProviderUnavailable } from './provider.ts';
import { forEachMarketplace } from './settings.ts';

/** The name that settings give it, and payments keep. */
export const EVM = 'evm';

/** How long a node may take for one answer. */
const TIMEOUT_MS = 8_000;

/** Addresses are looked at for this long. Money that comes still later is found by the operator's own wallet only. */
const WATCH_DAYS = 60;

const ABILITIES: ProviderAbilities = {
  kinds: ['crypto'],
  // Which one stands in each marketplace's settings; another is refused when a payment begins.
  currencies: Currency.options,
  minimumMinor: {},
  maximumMinor: 1_000_000_000_000,
  capturesSeparately: false,
  refunds: 'partial',
  refundWindowDays: null,
  hasWebhooks: false,
  sendsBuyersElsewhere: false,
  cardEntry: 'plaza',
  isRemote: true,
};

/** A marketplace's stable-coin: how it is set up, and the chain it is on. */
export type Coin = { readonly settings: CoinSettings; readonly chain: CoinChain };

export type EvmProvider = PaymentProvider & {
  /** Undefined where the marketplace has no stable-coin. */
  coinOf(marketplaceId: string): Coin | undefined;
  /**
   * Holds the settings of marketplaces against the chain, at start. A chain that does not answer is asked again with the
   * first payment. @throws Error when it answers that it is another chain, or that there is no such token
   */
  checkChains(marketplaceIds: readonly string[]): Promise<void>;
};

/**
 * Payments in a stable-coin of an EVM chain: an ERC-20 token that the operator says is worth a currency, one to one. Each
 * payment has an address of its own, derived from a public key; watch-coins.ts looks what came there. No private key is
 * here, so what goes back is sent by an operator and verified (coin-paybacks.ts).
 */
export function createEvmProvider({
  database,
  environment,
  publicUrl,
  clock,
  log,
}: Pick<Platform, 'environment' | 'publicUrl' | 'clock' | 'log'> & { readonly database: Database }): EvmProvider {
  const coins = forEachMarketplace((marketplaceId): Coin | undefined => {
    if (!hasCoinSettings(environment, marketplaceId)) return undefined;
    const given = coinSettings(environment, marketplaceId);
    if (!('settings' in given)) return undefined;
    const timeoutMs = Number(environment.EVM_TIMEOUT_MS ?? TIMEOUT_MS);
    return {
      settings: given.settings,
      chain: connectChain(given.settings.rpcUrl, given.settings.tokenAddress, timeoutMs),
    };
  });
  const checked = new Map<string, { symbol: string; decimals: number }>();
  const check = async (marketplaceId: string, coin: Coin) => {
    const known = checked.get(marketplaceId);
    if (known !== undefined) return known;
    const token = await checkToken(coin);
    const before = await findToken(database.read(marketplaceId), marketplaceId, coin.settings);
    if (before !== undefined && before.decimals !== token.decimals)
      throw new Error(`EVM_TOKEN_ADDRESS: the token had ${before.decimals} decimals and says ${token.decimals} now`);
    checked.set(marketplaceId, token);
    return token;
  };
  const actionUrlOf = (marketplaceId: string, paymentId: Id<'payment'>) =>
    `${publicUrl(marketplaceId)}/pay/coin/${paymentId}`;

  /** The address of a payment, which is the same however often it is asked for. */
  const open = async ({ marketplaceId, paymentId, amount }: ChargeRequest): Promise<CoinDepositRow> => {
    const coin = coins(marketplaceId);
    if (coin === undefined || coin.settings.currency !== amount.currency) throw errors.PAYMENT_METHOD_INVALID({});
    const token = await check(marketplaceId, coin);
    // Asked now, so that a payment which could not be seen to come is not begun.
    const headBlock = await coin.chain.head();
    const now = clock();
    return database.transaction(marketplaceId, async (tx) => {
      await beginToken(tx, coin.settings, { ...token, headBlock, readTime: now });
      const id = uuidFromId(paymentId);
      const first = await findDeposit(tx, marketplaceId, id);
      if (first !== undefined) return first;
      const index = await takeIndex(tx);
      return insertDeposit(tx, {
        payment_id: id,
        chain_id: coin.settings.chainId,
        token_address: coin.settings.tokenAddress,
        address: depositAddress(coin.settings.extendedPublicKey, index),
        derivation_index: index,
        due_units: unitsOf(amount.amountMinor, amount.currency, token.decimals).toString(),
        watch_until_time: new Date(now.getTime() + WATCH_DAYS * 86_400_000),
        created_time: now,
      });
    });
  };

  /** As our own books tell: what came is counted by the timer. Given up, a payment waits for what is on its way to it. */
  const standing = async (marketplaceId: string, reference: string, isGivenUp: boolean): Promise<ProviderOutcome> => {
    const queries = database.read(marketplaceId);
    const payment = await findPaymentByReference(queries, marketplaceId, EVM, reference);
    const deposit = payment === undefined ? undefined : await findDeposit(queries, marketplaceId, payment.id);
    if (payment === undefined || deposit === undefined) return { state: 'canceled' };
    if (isGivenUp || payment.state === 'pending') {
      const units = await sumLiveUnits(queries, marketplaceId, payment.id);
      return { state: units >= BigInt(deposit.due_units) ? 'pending' : 'canceled' };
    }
    const paymentId = idFromUuid('payment', payment.id);
    return { state: 'requires_action', actionUrl: actionUrlOf(marketplaceId, paymentId) };
  };

  return {
    name: EVM,
    abilities: ABILITIES,
    missingSettings: (marketplaceId) => {
      const given = coinSettings(environment, marketplaceId);
      return 'mistakes' in given ? [...given.mistakes] : [];
    },
    publishableKey: () => null,
    create: async (request) => ({
      reference: (await open(request)).address,
      method: { kind: request.method.kind, brand: null, last4: null },
    }),
    confirm: async ({ marketplaceId, paymentId }) => ({
      state: 'requires_action',
      actionUrl: actionUrlOf(marketplaceId, paymentId),
    }),
    cancel: (marketplaceId, reference) => standing(marketplaceId, reference, true),
    reconcile: (marketplaceId, reference) => standing(marketplaceId, reference, false),
    refund: async ({ marketplaceId, reference, refundId, amount }) => {
      const payment = await findPaymentByReference(database.read(marketplaceId), marketplaceId, EVM, reference);
      const deposit =
        payment === undefined ? undefined : await findDeposit(database.read(marketplaceId), marketplaceId, payment.id);
      invariant(payment !== undefined && deposit !== undefined, 'a refund is of a payment that has an address');
      await database.transaction(marketplaceId, (tx) =>
        oweCoins(tx, payment, {
          id: uuidFromId(refundId),
          kind: 'refund',
          amount_minor: amount.amountMinor,
          currency: amount.currency,
          chain_id: deposit.chain_id,
          created_time: clock(),
        }),
      );
      return { state: 'operator' };
    },
    coinOf: coins,
    checkChains: async (marketplaceIds) => {
      for (const marketplaceId of marketplaceIds) {
        const coin = coins(marketplaceId);
        if (coin === undefined) continue;
        try {
          await check(marketplaceId, coin);
        } catch (error) {
          if (!(error instanceof ProviderUnavailable))
            throw new Error(`Payments cannot start:\n- ${marketplaceId}: ${(error as Error).message}`);
          log.warn({ err: error, marketplaceId }, 'the chain of the stable-coin does not answer; it is asked again');
        }
      }
    },
  };
}

/** The token as the chain tells. @throws Error when the chain or the token is another than the settings say */
async function checkToken({ settings, chain }: Coin): Promise<{ symbol: string; decimals: number }> {
  const chainId = await chain.chainId();
  if (chainId !== settings.chainId)
    throw new Error(`EVM_CHAIN_ID: ${settings.chainId} is set, but EVM_RPC_URL leads to chain ${chainId}`);
  const token = await chain.token();
  if (token === undefined) throw new Error(`EVM_TOKEN_ADDRESS: there is no token at ${settings.tokenAddress}`);
  if (token.decimals < currencyExponent(settings.currency))
    throw new Error(`EVM_CURRENCY: a token of ${token.decimals} decimals cannot stand for ${settings.currency}`);
  return token;
}
