import { idFromUuid, newUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { newsOf } from '../domain/chargeback.ts';
import { chargebackBornePostings, chargebackTakenPostings } from '../domain/postings.ts';
import { paymentDisputed } from '../events.ts';
import type { ProviderEvent } from '../provider/provider.ts';
import { followChargeback, lockToldChargeback } from '../store/chargeback.ts';
import { lockPayment, type PaymentRow } from '../store/payment.ts';
import type { Dependencies } from './dependencies.ts';
import { factsOf, followProvider } from './follow-provider.ts';
import { settleIfRuled } from './settle-chargeback.ts';

type DisputeEvent = Extract<ProviderEvent, { about: 'dispute' }>;

/**
 * Books what a provider tells of a chargeback, if it is news, and announces it. The money that it takes is waited for
 * (`chargeback_receivable`) until the bank has decided; won, it comes back; lost, whoever was ruled to bear it does, at
 * once when that was ruled before.
 */
export async function followDispute(
  dependencies: Dependencies,
  tx: Transaction,
  provider: string,
  payment: PaymentRow,
  event: DisputeEvent,
): Promise<void> {
  const { ledger, clock } = dependencies;
  const { disputeReference: reference, state, amount, reason, evidenceDueTime, feeMinor, isTaken } = event;
  const now = clock();
  // What a bank takes back was captured: the news of that may come later, or never.
  if (isTaken && payment.captured_time === null)
    await followProvider(tx, ledger, await lockPayment(tx, payment.id), { state: 'captured' }, now);
  const told = { provider, reference, paymentId: payment.id, state, amount, reason, evidenceDueTime };
  const { row, isNew } = await lockToldChargeback(tx, told, newUuid(), now);
  const known = isNew ? undefined : { state: row.state, takenMinor: row.taken_minor };
  const news = newsOf(known, { state, amountMinor: row.amount_minor, feeMinor, isTaken });
  if (news === undefined) return;
  const { takenMinor, changeMinor, borneMinor } = news;
  const subject = { paymentId: payment.id, ...(payment.order_id === null ? {} : { orderId: payment.order_id }) };
  const order = { subject, currency: row.currency, time: now };
  await ledger.post(tx, {
    ...order,
    key: `chargeback:${row.id}:${state}:${takenMinor}`,
    kind: `chargeback_${state}`,
    postings: chargebackTakenPostings(changeMinor),
  });
  await ledger.post(tx, {
    ...order,
    key: `chargeback-fee:${row.id}`,
    kind: 'chargeback_fee',
    postings: chargebackBornePostings(borneMinor),
  });
  const followed = await followChargeback(tx, row.id, { state, takenMinor, feeMinor, evidenceDueTime, now });
  await tx.announce(paymentDisputed, idFromUuid('payment', payment.id), {
    ...factsOf(payment),
    chargebackId: idFromUuid('chargeback', row.id),
    provider,
    disputeReference: reference,
    state,
    disputed: { amountMinor: row.amount_minor, currency: row.currency },
    reason: row.reason,
    evidenceDueTime: followed.evidence_due_time?.toISOString() ?? null,
  });
  await settleIfRuled(dependencies, tx, followed);
}
