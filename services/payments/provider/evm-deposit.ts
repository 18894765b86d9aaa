import { uuidFromId } from '@plaza/kernel';
import type { Database, Platform, Queries } from '@plaza/runtime';
import { unitsOf } from '../domain/coin.ts';
import { errors } from '../errors.ts';
import { type CoinDepositRow, findDeposit, insertDeposit, takeIndex } from '../store/coin-deposit.ts';
import { beginToken } from '../store/coin-token.ts';
import { findPaymentByReference, type PaymentRow } from '../store/payment.ts';
import { depositAddress } from './evm-address.ts';
import type { Coins } from './evm-coin.ts';
import type { ChargeRequest } from './provider.ts';

/** The name that settings give the provider, and payments keep. */
export const EVM = 'evm';

/** Addresses are looked at for this long. Money that comes still later is found by the operator's own wallet only. */
const WATCH_DAYS = 60;

/** The address of a payment, which is the same however often it is asked for. */
export async function openDeposit(
  { database, coins, clock }: { readonly database: Database; readonly coins: Coins } & Pick<Platform, 'clock'>,
  { marketplaceId, paymentId, amount }: ChargeRequest,
): Promise<CoinDepositRow> {
  const coin = coins.coinOf(marketplaceId);
  if (coin === undefined || coin.settings.currency !== amount.currency) throw errors.PAYMENT_METHOD_INVALID({});
  const token = await coins.tokenOf(marketplaceId, coin);
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
}

/** A payment in coins with its address, by that address. */
export async function findDeposited(
  queries: Queries,
  marketplaceId: string,
  reference: string,
): Promise<{ payment: PaymentRow; deposit: CoinDepositRow } | undefined> {
  const payment = await findPaymentByReference(queries, marketplaceId, EVM, reference);
  const deposit = payment === undefined ? undefined : await findDeposit(queries, marketplaceId, payment.id);
  return payment === undefined || deposit === undefined ? undefined : { payment, deposit };
}
