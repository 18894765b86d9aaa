import { type Context, idFromUuid } from '@plaza/kernel';
import { findPayment } from '../store/payment.ts';
import { listPendingRefunds, markRefundSucceeded, type RefundRow } from '../store/refund.ts';
import { type Dependencies, providerFor } from './dependencies.ts';

/** Refunds sent in one run. */
const REFUNDS_MAX = 100;

/**
 * Tells the provider of a refund that is in the books. A provider that does not answer leaves it pending, for the
 * timer to send again under the same id.
 */
export async function sendRefund(deps: Dependencies, marketplaceId: string, refund: RefundRow): Promise<RefundRow> {
  if (refund.state !== 'pending') return refund;
  const queries = deps.database.read(marketplaceId);
  try {
    const payment = await findPayment(queries, marketplaceId, refund.payment_id);
    if (payment === undefined || payment.provider_reference === null) return refund;
    await providerFor(deps, marketplaceId, payment.method_kind).refund({
      marketplaceId,
      reference: payment.provider_reference,
      refundId: idFromUuid('refund', refund.id),
      amount: { amountMinor: refund.amount_minor, currency: refund.currency },
    });
  } catch (error) {
    deps.log.warn({ err: error, refundId: refund.id }, 'a refund was not taken by the provider; sent again');
    return refund;
  }
  await markRefundSucceeded(queries, marketplaceId, refund.id);
  return { ...refund, state: 'succeeded' };
}

/** Sends again what no provider has taken yet. */
export function sendPendingRefunds(deps: Dependencies) {
  return async ({ marketplaceId }: Context): Promise<void> => {
    const pending = await listPendingRefunds(deps.database.read(marketplaceId), marketplaceId, REFUNDS_MAX);
    for (const refund of pending) await sendRefund(deps, marketplaceId, refund);
  };
}
