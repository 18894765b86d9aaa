import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type SignalSettings, type Signals, verdictOf, withSignals } from './signals.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const settings: SignalSettings = { cap: 0.1, completeness: 1, freshness: 1, nearness: 1, rating: 1, nowMs: NOW };

test('signals are worth their weights, worked out by hand', () => {
  const nowhere = { distanceKm: null, rating: null, boost: 0 };
  assert.equal(verdictOf({ completeness: 1, publishedMs: NOW, ...nowhere }, settings), 1);
  assert.equal(verdictOf({ completeness: 0, publishedMs: NOW - 30 * DAY, ...nowhere }, settings), -0.5);
  assert.equal(verdictOf({ completeness: null, publishedMs: NOW - 30 * DAY, ...nowhere }, settings), 0);
  assert.equal(
    verdictOf({ completeness: 1, publishedMs: 0, ...nowhere }, { ...settings, completeness: 0, freshness: 0 }),
    0,
  );
  assert.equal(verdictOf({ ...nowhere, completeness: 1, publishedMs: NOW, distanceKm: 0 }, settings), 1);
  assert.equal(
    verdictOf({ ...nowhere, completeness: null, publishedMs: 0, distanceKm: 20 }, { ...settings, freshness: 0 }),
    0,
  );
  // Among the three: (2 × (1 + 0.5 + 0.25)) / 3 − 1.
  const rated = { ...nowhere, rating: 0.25 };
  assert.equal(verdictOf({ completeness: 1, publishedMs: NOW - 30 * DAY, ...rated }, settings), 3.5 / 3 - 1);
  assert.equal(withSignals(2, -0.5, 0.1), 1.9);
});

test('a boost lifts what the other signals say by its part of the way up to the cap', () => {
  const old = { completeness: 0, publishedMs: NOW - 30 * DAY, distanceKm: null, rating: null };
  assert.equal(verdictOf({ ...old, boost: 0.5 }, settings), 0.25);
  assert.equal(verdictOf({ ...old, boost: 1 }, settings), 1);
  const silent = { ...settings, completeness: 0, freshness: 0 };
  assert.equal(verdictOf({ ...old, boost: 0.5 }, silent), 0.5);
});

test('no signal lifts a hit over one that fits better by more than the cap, also of scores below nothing', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const signals: fc.Arbitrary<Signals> = fc.record({
    completeness: fc.option(share),
    rating: fc.option(share),
    publishedMs: fc.integer({ min: 0, max: NOW + DAY }),
    distanceKm: fc.option(fc.double({ min: 0, max: 20_000, noNaN: true })),
    boost: share,
  });
  const cap = fc.double({ min: 0, max: 0.2, noNaN: true });
  const score = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      score,
      score,
      signals,
      signals,
      fc.record({ cap, completeness: share, freshness: share, nearness: share, rating: share }),
      (a, b, ofA, ofB, weights) => {
        const all = { ...weights, nowMs: NOW };
        const judged = (own: number, of: Signals) => withSignals(own, verdictOf(of, all), all.cap);
        const [lower, higher] = a < b ? [a, b] : [b, a];
        if (higher - Math.abs(higher) * all.cap <= lower + Math.abs(lower) * all.cap) return true;
        return judged(higher, ofA) > judged(lower, ofB);
      },
    ),
    { numRuns: 300 },
  );
});
