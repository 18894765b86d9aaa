import { type Handlers, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { findPayout, listPayouts, movePayout, type PayoutRow, payoutFrom } from '../store/payout.ts';
import { listRecords, recordedBy, recordPayout } from '../store/payout-record.ts';
import { bookOutcome } from './book-outcome.ts';
import type { Dependencies } from './dependencies.ts';
import { returnPayout } from './open-payout.ts';
import { requirePayout, requireStateOf } from './payout.ts';
import { isOwnMoney } from './payout-owner.ts';
import { tryAgain } from './run-payouts.ts';
import { requireActiveWallet } from './wallet-part.ts';

type Desk = Pick<
  Handlers<typeof paymentsContract>,
  'listAllPayouts' | 'getPayoutRecord' | 'approvePayout' | 'rejectPayout' | 'returnPayout' | 'retryPayout'
>;

/** What operators do with single payouts: look, approve or reject, book what came back, try again. */
export function payoutDesk(dependencies: Dependencies): Desk {
  const { database, clock } = dependencies;
  return {
    listAllPayouts: async ({ input: { batchId, ...filter }, context: { marketplaceId } }) =>
      listPayouts(database.read(marketplaceId), marketplaceId, {
        ...filter,
        ...(batchId === undefined ? {} : { batchId: uuidFromId(batchId) }),
      }),
    getPayoutRecord: async ({ input, context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      const payout = await findPayout(queries, marketplaceId, uuidFromId(input.payoutId));
      if (payout === undefined) throw errors.PAYOUT_NOT_FOUND({});
      return { payout: payoutFrom(payout), items: await listRecords(queries, marketplaceId, payout.id) };
    },
    approvePayout: inTransaction(database, paymentsContract.approvePayout, async ({ input, context, tx }) => {
      const payout = await requirePayout(tx, uuidFromId(input.payoutId));
      if (context.actor.kind === 'member' && (await isOwnMoney(tx, context, payout))) throw errors.OWN_PAYOUT({});
      // What a wallet on hold would pay waits with it.
      if (payout.owner_kind === 'member') await requireActiveWallet(tx, payout.owner_id, clock());
      const approved = await movePayout(tx, payout.id, { to: 'requested' });
      if (approved === undefined) return payoutFrom(await requireStateOf(tx, payout, 'requested'));
      const { note } = input;
      const details = { reasons: payout.approval_reasons, ...(note === undefined ? {} : { note }) };
      await recordPayout(tx, payout.id, { kind: 'approved', by: recordedBy(context.actor), details, time: clock() });
      await audit(tx, 'payout.approved', approved, context.actor);
      return payoutFrom(approved);
    }),
    rejectPayout: inTransaction(database, paymentsContract.rejectPayout, async ({ input, context, tx }) => {
      const payout = await requirePayout(tx, uuidFromId(input.payoutId));
      const why = { reason: input.reason, by: recordedBy(context.actor), kind: 'rejected' } as const;
      const rejected = await returnPayout(tx, dependencies, payout, why);
      if (rejected !== undefined) await audit(tx, 'payout.rejected', rejected, context.actor);
      return payoutFrom(rejected ?? (await requireStateOf(tx, payout, 'canceled')));
    }),
    returnPayout: inTransaction(database, paymentsContract.returnPayout, async ({ input, context, tx }) => {
      const payout = await requirePayout(tx, uuidFromId(input.payoutId));
      const { fault, reason } = input;
      const by = recordedBy(context.actor);
      const returned = await bookOutcome(tx, dependencies, payout, { state: 'returned', fault, reason }, by);
      return payoutFrom(returned ?? (await requireStateOf(tx, payout, 'failed')));
    }),
    retryPayout: inTransaction(database, paymentsContract.retryPayout, async ({ input, context, tx }) => {
      const payout = await requirePayout(tx, uuidFromId(input.payoutId));
      if (payout.state !== 'failed') throw errors.PAYOUT_STATE_CLOSED({ state: payout.state });
      const retry = await tryAgain(tx, dependencies, payout, context.actor);
      if (retry === undefined) throw errors.PAYOUT_NOT_FOUND({});
      return payoutFrom(retry);
    }),
  };
}

async function audit(
  tx: Transaction,
  action: string,
  payout: PayoutRow,
  actor: Parameters<Transaction['audit']>[0]['actor'],
): Promise<void> {
  await tx.audit({
    action,
    subject: idFromUuid('payout', payout.id),
    actor,
    details: { amountMinor: payout.amount_minor, currency: payout.currency },
  });
}
