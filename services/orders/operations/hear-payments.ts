import { asService } from '@plaza/kernel';
import { paymentCaptured, paymentFailed } from '@plaza/payments/events';
import { type Reaction, repeatableReaction } from '@plaza/runtime';
import type { BuyingDependencies } from '../dependencies.ts';
import { findCheckout, findState } from '../store/checkout.ts';
import { settlePayment } from './purchase.ts';

/**
 * The provider's word, however late. While a worker holds the checkout (`completing`) it is left to it: that one asks
 * payments itself, and the timer does if it died.
 */
export function hearPayments(dependencies: BuyingDependencies): Reaction[] {
  const { database, payments } = dependencies;
  return [
    repeatableReaction(paymentCaptured, async ({ event: { data }, context }) => {
      const queries = database.read(context.marketplaceId);
      const known = await findState(queries, context.marketplaceId, data.checkoutId);
      if (known === undefined || known.state === 'completing') return;
      const service = asService('orders', context);
      if (known.state === 'completed' && known.paymentId === data.paymentId) return;
      if (known.state === 'completed' || known.state === 'refunded') {
        // A second attempt of the same checkout was captured too: it belongs to no order.
        await payments.refundPayment({ paymentId: data.paymentId, reason: 'The checkout was paid already.' }, service);
        return;
      }
      const [checkout, payment] = await Promise.all([
        findCheckout(queries, context.marketplaceId, data.checkoutId),
        payments.getPayment({ paymentId: data.paymentId }, service),
      ]);
      if (checkout !== undefined) await settlePayment(dependencies, checkout, payment, context);
    }),
    repeatableReaction(paymentFailed, async ({ event: { data }, context }) => {
      const queries = database.read(context.marketplaceId);
      const known = await findState(queries, context.marketplaceId, data.checkoutId);
      if (known?.state !== 'awaiting_payment' || known.paymentId !== data.paymentId) return;
      const [checkout, payment] = await Promise.all([
        findCheckout(queries, context.marketplaceId, data.checkoutId),
        payments.getPayment({ paymentId: data.paymentId }, asService('orders', context)),
      ]);
      if (checkout !== undefined) await settlePayment(dependencies, checkout, payment, context);
    }),
  ];
}
