import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Counted, changeOf, isNoChange, NO_STARS, type StarCounts, summaryOf } from './rating.ts';

const add = (a: StarCounts, b: StarCounts): StarCounts =>
  a.map((count, index) => count + (b[index] as number)) as unknown as StarCounts;

test('after any sequence of writing, changing, hiding and showing, the counts are those of the published reviews', () => {
  const step = fc.record({
    review: fc.integer({ min: 0, max: 5 }),
    stars: fc.integer({ min: 1, max: 5 }),
    state: fc.constantFrom('published' as const, 'hidden' as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const reviews = new Map<number, Counted>();
      let counts = NO_STARS;
      for (const { review, ...after } of steps) {
        // A new review is always published.
        const next: Counted = reviews.has(review) ? after : { ...after, state: 'published' };
        const change = changeOf(reviews.get(review), next);
        reviews.set(review, next);
        counts = add(counts, change);
        if (isNoChange(change)) assert.deepEqual(change, NO_STARS);
      }
      const shown = [...reviews.values()].filter(({ state }) => state === 'published');
      for (const stars of [1, 2, 3, 4, 5])
        assert.equal(counts[stars - 1], shown.filter((each) => each.stars === stars).length);
      const sum = shown.reduce((total, { stars }) => total + stars, 0);
      const mean = shown.length === 0 ? null : Math.round((sum / shown.length) * 100) / 100;
      assert.deepEqual(summaryOf(counts), { count: shown.length, sum, mean });
    }),
  );
});
