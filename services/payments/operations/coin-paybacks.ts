import { type Handlers, uuidFromId } from '@plaza/kernel';
import { inSteps, type Transaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { surplusReturnedPostings } from '../domain/postings.ts';
import { errors } from '../errors.ts';
import type { EvmProvider } from '../provider/evm.ts';
import type { Coin } from '../provider/evm-coin.ts';
import { ProviderUnavailable } from '../provider/provider.ts';
import {
  findPayback,
  listPaybacks,
  listUsedLogs,
  lockPayback,
  markPaybackSent,
  type PaybackRow,
  paybackFrom,
  paybackUnits,
} from '../store/coin-payback.ts';
import { findRefund } from '../store/refund.ts';
import type { Dependencies } from './dependencies.ts';
import { settle } from './send-refunds.ts';

type CoinPaybacks = Pick<Handlers<typeof paymentsContract>, 'listCoinPaybacks' | 'confirmCoinPayback'>;

/** What an operator sends back to buyers by their own wallet, and shows by its transaction. */
export function coinPaybacks(dependencies: Dependencies, evm: EvmProvider): CoinPaybacks {
  const { database } = dependencies;
  return {
    listCoinPaybacks: async ({ input, context: { marketplaceId } }) =>
      listPaybacks(database.read(marketplaceId), marketplaceId, input),
    confirmCoinPayback: inSteps(database, paymentsContract.confirmCoinPayback, async ({ input, context }) => {
      const { marketplaceId } = context;
      const id = uuidFromId(input.paybackId);
      const owed = await findPayback(database.read(marketplaceId), marketplaceId, id);
      if (owed === undefined) throw errors.PAYBACK_NOT_FOUND({});
      const { transactionHash } = input;
      const logIndexes =
        owed.state === 'sent' ? [] : await provenLogs(evm.coinOf(marketplaceId), owed, transactionHash);
      return database.transaction(marketplaceId, async (tx) => {
        const locked = await lockPayback(tx, id);
        if (locked === undefined) throw errors.PAYBACK_NOT_FOUND({});
        if (locked.state === 'sent') {
          if (locked.transaction_hash !== transactionHash) throw errors.PAYBACK_UNPROVEN({ problem: 'sent_before' });
          return paybackFrom(locked);
        }
        const used = await listUsedLogs(tx, marketplaceId, locked.chain_id, transactionHash);
        const logIndex = logIndexes.find((each) => !used.includes(each));
        const isSame = locked.payback_address === owed.payback_address;
        if (logIndex === undefined || !isSame) throw errors.PAYBACK_UNPROVEN({ problem: 'used_before' });
        const sentTime = dependencies.clock();
        await markPaybackSent(tx, id, { transactionHash, logIndex, sentTime });
        await bookSent(dependencies, tx, locked, transactionHash, sentTime);
        await tx.audit({
          action: 'payback.sent',
          subject: input.paybackId,
          actor: context.actor,
          details: { transactionHash, amountMinor: locked.amount_minor, currency: locked.currency },
        });
        return paybackFrom({ ...locked, state: 'sent', transaction_hash: transactionHash, sent_time: sentTime });
      });
    }),
  };
}

/** The logs of a transaction that each pay the debt. @throws PAYBACK_UNPROVEN when there is none, or none that counts yet */
async function provenLogs(coin: Coin | undefined, owed: PaybackRow, transactionHash: string): Promise<number[]> {
  const isSameToken = coin?.settings.chainId === owed.chain_id && coin.settings.tokenAddress === owed.token_address;
  if (coin === undefined || !isSameToken) throw errors.PAYBACK_UNPROVEN({ problem: 'chain_unavailable' });
  if (owed.payback_address === null) throw errors.PAYBACK_UNPROVEN({ problem: 'no_address' });
  const { transaction, headBlock } = await lookUp(coin, transactionHash);
  if (transaction === undefined) throw errors.PAYBACK_UNPROVEN({ problem: 'not_found' });
  if (transaction.isReverted) throw errors.PAYBACK_UNPROVEN({ problem: 'reverted' });
  const units = paybackUnits(owed);
  const fitting = transaction.transfers.filter(
    (each) => each.receiver === owed.payback_address && each.units === units,
  );
  if (fitting.length === 0) throw errors.PAYBACK_UNPROVEN({ problem: 'other_transfer' });
  const isConfirmed = fitting.every(({ blockNumber }) => headBlock - blockNumber + 1 >= coin.settings.confirmations);
  if (!isConfirmed) throw errors.PAYBACK_UNPROVEN({ problem: 'unconfirmed' });
  return fitting.map(({ logIndex }) => logIndex);
}

async function lookUp({ chain }: Coin, transactionHash: string) {
  try {
    // The head first: a block that comes between only adds to the count.
    const headBlock = await chain.head();
    return { transaction: await chain.transaction(transactionHash), headBlock };
  } catch (error) {
    if (error instanceof ProviderUnavailable) throw errors.PAYBACK_UNPROVEN({ problem: 'chain_unavailable' });
    throw error;
  }
}

/** A refund was booked when it was decided, and succeeds now; a surplus leaves the books now. */
async function bookSent(
  { ledger }: Dependencies,
  tx: Transaction,
  payback: PaybackRow,
  transactionHash: string,
  time: Date,
): Promise<void> {
  if (payback.kind === 'surplus') {
    await ledger.post(tx, {
      key: `surplus_return:${payback.id}`,
      kind: 'surplus_return',
      subject: { paymentId: payback.payment_id },
      currency: payback.currency,
      postings: surplusReturnedPostings(payback.amount_minor),
      time,
    });
    return;
  }
  const refund = await findRefund(tx, tx.marketplaceId, payback.id);
  if (refund !== undefined)
    await settle(tx, refund, { state: 'succeeded', providerReference: transactionHash, failureReason: null });
}
