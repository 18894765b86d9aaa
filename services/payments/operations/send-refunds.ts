import { type Context, idFromUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { refundRefusal } from '../domain/abilities.ts';
import type { RefundOutcome } from '../provider/provider.ts';
import { findPayment, type PaymentRow } from '../store/payment.ts';
import { findRefund, listPendingRefunds, type RefundRow, settleRefund } from '../store/refund.ts';
import { type Dependencies, providerOf } from './dependencies.ts';

/** Refunds sent in one run. */
const REFUNDS_MAX = 100;

/**
 * Tells the provider of a refund that is in the books. A provider that does not answer leaves it pending, for the timer
 * to send again under the same id; one that cannot send it makes it `failed`, for the operator.
 */
export async function sendRefund(
  dependencies: Dependencies,
  marketplaceId: string,
  refund: RefundRow,
): Promise<RefundRow> {
  if (refund.state !== 'pending') return refund;
  try {
    const payment = await findPayment(dependencies.database.read(marketplaceId), marketplaceId, refund.payment_id);
    if (payment === undefined || payment.provider_reference === null) return refund;
    const outcome = await send(dependencies, marketplaceId, payment, refund);
    if (outcome.state === 'operator') return refund;
    return await dependencies.database.transaction(marketplaceId, (tx) =>
      settle(
        tx,
        refund,
        outcome.state === 'taken'
          ? { state: 'succeeded', providerReference: outcome.reference, failureReason: null }
          : { state: 'failed', providerReference: null, failureReason: outcome.failureReason },
      ),
    );
  } catch (error) {
    dependencies.log.warn({ err: error, refundId: refund.id }, 'a refund was not taken by the provider; sent again');
    return refund;
  }
}

async function send(
  dependencies: Dependencies,
  marketplaceId: string,
  payment: PaymentRow,
  refund: RefundRow,
): Promise<RefundOutcome> {
  const provider = providerOf(dependencies, payment);
  const sourceMinor = refund.amount_minor - refund.wallet_minor;
  const failureReason = refundRefusal(provider.abilities, {
    amountMinor: sourceMinor,
    paymentMinor: payment.amount_minor - payment.wallet_minor,
    capturedTime: payment.captured_time ?? payment.created_time,
    now: dependencies.clock(),
  });
  if (failureReason !== undefined) return { state: 'refused', failureReason };
  return provider.refund({
    marketplaceId,
    reference: payment.provider_reference ?? '',
    refundId: idFromUuid('refund', refund.id),
    attempt: refund.attempt,
    amount: { amountMinor: sourceMinor, currency: refund.currency },
  });
}

/** Writes how a refund ended at the provider. One that failed goes to the audit log: somebody must send it another way. */
export async function settle(
  tx: Transaction,
  refund: RefundRow,
  end: Parameters<typeof settleRefund>[3],
): Promise<RefundRow> {
  const settled = await settleRefund(tx, tx.marketplaceId, refund.id, end);
  if (settled?.state === 'failed') {
    await tx.audit({
      action: 'refund.failed',
      subject: idFromUuid('refund', refund.id),
      actor: { kind: 'service', service: 'payments' },
      details: {
        amountMinor: refund.amount_minor - refund.wallet_minor,
        currency: refund.currency,
        failureReason: end.failureReason,
      },
    });
  }
  const known = settled ?? (await findRefund(tx, tx.marketplaceId, refund.id)) ?? refund;
  // The buyer has it twice: by hand, and by a provider that had said it could not.
  if (settled === undefined && end.state === 'succeeded' && known.state === 'by_hand') {
    await tx.audit({
      action: 'refund.sent_twice',
      subject: idFromUuid('refund', refund.id),
      actor: { kind: 'service', service: 'payments' },
      details: { amountMinor: refund.amount_minor, currency: refund.currency },
    });
  }
  return known;
}

/** Sends again what no provider has taken yet. */
export function sendPendingRefunds(dependencies: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const pending = await listPendingRefunds(dependencies.database.read(marketplaceId), marketplaceId, REFUNDS_MAX);
    for (const refund of pending) await sendRefund(dependencies, marketplaceId, refund);
  };
}
