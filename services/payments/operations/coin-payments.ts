import { type Context, type Handlers, hasRole, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Queries } from '@plaza/runtime';
import { type CoinInstructions, paymentsContract } from '../contract.ts';
import { coinText, networkOf, paymentUri } from '../domain/coin.ts';
import { errors } from '../errors.ts';
import type { EvmProvider } from '../provider/evm.ts';
import { checkedAddress } from '../provider/evm-address.ts';
import { EVM } from '../provider/evm-deposit.ts';
import { findDeposit, savePaybackAddress } from '../store/coin-deposit.ts';
import { listPaybacksOfPayment, paybackFrom } from '../store/coin-payback.ts';
import { findToken } from '../store/coin-token.ts';
import { listLiveTransfers } from '../store/coin-transfer.ts';
import { findPayment, lockPayment, type PaymentRow } from '../store/payment.ts';
import { requireReadable } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { confirmationsOf } from './settle-deposit.ts';

type CoinPayments = Pick<Handlers<typeof paymentsContract>, 'getCoinInstructions' | 'setPaybackAddress'>;

const NO_ADDRESS = '0x0000000000000000000000000000000000000000';

/** What the buyer is shown of a payment in a stable-coin, and where they want back what is owed. */
export function coinPayments(dependencies: Dependencies, evm: EvmProvider): CoinPayments {
  const { database } = dependencies;
  return {
    async getCoinInstructions({ input, context }) {
      const queries = database.read(context.marketplaceId);
      const row = await findPayment(queries, context.marketplaceId, uuidFromId(input.paymentId));
      return instructionsOf(dependencies, evm, queries, context, requireReadable(row, context));
    },
    setPaybackAddress: inTransaction(database, paymentsContract.setPaybackAddress, async ({ input, context, tx }) => {
      const payment = requireReadable(await lockPayment(tx, uuidFromId(input.paymentId)), context);
      const deposit = await findDeposit(tx, tx.marketplaceId, payment.id);
      if (deposit === undefined) throw errors.PAYMENT_NOT_FOUND({});
      const address = checkedAddress(input.address);
      // Neither nobody's, nor the token itself, nor what the buyer was told to pay to.
      const isNobodys = address === NO_ADDRESS || address === deposit.token_address || address === deposit.address;
      if (address === undefined || isNobodys) throw errors.COIN_ADDRESS_INVALID({});
      const isGiven = deposit.payback_address !== null && deposit.payback_address !== address;
      if (isGiven && !hasRole(context, 'admin')) throw errors.PAYBACK_ADDRESS_GIVEN({});
      if (deposit.payback_address !== address) {
        await savePaybackAddress(tx, payment.id, address);
        await tx.audit({
          action: 'payback.address_given',
          subject: idFromUuid('payment', payment.id),
          actor: context.actor,
          details: { address },
        });
      }
      return instructionsOf(dependencies, evm, tx, context, payment);
    }),
  };
}

async function instructionsOf(
  { marketplaces }: Dependencies,
  evm: EvmProvider,
  queries: Queries,
  { marketplaceId }: Context,
  payment: PaymentRow,
): Promise<CoinInstructions> {
  const deposit = payment.provider === EVM ? await findDeposit(queries, marketplaceId, payment.id) : undefined;
  if (deposit === undefined) throw errors.PAYMENT_NOT_FOUND({});
  const { chain_id: chainId, token_address: tokenAddress, address } = deposit;
  const token = await findToken(queries, marketplaceId, { chainId, tokenAddress });
  if (token === undefined) throw errors.PAYMENT_NOT_FOUND({});
  const transfers = await listLiveTransfers(queries, marketplaceId, payment.id);
  const paybacks = await listPaybacksOfPayment(queries, marketplaceId, payment.id);
  const confirmations = evm.coinOf(marketplaceId)?.settings.confirmations ?? 1;
  const dueUnits = BigInt(deposit.due_units);
  const missingUnits = dueUnits - transfers.reduce((sum, { units }) => sum + BigInt(units), 0n);
  const isMissing = missingUnits > 0n;
  const { reservationMinutes } = marketplaces.get(marketplaceId).checkout;
  return {
    paymentId: idFromUuid('payment', payment.id),
    state: payment.state,
    amount: { amountMinor: payment.amount_minor, currency: payment.currency },
    network: networkOf(chainId),
    token: { address: tokenAddress, symbol: token.symbol, decimals: token.decimals },
    address,
    dueAmount: coinText(dueUnits, token.decimals),
    missingAmount: isMissing ? coinText(missingUnits, token.decimals) : null,
    paymentUri: paymentUri({ tokenAddress, chainId, address, units: isMissing ? missingUnits : dueUnits }),
    confirmations,
    transfers: transfers.map((each) => ({
      transactionHash: each.transaction_hash,
      coinAmount: coinText(BigInt(each.units), token.decimals),
      confirmations: Math.min(confirmations, confirmationsOf(each, token.head_block)),
      isConfirmed: confirmationsOf(each, token.head_block) >= confirmations,
      seenTime: each.seen_time.toISOString(),
    })),
    paybacks: paybacks.map(paybackFrom),
    paybackAddress: deposit.payback_address,
    payByTime: new Date(payment.created_time.getTime() + reservationMinutes * 60_000).toISOString(),
    returnUrl: payment.return_url,
  };
}
