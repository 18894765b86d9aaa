import { Currency, type Id, idFromUuid, invariant, uuidFromId } from '@plaza/kernel';
import type { Database, Platform } from '@plaza/runtime';
import type { ProviderAbilities } from '../domain/abilities.ts';
import { sumLiveUnits } from '../store/coin-transfer.ts';
import { type Coins, createCoins } from './evm-coin.ts';
import { EVM, findDeposited, openDeposit } from './evm-deposit.ts';
import { coinSettings } from './evm-settings.ts';
import { oweCoins } from './owe-coins.ts';
import type { PaymentProvider, ProviderOutcome } from './provider.ts';

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

export type EvmProvider = PaymentProvider & Pick<Coins, 'coinOf' | 'checkChains'>;

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
  const coins = createCoins({ database, environment, log });
  const actionUrlOf = (marketplaceId: string, paymentId: Id<'payment'>) =>
    `${publicUrl(marketplaceId)}/pay/coin/${paymentId}`;

  /** As our own books tell: what came is counted by the timer. Given up, a payment waits for what is on its way to it. */
  const standing = async (marketplaceId: string, reference: string, isGivenUp: boolean): Promise<ProviderOutcome> => {
    const queries = database.read(marketplaceId);
    const found = await findDeposited(queries, marketplaceId, reference);
    if (found === undefined) return { state: 'canceled' };
    const { payment, deposit } = found;
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
      reference: (await openDeposit({ database, coins, clock }, request)).address,
      method: { kind: request.method.kind, brand: null, last4: null },
    }),
    confirm: async ({ marketplaceId, paymentId }) => ({
      state: 'requires_action',
      actionUrl: actionUrlOf(marketplaceId, paymentId),
    }),
    cancel: (marketplaceId, reference) => standing(marketplaceId, reference, true),
    reconcile: (marketplaceId, reference) => standing(marketplaceId, reference, false),
    refund: async ({ marketplaceId, reference, refundId, amount }) => {
      const found = await findDeposited(database.read(marketplaceId), marketplaceId, reference);
      invariant(found !== undefined, 'a refund is of a payment that has an address');
      const { payment, deposit } = found;
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
    coinOf: coins.coinOf,
    checkChains: coins.checkChains,
  };
}
