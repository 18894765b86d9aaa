import { type Handlers, requireConfirmed, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { type BankResult, type PayoutBatch, paymentsContract } from '../contract.ts';
import { bankFileOf } from '../domain/bank-file.ts';
import { readBankResults } from '../domain/bank-results.ts';
import { errors } from '../errors.ts';
import { movePayout } from '../store/payout.ts';
import {
  batchFrom,
  findBatch,
  followBatch,
  listBatches,
  listBatchLines,
  lockBatch,
  type PayoutBatchRow,
} from '../store/payout-batch.ts';
import { recordedBy, recordPayout } from '../store/payout-record.ts';
import { bookOutcome, orderFrom } from './book-outcome.ts';
import type { Dependencies } from './dependencies.ts';
import { recordBatch } from './run-payouts.ts';

type Batches = Pick<
  Handlers<typeof paymentsContract>,
  | 'listPayoutBatches'
  | 'getPayoutBatch'
  | 'createPayoutBatch'
  | 'getPayoutBatchFile'
  | 'sendPayoutBatch'
  | 'settlePayoutBatch'
>;

/** Payouts that go to a bank together: operators make a file of them, take it there, and say how they ended. */
export function payoutBatches(dependencies: Dependencies): Batches {
  const { database, payoutProviders, clock } = dependencies;
  const handoverOf = (provider: string) => payoutProviders.get(provider)?.abilities.handover ?? 'api';
  const shown = (row: PayoutBatchRow): PayoutBatch => batchFrom(row, handoverOf(row.provider));

  return {
    listPayoutBatches: async ({ input, context: { marketplaceId } }) =>
      listBatches(database.read(marketplaceId), marketplaceId, input, handoverOf),
    getPayoutBatch: async ({ input, context: { marketplaceId } }) => {
      const batch = await findBatch(database.read(marketplaceId), marketplaceId, uuidFromId(input.batchId));
      if (batch === undefined) throw errors.PAYOUT_BATCH_NOT_FOUND({});
      return shown(batch);
    },
    createPayoutBatch: inTransaction(database, paymentsContract.createPayoutBatch, async ({ input, context, tx }) => {
      const files = [...payoutProviders.values()].filter(({ abilities }) => abilities.handover === 'file');
      for (const { name, abilities } of files) {
        const batch = {
          provider: name,
          currency: input.currency,
          countMax: abilities.batchMax,
          time: clock(),
          isOurs: false,
        };
        const formed = await recordBatch(tx, dependencies, batch, recordedBy(context.actor));
        if (formed !== undefined) return shown(formed);
      }
      throw errors.NOTHING_TO_BATCH({});
    }),
    getPayoutBatchFile: async ({ input, context }) => {
      const { marketplaceId, actor } = context;
      if (actor.kind !== 'service') requireConfirmed(context, clock());
      return database.transaction(marketplaceId, async (tx) => {
        const batch = await findBatch(tx, marketplaceId, uuidFromId(input.batchId));
        if (batch === undefined || handoverOf(batch.provider) !== 'file') throw errors.PAYOUT_BATCH_NOT_FOUND({});
        const lines = await listBatchLines(tx, marketplaceId, batch.id);
        await tx.audit({
          action: 'payout_batch.file_read',
          subject: input.batchId,
          actor,
          details: { lines: lines.length },
        });
        const content = bankFileOf(lines.map((line) => orderFrom(dependencies, marketplaceId, line)));
        return { filename: `payouts-${input.batchId}.csv`, content };
      });
    },
    sendPayoutBatch: inTransaction(database, paymentsContract.sendPayoutBatch, async ({ input, context, tx }) => {
      const batch = await requireFileBatch(tx, uuidFromId(input.batchId));
      const lines = await listBatchLines(tx, tx.marketplaceId, batch.id);
      const by = recordedBy(context.actor);
      for (const { id } of lines.filter(({ state }) => state === 'sending')) {
        const time = clock();
        // Nobody asks a bank that has no interface: an operator tells how it ended.
        await movePayout(tx, id, { to: 'sent', sentTime: time });
        await recordPayout(tx, id, { kind: 'sent', by, details: { batchId: batch.id }, time });
      }
      return shown(await followBatch(tx, batch.id, clock()));
    }),
    settlePayoutBatch: inTransaction(database, paymentsContract.settlePayoutBatch, async ({ input, context, tx }) => {
      const batch = await requireFileBatch(tx, uuidFromId(input.batchId));
      if (batch.state === 'created') throw errors.PAYOUT_BATCH_CLOSED({ state: batch.state });
      const lines = new Set((await listBatchLines(tx, tx.marketplaceId, batch.id)).map(({ id }) => id));
      const isInBatch = (payoutId: BankResult['payoutId']) => lines.has(uuidFromId(payoutId));
      const told = input.text === undefined ? [] : readBankResults(input.text, isInBatch);
      for (const result of [...input.results, ...told]) {
        const id = uuidFromId(result.payoutId);
        if (!lines.has(id)) throw errors.PAYOUT_BATCH_NOT_FOUND({});
        const payout = { id, batch_id: batch.id };
        const by = recordedBy(context.actor);
        const outcome = outcomeOf(result);
        const booked = await bookOutcome(tx, dependencies, payout, outcome, by);
        // It came back before anybody had told us that it was paid.
        if (booked === undefined && outcome.state === 'returned')
          await bookOutcome(tx, dependencies, payout, { ...outcome, state: 'failed' }, by);
      }
      return shown((await lockBatch(tx, batch.id)) ?? batch);
    }),
  };

  async function requireFileBatch(tx: Transaction, batchId: string): Promise<PayoutBatchRow> {
    const batch = await lockBatch(tx, batchId);
    if (batch === undefined || handoverOf(batch.provider) !== 'file') throw errors.PAYOUT_BATCH_NOT_FOUND({});
    return batch;
  }
}

function outcomeOf({ result, reason }: BankResult) {
  if (result === 'paid') return { state: 'paid', reference: null } as const;
  const fault = result === 'failed' ? 'bank' : 'account';
  return {
    state: result === 'returned' ? 'returned' : 'failed',
    reason: reason ?? (fault === 'account' ? 'account_refused' : 'bank_refused'),
    fault,
  } as const;
}
