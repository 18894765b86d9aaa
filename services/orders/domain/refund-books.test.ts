import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Currency, newId } from '@plaza/kernel';
import type { CommissionRule, TaxRule } from '@plaza/kernel/marketplace';
import type { CouponRule } from '@plaza/marketing/contract';
import { type RefundParts, type Shares, sellerMinor, subtractShares, takeShares } from '@plaza/payments/contract';
import fc from 'fast-check';
import { type DocumentContent, saleContent } from './document/content.ts';
import { creditContent, creditedItems } from './document/credit.ts';
import {
  isAllBack,
  isShippingLeft,
  type LineRefund,
  priceLineRefund,
  type RefundedLines,
  stillLeft,
  unitsLeft,
  unitsPart,
} from './line-refund.ts';
import { type BasisLine, type PricingBasis, priceQuote } from './pricing.ts';
import type { Quote, QuoteDiscount, QuoteGroup } from './quote.ts';

const STORES = [newId('store'), newId('store')] as const;

const line = fc.record({
  store: fc.nat(1),
  quantity: fc.integer({ min: 1, max: 5 }),
  unitPriceMinor: fc.oneof(fc.nat(30), fc.nat(9_999)),
  taxClass: fc.constantFrom('standard', 'standard', 'exempt'),
  category: fc.constantFrom('food', 'home'),
});

const coupon = fc.record({
  store: fc.constantFrom(null, null, 0, 1),
  reduction: fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), rateBp: fc.constantFrom(333, 1_000, 10_000) }),
    fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.integer({ min: 1, max: 4_000 }) }),
    fc.constant({ kind: 'free-shipping' as const }),
  ),
  category: fc.constantFrom(null, 'food'),
});

const taxes = fc.constantFrom<readonly TaxRule[]>(
  [{ name: { en: 'VAT' }, country: 'MX', rateBp: 1_600, inclusive: true }],
  [{ name: { en: 'Sales tax' }, country: 'MX', rateBp: 725, inclusive: false }],
  [
    { name: { en: 'VAT' }, country: 'MX', category: 'food', rateBp: 700, inclusive: true },
    { name: { en: 'Sales tax' }, country: 'MX', rateBp: 825, inclusive: false },
  ],
);

const commission = fc.constantFrom<readonly CommissionRule[]>(
  [{ rateBp: 1_000, vatBp: 1_600 }],
  [{ rateBp: 1_250, vatBp: 700, minMinor: 30 }],
);

type Given = typeof sale extends fc.Arbitrary<infer Sale> ? Sale : never;

/** Two stores, prices down to nothing, coupons of both funders, taxes within and on top, currencies with 2, 0 and 3 digits. */
const sale = fc.record({
  currency: fc.constantFrom<Currency>('USD', 'JPY', 'KWD'),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  coupons: fc.array(coupon, { maxLength: 2 }),
  shippingMinor: fc.constantFrom(0, 1, 599),
  taxes,
  commission,
});

function quoteOf(given: Given): Quote {
  const lines = given.lines.map(
    ({ store, category, ...each }, i): BasisLine => ({
      ...each,
      lineId: newId('orderLine'),
      variantId: newId('variant'),
      storeId: STORES[store] as (typeof STORES)[0],
      listingId: newId('listing'),
      listingSlug: `thing-${i}`,
      listingVersion: 1,
      title: `Thing ${i}`,
      variantTitle: '',
      sku: null,
      imageUrl: null,
      kind: 'physical',
      categoryId: category,
      categoryPath: [category],
      licenseCode: null,
      weightGrams: null,
      offerId: null,
    }),
  );
  const stores = STORES.filter((storeId) => lines.some((each) => each.storeId === storeId)).map((storeId) => ({
    groupId: newId('shipmentGroup'),
    storeId,
    storeName: storeId,
    storeSlug: storeId,
    sellerMemberId: newId('member'),
    shippingOptions: [
      {
        id: 'standard',
        name: 'Standard',
        kind: 'parcel' as const,
        priceMinor: given.shippingMinor,
        freeOverMinor: null,
        estimatedDays: { min: 1, max: 3 },
      },
    ],
  }));
  const coupons = given.coupons.map(
    ({ store, reduction, category }, i): CouponRule => ({
      id: newId('coupon'),
      code: `C${i}`,
      title: '',
      funder: store === null ? 'platform' : 'store',
      storeId: store === null ? null : (STORES[store] as (typeof STORES)[0]),
      reduction,
      scope: category === null ? {} : { categoryIds: [category] },
      subtotalMinMinor: 0,
    }),
  );
  const basis: PricingBasis = { currency: given.currency, stores, lines, coupons };
  const choices = { place: { country: 'MX', region: null }, shipping: [], locale: 'en' };
  return priceQuote(basis, choices, { tax: given.taxes, commission: given.commission });
}

/** One part of an order in the books: what is left to whom, the invoice, and a credit note for each refund. */
class Books {
  readonly group: QuoteGroup;
  readonly invoice: DocumentContent;
  readonly notes: DocumentContent[] = [];
  readonly before: LineRefund[] = [];
  left: Shares;

