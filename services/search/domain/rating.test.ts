import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { qualityOf, type Rating, standingOf, storeStepOf } from './rating.ts';

/** Reviews of so many stars, each from one to five. */
const reviews: fc.Arbitrary<Rating> = fc
  .array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 })
  .map((stars) => ({ count: stars.length, sum: stars.reduce((sum, each) => sum + each, 0) }));

test('a mean begins with five reviews of three and a half stars', () => {
  assert.equal(qualityOf({ count: 0, sum: 0 }), 2.5 / 4);
  assert.equal(qualityOf({ count: 1, sum: 5 }), (3.75 - 1) / 4);
  assert.equal(qualityOf({ count: 20, sum: 96 }), (4.54 - 1) / 4);
});

test('a listing begins with what its store is held to be, and without any review with nothing', () => {
  const [none, good, bad] = [undefined, { count: 45, sum: 225 }, { count: 45, sum: 45 }];
  assert.equal(standingOf({ own: none, store: none }), null);
  assert.equal(standingOf({ own: { count: 0, sum: 0 }, store: { count: 0, sum: 0 } }), null);
  // (5 × 3.5 + 225) / 50 = 4.85 stars are 0.9625, step 19 of 20; (5 × 3.5 + 45) / 50 = 1.25 are 0.0625, step 1.
  assert.deepEqual([storeStepOf(good), storeStepOf(bad)], [19, 1]);
  assert.equal(standingOf({ own: none, store: good }), 19 / 20);
  assert.equal(standingOf({ own: none, store: bad }), 1 / 20);
  // Five reviews of its own, of five stars, weigh as much as its store.
  assert.equal(standingOf({ own: { count: 5, sum: 25 }, store: bad }), (1 / 20 + 1) / 2);
});

test('what to expect is from 0 to 1, and one star more in any review is never less', () => {
  fc.assert(
    fc.property(reviews, reviews, (own, store) => {
      const standing = standingOf({ own, store });
      if (standing === null) return own.count === 0 && store.count === 0;
      const better = (rating: Rating) => ({ ...rating, sum: Math.min(5 * rating.count, rating.sum + 1) });
      const above = [standingOf({ own: better(own), store }), standingOf({ own, store: better(store) })] as number[];
      return standing >= 0 && standing <= 1 && above.every((each) => each >= standing);
    }),
  );
});
