import type { QuotedVariant } from '@plaza/catalog/contract';
import { addMoney, type Currency, type Id, money, subtractMoney, sumMoney } from '@plaza/kernel';
import type { CouponProblem, CouponRule } from '@plaza/marketing/contract';
import type { Cart, CartCoupon, CartLine, CartProblem } from '../contract/cart.ts';
import { applyCoupons } from './coupon.ts';
import type { LockedPrice } from './locked-price.ts';

/** A cart as the database keeps it: what is wanted, not what it costs. */
export type CartRecord = {
  readonly id: Id<'cart'>;
  readonly memberId: Id<'member'> | null;
  readonly guestId: string | null;
  readonly version: number;
  readonly updatedTime: Date;
  readonly lines: readonly CartLineRecord[];
  readonly couponCodes: readonly string[];
};

/** What is to be priced: so many pieces of a variant, at the price of an accepted offer if there is one. */
export type WantedLine = {
  readonly variantId: Id<'variant'>;
  readonly offerId: Id<'offer'> | null;
  readonly quantity: number;
  /** Per piece when the buyer last accepted it, in minor units. */
  readonly unitPriceMinor: number;
};

export type CartLineRecord = WantedLine & { readonly id: Id<'cartLine'>; readonly snapshot: LineSnapshot };

/** How a line looked when it was added; shown when its listing is gone. */
export type LineSnapshot = Pick<
  QuotedVariant,
  'listingId' | 'listingSlug' | 'storeId' | 'storeName' | 'storeSlug' | 'title' | 'variantTitle' | 'imageUrl' | 'kind'
>;

export function snapshotOf(quoted: QuotedVariant): LineSnapshot {
  const { listingId, listingSlug, storeId, storeName, storeSlug, title, variantTitle, imageUrl, kind } = quoted;
  return { listingId, listingSlug, storeId, storeName, storeSlug, title, variantTitle, imageUrl, kind };
}

/** What is known of a code right now. */
export type CheckedCoupon = {
  readonly code: string;
  readonly coupon: CouponRule | null;
  readonly problem: CouponProblem | null;
};

/** Everything a cart is priced with. */
export type CartPrices = {
  readonly currency: Currency;
  readonly memberId: Id<'member'> | null;
  readonly variants: ReadonlyMap<string, QuotedVariant>;
  readonly offers: ReadonlyMap<string, LockedPrice>;
  readonly coupons: readonly CheckedCoupon[];
};

/** A line with its price now and what is wrong with it. */
export type PricedLine<Line extends WantedLine = WantedLine> = {
  readonly record: Line;
  readonly quoted: QuotedVariant | undefined;
  readonly unitPriceMinor: number;
  readonly problems: readonly CartProblem[];
};

/** Problems that let a checkout begin all the same: the buyer sees the new price there. */
export function isBlocking({ code }: CartProblem): boolean {
  return code !== 'PRICE_CHANGED';
}

/** The price of each line now, and its problems: live, or locked by an accepted offer. */
export function priceLines<Line extends WantedLine>(lines: readonly Line[], prices: CartPrices): PricedLine<Line>[] {
  return lines.map((record) => {
    const quoted = prices.variants.get(record.variantId);
    const offer = record.offerId === null ? undefined : prices.offers.get(record.offerId);
    if (quoted === undefined)
      return { record, quoted, unitPriceMinor: record.unitPriceMinor, problems: [{ code: 'UNAVAILABLE' }] };
    const isLocked = offer !== undefined && offer.variantId === record.variantId && offer.quantity >= record.quantity;
    const unitPriceMinor = isLocked ? offer.unitPriceMinor : quoted.price.amountMinor;
    const problems: CartProblem[] = [];
    if (record.offerId !== null && !isLocked) problems.push({ code: 'OFFER_ENDED' });
    if (quoted.sellerMemberId === prices.memberId) problems.push({ code: 'OWN_LISTING' });
    if (quoted.price.currency !== prices.currency) problems.push({ code: 'UNAVAILABLE' });
    else if (!quoted.isPurchasable) {
      const { freeQuantity } = quoted;
      if (freeQuantity !== null && freeQuantity < quoted.quantity)
        problems.push({ code: 'OUT_OF_STOCK', freeQuantity });
      else problems.push({ code: 'UNAVAILABLE' });
    }
    if (unitPriceMinor !== record.unitPriceMinor)
      problems.push({ code: 'PRICE_CHANGED', previousPrice: money(record.unitPriceMinor, prices.currency) });
    return { record, quoted, unitPriceMinor, problems };
  });
}

