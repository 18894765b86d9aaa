import {
  type Call,
  type Context,
  commonErrors,
  Fault,
  type Handler,
  type Handlers,
  type Id,
  newId,
  requireVersion,
} from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { inTransaction, type Queries, type Writer } from '@plaza/runtime';
import { type Checkout, checkoutOperations } from '../contract/checkout.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { basisOf } from '../domain/basis.ts';
import { type CartPrices, isBlocking, type PricedLine, priceLines } from '../domain/cart.ts';
import { type CheckoutRecord, OPEN_MINUTES, type WalletChoice } from '../domain/checkout.ts';
import { checkoutView } from '../domain/checkout-view.ts';
import { errors } from '../errors.ts';
import { findCheckout, insertCheckout, saveChoices } from '../store/checkout.ts';
import { isTheirs, openCart } from './open-cart.ts';
import { loadPrices } from './price-cart.ts';
import { newIds, withChoices } from './price-checkout.ts';
import { type PriceTaxes, priceTaxes } from './price-taxes.ts';
import { walletChoice } from './use-wallet.ts';

type CheckoutHandlers = Pick<Handlers<typeof checkoutOperations>, 'createCheckout' | 'getCheckout' | 'updateCheckout'>;

/** Checkouts up to the moment of buying. */
export function prepareCheckout(dependencies: BuyingDependencies): CheckoutHandlers {
  const { database, marketplaces, clock } = dependencies;

  const createCheckout: Handler<typeof checkoutOperations.createCheckout> = async (call) => {
    const { context } = call;
    const { marketplaceId, actor } = context;
    const settings = marketplaces.get(marketplaceId);
    if (actor.kind === 'guest' && !settings.checkout.guestAllowed) throw commonErrors.UNAUTHENTICATED({});
    const wallet = await walletChoice(dependencies, call.input, context);
    const blank = await newCheckout(dependencies, call, wallet ?? null, settings);
    const made = await priceTaxes(dependencies, marketplaceId)(blank, blank.quote);
    const write = async (writer: Writer): Promise<Checkout> => {
      await insertCheckout(writer, marketplaceId, made, clock());
      return checkoutView(made);
    };
    if (context.idempotencyKey === undefined) return write(database.read(marketplaceId));
    return inTransaction(database, checkoutOperations.createCheckout, ({ tx }) => write(tx.last))(call);
  };

  return {
    createCheckout,

    async getCheckout({ input, context }) {
      return checkoutView(await openCheckout(database.read(context.marketplaceId), input.checkoutId, context));
    },

    updateCheckout: async (call) => {
      const { input, context } = call;
      const { marketplaceId } = context;
      const wallet = await walletChoice(dependencies, input, context);
      const price = priceTaxes(dependencies, marketplaceId);
      if (dependencies.taxEngines.has(marketplaceId)) await askAhead(dependencies, price, call);
      const write = async (queries: Queries): Promise<Checkout> => {
        const checkout = await openCheckout(queries, input.checkoutId, context);
        const now = clock();
        requireOpen(checkout, now);
        requireVersion(checkout, input.expectedVersion);
        const chosen = withChoices(checkout, { ...input, wallet }, marketplaces.get(marketplaceId));
        const changed = await price(chosen, checkout.quote);
        if (!(await saveChoices(queries, marketplaceId, changed, now)))
          throw commonErrors.VERSION_CONFLICT({ currentVersion: checkout.version + 1 });
        return checkoutView({ ...changed, version: checkout.version + 1 });
      };
      if (context.idempotencyKey === undefined) return write(database.read(marketplaceId));
      return inTransaction(database, checkoutOperations.updateCheckout, ({ tx }) => write(tx))(call);
    },
  };
}

/**
 * Asks an outside engine before a transaction begins, so that none waits for a network; what is refused here is refused
 * again where the answer to a repeat is known.
 */
