import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Dunning, Plan } from '@plaza/kernel/marketplace';
import fc from 'fast-check';
import type { z } from 'zod';
import { changeOf } from './change.ts';
import { stepsAfter } from './dunning.ts';
import { quantityOf, usageMinor } from './metering.ts';
import { daysAfter, periodOf } from './period.ts';
import { after, HAPPENINGS, STATES, type SubscriptionState } from './state.ts';

const plan = (id: string, month: number) =>
  Plan.parse({
    id,
    name: { en: id },
    description: { en: id },
    priceMinor: { month, year: month * 10 },
    entitlements: {},
  });
const [SMALL, LARGE] = [plan('small', 1_000), plan('large', 3_000)];
const START = new Date('2027-01-01T00:00:00Z');
const running = (of: typeof SMALL, interval: 'month' | 'year', isInTrial = false) => {
  const price = of.priceMinor?.[interval] ?? 0;
  return {
    plan: of,
    interval,
    isInTrial,
    period: periodOf(START, interval, 0, 'UTC'),
    segments: [{ fromTime: START.toISOString(), priceMinor: price }],
    billedMinor: price,
  };
};

test('whatever happens to a subscription in whatever order, it is never beyond its end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 30 }), (happenings) => {
      let state: SubscriptionState = 'trialing';
      for (const happening of happenings) {
        const to = after(state, happening, state === 'canceled');
        if (state === 'ended') assert.equal(to, undefined);
        if (to !== undefined) assert.ok(STATES.includes(to));
        // Only what is past due, or runs, is ever declined; nothing that was canceled renews by itself.
        if (state === 'canceled') assert.notEqual(after(state, 'charge'), 'active');
        state = to ?? state;
      }
    }),
  );
});

test('up takes effect at once for the rest of the period, down and shorter when it ends', () => {
  const half = new Date('2027-01-16T12:00:00Z');
  const up = changeOf(running(SMALL, 'month'), LARGE, 'month', half, 'UTC');
  assert.ok(up.when === 'now');
  assert.deepEqual(
    up.lines.map(({ kind, amountMinor }) => [kind, amountMinor]),
    [['proration', 1_000]],
  );
  for (const [of, interval, to, toInterval] of [
    [LARGE, 'month', SMALL, 'month'],
    [LARGE, 'year', LARGE, 'month'],
    [LARGE, 'month', SMALL, 'year'],
  ] as const)
    assert.equal(changeOf(running(of, interval), to, toInterval, half, 'UTC').when, 'period_end');
});

test('from month to year a year begins, less what is unused of the month; the total is never negative', () => {
  const change = changeOf(running(SMALL, 'month'), SMALL, 'year', new Date('2027-01-16T12:00:00Z'), 'UTC');
  assert.ok(change.when === 'now');
  assert.deepEqual(
    change.lines.map(({ kind, amountMinor }) => [kind, amountMinor]),
    [
      ['unused', -500],
      ['plan', 10_000],
    ],
  );
  assert.equal(change.terms.begun?.endTime, '2028-01-16T12:00:00.000Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.boolean(), (days, isYear) => {
      const any = changeOf(running(SMALL, 'month'), LARGE, isYear ? 'year' : 'month', daysAfter(START, days), 'UTC');
      assert.ok(any.when === 'now' && any.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) >= 0);
    }),
  );
});

test('whatever is changed and when, no period costs more than the dearest plan for all of it, and none less than nothing', () => {
  const plans = [plan('small', 1_000), plan('middle', 1_999), plan('large', 3_000)] as const;
  const asked = fc.record({
    to: fc.constantFrom(...plans),
    interval: fc.constantFrom('month' as const, 'month' as const, 'year' as const),
    hours: fc.integer({ min: 0, max: 300 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...plans), fc.array(asked, { maxLength: 12 }), (first, changes) => {
      let now = START;
      let has = running(first, 'month');
      const dearest = () => Math.max(...plans.map((each) => each.priceMinor?.[has.interval] ?? 0));
      for (const { to, interval, hours } of changes) {
        now = new Date(now.getTime() + hours * 3_600_000);
        // What happens when a period is over is another's part.
        if (now >= has.period.end) return;
        const change = changeOf(has, to, interval, now, 'UTC');
        if (change.when === 'period_end') continue;
        const dueMinor = change.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const { terms } = change;
        assert.ok(dueMinor >= 0, `${dueMinor} is charged`);
        if (terms.begun === null) assert.equal(terms.billedMinor, has.billedMinor + dueMinor);
        else {
          // What is left of the month is credited once, and was paid before.
          const creditMinor = terms.billedMinor - dueMinor;
          assert.ok(creditMinor >= 0 && creditMinor <= has.billedMinor, `${creditMinor} is credited`);
        }
        const period = terms.begun && { start: new Date(terms.begun.startTime), end: new Date(terms.begun.endTime) };
        const { segments, billedMinor } = terms;
        has = {
          ...has,
          plan: to,
          interval: terms.interval,
          period: period ?? has.period,
          segments: [...segments],
          billedMinor,
        };
        assert.ok(has.billedMinor <= dearest(), `${has.billedMinor} for a period that costs ${dearest()} at most`);
      }
    }),
    { numRuns: 500 },
  );
});

test('in a trial a change costs nothing', () => {
  const change = changeOf(running(SMALL, 'month', true), LARGE, 'year', daysAfter(START, 3), 'UTC');
  assert.ok(change.when === 'now' && change.lines.length === 0);
});

test('usage passes through the tiers above what is included', () => {
  const price = { included: 250, tiers: [{ upTo: 750, unitPriceMinor: 4 }, { unitPriceMinor: 2 }] };
  assert.deepEqual(
    [0, 250, 251, 1_000, 1_001].map((quantity) => usageMinor(price, quantity)),
    [0, 0, 4, 3_000, 3_002],
  );
  assert.equal(quantityOf({ aggregate: 'max' }, { sum: 900, max: 400 }), 400);
  assert.equal(quantityOf({ aggregate: 'sum' }, undefined), 0);
});

test('retries, grace and the end all count from the first decline', () => {
  const dunning: z.output<typeof Dunning> = { retryDays: [1, 3, 5], graceDays: 7, endDays: 30 };
  const times = [1, 2, 3, 4].map((failures) =>
    stepsAfter(dunning, START, failures).retryTime?.toISOString().slice(0, 10),
  );
  assert.deepEqual(times, ['2027-01-02', '2027-01-04', '2027-01-06', undefined]);
  const { graceEndTime, endTime } = stepsAfter(dunning, START, 4);
  assert.deepEqual([graceEndTime, endTime], [daysAfter(START, 7), daysAfter(START, 30)]);
});
