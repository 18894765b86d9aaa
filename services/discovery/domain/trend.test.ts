import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenOnce } from './seen-once.ts';
import { type Baseline, settled, trendScore, usualAt, WINDOW_MS, windowOf } from './trend.ts';

/** What is usual after so many windows of these people each. */
function after(windows: readonly number[]): Baseline {
  let baseline: Baseline | undefined;
  for (const [at, people] of windows.entries()) baseline = settled(baseline, people, at * WINDOW_MS);
  return baseline as Baseline;
}

test('a thing trends against what is usual for it, not against others', () => {
  const quiet = after(new Array(100).fill(1));
  const busy = after(new Array(100).fill(200));
  const next = 100 * WINDOW_MS;
  assert.ok(trendScore(20, usualAt(quiet, next)) > 0);
  assert.equal(trendScore(205, usualAt(busy, next)), 0);
  assert.ok(trendScore(400, usualAt(busy, next)) > 0);
  assert.ok(trendScore(40, usualAt(quiet, next)) > trendScore(20, usualAt(quiet, next)));
});

test('a few people are no trend, however unusual, and one is none at all', () => {
  assert.equal(trendScore(1, { mean: 0, variance: 0 }), 0);
  assert.equal(trendScore(4, { mean: 0, variance: 0 }), 0);
  assert.ok(trendScore(12, { mean: 0, variance: 0 }) > 0);
});

test('what comes in bursts needs a larger one; what was quiet for a day has no past', () => {
  const bursts = after(Array.from({ length: 200 }, (_, at) => (at % 10 === 0 ? 60 : 0)));
  const even = after(new Array(200).fill(6));
  assert.ok(trendScore(50, usualAt(even, 200 * WINDOW_MS)) > trendScore(50, usualAt(bursts, 200 * WINDOW_MS)));
  assert.deepEqual(usualAt(even, 600 * WINDOW_MS), { mean: 0, variance: 0 });
});

test('empty windows that were left out count as if they had been told', () => {
  const told = after([10, 10, 0, 0, 0]);
  const left = usualAt(after([10, 10]), 5 * WINDOW_MS);
  assert.ok(Math.abs(told.mean - left.mean) < 1e-12);
  assert.ok(Math.abs(told.variance - left.variance) < 1e-12);
  assert.equal(windowOf(7 * WINDOW_MS + 5), 7 * WINDOW_MS);
});

test('nobody is new twice, and of a hundred thousand hardly one in fifty is taken for another', () => {
  const seen = new SeenOnce();
  let fresh = 0;
  for (let actor = 0; actor < 100_000; actor++) if (seen.isNew(`listing|${actor % 7}|${actor}`)) fresh++;
  assert.ok(fresh > 98_000, String(fresh));
  for (let actor = 0; actor < 100_000; actor += 97) assert.ok(!seen.isNew(`listing|${actor % 7}|${actor}`));
});
