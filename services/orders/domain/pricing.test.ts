import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import type { CommissionRule, TaxRule } from '@plaza/kernel/marketplace';
import type { CouponRule } from '@plaza/marketing/contract';
import fc from 'fast-check';
import { type BasisLine, type PricingBasis, type PricingRules, priceQuote } from './pricing.ts';
import type { Quote } from './quote.ts';

const SELLERS = [newId('store'), newId('store'), newId('store')] as const;
const [OLD_LIGHT] = SELLERS;
const name = { en: 'VAT' };
const VAT: TaxRule = { name, country: 'MX', rateBp: 1600, inclusive: true };
const SALES_TAX: TaxRule = { name, country: 'US', region: 'CA', rateBp: 725, inclusive: false };
const rules = (more: Partial<PricingRules> = {}): PricingRules => ({
  tax: [VAT, SALES_TAX],
  commission: [{ kind: 'digital', rateBp: 2000, vatBp: 1600 } as CommissionRule, { rateBp: 1000, vatBp: 0 }],
  ...more,
});

function lineOf(given: Partial<BasisLine> = {}): BasisLine {
  return {
    lineId: newId('orderLine'),
    variantId: newId('variant'),
    storeId: OLD_LIGHT,
    listingId: newId('listing'),
    listingSlug: 'lamp',
    listingVersion: 1,
    title: 'Lamp',
    variantTitle: '',
    sku: null,
    imageUrl: null,
    kind: 'physical',
    categoryId: 'lamps',
    categoryPath: ['home', 'lamps'],
    taxClass: 'standard',
    licenseCode: null,
    weightGrams: null,
    offerId: null,
    quantity: 1,
    unitPriceMinor: 10_000,
    ...given,
  };
}

function basisOf(lines: readonly BasisLine[], coupons: readonly CouponRule[] = []): PricingBasis {
  const stores = [...new Set(lines.map(({ storeId }) => storeId))].map((storeId) => ({
    groupId: newId('shipmentGroup'),
    storeId,
    storeName: storeId,
    storeSlug: storeId,
    sellerMemberId: newId('member'),
    shippingOptions: [
      option({ id: 'standard', priceMinor: 600, freeOverMinor: 20_000 }),
      option({ id: 'express', priceMinor: 1_800 }),
    ],
  }));
  return { currency: 'USD', stores, lines, coupons };
}

function option(given: { id: string; priceMinor: number; freeOverMinor?: number }) {
  return { name: given.id, kind: 'parcel', estimatedDays: { min: 1, max: 3 }, freeOverMinor: null, ...given } as const;
}

function couponOf(given: Partial<CouponRule> = {}): CouponRule {
  const storeId = given.storeId ?? null;
  return {
    id: newId('coupon'),
    code: 'TEN',
    title: 'Ten percent',
    funder: storeId === null ? 'platform' : 'store',
    reduction: { kind: 'percent', rateBp: 1000 },
    scope: {},
    subtotalMinMinor: 0,
    ...given,
    storeId,
  };
}

const here = (country: string, region: string | null = null) => ({
  place: { country, region },
  shipping: [],
  locale: 'en',
});

const anyLine = fc
  .record({
    storeId: fc.constantFrom(...SELLERS),
    kind: fc.constantFrom('physical' as const, 'digital' as const),
    quantity: fc.integer({ min: 1, max: 50 }),
    unitPriceMinor: fc.integer({ min: 0, max: 5_000_000 }),
    categoryPath: fc.constantFrom(['home', 'lamps'], ['home'], ['books']),
  })
  .map(lineOf);
const anyReduction = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), rateBp: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.integer({ min: 1, max: 9_000_000 }) }),
  fc.record({ kind: fc.constant('free-shipping' as const) }),
);
const anyCoupon = fc
  .record({
    code: fc.string({ minLength: 2, maxLength: 8 }),
    storeId: fc.constantFrom(null, ...SELLERS),
    reduction: anyReduction,
    scope: fc.constantFrom<CouponRule['scope']>({}, { categoryIds: ['home'] }, { categoryIds: ['books'] }),
    subtotalMinMinor: fc.integer({ min: 0, max: 100_000 }),
  })
  .map(couponOf);
