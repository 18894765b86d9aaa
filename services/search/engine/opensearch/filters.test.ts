import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineQuery } from '../engine.ts';
import { counted, counts, withinRanges } from './filters.ts';

const query: EngineQuery = {
  text: '',
  filters: [],
  priceMinimum: 200,
  priceMaximum: null,
  isInStock: true,
  sort: 'newest',
  limit: 20,
  after: null,
};
const filters = [
  { key: 'color', values: ['red'] },
  { key: '@store', values: ['sto_1'] },
];
const buckets = (...all: [string, number][]) => ({ buckets: all.map(([key, doc_count]) => ({ key, doc_count })) });

test('each filter is counted without itself, and prices without theirs', () => {
  const asked = counts(query, filters);
  assert.deepEqual(Object.keys(asked), ['matching', 'told', 'prices', 'but0']);
  const has = (name: string, what: string) => JSON.stringify(asked[name]).includes(what);
  assert.deepEqual(
    [has('told', 'color:red'), has('but0', 'color:red'), has('but0', '@store:sto_1')],
    [true, false, true],
  );
  assert.deepEqual([has('prices', 'gte'), has('told', 'gte'), has('but0', 'gte')], [false, true, true]);
});

test('a distance holds for totals, facets and prices alike', () => {
  const around = { point: { latitude: 13.75, longitude: 100.5 }, withinKm: 25 };
  const within = { geo_distance: { distance: '25km', distance_type: 'arc', spot: { lat: 13.75, lon: 100.5 } } };
  const asked = counts({ ...query, around }, filters);
  for (const name of ['told', 'but0', 'prices'])
    assert.ok(JSON.stringify(asked[name]).includes(JSON.stringify(within)));
  assert.ok(
    !JSON.stringify(counts({ ...query, around: { ...around, withinKm: null } }, filters)).includes('geo_distance'),
  );
});

test('facets are the most frequent values of each key, a filtered key by its own count', () => {
  const answer = {
    matching: { doc_count: 9 },
    told: { doc_count: 2, facts: buckets(['size:10', 2], ['size:9', 2], ['color:red', 2]) },
    but0: { doc_count: 5, facts: buckets(['color:blue', 3], ['color:red', 2]) },
    prices: { lowest: { value: 100 }, highest: { value: 900 } },
  };
  assert.deepEqual(counted(answer, filters), {
    facets: [
      {
        key: 'size',
        values: [
          { value: '10', count: 2 },
          { value: '9', count: 2 },
        ],
      },
      {
        key: 'color',
        values: [
          { value: 'blue', count: 3 },
          { value: 'red', count: 2 },
        ],
      },
    ],
    priceRange: { minimum: 100, maximum: 900 },
  });
});

test('a range is the values that lie in it', () => {
  const watts = {
    key: 'watts',
    values: ['7'],
    ranges: [
      { minimum: 5, maximum: 20 },
      { minimum: 100, maximum: null },
    ],
  };
  assert.deepEqual(withinRanges(watts, ['0', '5', '20', '30', '100.5']), {
    key: 'watts',
    values: ['7', '5', '20', '100.5'],
  });
});