/** The cart as its owner sees it: grouped by store in the order of adding, with problems, coupons and totals. */
export function cartView(cart: CartRecord, prices: CartPrices): Cart {
  const { currency } = prices;
  const priced = priceLines(cart.lines, prices);
  const groups = new Map<string, Cart['groups'][number]>();
  for (const each of priced) {
    const look = each.quoted ?? each.record.snapshot;
    const line = lineView(each, look, currency);
    const group = groups.get(look.storeId);
    groups.set(look.storeId, {
      storeId: look.storeId,
      storeName: look.storeName,
      storeSlug: look.storeSlug,
      lines: [...(group?.lines ?? []), line],
      subtotal: addMoney(group?.subtotal ?? money(0, currency), line.total),
    });
  }
  const subtotal = sumMoney(
    [...groups.values()].map((group) => group.subtotal),
    currency,
  );
  const coupons = couponViews(priced, prices);
  const discount = sumMoney(
    coupons.map((coupon) => coupon.discount),
    currency,
  );
  return {
    id: cart.id,
    groups: [...groups.values()],
    coupons,
    quantity: cart.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal,
    discount,
    total: subtractMoney(subtotal, discount),
    isPurchasable: priced.length > 0 && !priced.some(({ problems }) => problems.some(isBlocking)),
    version: cart.version,
    updatedTime: cart.updatedTime.toISOString(),
  };
}

function lineView(
  { record, unitPriceMinor, problems }: PricedLine<CartLineRecord>,
  look: LineSnapshot,
  currency: Currency,
): CartLine {
  return {
    id: record.id,
    variantId: record.variantId,
    listingId: look.listingId,
    listingSlug: look.listingSlug,
    title: look.title,
    variantTitle: look.variantTitle,
    imageUrl: look.imageUrl,
    kind: look.kind,
    quantity: record.quantity,
    unitPrice: money(unitPriceMinor, currency),
    total: money(unitPriceMinor * record.quantity, currency),
    offerId: record.offerId,
    problems: [...problems],
  };
}

function couponViews(priced: readonly PricedLine[], { coupons, currency }: CartPrices): CartCoupon[] {
  if (coupons.length === 0) return [];
  const usable = coupons.flatMap(({ coupon, problem }) => (coupon !== null && problem === null ? [coupon] : []));
  const { results } = applyCoupons(usable, discountable(priced), []);
  return coupons.map(({ code, coupon, problem }) => {
    const result = results.find(({ rule }) => rule.code === code);
    return {
      code,
      title: coupon?.title ?? code,
      funder: coupon?.funder ?? 'platform',
      storeId: coupon?.storeId ?? null,
      discount: money(result?.discountMinor ?? 0, currency),
      problem: problem ?? result?.problem ?? null,
    };
  });
}

/** Lines as coupons see them, in an order that does not depend on adding. */
function discountable(priced: readonly PricedLine[]) {
  const key = ({ record, quoted }: PricedLine) => `${quoted?.storeId} ${record.variantId} ${record.offerId ?? ''}`;
  return [...priced]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .flatMap(({ record, quoted, unitPriceMinor }) =>
      quoted === undefined ? [] : [{ ...quoted, subtotalMinor: unitPriceMinor * record.quantity }],
    );
}