const anyBasis = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 12 }),
    coupons: fc.uniqueArray(anyCoupon, { maxLength: 4, selector: ({ code }) => code }),
  })
  .map(({ lines, coupons }) => basisOf(lines, coupons));
const anyPlace = fc.constantFrom(here('MX'), here('US', 'CA'), here('US', 'TX'));

const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
const linesOf = (quote: Quote) => quote.groups.flatMap(({ lines }) => lines);

describe('the quote', () => {
  test('its parts always sum to its totals', () => {
    fc.assert(
      fc.property(anyBasis, anyPlace, (basis, choices) => {
        const quote = priceQuote(basis, choices, rules());
        const { subtotalMinor, discountMinor, shippingMinor, taxAddedMinor, totalMinor } = quote;
        assert.equal(totalMinor, subtotalMinor - discountMinor + shippingMinor + taxAddedMinor);
        assert.equal(totalMinor, sum(quote.groups.map((group) => group.totalMinor)));
        assert.equal(subtotalMinor, sum(linesOf(quote).map((line) => line.quantity * line.unitPriceMinor)));
        for (const group of quote.groups) {
          assert.equal(
            group.totalMinor,
            group.subtotalMinor - group.discountMinor + group.shippingMinor + group.taxAddedMinor,
          );
          const kept = group.commissionMinor + group.commissionVatMinor + group.taxAddedMinor;
          assert.ok(kept <= group.totalMinor + group.platformFundedMinor, 'the seller never pays to sell');
          assert.ok(group.totalMinor >= 0);
        }
        const shipping = quote.groups.flatMap(({ shipping }) => shipping?.discounts ?? []);
        const discounts = [...linesOf(quote).flatMap(({ discounts }) => discounts), ...shipping];
        for (const coupon of quote.coupons) {
          const parts = discounts.filter(({ code }) => code === coupon.code);
          assert.equal(coupon.discountMinor, sum(parts.map(({ amountMinor }) => amountMinor)));
        }
        assert.ok(linesOf(quote).every((line) => line.discountMinor <= line.subtotalMinor));
      }),
    );
  });

  test('no store pays for the coupon of another, nor of the platform', () => {
    fc.assert(
      fc.property(anyBasis, anyPlace, (basis, choices) => {
        const quote = priceQuote(basis, choices, rules());
        for (const group of quote.groups) {
          const own = basis.coupons.filter(({ storeId }) => storeId === group.storeId);
          const alone = priceQuote({ ...basis, coupons: own }, choices, rules());
          const same = alone.groups.find(({ storeId }) => storeId === group.storeId);
          // What the seller is owed before taxes, with and without everybody else's coupons.
          const owed = (each: typeof group | undefined) =>
            each && each.totalMinor - each.taxAddedMinor + each.platformFundedMinor - each.commissionMinor;
          assert.equal(owed(group), owed(same));
          assert.equal(group.storeFundedMinor, same?.storeFundedMinor);
        }
      }),
    );
  });

  test('the order of lines changes nothing', () => {
    fc.assert(
      fc.property(anyBasis, anyPlace, fc.infiniteStream(fc.nat()), (basis, choices, random) => {
        const mixed = basis.lines
          .map((line) => ({ line, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ line }) => line);
        const shuffled = {
          ...basis,
          lines: mixed,
          coupons: [...basis.coupons].reverse(),
          stores: [...basis.stores].reverse(),
        };
        assert.deepEqual(priceQuote(shuffled, choices, rules()), priceQuote(basis, choices, rules()));
      }),
    );
  });

  test('a tax within the price is shown and adds nothing', () => {
    const quote = priceQuote(basisOf([lineOf({ kind: 'digital', unitPriceMinor: 11_600 })]), here('MX'), rules());
    assert.deepEqual([quote.taxIncludedMinor, quote.taxAddedMinor, quote.totalMinor], [1_600, 0, 11_600]);
  });

  test('a tax on top follows the region, rounded by line, half to even', () => {
    const lines = [lineOf({ kind: 'digital', unitPriceMinor: 200 }), lineOf({ kind: 'digital', unitPriceMinor: 600 })];
    // 7.25 % of 200 is 14.5 → 14 (even), of 600 is 43.5 → 44 (even).
    assert.equal(priceQuote(basisOf(lines), here('US', 'CA'), rules()).taxAddedMinor, 58);
    assert.equal(priceQuote(basisOf(lines), here('US', 'TX'), rules()).taxAddedMinor, 0);
  });

  test('what is exempt carries no tax, whatever the rules', () => {
    const quote = priceQuote(basisOf([lineOf({ kind: 'digital', taxClass: 'exempt' })]), here('MX'), rules());
    assert.equal(quote.taxIncludedMinor, 0);
  });

  test('shipping is the cheapest by itself, the chosen when chosen, free over the amount, none for files', () => {
    const basis = basisOf([lineOf()]);
    assert.equal(priceQuote(basis, here('US'), rules()).shippingMinor, 600);
    const shipping = [{ storeId: OLD_LIGHT, optionId: 'express' }];
    assert.equal(priceQuote(basis, { ...here('US'), shipping }, rules()).shippingMinor, 1_800);
    assert.equal(priceQuote(basisOf([lineOf({ quantity: 2 })]), here('US'), rules()).shippingMinor, 0);
    assert.equal(priceQuote(basisOf([lineOf({ kind: 'digital' })]), here('US'), rules()).groups[0]?.shipping, null);
  });

  test('a fixed coupon is spread by largest remainder and never exceeds the lines', () => {
    const lines = [100, 100, 100].map((unitPriceMinor) => lineOf({ kind: 'digital', unitPriceMinor }));
    const fixed = (amountMinor: number) => couponOf({ reduction: { kind: 'fixed', amountMinor } });
    const parts = (amountMinor: number) =>
      linesOf(priceQuote(basisOf(lines, [fixed(amountMinor)]), here('US'), rules())).map((line) => line.discountMinor);
    assert.deepEqual(parts(100), [34, 33, 33]);
    assert.deepEqual(parts(1_000), [100, 100, 100]);
  });

  test('a coupon whose least subtotal is not reached says so and takes nothing', () => {
    const quote = priceQuote(basisOf([lineOf()], [couponOf({ subtotalMinMinor: 10_001 })]), here('US'), rules());
    assert.deepEqual([quote.discountMinor, quote.coupons[0]?.problem], [0, 'SUBTOTAL_TOO_LOW']);
  });

  test('commission follows the first rule that matches, and is not lowered by a discount the platform bears', () => {
    const table: CommissionRule[] = [
      { category: 'lamps', rateBp: 500, vatBp: 0 },
      { fromMinor: 50_000, rateBp: 700, maxMinor: 4_000, vatBp: 1_600 },
      { rateBp: 1000, minMinor: 50, vatBp: 0 },
    ];
    const of = (given: Partial<BasisLine>, coupons: CouponRule[] = []) =>
      linesOf(priceQuote(basisOf([lineOf(given)], coupons), here('US'), rules({ commission: table })))[0];
    assert.equal(of({})?.commissionMinor, 500);
    assert.equal(of({ categoryPath: ['books'] })?.commissionMinor, 1_000);
    assert.equal(of({ categoryPath: ['books'], unitPriceMinor: 100 })?.commissionMinor, 50);
    assert.equal(of({ categoryPath: ['books'], unitPriceMinor: 30 })?.commissionMinor, 30);
    const dear = of({ categoryPath: ['books'], unitPriceMinor: 100_000 });
    assert.deepEqual([dear?.commissionMinor, dear?.commissionVatMinor], [4_000, 640]);
    assert.equal(of({}, [couponOf()])?.commissionMinor, 500);
    assert.equal(of({}, [couponOf({ storeId: OLD_LIGHT })])?.commissionMinor, 450);
  });
});
