import { asService, type Context, Fault } from '@plaza/kernel';
import type { HoldGroup, Payment } from '@plaza/payments/contract';
import type { Keep } from '@plaza/runtime';
import type { checkoutOperations } from '../contract/checkout.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { type CheckoutRecord, linesOf } from '../domain/checkout.ts';
import { completionView } from '../domain/checkout-view.ts';
import { errors } from '../errors.ts';
import { emptyOf } from '../store/cart.ts';
import { close, closeOrFail, findCheckout, isClosed } from '../store/checkout.ts';
import { keepOffersOf } from './keep-offers.ts';

/** The worker that completes a checkout in the buyer's own request, and not one that goes on for a worker taken for dead. */
export type FirstWorker = {
  /** Keeps what the buyer is answered together with the order. */
  readonly keep?: Keep<typeof checkoutOperations.completeCheckout>;
};

/**
 * From captured money to the order: the stock becomes sold, the money goes into the stores' escrow under the order's
 * id, then one transaction inserts the order and completes the checkout. Each step may be repeated, so whoever comes
 * (browser, webhook, timer, all at once) goes through the same; the update of the checkout's row lets one of them place
 * the order, and the others find it placed. If the stock is gone (the hold had expired and was sold meanwhile), or an
 * accepted offer is, the money goes back and the checkout ends as `refunded`.
 */
export async function place(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  payment: Payment,
  context: Context,
  first?: FirstWorker,
): Promise<CheckoutRecord> {
  const { catalog, marketing, database, clock, after } = dependencies;
  const { marketplaceId } = context;
  const service = asService('orders', context);
  if (payment.amount.amountMinor !== checkout.totalMinor) {
    // Of an earlier attempt at another price: not what this checkout is sold for.
    if (payment.state !== 'due')
      await giveMoneyBack(dependencies, checkout, payment, 'The price had changed when the money came.', context);
    return current(dependencies, checkout, context);
  }
  const gone = await takeAgain(dependencies, checkout, context);
  // Nothing was paid that could go back: whoever asked us goes on from here.
  if (gone !== undefined && payment.state === 'due') return current(dependencies, checkout, context);
  if (gone !== undefined) {
    const reason = `The ${gone} was gone when the money came.`;
    if (!(await giveMoneyBack(dependencies, checkout, payment, reason, context)))
      return leftToAnother(dependencies, checkout, context);
    const checkoutId = checkout.id;
    if (checkout.quote.coupons.length > 0) await marketing.releaseCoupons({ checkoutId }, service);
    const end = { state: 'refunded', paymentId: payment.id } as const;
    await close(database.read(marketplaceId), marketplaceId, checkout, end, clock());
    return current(dependencies, checkout, context);
  }
  // Captured at once, it is held already. Others may have given it back meanwhile: they ask.
  const isHeld = first !== undefined && payment.orderId === checkout.orderId;
  if (!isHeld && !(await holdMoney(dependencies, checkout, payment, context))) {
    // Another worker found the stock gone, before it came back, and refunded: what we took goes back on sale.
    const { orderId } = checkout;
    await catalog.restock({ orderId, lines: linesOf(checkout) }, service);
    return current(dependencies, checkout, context);
  }
  const placed: CheckoutRecord = {
    ...checkout,
    state: 'completed',
    paymentId: payment.id,
    actionUrl: null,
    version: checkout.version + 1,
  };
  try {
    await database.transaction(marketplaceId, async (tx) => {
      const now = clock();
      await closeOrFail(tx.last, marketplaceId, checkout, { state: 'completed', paymentId: payment.id }, now);
      await after.placeOrder(tx, { checkout, payment, now });
      if (checkout.cartId !== null) {
        const bought = linesOf(checkout).map(({ variantId }) => variantId);
        await emptyOf(tx.last, marketplaceId, checkout.cartId, bought, now);
      }
      await first?.keep?.(tx, completionView(placed, 'completed'));
    });
    return placed;
  } catch (error) {
    if (!isClosed(error)) throw error;
    return leftToAnother(dependencies, checkout, context);
  }
}

