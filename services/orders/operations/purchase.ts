import { asService, type Context, commonErrors, Fault, type Id } from '@plaza/kernel';
import type { Payment } from '@plaza/payments/contract';
import type { Completion } from '../contract/checkout.ts';
import type { CashProblem } from '../contract/checkout-errors.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { ASK_AGAIN_SECONDS, type CheckoutRecord, linesOf, OPEN_MINUTES } from '../domain/checkout.ts';
import { completionView } from '../domain/checkout-view.ts';
import { errors } from '../errors.ts';
import { awaitPayment, close, findCheckout, reopen } from '../store/checkout.ts';
import { keepOffersOf } from './keep-offers.ts';
import { type FirstWorker, heldGroups, place } from './place.ts';
import { paymentMethodOf } from './price-checkout.ts';
import { restRefusal, walletRefusalFrom } from './use-wallet.ts';

/**
 * The steps of a purchase, each safe to repeat: keep offers → hold stock → count coupons → ask for money → place the
 * order. The cheap to undo comes first. A refusal gives back what was taken and opens the checkout again. Any other
 * failure leaves it `completing`: nobody knows how far it got, so the timer repeats the steps until they answer.
 */
export async function purchase(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
  first?: FirstWorker,
): Promise<Completion> {
  const { catalog, marketing, payments, marketplaces, publicUrl } = dependencies;
  const service = asService('orders', context);
  const settings = marketplaces.get(context.marketplaceId);
  const checkoutId = checkout.id;
  const { memberId } = checkout;
  const { quote } = checkout;
  const coupons = quote.coupons.filter(({ discountMinor }) => discountMinor > 0);
  let payment: Payment;
  try {
    await keepOffers(dependencies, checkout, context);
    await catalog.reserveStock(
      { checkoutId, lines: linesOf(checkout), expiresInSeconds: settings.checkout.reservationMinutes * 60 },
      service,
    );
    if (coupons.length > 0) {
      const couponIds = coupons.map(({ couponId }) => couponId);
      await marketing.redeemCoupons({ checkoutId, couponIds, ...(memberId === null ? {} : { memberId }) }, service);
    }
    payment = await payments.createPayment(
      {
        checkoutId,
        attempt: checkout.attempt,
        amount: { amountMinor: quote.totalMinor, currency: quote.currency },
        ...paymentMethodOf(checkout, settings),
        ...(memberId === null ? {} : { payerMemberId: memberId }),
        returnUrl: `${publicUrl(context.marketplaceId)}/${checkout.locale}/checkout/${checkout.id}`,
        allocations: quote.groups.map(({ storeId, totalMinor }) => ({
          storeId,
          amountMinor: totalMinor,
        })),
        order: { orderId: checkout.orderId, groups: heldGroups(checkout) },
      },
      service,
    );
  } catch (error) {
    const refusal = refusalFrom(error);
    if (refusal === undefined) throw error;
    await giveBack(dependencies, checkout, context);
    // A wallet that refused is not used again unasked: the buyer sees what is left to pay otherwise.
    await openAgain(dependencies, { ...checkout, wallet: isOfWallet(refusal) ? null : checkout.wallet }, null, context);
    const isRest =
      refusal.code === 'PAYMENT_METHOD_INVALID' ? await restRefusal(dependencies, checkout, service) : undefined;
    throw isRest ?? refusal;
  }
  return settlePayment(dependencies, checkout, payment, context, first);
}

/** Refuses a checkout whose accepted price another has. */
async function keepOffers(dependencies: BuyingDependencies, checkout: CheckoutRecord, context: Context): Promise<void> {
  if (await keepOffersOf(dependencies, checkout, context)) return;
  const priced = checkout.basis.lines.filter(({ offerId }) => offerId !== null);
  throw errors.CART_NOT_PURCHASABLE({
    problems: priced.map(({ variantId }) => ({ variantId, code: 'OFFER_ENDED' })),
  });
}

