import { type Call, type Context, type Handler, type Money, money } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { inSteps, inTakenSteps, type Sql } from '@plaza/runtime';
import { type Completion, checkoutOperations } from '../contract/checkout.ts';
import type { BuyingDependencies } from '../dependencies.ts';
import { basisOf } from '../domain/basis.ts';
import { priceLines } from '../domain/cart.ts';
import { type CheckoutRecord, LEASE_SECONDS, missingOf } from '../domain/checkout.ts';
import { completionView } from '../domain/checkout-view.ts';
import { errors } from '../errors.ts';
import { saveChoices, takeOpen } from '../store/checkout.ts';
import { requireParcels } from './cash-offer.ts';
import { openCheckout, requireOpen, requirePurchasable } from './create-checkout.ts';
import { loadPrices } from './price-cart.ts';
import { newIds, quoteFor, withChoices } from './price-checkout.ts';
import { priceTaxes } from './price-taxes.ts';
import { followPayment, purchase } from './purchase.ts';

type Complete = typeof checkoutOperations.completeCheckout;

/**
 * Buys. What the buyer saw is checked against what it costs now; then the checkout is taken (state `completing`, with a
 * lease) and the steps of purchase.ts run. Of two calls at once one takes it; the other is told to wait. Should this
 * process die, the timer of due-checkouts.ts goes on where the rows say it was.
 */
export function completeCheckout(dependencies: BuyingDependencies): Handler<Complete> {
  const { database, clock } = dependencies;
  return inTakenSteps(database, checkoutOperations.completeCheckout, {
    prepare: async (call) => {
      const { marketplaceId } = call.context;
      const checkout = await openCheckout(database.read(marketplaceId), call.input.checkoutId, call.context);
      if (checkout.state !== 'open') return undefined;
      const { chosen, isAsSeen } = await compare(dependencies, checkout, call);
      return isAsSeen ? taking(marketplaceId, chosen, clock()) : undefined;
    },
    work: ({ context }, taken, keep) => purchase(dependencies, taken, context, { keep }),
    otherwise: inSteps(database, checkoutOperations.completeCheckout, async (call): Promise<Completion> => {
      const { context } = call;
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const checkout = await openCheckout(queries, call.input.checkoutId, context);
      if (checkout.state === 'completed' || checkout.state === 'refunded')
        return completionView(checkout, checkout.state);
      if (checkout.state === 'awaiting_payment') return followPayment(dependencies, checkout, context);
      const { chosen, fresh, seen, isAsSeen } = await compare(dependencies, checkout, call);
      if (!isAsSeen) {
        await saveChoices(queries, marketplaceId, fresh, clock());
        throw errors.PRICE_CHANGED({ previousTotal: seen, total: money(fresh.totalMinor, fresh.currency) });
      }
      const { taken, take } = taking(marketplaceId, chosen, clock());
      if ((await queries.execute(take)) === 0) throw errors.CHECKOUT_IN_PROGRESS({});
      return purchase(dependencies, taken, context, {});
    }),
  });
}

/** The checkout as its worker has it, and the statement that makes it theirs. */
function taking(marketplaceId: string, chosen: CheckoutRecord, now: Date): { taken: CheckoutRecord; take: Sql } {
  const until = new Date(now.getTime() + LEASE_SECONDS * 1000);
  const taken: CheckoutRecord = { ...chosen, state: 'completing', version: chosen.version + 1 };
  return { taken, take: takeOpen(marketplaceId, chosen, until, now) };
}

/** An open, complete checkout with the buyer's last choice (`chosen`) beside the same at today's prices. */
async function compare(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  { input, context }: Call<Complete>,
): Promise<{ chosen: CheckoutRecord; fresh: CheckoutRecord; seen: Money; isAsSeen: boolean }> {
  const { marketplaces, clock } = dependencies;
  const { marketplaceId } = context;
  requireOpen(checkout, clock());
  const settings = marketplaces.get(marketplaceId);
  const price = priceTaxes(dependencies, marketplaceId);
  const chosen = await price(withChoices(checkout, { payment: input.payment }, settings), checkout.quote);
  const missing = missingOf(chosen);
  if (missing.length > 0) throw errors.CHECKOUT_INCOMPLETE({ missing });
  requireParcels(chosen, settings);
  const fresh = await price(await priceAgain(dependencies, chosen, context, settings), chosen.quote);
  const seen = input.expectedTotal ?? money(checkout.totalMinor, checkout.currency);
  const isSameTotal = seen.amountMinor === fresh.totalMinor && seen.currency === fresh.currency;
  return { chosen, fresh, seen, isAsSeen: isSameTotal && hasSameParts(chosen, fresh) };
}

/** The checkout at today's prices; refuses what cannot be had any more. */
async function priceAgain(
  dependencies: BuyingDependencies,
  checkout: CheckoutRecord,
  context: Context,
  settings: MarketplaceSettings,
): Promise<CheckoutRecord> {
  const { basis } = checkout;
  const { lines } = basis;
  const codes = basis.coupons.map(({ code }) => code);
  const prices = await loadPrices(dependencies, lines, codes, context);
  const gone = lines.filter(({ variantId }) => !prices.variants.has(variantId));
  if (gone.length > 0)
    throw errors.CART_NOT_PURCHASABLE({
      problems: gone.map(({ variantId }) => ({ variantId, code: 'UNAVAILABLE' })),
    });
  const priced = priceLines(lines, prices);
  const short = priced.find(({ problems }) => problems.some(({ code }) => code === 'OUT_OF_STOCK'));
  if (short?.quoted !== undefined) {
    const { variantId, quantity, freeQuantity } = short.quoted;
    throw errors.OUT_OF_STOCK({ variantId, requested: quantity, free: freeQuantity ?? 0 });
  }
  requirePurchasable(priced);
  const fresh = basisOf(priced, prices, settings, checkout.locale, newIds, basis);
  const quote = quoteFor(fresh, checkout, settings);
  return { ...checkout, basis: fresh, quote, totalMinor: quote.totalMinor };
}

/** Whether every store gets what it would get by the quote the buyer saw, so that the frozen one may stand. */
function hasSameParts(a: CheckoutRecord, b: CheckoutRecord): boolean {
  return a.quote.groups.every((group) =>
    b.quote.groups.some((other) => other.groupId === group.groupId && other.totalMinor === group.totalMinor),
  );
}
