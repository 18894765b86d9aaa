import { type Handlers, idFromUuid, newUuid, uuidFromId } from '@plaza/kernel';
import { inSteps, inTransaction } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { sentByHandPostings, writeOffPostings } from '../domain/postings.ts';
import { errors } from '../errors.ts';
import { debtWrittenOff } from '../events.ts';
import { insertWriteOff, listDebtRows } from '../store/debt.ts';
import { listStatement } from '../store/journal.ts';
import {
  findRefund,
  findRefunds,
  listFailedRefundRows,
  type RefundRow,
  refundFrom,
  reviveRefund,
  settleRefundRow,
} from '../store/refund.ts';
import { requireStore } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { sendRefund } from './send-refunds.ts';

type Operations = Pick<
  Handlers<typeof paymentsContract>,
  | 'listFailedRefunds'
  | 'getRefunds'
  | 'retryRefund'
  | 'settleRefundByHand'
  | 'listDebts'
  | 'writeOffDebt'
  | 'listDebtEntries'
>;

/** What is left to an operator after a sale: refunds that no provider sends, and debts that nobody will pay. */
export function afterSale(dependencies: Dependencies): Operations {
  const { database, ledger, clock } = dependencies;
  return {
    getRefunds: async ({ input, context: { marketplaceId } }) => {
      const rows = await findRefunds(database.read(marketplaceId), marketplaceId, input.refundIds.map(uuidFromId));
      return { items: rows.map(refundFrom) };
    },
    listFailedRefunds: async ({ input, context: { marketplaceId } }) =>
      listFailedRefundRows(database.read(marketplaceId), marketplaceId, input),
    retryRefund: inSteps(database, paymentsContract.retryRefund, async ({ input, context }) => {
      const { marketplaceId } = context;
      const refund = await database.transaction(marketplaceId, async (tx) => {
        const revived = await reviveRefund(tx, uuidFromId(input.refundId));
        if (revived === undefined) throw notFailed(await findRefund(tx, marketplaceId, uuidFromId(input.refundId)));
        await tx.audit({
          action: 'refund.retried',
          subject: input.refundId,
          actor: context.actor,
          details: { attempt: revived.attempt },
        });
        return revived;
      });
      return refundFrom(await sendRefund(dependencies, marketplaceId, refund));
    }),
    settleRefundByHand: inTransaction(database, paymentsContract.settleRefundByHand, async ({ input, context, tx }) => {
      const id = uuidFromId(input.refundId);
      const refund = await settleRefundRow(tx, id, input);
      if (refund === undefined) throw notFailed(await findRefund(tx, tx.marketplaceId, id));
      await ledger.post(tx, {
        key: `refund-by-hand:${id}`,
        kind: 'refund_by_hand',
        subject: { paymentId: refund.payment_id, ...(refund.group_id === null ? {} : { groupId: refund.group_id }) },
        currency: refund.currency,
        postings: sentByHandPostings(refund.amount_minor - refund.wallet_minor),
        time: clock(),
      });
      await tx.audit({
        action: 'refund.sent_by_hand',
        subject: input.refundId,
        actor: context.actor,
        details: {
          amountMinor: refund.amount_minor - refund.wallet_minor,
          currency: refund.currency,
          reference: input.reference,
        },
      });
      return refundFrom(refund);
    }),
    listDebts: async ({ input, context: { marketplaceId } }) =>
      listDebtRows(database.read(marketplaceId), marketplaceId, input),
    writeOffDebt: inTransaction(database, paymentsContract.writeOffDebt, async ({ input, context, tx }) => {
      const owner = await requireStore(tx, context, input.storeId);
      const storeId = uuidFromId(input.storeId);
      const { amountMinor, currency } = input.amount;
      const { owedMinor } = await ledger.lockStore(tx, storeId, currency);
      if (amountMinor > owedMinor) throw errors.DEBT_TOO_SMALL({ owedMinor, currency });
      const id = newUuid();
      const time = clock();
      await ledger.post(tx, {
        key: `write-off:${id}`,
        kind: 'write_off',
        subject: {},
        currency,
        postings: writeOffPostings(storeId, amountMinor),
        time,
      });
      const { reason } = input;
      await insertWriteOff(tx, { id, storeId, amountMinor, currency, reason, time });
      await tx.announce(debtWrittenOff, input.storeId, {
        storeId: input.storeId,
        sellerMemberId: idFromUuid('member', owner),
        amount: input.amount,
        reason,
      });
      await tx.audit({
        action: 'debt.written_off',
        subject: input.storeId,
        actor: context.actor,
        details: { amountMinor, currency, reason },
      });
      return { storeId: input.storeId, owedMinor: owedMinor - amountMinor, currency };
    }),
    listDebtEntries: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      await requireStore(queries, context, input.storeId);
      return listStatement(
        queries,
        context.marketplaceId,
        { ...input, storeId: uuidFromId(input.storeId) },
        'seller_debt',
      );
    },
  };
}

function notFailed(refund: RefundRow | undefined): Error {
  return refund === undefined ? errors.REFUND_NOT_FOUND({}) : errors.REFUND_NOT_FAILED({ state: refund.state });
}
