import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Id, newId } from '@plaza/kernel';
import { type Shares, sellerMinor, subtractShares, takeShares } from '@plaza/payments/contract';
import fc from 'fast-check';
import { type LineRefund, priceLineRefund, stillLeft, unitsPart } from './line-refund.ts';
import type { QuoteGroup, QuoteLine } from './quote.ts';

/** A frozen part of an order, as far as refunds look at it; its sums follow from its lines. */
type LineFacts = Pick<QuoteLine, 'quantity' | 'totalMinor' | 'commissionMinor'> & { funded: number; tax: number };

function groupOf(lines: readonly LineFacts[], shippingMinor: number): QuoteGroup {
  return {
    lines: lines.map(({ funded, tax, ...line }) => ({
      ...line,
      lineId: newId('orderLine'),
      commissionVatMinor: 0,
      discounts: [{ code: 'X', funder: 'platform', amountMinor: funded }],
      tax: { name: 'Tax', rateBp: 0, isIncluded: false, amountMinor: tax },
    })),
    shipping: { totalMinor: shippingMinor, discounts: [], tax: null },
  } as unknown as QuoteGroup;
}

const lineFacts: fc.Arbitrary<LineFacts> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 7 }),
    totalMinor: fc.nat(10_000),
    funded: fc.nat(500),
    commission: fc.nat(40),
    tax: fc.nat(40),
  })
  .map(({ quantity, totalMinor, funded, commission, tax }) => ({
    quantity,
    totalMinor,
    funded,
    commissionMinor: Math.floor(((totalMinor + funded) * commission) / 100),
    tax: Math.floor((totalMinor * tax) / 100),
  }));

test('the units of a line have all of it between them, the first ones a minor unit more', () => {
  assert.deepEqual(
    [0, 1, 2].map((from) => unitsPart(100, 3, from, 1)),
    [34, 33, 33],
  );
  assert.equal(unitsPart(100, 3, 0, 3), 100);
});

test('refunds of lines in any order sum to what was paid, never a minor unit more, and leave nobody below zero', () => {
  const step = fc.record({
    line: fc.nat(3),
    quantity: fc.integer({ min: 1, max: 7 }),
    includesShipping: fc.boolean(),
    /** An amount that is given back besides, of no line. */
    gestureMinor: fc.constantFrom(0, 0, 0, 1, 250),
  });
  fc.assert(
    fc.property(
      fc.array(lineFacts, { minLength: 1, maxLength: 4 }),
      fc.nat(900),
      fc.array(step, { maxLength: 20 }),
      (lines, shippingMinor, steps) => {
        const quote = groupOf(lines, shippingMinor);
        const paid: Shares = {
          buyerMinor: lines.reduce((sum, { totalMinor }) => sum + totalMinor, shippingMinor),
          fundedMinor: lines.reduce((sum, { funded }) => sum + funded, 0),
          commissionMinor: lines.reduce((sum, { commissionMinor }) => sum + commissionMinor, 0),
          taxMinor: lines.reduce((sum, { tax }) => sum + tax, 0),
        };
        fc.pre(sellerMinor(paid) >= 0);
        let left = paid;
        const before: LineRefund[] = [];
        const give = (wanted: { lineId: Id<'orderLine'>; quantity: number }[], includesShipping: boolean) => {
          const isDue = includesShipping && !before.some(({ lineId }) => lineId === null);
          const units = stillLeft(quote, before, wanted);
          const refund = priceLineRefund(quote, before, { lines: units, includesShipping: isDue }, left.buyerMinor);
          before.push(...refund.items);
          take(refund.amountMinor, refund.parts);
          return refund.amountMinor;
        };
        const take = (amountMinor: number, parts?: Omit<Shares, 'buyerMinor'>) => {
          left = subtractShares(left, takeShares(left, amountMinor, parts));
          for (const each of [...Object.values(left), sellerMinor(left)]) assert.ok(each >= 0);
        };
        let gestures = 0;
        for (const { line, quantity, includesShipping, gestureMinor } of steps) {
          const gesture = Math.min(gestureMinor, left.buyerMinor);
          if (gesture > 0) take(gesture);
          gestures += gesture;
          const { lineId } = quote.lines[line % lines.length] as QuoteLine;
          give([{ lineId, quantity }], includesShipping);
        }
        give(
          quote.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
          true,
        );
        assert.equal(left.buyerMinor, 0, 'all lines and the shipping are all that was paid');
        const byLine = before.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        assert.equal(byLine + gestures, paid.buyerMinor);
        if (gestures > 0) return;
        for (const { lineId, totalMinor } of quote.lines) {
          const own = before.filter((each) => each.lineId === lineId);
          assert.equal(
            own.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
            totalMinor,
          );
        }
      },
    ),
  );
});