  constructor(group: QuoteGroup, currency: Currency) {
    this.group = group;
    const order = { number: '1', placedTime: new Date(0), currency, address: null, email: null };
    this.invoice = saleContent(order, { quote: group }, { store: null, buyer: null }, { timeZone: 'UTC' });
    this.left = {
      buyerMinor: group.totalMinor,
      fundedMinor: group.platformFundedMinor,
      commissionMinor: group.commissionMinor + group.commissionVatMinor,
      taxMinor: group.taxAddedMinor,
    };
    this.holdsUp();
  }

  /** Gives back what of these lines is left; answers what that took of each part. */
  giveLines(wanted: RefundedLines): Shares {
    const { group, before, left } = this;
    const lines = stillLeft(group, before, wanted.lines);
    const includesShipping = wanted.includesShipping && isShippingLeft(group, before);
    const { items, amountMinor, parts } = priceLineRefund(group, before, { lines, includesShipping }, left.buyerMinor);
    const credited = items.map((item) => ({ ...item, unitsBefore: unitsOf(before, item.lineId) }));
    before.push(...items);
    return this.give(amountMinor, parts, creditedItems(group, credited));
  }

  give(amountMinor: number, parts?: RefundParts, items: Parameters<typeof creditContent>[2]['items'] = []): Shares {
    const taken = takeShares(this.left, amountMinor, parts);
    this.left = subtractShares(this.left, taken);
    this.holdsUp();
    if (amountMinor === 0) return taken;
    const paper = {
      content: this.invoice,
      reference: { id: newId('document'), kind: 'invoice', number: '1' },
    } as const;
    const note = creditContent(paper, this.notes, { refundedMinor: amountMinor, reason: '', items });
    assert.equal(note.totals.totalMinor, amountMinor, 'a credit note is over what went back');
    this.notes.push(note);
    return taken;
  }

  giveAll(): void {
    this.giveLines({ lines: this.group.lines, includesShipping: true });
  }

  holdsUp(): void {
    for (const each of [...Object.values(this.left), sellerMinor(this.left)]) assert.ok(each >= 0, 'below zero');
  }

  sumOf(of: (note: DocumentContent) => number): number {
    return this.notes.reduce((sum, note) => sum + of(note), 0);
  }
}

function unitsOf(before: readonly LineRefund[], lineId: string | null): number {
  return before.reduce((sum, each) => sum + (each.lineId === lineId ? each.quantity : 0), 0);
}

const step = fc.record({
  pick: fc.nat(3),
  quantity: fc.integer({ min: 1, max: 5 }),
  includesShipping: fc.boolean(),
});

test('refunds of lines and of amounts, in any order, sum to the invoice: what was paid, and each tax', () => {
  const gesture = fc.constantFrom(0, 0, 1, 250);
  fc.assert(
    fc.property(sale, fc.array(fc.tuple(step, gesture), { maxLength: 8 }), (given, steps) => {
      const quote = quoteOf(given);
      assert.equal(
        quote.groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
        quote.totalMinor,
      );
      for (const group of quote.groups) {
        const books = new Books(group, given.currency);
        for (const [{ pick, quantity, includesShipping }, gestureMinor] of steps) {
          books.give(Math.min(gestureMinor, books.left.buyerMinor));
          const { lineId } = group.lines[pick % group.lines.length] as (typeof group.lines)[number];
          books.giveLines({ lines: [{ lineId, quantity }], includesShipping });
        }
        books.giveAll();
        assert.deepEqual(Object.values(books.left), [0, 0, 0, 0], 'nothing is left to anybody');
        const { totals, taxes } = books.invoice;
        assert.equal(
          books.sumOf((note) => note.totals.totalMinor),
          totals.totalMinor,
        );
        for (const [i, { baseMinor, taxMinor }] of taxes.entries()) {
          assert.equal(
            books.sumOf((note) => note.taxes[i]?.baseMinor ?? 0),
            baseMinor,
          );
          assert.equal(
            books.sumOf((note) => note.taxes[i]?.taxMinor ?? 0),
            taxMinor,
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a refund of lines takes theirs and nobody else’s: the tax that its credit note says, and the platform’s discount on them', () => {
  const fundedOf = (discounts: readonly QuoteDiscount[] = []) =>
    discounts.reduce((sum, { funder, amountMinor }) => sum + (funder === 'platform' ? amountMinor : 0), 0);
  fc.assert(
    fc.property(sale, fc.array(step, { maxLength: 8 }), (given, steps) => {
      for (const group of quoteOf(given).groups) {
        const books = new Books(group, given.currency);
        for (const { pick, quantity, includesShipping } of steps) {
          const { lineId } = group.lines[pick % group.lines.length] as (typeof group.lines)[number];
          const notes = books.notes.length;
          const taken = books.giveLines({ lines: [{ lineId, quantity }], includesShipping });
          const note = books.notes[notes];
          if (note !== undefined) assert.equal(note.totals.taxAddedMinor, taken.taxMinor, 'tax');
          if (isAllBack(group, books.before)) continue;
          const units = unitsLeft(group, books.before);
          const ofShipping = unitsOf(books.before, null) > 0 ? 0 : fundedOf(group.shipping?.discounts);
          const ofLines = group.lines.reduce((sum, line) => {
            const left = units.get(line.lineId) ?? 0;
            return sum + unitsPart(fundedOf(line.discounts), line.quantity, line.quantity - left, left);
          }, 0);
          assert.equal(books.left.fundedMinor, ofLines + ofShipping, 'of what was not given back the discount stays');
        }
      }
    }),
    { numRuns: 300 },
  );
});