/** What the payment's state means for the checkout. Every way by which a state is learned ends here. */
export async function settlePayment(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  payment: Payment,
  context: Context,
  first?: FirstWorker,
): Promise<Completion> {
  const { database, clock, marketplaces } = dependencies;
  const { marketplaceId } = context;
  const queries = database.read(marketplaceId);
  switch (payment.state) {
    case 'due':
    case 'captured':
    case 'partially_refunded': {
      const placed = await place(dependencies, checkout, payment, context, first);
      if (payment.state === 'due' && placed.state !== 'completed') {
        // What was to be sold is gone, and nothing was paid: the buyer looks at the checkout again.
        const { id: paymentId } = payment;
        const given = await dependencies.payments.cancelPayment({ paymentId }, asService('orders', context));
        if (given.state === 'canceled') return settlePayment(dependencies, checkout, given, context);
      }
      return completionView(placed, placed.state === 'refunded' ? 'refunded' : 'completed');
    }
    case 'created':
    case 'requires_action':
    case 'pending': {
      if (checkout.state === 'completing') {
        const { reservationMinutes } = marketplaces.get(marketplaceId).checkout;
        const now = clock();
        const times = {
          until: new Date(now.getTime() + reservationMinutes * 60_000),
          askAgain: new Date(now.getTime() + ASK_AGAIN_SECONDS * 1000),
        };
        const { id: paymentId, actionUrl } = payment;
        await awaitPayment(queries, marketplaceId, checkout.id, { paymentId, actionUrl, ...times }, now);
      }
      const outcome = payment.state === 'requires_action' ? 'requires_action' : 'pending';
      return completionView(await reread(dependencies, checkout, context), outcome);
    }
    case 'declined':
    case 'canceled': {
      await giveBack(dependencies, checkout, context);
      await openAgain(dependencies, checkout, { code: payment.declineCode ?? payment.state }, context);
      return completionView(await reread(dependencies, checkout, context), 'declined');
    }
    case 'refunded': {
      await giveBack(dependencies, checkout, context);
      await close(queries, marketplaceId, checkout, { state: 'refunded', paymentId: payment.id }, clock());
      return completionView(await reread(dependencies, checkout, context), 'refunded');
    }
    default:
      return payment.state satisfies never;
  }
}

/** For a buyer who is back from the provider: asks how the payment stands, and goes on from there. */
export async function followPayment(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<Completion> {
  if (checkout.paymentId === null) throw commonErrors.UNAVAILABLE({});
  const { paymentId } = checkout;
  const payment = await dependencies.payments.confirmPayment({ paymentId }, asService('orders', context));
  return settlePayment(dependencies, checkout, payment, context);
}

/** Returns stock and coupon uses; whichever was not taken, is not there to be returned. */
export async function giveBack(
  { catalog, marketing }: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
): Promise<void> {
  const service = asService('orders', context);
  const checkoutId = checkout.id;
  await Promise.all([
    catalog.releaseReservation({ checkoutId }, service).catch((error: unknown) => {
      if (!(error instanceof Fault) || error.code !== 'RESERVATION_NOT_FOUND') throw error;
    }),
    checkout.quote.coupons.length === 0 ? undefined : marketing.releaseCoupons({ checkoutId }, service),
  ]);
}

async function openAgain(
  { database, clock }: BuyingDependencies,
  checkout: CheckoutRecord,
  decline: { code: string } | null,
  { marketplaceId }: Context,
): Promise<void> {
  const now = clock();
  const expireTime = new Date(now.getTime() + OPEN_MINUTES * 60_000);
  await reopen(database.read(marketplaceId), marketplaceId, checkout, decline, expireTime, now);
}

async function reread(
  { database }: BuyingDependencies,
  checkout: CheckoutRecord,
  { marketplaceId }: Context,
): Promise<CheckoutRecord> {
  return (await findCheckout(database.read(marketplaceId), marketplaceId, checkout.id)) ?? checkout;
}

function isOfWallet({ code }: Fault): boolean {
  return code === 'WALLET_NOT_USABLE';
}

/** Refusals of the steps in the words of our contract. Undefined: a failure that says nothing about the outcome. */
function refusalFrom(error: unknown): Fault | undefined {
  if (!(error instanceof Fault)) return undefined;
  const { code, data } = error;
  if (code === 'CART_NOT_PURCHASABLE') return error;
  if (code === 'OUT_OF_STOCK') {
    const { variantId, requested, free } = data as { variantId: Id<'variant'>; requested: number; free: number };
    return errors.OUT_OF_STOCK({ variantId, requested, free });
  }
  if (code === 'VARIANT_NOT_FOUND') return errors.CART_NOT_PURCHASABLE({ problems: [] });
  if (code === 'COUPON_NOT_USABLE') return errors.COUPON_NOT_USABLE(data as { code: string; problem: string });
  if (code === 'PAYMENT_METHOD_INVALID') return errors.PAYMENT_METHOD_INVALID({});
  if (code === 'CASH_NOT_OFFERED') return errors.CASH_NOT_OFFERED(data as { problem: CashProblem });
  return walletRefusalFrom(error);
}
