import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextPayoutTime, PAYOUT_HOUR, type PayoutSchedule } from './payout-schedule.ts';
import { agedMinor, approvalReasons, nextAskTime, nextAttemptTime, statesBefore } from './payout-state.ts';

test('a schedule’s next time is later, at its hour there, on its day, and no earlier one fits', () => {
  const zones = ['Asia/Bangkok', 'America/Mexico_City', 'America/New_York', 'UTC', 'Pacific/Auckland'];
  const schedules = fc.oneof(
    fc.constantFrom<PayoutSchedule>({ cadence: 'daily' }, { cadence: 'monthly' }),
    fc.integer({ min: 1, max: 7 }).map((weekday): PayoutSchedule => ({ cadence: 'weekly', weekday })),
  );
  const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(schedules, fc.constantFrom(...zones), moments, (schedule, timeZone, now) => {
      const next = nextPayoutTime(schedule, timeZone, now);
      assert.ok(next !== null && next > now);
      const parts = Object.fromEntries(
        new Intl.DateTimeFormat('en-US', {
          timeZone,
          hour: 'numeric',
          hourCycle: 'h23',
          weekday: 'short',
          day: 'numeric',
        })
          .formatToParts(next)
          .map(({ type, value }) => [type, value]),
      );
      assert.equal(Number(parts.hour), PAYOUT_HOUR);
      if (schedule.cadence === 'monthly') assert.equal(parts.day, '1');
      if (schedule.cadence === 'weekly')
        assert.equal(
          ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '') + 1,
          schedule.weekday,
        );
      const daysMax = { daily: 1, weekly: 7, monthly: 31, manual: 0 }[schedule.cadence];
      // An hour more: clocks may be set back in between.
      assert.ok(next.getTime() - now.getTime() <= daysMax * 86_400_000 + 3_600_000);
    }),
    { numRuns: 200 },
  );
  assert.equal(nextPayoutTime({ cadence: 'manual' }, 'UTC', new Date()), null);
});

test('each state is entered from where it can be, and what has ended leads nowhere', () => {
  assert.deepEqual(statesBefore('canceled'), ['awaiting_approval', 'requested']);
  assert.deepEqual(statesBefore('paid'), ['sending', 'sent']);
  assert.deepEqual(statesBefore('awaiting_approval'), ['requested'], 'the wallet it leaves was frozen');
});

test('tries come after 1, 2, 4 hours and end; questions come seldomer, within an hour', () => {
  const time = new Date('2026-11-21T08:00:00Z');
  const hours = (attempt: number) => {
    const next = nextAttemptTime(attempt, 4, time);
    return next === null ? null : (next.getTime() - time.getTime()) / 3_600_000;
  };
  assert.deepEqual([1, 2, 3, 4].map(hours), [1, 2, 4, null]);
  const seconds = (ageSeconds: number) =>
    (nextAskTime(new Date(time.getTime() - ageSeconds * 1000), time).getTime() - time.getTime()) / 1000;
  assert.deepEqual([0, 400, 1_000_000].map(seconds), [10, 100, 3_600]);
});

test('only old money goes, and every reason to look at a payout is named', () => {
  assert.deepEqual([agedMinor(100, 30), agedMinor(100, 130)], [70, 0]);
  const known = {
    amountMinor: 50,
    isHomeCurrency: true,
    paidBefore: 3,
    isScreeningClear: true,
    isSharedAccount: false,
  };
  const policy = { approval: { fromMinor: 100, firstPayouts: 3 } };
  assert.deepEqual(approvalReasons(policy, known), []);
  assert.deepEqual(approvalReasons(policy, { ...known, isHomeCurrency: false }), ['amount']);
  assert.deepEqual(
    approvalReasons(policy, {
      ...known,
      amountMinor: 100,
      paidBefore: 2,
      isScreeningClear: false,
      isSharedAccount: true,
    }),
    ['amount', 'first_payouts', 'screening', 'shared_account'],
  );
});
