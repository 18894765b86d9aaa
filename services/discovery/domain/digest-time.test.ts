import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from './digest-time.ts';

test('the digest of a day is due from eight in the morning where the marketplace is', () => {
  const due = (now: string, timeZone: string) => {
    const digest = digestOf(new Date(now), timeZone);
    return digest && [digest.day, digest.dueTime.toISOString()];
  };
  assert.equal(due('2026-11-22T00:59:59.999Z', 'Asia/Bangkok'), undefined);
  assert.deepEqual(due('2026-11-22T01:00:00.000Z', 'Asia/Bangkok'), ['2026-11-22', '2026-11-22T01:00:00.000Z']);
  assert.deepEqual(due('2026-11-22T16:59:00.500Z', 'Asia/Bangkok'), ['2026-11-22', '2026-11-22T01:00:00.000Z']);
  assert.equal(due('2026-11-22T17:00:00Z', 'Asia/Bangkok'), undefined);
  assert.deepEqual(due('2026-11-23T02:00:00Z', 'America/Mexico_City'), ['2026-11-22', '2026-11-22T14:00:00.000Z']);
});