async function askAhead(
  { database, marketplaces }: BuyingDependencies,
  price: PriceTaxes,
  { input, context }: Call<typeof checkoutOperations.updateCheckout>,
): Promise<void> {
  const { marketplaceId } = context;
  try {
    const checkout = await openCheckout(database.read(marketplaceId), input.checkoutId, context);
    if (checkout.state !== 'open') return;
    await price(withChoices(checkout, input, marketplaces.get(marketplaceId)), checkout.quote);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}

/** The actor's checkout, or CHECKOUT_NOT_FOUND, also for someone else's. */
export async function openCheckout(queries: Queries, checkoutId: string, context: Context): Promise<CheckoutRecord> {
  const checkout = await findCheckout(queries, context.marketplaceId, checkoutId);
  if (checkout === undefined || !isTheirs(checkout, context)) throw errors.CHECKOUT_NOT_FOUND({});
  return checkout;
}

/** Refuses what can no longer be changed or completed. */
export function requireOpen({ state, expireTime }: CheckoutRecord, now: Date): void {
  if (state === 'expired' || (state === 'open' && expireTime <= now)) throw errors.CHECKOUT_EXPIRED({});
  if (state === 'completing') throw errors.CHECKOUT_IN_PROGRESS({});
  if (state !== 'open') throw errors.CHECKOUT_CLOSED({ state });
}

/** Refuses lines that cannot be bought; a changed price is no reason, the buyer sees it. */
export function requirePurchasable(priced: readonly PricedLine[]): void {
  const problems = priced.flatMap(({ record, problems }) =>
    problems.filter(isBlocking).map(({ code }) => ({ variantId: record.variantId, code })),
  );
  if (problems.length > 0) throw errors.CART_NOT_PURCHASABLE({ problems });
}

async function newCheckout(
  dependencies: BuyingDependencies,
  { input, context }: Call<typeof checkoutOperations.createCheckout>,
  wallet: WalletChoice | null,
  settings: MarketplaceSettings,
): Promise<CheckoutRecord> {
  const { cartId, prices, priced } = await wantedLines(dependencies, input, context);
  requirePurchasable(priced);
  const { actor, locale } = context;
  const basis = basisOf(priced, prices, settings, locale, newIds);
  const blank: CheckoutRecord = {
    id: newId('checkout'),
    state: 'open',
    cartId,
    orderId: newId('order'),
    memberId: actor.kind === 'member' ? actor.memberId : null,
    guestId: actor.kind === 'guest' ? (actor.guestId ?? null) : null,
    locale,
    email: null,
    address: null,
    note: null,
    invoiceDetails: null,
    shippingChoices: [],
    paymentMethodId: null,
    paymentToken: null,
    wallet,
    paymentId: null,
    actionUrl: null,
    declineCode: null,
    attempt: 1,
    currency: basis.currency,
    totalMinor: 0,
    basis,
    quote: {
      currency: basis.currency,
      groups: [],
      coupons: [],
      subtotalMinor: 0,
      discountMinor: 0,
      shippingMinor: 0,
      taxAddedMinor: 0,
      taxIncludedMinor: 0,
      totalMinor: 0,
    },
    expireTime: new Date(dependencies.clock().getTime() + OPEN_MINUTES * 60_000),
    version: 1,
  };
  return withChoices(blank, input, settings);
}

/** The lines of the cart, or the one thing bought at once, with their prices now. */
async function wantedLines(
  dependencies: BuyingDependencies,
  input: Call<typeof checkoutOperations.createCheckout>['input'],
  context: Context,
): Promise<{ cartId: Id<'cart'> | null; prices: CartPrices; priced: PricedLine[] }> {
  const { database } = dependencies;
  if (input.cartId !== undefined) {
    const cart = await openCart(database.read(context.marketplaceId), input.cartId, context);
    if (cart.lines.length === 0) throw errors.CART_EMPTY({});
    const prices = await loadPrices(dependencies, cart.lines, cart.couponCodes, context);
    return { cartId: cart.id, prices, priced: priceLines(cart.lines, prices) };
  }
  if (input.buyNow === undefined) throw errors.CART_EMPTY({});
  const { variantId, quantity, offerId = null } = input.buyNow;
  const wanted = { variantId, quantity, offerId };
  const prices = await loadPrices(dependencies, [wanted], [], context);
  const quoted = prices.variants.get(variantId);
  if (quoted === undefined) throw errors.VARIANT_NOT_FOUND({});
  const priced = priceLines([{ ...wanted, unitPriceMinor: quoted.price.amountMinor }], prices);
  if (priced.some(({ problems }) => problems.some(({ code }) => code === 'OFFER_ENDED')))
    throw errors.OFFER_NOT_USABLE({});
  return { cartId: null, prices, priced };
}
