import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FEATURES, type Feature } from './features.ts';
import { DEFAULT_WEIGHTS, EVEN_FIELDS, linearModel } from './model.ts';

const model = linearModel(DEFAULT_WEIGHTS);
const only = (...features: Feature[]) => Float64Array.from(FEATURES, (each) => (features.includes(each) ? 1 : 0));

test('a field that counts double lifts what tells of it, and nothing else', () => {
  const titleTwice = { ...EVEN_FIELDS, title: 2 };
  assert.equal(model(only('inHead'), titleTwice), 2 * model(only('inHead'), EVEN_FIELDS));
  assert.equal(model(only('words', 'category'), titleTwice), model(only('words', 'category'), EVEN_FIELDS));
  assert.equal(model(only('category'), { ...EVEN_FIELDS, category: 0 }), 0);
});
