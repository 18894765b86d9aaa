import { asService, type Context, type Id } from '@plaza/kernel';
import { paymentCaptured, paymentFailed } from '@plaza/payments/events';
import { absorbing, type Reaction } from '@plaza/runtime';
import type { BuyingDependencies } from '../dependencies.ts';
import { findCheckout, findState } from '../store/checkout.ts';
import { settlePayment } from './purchase.ts';

/**
 * The provider's word, however late. While a worker holds the checkout (`completing`) it is left to it: that one asks
 * payments itself, and the timer does if it died.
 */
export function hearPayments(dependencies: BuyingDependencies): Reaction[] {
  return [
    absorbing(paymentCaptured, async ({ events, context }) => {
      for (const { data } of events) await hearCaptured(dependencies, data, context);
    }),
    absorbing(paymentFailed, async ({ events, context }) => {
      for (const { data } of events) await hearFailed(dependencies, data, context);
    }),
  ];
}

/** `checkoutId` is null for a top-up of a wallet: no order comes of it. */
type Heard = { readonly paymentId: Id<'payment'>; readonly checkoutId: Id<'checkout'> | null };
type OfCheckout = { readonly paymentId: Id<'payment'>; readonly checkoutId: Id<'checkout'> };

async function hearCaptured(
  dependencies: BuyingDependencies,
  { paymentId, checkoutId }: Heard,
  context: Context,
): Promise<void> {
  if (checkoutId === null) return;
  const { database, payments } = dependencies;
  const known = await findState(database.read(context.marketplaceId), context.marketplaceId, checkoutId);
  if (known === undefined || known.state === 'completing') return;
  if (known.state === 'completed' && known.paymentId === paymentId) return;
  if (known.state === 'completed' || known.state === 'refunded') {
    // A second attempt of the same checkout was captured too: it belongs to no order.
    const reason = 'The checkout was paid already.';
    await payments.refundPayment({ paymentId, reason }, asService('orders', context));
    return;
  }
  await settle(dependencies, { paymentId, checkoutId }, context);
}

async function hearFailed(
  dependencies: BuyingDependencies,
  { paymentId, checkoutId }: Heard,
  context: Context,
): Promise<void> {
  if (checkoutId === null) return;
  const queries = dependencies.database.read(context.marketplaceId);
  const known = await findState(queries, context.marketplaceId, checkoutId);
  if (known?.state !== 'awaiting_payment' || known.paymentId !== paymentId) return;
  await settle(dependencies, { paymentId, checkoutId }, context);
}

async function settle(
  dependencies: BuyingDependencies,
  { paymentId, checkoutId }: OfCheckout,
  context: Context,
): Promise<void> {
  const { database, payments } = dependencies;
  const [checkout, payment] = await Promise.all([
    findCheckout(database.read(context.marketplaceId), context.marketplaceId, checkoutId),
    payments.getPayment({ paymentId }, asService('orders', context)),
  ]);
  if (checkout !== undefined) await settlePayment(dependencies, checkout, payment, context);
}
