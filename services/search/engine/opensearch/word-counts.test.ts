import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepWordCounts } from './word-counts.ts';

test('what an index said of its words is believed for some seconds, each index on its own', () => {
  let nowMs = 0;
  const countsOf = keepWordCounts(() => nowMs);
  countsOf('bazaar').of.set('lamp', 300);
  nowMs = 9_999;
  assert.equal(countsOf('bazaar').of.get('lamp'), 300);
  assert.equal(countsOf('souk').of.get('lamp'), undefined);
  nowMs = 10_000;
  assert.equal(countsOf('bazaar').of.get('lamp'), undefined);
});
