import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changedPrice, costOf, type Segment, unusedMinor, upgradeMinor } from './proration.ts';

const START = new Date('2027-01-31T10:00:00Z');
const END = new Date('2027-02-28T10:00:00Z');
const PERIOD = { start: START, end: END };
const LENGTH = END.getTime() - START.getTime();
const first = (priceMinor: number): Segment[] => [{ fromTime: START.toISOString(), priceMinor }];
const moment = (part: number) => new Date(START.getTime() + Math.floor(part * LENGTH));

/** Prices that rise, each from a moment within the period. */
const changes = fc
  .array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 0, max: 1_000_000 })),
    {
      maxLength: 12,
    },
  )
  .map((pairs) => {
    const times = pairs.map(([part]) => part).sort((a, b) => a - b);
    const prices = pairs.map(([, price]) => price).sort((a, b) => a - b);
    return times.map((part, i) => ({ now: moment(part), priceMinor: prices[i] as number }));
  });

test('half a period of a plan that costs 20.00 more costs 10.00', () => {
  assert.equal(upgradeMinor(first(900), PERIOD, { now: moment(0.5), priceMinor: 2_900, billedMinor: 900 }), 1_000);
});

test('what is billed over any number of upgrades is what the period costs, to half a minor unit, and never negative', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000 }), changes, (price, upgrades) => {
      let [segments, billedMinor] = [first(price), price];
      let exact = price * LENGTH;
      let priceNow = price;
      for (const { now, priceMinor } of upgrades) {
        const raised = price + priceMinor;
        const dueMinor = upgradeMinor(segments, PERIOD, { now, priceMinor: raised, billedMinor });
        assert.ok(dueMinor >= 0);
        billedMinor += dueMinor;
        segments = changedPrice(segments, now, raised);
        exact += (raised - priceNow) * (END.getTime() - now.getTime());
        priceNow = raised;
      }
      assert.ok(Math.abs(billedMinor - exact / LENGTH) <= 0.5 + 1e-6, `${billedMinor} for ${exact / LENGTH}`);
      assert.equal(costOf(segments, PERIOD), billedMinor);
    }),
    { numRuns: 500 },
  );
});

test('what was used and what is credited make up what was billed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (price, part) => {
      const now = moment(part);
      const unused = unusedMinor(first(price), PERIOD, now, price);
      assert.ok(unused >= 0 && unused <= price);
      assert.equal(unused + costOf(first(price), PERIOD, now), price);
    }),
    { numRuns: 300 },
  );
});
