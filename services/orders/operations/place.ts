import { asService, type Context, Fault, type Id, invariant } from '@plaza/kernel';
import type { Payment } from '@plaza/payments/contract';
import type { BuyingDependencies } from '../dependencies.ts';
import { type CheckoutRecord, LEASE_SECONDS, linesOf } from '../domain/checkout.ts';
import { emptyOf } from '../store/cart.ts';
import { close, lockCheckout, markSettled } from '../store/checkout.ts';

/**
 * From captured money to the order: the stock becomes sold, then one transaction under the checkout's lock inserts the
 * order and completes the checkout, then the money is put into the stores' escrow. Browser, webhook and timer may all
 * come here at once: the lock lets one place the order, the others find it placed. If the stock is gone (the hold had
 * expired and was sold meanwhile) the money goes back and the checkout ends as `refunded`.
 */
export async function place(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  payment: Payment,
  context: Context,
): Promise<CheckoutRecord> {
  const { catalog, marketing, payments, database, clock, after, log } = dependencies;
  const { marketplaceId } = context;
  const service = asService('orders', context);
  const checkoutId = checkout.id as Id<'checkout'>;
  const orderId = checkout.orderId as Id<'order'>;

  if (!(await sellStock(dependencies, checkout, context))) {
    await payments.refundPayment({ paymentId: payment.id, reason: 'The stock was gone when the money came.' }, service);
    if (checkout.quote.coupons.length > 0) await marketing.releaseCoupons({ checkoutId }, service);
    return endAsRefunded(dependencies, checkout, payment, context);
  }
  const outcome = await database.transaction(marketplaceId, async (tx) => {
    const locked = await lockCheckout(tx, marketplaceId, checkout.id);
    invariant(locked !== undefined, `a checkout that was being completed is gone: ${checkout.id}`);
    if (locked.state === 'completed' || locked.state === 'refunded') return { checkout: locked, isNew: false };
    const now = clock();
    await after.placeOrder(tx, { checkout: locked, payment, now });
    const due = new Date(now.getTime() + LEASE_SECONDS * 1000);
    await close(tx, marketplaceId, locked.id, { state: 'completed', paymentId: payment.id, due }, now);
    if (locked.cartId !== null) {
      const bought = linesOf(locked).map(({ variantId }) => variantId);
      await emptyOf(tx, marketplaceId, locked.cartId, bought, now);
    }
    const completed: CheckoutRecord = {
      ...locked,
      state: 'completed',
      paymentId: payment.id,
      actionUrl: null,
      version: locked.version + 1,
    };
    return { checkout: completed, isNew: true };
  });
  if (outcome.checkout.state === 'refunded') {
    // Another worker found the stock gone before it came back: what we took again goes back on sale.
    await catalog.restock({ orderId, lines: linesOf(checkout) }, service);
    return outcome.checkout;
  }
  if (outcome.isNew) {
    try {
      await settle(dependencies, outcome.checkout, context);
    } catch (error) {
      log.warn({ err: error, checkoutId, orderId }, 'an order is placed but not settled; the timer goes on');
    }
  }
  return outcome.checkout;
}

/** What follows a placed order: its money into escrow, group by group. Safe to repeat. */
export async function settle(
  { payments, database }: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<void> {
  invariant(checkout.paymentId !== null, 'a completed checkout has a payment');
  await payments.holdForOrder(
    {
      paymentId: checkout.paymentId as Id<'payment'>,
      orderId: checkout.orderId as Id<'order'>,
      groups: checkout.quote.groups.map((group) => ({
        groupId: group.groupId as Id<'shipmentGroup'>,
        storeId: group.storeId as Id<'store'>,
        sellerMemberId: group.sellerMemberId as Id<'member'>,
        totalMinor: group.totalMinor,
        commissionMinor: group.commissionMinor + group.commissionVatMinor,
        // Taxes on top of prices are collected and remitted by the marketplace; those within prices by the seller.
        taxMinor: group.taxAddedMinor,
        platformFundedMinor: group.platformFundedMinor,
      })),
    },
    asService('orders', context),
  );
  await markSettled(database.read(context.marketplaceId), context.marketplaceId, checkout.id);
}

/** The hold becomes a sale; one that has ended is taken again if the stock is there. False: it is not. */
async function sellStock(
  { catalog, marketing }: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<boolean> {
  const service = asService('orders', context);
  const checkoutId = checkout.id as Id<'checkout'>;
  try {
    await catalog.commitReservation({ checkoutId, orderId: checkout.orderId as Id<'order'> }, service);
  } catch (error) {
    if (error instanceof Fault && (error.code === 'OUT_OF_STOCK' || error.code === 'RESERVATION_NOT_FOUND'))
      return false;
    throw error;
  }
  const couponIds = checkout.quote.coupons
    .filter(({ discountMinor }) => discountMinor > 0)
    .map(({ couponId }) => couponId as Id<'coupon'>);
  if (checkout.state === 'expired' && couponIds.length > 0) {
    const memberId = checkout.memberId as Id<'member'> | null;
    try {
      await marketing.redeemCoupons({ checkoutId, couponIds, ...(memberId === null ? {} : { memberId }) }, service);
    } catch (error) {
      // The buyer paid the discounted price before the coupon was used up by others: the price stands.
      if (!(error instanceof Fault) || error.code !== 'COUPON_NOT_USABLE') throw error;
    }
  }
  return true;
}

async function endAsRefunded(
  { database, clock }: BuyingDependencies,
  checkout: CheckoutRecord,
  payment: Payment,
  { marketplaceId }: Context,
): Promise<CheckoutRecord> {
  return database.transaction(marketplaceId, async (tx) => {
    const locked = await lockCheckout(tx, marketplaceId, checkout.id);
    invariant(locked !== undefined, `a checkout that was being completed is gone: ${checkout.id}`);
    if (locked.state === 'completed' || locked.state === 'refunded') return locked;
    await close(tx, marketplaceId, locked.id, { state: 'refunded', paymentId: payment.id, due: null }, clock());
    return { ...locked, state: 'refunded', paymentId: payment.id, actionUrl: null, version: locked.version + 1 };
  });
}
