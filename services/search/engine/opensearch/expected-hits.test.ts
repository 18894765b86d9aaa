import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planQuery } from '../../domain/query-plan.ts';
import { expectedHits } from './expected-hits.ts';

const LISTINGS = 100_000;
const planOf = (text: string, frequencies: Readonly<Record<string, number>>) =>
  planQuery(
    {
      liveCount: LISTINGS,
      frequencyOf: (term) => frequencies[term] ?? 0,
      completionsOf: () => [],
      nearestTo: () => undefined,
    },
    text,
  );

test('as many have two words as their shares say, multiplied', () => {
  const plan = planOf('blue lamp ', { blue: 10_000, lamp: 5_000 });
  assert.equal(Math.round(expectedHits(plan, plan.rarityTotal * 0.9999, LISTINGS)), 500);
});

test('those with the rarer word alone count where it is enough', () => {
  const plan = planOf('blue lamp ', { blue: 10_000, lamp: 5_000 });
  const rarest = plan.groups[0]?.rarity ?? 0;
  assert.equal(Math.round(expectedHits(plan, rarest, LISTINGS)), 5_000);
});

test('nothing has a word that nothing has, and of a long query the rarest words are looked at', () => {
  const unknown = planOf('blue zzz ', { blue: 10_000 });
  assert.equal(expectedHits(unknown, unknown.rarityTotal, LISTINGS), 0);
  const words = Array.from({ length: 24 }, (_, i) => `w${'abcdefghijklmnopqrstuvwx'[i]}`);
  const long = planOf(`${words.join(' ')} `, Object.fromEntries(words.map((word) => [word, 50_000])));
  assert.equal(Math.round(expectedHits(long, long.groups[0]?.rarity ?? 0, LISTINGS)), 99_902);
});
