import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestDay } from './digest-time.ts';

test('the digest of a day is due from eight in the morning where the marketplace is', () => {
  assert.equal(digestDay(new Date('2026-11-22T00:59:59Z'), 'Asia/Bangkok'), undefined);
  assert.equal(digestDay(new Date('2026-11-22T01:00:00Z'), 'Asia/Bangkok'), '2026-11-22');
  assert.equal(digestDay(new Date('2026-11-22T16:59:00Z'), 'Asia/Bangkok'), '2026-11-22');
  assert.equal(digestDay(new Date('2026-11-22T17:00:00Z'), 'Asia/Bangkok'), undefined);
  assert.equal(digestDay(new Date('2026-11-23T02:00:00Z'), 'America/Mexico_City'), '2026-11-22');
});
