import type { QuotedVariant } from '@plaza/catalog/contract';
import { asService, type Context, type Id } from '@plaza/kernel';
import type { BuyingDependencies } from '../dependencies.ts';
import type { CartLineRecord, CartPrices, CartRecord } from '../domain/cart.ts';
import type { LockedPrice } from '../domain/locked-price.ts';

type Wanted = Pick<CartLineRecord, 'variantId' | 'offerId' | 'quantity'>;

/**
 * Everything lines and coupons are priced with, as it is now: one call to the catalog, and only when there are any, one
 * to marketing for coupons and one statement for offers; side by side.
 */
export async function loadPrices(
  dependencies: BuyingDependencies,
  lines: readonly Wanted[],
  couponCodes: readonly string[],
  context: Context,
): Promise<CartPrices> {
  const memberId = context.actor.kind === 'member' ? context.actor.memberId : null;
  const [variants, offers, coupons] = await Promise.all([
    quote(dependencies, lines, context),
    lockedPrices(dependencies, lines, context, memberId),
    couponCodes.length === 0
      ? []
      : dependencies.marketing
          .checkCoupons(
            { codes: [...couponCodes], ...(memberId === null ? {} : { memberId }) },
            asService('orders', context),
          )
          .then(({ items }) => items),
  ]);
  const { currency } = dependencies.marketplaces.get(context.marketplaceId);
  return { currency, memberId, variants, offers, coupons };
}

/** The same for a whole cart. */
export function loadCartPrices(
  dependencies: BuyingDependencies,
  cart: Pick<CartRecord, 'lines' | 'couponCodes'>,
  context: Context,
): Promise<CartPrices> {
  return loadPrices(dependencies, cart.lines, cart.couponCodes, context);
}

async function quote(
  { catalog }: BuyingDependencies,
  lines: readonly Wanted[],
  context: Context,
): Promise<Map<string, QuotedVariant>> {
  if (lines.length === 0) return new Map();
  const quantities = new Map<Id<'variant'>, number>();
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  const wanted = [...quantities].map(([variantId, quantity]) => ({ variantId, quantity: Math.min(quantity, 100_000) }));
  const { items } = await catalog.quoteVariants({ lines: wanted }, asService('orders', context));
  return new Map(items.map((item) => [item.variantId, item]));
}

async function lockedPrices(
  { database, clock, after }: BuyingDependencies,
  lines: readonly Wanted[],
  { marketplaceId }: Context,
  memberId: string | null,
): Promise<Map<string, LockedPrice>> {
  const offerIds = lines.flatMap(({ offerId }) => (offerId === null ? [] : [offerId]));
  if (offerIds.length === 0 || memberId === null) return new Map();
  const offers = await after.findLockedPrices(database.read(marketplaceId), marketplaceId, offerIds, clock());
  return new Map(offers.filter((offer) => offer.buyerMemberId === memberId).map((offer) => [offer.offerId, offer]));
}
