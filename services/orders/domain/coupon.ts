import { basisPointsOf, type Id, splitByLargestRemainder } from '@plaza/kernel';
import type { CouponRule } from '@plaza/marketing/contract';
import type { QuoteDiscount } from './quote.ts';

/** A line as far as coupons care. */
export type DiscountableLine = {
  readonly storeId: Id<'store'>;
  readonly listingId: Id<'listing'>;
  readonly categoryPath: readonly string[];
  readonly subtotalMinor: number;
};

/** The shipping of one store's group. */
export type DiscountableShipping = { readonly storeId: Id<'store'>; readonly priceMinor: number };

export type CouponResult = {
  readonly rule: CouponRule;
  readonly discountMinor: number;
  readonly problem: 'SUBTOTAL_TOO_LOW' | 'NO_ELIGIBLE_LINE' | null;
};

export type Discounts = {
  /** By index of the line. */
  readonly lines: QuoteDiscount[][];
  /** By store. */
  readonly shipping: Map<string, QuoteDiscount[]>;
  readonly results: CouponResult[];
};

/**
 * What each coupon takes off which line. Stores' coupons come first, then the platform's on what is left, so that
 * nobody discounts the same cent twice. A coupon's amount is spread over its eligible lines by largest remainder. A
 * store's coupon touches only its own lines and shipping: nobody's money changes through another's coupon.
 * `lines` must be in one fixed order (pricing sorts them), as equal remainders go to the earlier line.
 */
export function applyCoupons(
  rules: readonly CouponRule[],
  lines: readonly DiscountableLine[],
  shipping: readonly DiscountableShipping[],
): Discounts {
  const ofLines: QuoteDiscount[][] = lines.map(() => []);
  const ofShipping = new Map<string, QuoteDiscount[]>();
  const left = lines.map(({ subtotalMinor }) => subtotalMinor);
  const shippingLeft = new Map(shipping.map(({ storeId, priceMinor }) => [storeId, priceMinor]));
  const results = inFixedOrder(rules).map((rule): CouponResult => {
    const eligible = lines.map((_, i) => i).filter((i) => isEligible(rule, lines[i] as DiscountableLine));
    if (eligible.length === 0) return { rule, discountMinor: 0, problem: 'NO_ELIGIBLE_LINE' };
    const subtotalMinor = eligible.reduce((sum, i) => sum + (lines[i] as DiscountableLine).subtotalMinor, 0);
    if (subtotalMinor < rule.subtotalMinMinor) return { rule, discountMinor: 0, problem: 'SUBTOTAL_TOO_LOW' };
    const { code, funder } = rule;
    let discountMinor = 0;
    if (rule.reduction.kind === 'free-shipping') {
      for (const storeId of new Set(eligible.map((i) => (lines[i] as DiscountableLine).storeId))) {
        const amountMinor = shippingLeft.get(storeId) ?? 0;
        if (amountMinor === 0) continue;
        shippingLeft.set(storeId, 0);
        ofShipping.set(storeId, [...(ofShipping.get(storeId) ?? []), { code, funder, amountMinor }]);
        discountMinor += amountMinor;
      }
      return { rule, discountMinor, problem: null };
    }
    const weights = eligible.map((i) => left[i] as number);
    const base = weights.reduce((sum, weight) => sum + weight, 0);
    const parts = splitByLargestRemainder(reductionOf(rule.reduction, base), weights);
    for (const [position, i] of eligible.entries()) {
      const amountMinor = parts[position] as number;
      if (amountMinor === 0) continue;
      left[i] = (left[i] as number) - amountMinor;
      ofLines[i]?.push({ code, funder, amountMinor });
      discountMinor += amountMinor;
    }
    return { rule, discountMinor, problem: null };
  });
  return { lines: ofLines, shipping: ofShipping, results };
}

/** At most `baseMinor`: nothing costs less than nothing. */
function reductionOf(reduction: Exclude<CouponRule['reduction'], { kind: 'free-shipping' }>, baseMinor: number) {
  if (reduction.kind === 'fixed') return Math.min(reduction.amountMinor, baseMinor);
  return Math.min(basisPointsOf(baseMinor, reduction.rateBp), reduction.maxMinor ?? baseMinor);
}

function isEligible(rule: CouponRule, line: DiscountableLine): boolean {
  const { categoryIds, listingIds } = rule.scope;
  if (rule.funder === 'store' && rule.storeId !== line.storeId) return false;
  if (listingIds !== undefined && listingIds.length > 0 && !listingIds.some((id) => id === line.listingId))
    return false;
  return (
    categoryIds === undefined || categoryIds.length === 0 || categoryIds.some((id) => line.categoryPath.includes(id))
  );
}

function inFixedOrder(rules: readonly CouponRule[]): CouponRule[] {
  const rank = ({ funder, code }: CouponRule) => `${funder === 'store' ? 0 : 1}:${code}`;
  return [...rules].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
