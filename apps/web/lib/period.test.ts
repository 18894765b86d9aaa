import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginOf, endOf, periodOf, timesOf } from './period.ts';

const now = new Date('2026-11-21T20:00:00Z');

test('without a usable period it is this month until today, where the marketplace is', () => {
  assert.deepEqual(periodOf({}, 'America/Mexico_City', now), { from: '2026-11-01', to: '2026-11-21' });
  assert.deepEqual(periodOf({ from: 'yesterday', to: '2026-02-30' }, 'Asia/Bangkok', now), {
    from: '2026-11-01',
    to: '2026-11-22',
  });
});

test('a period asked for backwards is the same period', () => {
  const period = { from: '2026-03-01', to: '2026-03-31' };
  assert.deepEqual(periodOf(period, 'UTC', now), period);
  assert.deepEqual(periodOf({ from: period.to, to: period.from }, 'UTC', now), period);
});

test('days begin at midnight of the place, and the last one is part of the period', () => {
  assert.deepEqual(timesOf({ from: '2026-11-01', to: '2026-11-30' }, 'Asia/Bangkok'), {
    fromTime: '2026-10-31T17:00:00.000Z',
    toTime: '2026-11-30T17:00:00.000Z',
  });
});

test('a day on which the clocks change begins right, before and after it', () => {
  assert.equal(beginOf('2026-03-29', 'Europe/Madrid').toISOString(), '2026-03-28T23:00:00.000Z');
  assert.equal(beginOf('2026-03-30', 'Europe/Madrid').toISOString(), '2026-03-29T22:00:00.000Z');
  assert.equal(beginOf('2026-10-26', 'Europe/Madrid').toISOString(), '2026-10-25T23:00:00.000Z');
});

test('a day ends where the marketplace is', () => {
  assert.equal(endOf('2026-11-30', 'Asia/Bangkok').toISOString(), '2026-11-30T16:59:59.000Z');
  assert.equal(endOf('2026-11-30', 'America/Mexico_City').toISOString(), '2026-12-01T05:59:59.000Z');
});
