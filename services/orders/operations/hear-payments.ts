import { asService, type Context, type Id } from '@plaza/kernel';
import { paymentCaptured, paymentFailed } from '@plaza/payments/events';
import { absorbing, type Reaction } from '@plaza/runtime';
import type { BuyingDependencies } from '../dependencies.ts';
import { type CheckoutState, findCheckout, findStates } from '../store/checkout.ts';
import { settlePayment } from './purchase.ts';

/**
 * The provider's word, however late. While a worker holds the checkout (`completing`) it is left to it: that one asks
 * payments itself, and the timer does if it died.
 */
export function hearPayments(dependencies: BuyingDependencies): Reaction[] {
  return [
    absorbing(paymentCaptured, async ({ events, context }) => {
      for (const heard of await ofCheckouts(dependencies, events, context))
        await hearCaptured(dependencies, heard, context);
    }),
    absorbing(paymentFailed, async ({ events, context }) => {
      for (const heard of await ofCheckouts(dependencies, events, context))
        await hearFailed(dependencies, heard, context);
    }),
  ];
}

type Told = {
  readonly paymentId: Id<'payment'>;
  readonly checkoutId: Id<'checkout'> | null;
  readonly orderId: Id<'order'> | null;
  readonly version: number;
};
type Heard = Told & { readonly checkoutId: Id<'checkout'>; readonly known: CheckoutState };

/** Payments of checkouts of ours, each with how its checkout stands. A top-up of a wallet has none: no order comes of it. */
async function ofCheckouts(
  { database }: BuyingDependencies,
  events: readonly { readonly data: Told }[],
  { marketplaceId }: Context,
): Promise<Heard[]> {
  const checkoutIds = events.flatMap(({ data: { checkoutId } }) => (checkoutId === null ? [] : [checkoutId]));
  const states = await findStates(database.read(marketplaceId), marketplaceId, checkoutIds);
  return events.flatMap(({ data }) => {
    const { checkoutId } = data;
    const known = checkoutId === null ? undefined : states.get(checkoutId);
    return checkoutId === null || known === undefined ? [] : [{ ...data, checkoutId, known }];
  });
}

async function hearCaptured(dependencies: BuyingDependencies, heard: Heard, context: Context): Promise<void> {
  const { paymentId, orderId, version, known } = heard;
  if (known.state === 'completing') return;
  if (known.state === 'completed' && known.paymentId === paymentId) return;
  if (known.state === 'completed' || known.state === 'refunded') {
    // A second attempt of the same checkout was captured too: it belongs to no order.
    const heldFor = orderId === null ? {} : { heldFor: { orderId, version } };
    const refund = { paymentId, ...heldFor, reason: 'The checkout was paid already.' };
    await dependencies.payments.refundPayment(refund, asService('orders', context));
    return;
  }
  await settle(dependencies, heard, context);
}

async function hearFailed(dependencies: BuyingDependencies, heard: Heard, context: Context): Promise<void> {
  const { paymentId, known } = heard;
  if (known.state !== 'awaiting_payment' || known.paymentId !== paymentId) return;
  await settle(dependencies, heard, context);
}

async function settle(
  dependencies: BuyingDependencies,
  { paymentId, checkoutId }: Heard,
  context: Context,
): Promise<void> {
  const { database, payments } = dependencies;
  const [checkout, payment] = await Promise.all([
    findCheckout(database.read(context.marketplaceId), context.marketplaceId, checkoutId),
    payments.getPayment({ paymentId }, asService('orders', context)),
  ]);
  if (checkout !== undefined) await settlePayment(dependencies, checkout, payment, context);
}
