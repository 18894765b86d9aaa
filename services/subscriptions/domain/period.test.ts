import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countedAfter, monthOf, periodOf } from './period.ts';

const at = (text: string) => new Date(text);
const ends = (anchor: string, count: number, timeZone = 'UTC') =>
  Array.from({ length: count }, (_, i) => periodOf(at(anchor), 'month', i, timeZone).end.toISOString().slice(0, 16));

test('the 31st is the last day of a shorter month, and the 31st again after it', () => {
  assert.deepEqual(ends('2027-01-31T10:30:00Z', 4), [
    '2027-02-28T10:30',
    '2027-03-31T10:30',
    '2027-04-30T10:30',
    '2027-05-31T10:30',
  ]);
  assert.equal(ends('2028-01-31T10:30:00Z', 1)[0], '2028-02-29T10:30');
});

test('a year from 29 February ends on the 28th, and four years later on the 29th', () => {
  const yearly = (index: number) => periodOf(at('2028-02-29T00:00:00Z'), 'year', index, 'UTC').end.toISOString();
  assert.deepEqual([yearly(0), yearly(3)], ['2029-02-28T00:00:00.000Z', '2032-02-29T00:00:00.000Z']);
});

test("the day is that of the marketplace's clocks, not of UTC", () => {
  // 31 January 06:00 in Bangkok is still the 30th in UTC.
  assert.deepEqual(ends('2027-01-30T23:00:00Z', 2, 'Asia/Bangkok'), ['2027-02-27T23:00', '2027-03-30T23:00']);
});

test('the hour stays on the clocks when they are put forward and back', () => {
  const newYork = ends('2027-02-14T15:00:00Z', 10, 'America/New_York');
  // 10:00 in New York: 15:00 UTC in winter, 14:00 in summer.
  assert.deepEqual([newYork[0], newYork[1], newYork[9]], ['2027-03-14T14:00', '2027-04-14T14:00', '2027-12-14T15:00']);
  // 02:30 does not exist on 14 March 2027: the hour after it is taken.
  assert.deepEqual(ends('2027-02-14T07:30:00Z', 2, 'America/New_York'), ['2027-03-14T07:30', '2027-04-14T06:30']);
});

test('periods follow one another without gap, whatever the anchor, interval and zone', () => {
  fc.assert(
    fc.property(
      fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z'), noInvalidDate: true }),
      fc.constantFrom('month' as const, 'year' as const),
      fc.constantFrom('UTC', 'Asia/Bangkok', 'America/New_York', 'America/Mexico_City', 'Australia/Lord_Howe'),
      fc.integer({ min: 0, max: 30 }),
      (anchor, interval, timeZone, index) => {
        const period = periodOf(anchor, interval, index, timeZone);
        assert.ok(period.end > period.start);
        assert.deepEqual(periodOf(anchor, interval, index + 1, timeZone).start, period.end);
      },
    ),
    { numRuns: 300 },
  );
});

test('a period that is found over days too late is followed by one from now: time that is gone is not billed', () => {
  const anchor = at('2027-01-31T10:00:00Z');
  const over = { anchor, index: 0, end: at('2027-02-28T10:00:00Z'), isLast: false };
  const within = at('2027-03-03T09:00:00Z');
  assert.deepEqual(countedAfter(over, within), { anchor, index: 1 });
  assert.deepEqual(countedAfter({ ...over, isLast: true }, within), { anchor: over.end, index: 0 });
  for (const isLast of [true, false])
    assert.deepEqual(countedAfter({ ...over, isLast }, at('2028-03-01T00:00:00Z')), {
      anchor: at('2028-03-01T00:00:00Z'),
      index: 0,
    });
});

test('a calendar month begins and ends at midnight of the zone', () => {
  const { month, start, end } = monthOf(at('2026-11-30T18:00:00Z'), 'Asia/Bangkok');
  assert.deepEqual(
    [month, start.toISOString(), end.toISOString()],
    ['2026-12', '2026-11-30T17:00:00.000Z', '2026-12-31T17:00:00.000Z'],
  );
});