/** False: another worker, which went on from here, relies on the money. */
async function giveMoneyBack(
  { payments }: BuyingDependencies,
  checkout: CheckoutRecord,
  { id: paymentId, orderId, version }: Payment,
  reason: string,
  context: Context,
): Promise<boolean> {
  const heldFor = orderId !== null && orderId === checkout.orderId ? { heldFor: { orderId, version } } : {};
  try {
    await payments.refundPayment({ paymentId, reason, ...heldFor }, asService('orders', context));
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'PAYMENT_HELD') return false;
    throw error;
  }
}

/** The checkout as another worker left it. */
async function current(
  { database }: BuyingDependencies,
  checkout: CheckoutRecord,
  { marketplaceId }: Context,
): Promise<CheckoutRecord> {
  return (await findCheckout(database.read(marketplaceId), marketplaceId, checkout.id)) ?? checkout;
}

/** The same, of one that took over from us. @throws CHECKOUT_IN_PROGRESS while it is at work */
async function leftToAnother(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<CheckoutRecord> {
  const left = await current(dependencies, checkout, context);
  if (left.state === 'completing') throw errors.CHECKOUT_IN_PROGRESS({});
  return left;
}

/** What each store of the order is to hold of its money. */
export function heldGroups({ quote }: CheckoutRecord): HoldGroup[] {
  return quote.groups.map((group) => ({
    groupId: group.groupId,
    storeId: group.storeId,
    sellerMemberId: group.sellerMemberId,
    totalMinor: group.totalMinor,
    commissionMinor: group.commissionMinor + group.commissionVatMinor,
    // Taxes on top of prices are collected and remitted by the marketplace; those within prices by the seller.
    taxMinor: group.taxAddedMinor,
    platformFundedMinor: group.platformFundedMinor,
  }));
}

/** The money into escrow, group by group. False: it was refunded. */
async function holdMoney(
  { payments }: BuyingDependencies,
  checkout: CheckoutRecord,
  payment: Payment,
  context: Context,
): Promise<boolean> {
  const groups = heldGroups(checkout);
  const { orderId } = checkout;
  try {
    await payments.holdForOrder({ paymentId: payment.id, orderId, groups }, asService('orders', context));
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'PAYMENT_NOT_CAPTURED') return false;
    throw error;
  }
}

/** Everything that the sale stands on becomes its own. Answers what of it was sold or used otherwise meanwhile. */
async function takeAgain(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<'accepted offer' | 'stock' | undefined> {
  // What a checkout keeps is free for others from the moment that it expires or is declined; late money finds it or not.
  if (!(await keepOffersOf(dependencies, checkout, context))) return 'accepted offer';
  return (await sellStock(dependencies, checkout, context)) ? undefined : 'stock';
}

/** The hold becomes a sale; one that has ended is taken again if the stock is there. False: it is not. */
async function sellStock(
  { catalog, marketing }: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<boolean> {
  const service = asService('orders', context);
  const checkoutId = checkout.id;
  try {
    await catalog.commitReservation({ checkoutId, orderId: checkout.orderId }, service);
  } catch (error) {
    if (error instanceof Fault && (error.code === 'OUT_OF_STOCK' || error.code === 'RESERVATION_NOT_FOUND'))
      return false;
    throw error;
  }
  const couponIds = checkout.quote.coupons
    .filter(({ discountMinor }) => discountMinor > 0)
    .map(({ couponId }) => couponId);
  if (checkout.state === 'expired' && couponIds.length > 0) {
    const { memberId } = checkout;
    try {
      await marketing.redeemCoupons({ checkoutId, couponIds, ...(memberId === null ? {} : { memberId }) }, service);
    } catch (error) {
      // The buyer paid the discounted price before the coupon was used up by others: the price stands.
      if (!(error instanceof Fault) || error.code !== 'COUPON_NOT_USABLE') throw error;
    }
  }
  return true;
}
