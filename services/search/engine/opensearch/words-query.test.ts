import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryGroup, QueryPlan } from '../../domain/query-plan.ts';
import { exactScore, wordsQuery } from './words-query.ts';

const groupOf = (rarity: number, place: number, ...terms: string[]): QueryGroup => ({
  rarity,
  place,
  terms: terms.map((term, i) => ({ term, share: i === 0 ? 1 : 0.6 })),
  isNumber: false,
  isUnit: false,
});
const plan: QueryPlan = {
  groups: [groupOf(6, 1, 'purpl'), groupOf(3, 0, 'phone', 'phonograph'), groupOf(1, 2, 'new')],
  rarityTotal: 10,
  correctedText: null,
  unknownWords: [],
  isStrict: false,
};

test('all the words: each is wanted, by whatever stands for it', () => {
  assert.deepEqual(wordsQuery(plan, 'all', { isScored: false }), {
    bool: {
      filter: [
        { terms: { terms: ['purpl'] } },
        { terms: { terms: ['phone', 'phonograph'] } },
        { terms: { terms: ['new'] } },
      ],
    },
  });
});

test('some of the words: only those that can be enough open the search, the others count', () => {
  const { bool } = wordsQuery(plan, 'any', { isScored: false }) as {
    bool: { filter: [{ function_score: { query: object; functions: { weight: number }[]; min_score: number } }] };
  };
  const { query, functions, min_score } = bool.filter[0].function_score;
  // 30 % of 10, and by a hair: a listing with "new" alone has 1.
  assert.ok(min_score > 2.99 && min_score < 3);
  assert.deepEqual(
    functions.map(({ weight }) => weight),
    [6, 3, 1],
  );
  assert.equal(JSON.stringify(query).includes('"new"'), false);
});

test('a word that stands for another counts by its share', () => {
  const text = JSON.stringify(wordsQuery(plan, 'all', { isScored: true }));
  assert.ok(text.includes(`{"rank_feature":{"field":"impacts.phonograph","linear":{},"boost":${(3 * 0.6) / 255}}}`));
});

test('a score is mended by what the hit lacks', () => {
  const product = Math.sqrt(1 - 0.3) * Math.sqrt(1 - 0.1);
  assert.ok(Math.abs(exactScore(plan, 4 * product, new Set([0])) - 4 * Math.sqrt(0.6)) < 1e-12);
  assert.equal(exactScore(plan, 4, null), 4);
});
