import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FEATURES } from './features.ts';
import { EVEN_FIELDS } from './model.ts';
import { PREDICTED, TREES } from './trees.fixture.ts';
import { treesModel } from './trees.ts';

test('trees answer what LightGBM answers', () => {
  const model = treesModel(JSON.parse(TREES));
  const { rows, scores } = JSON.parse(PREDICTED) as { rows: number[][]; scores: number[] };
  assert.ok(rows.length >= 20 && new Set(scores).size > 10);
  rows.forEach((row, i) => {
    assert.ok(Math.abs(model(Float64Array.from(row), EVEN_FIELDS) - scores[i]!) < 1e-12, `row ${i}`);
  });
});

test('a tree of one leaf is its value, and trees over other features are refused', () => {
  const feature_names = [...FEATURES];
  const tree_info = [{ tree_structure: { leaf_value: 0.25 } }];
  assert.equal(treesModel({ feature_names, tree_info })(new Float64Array(FEATURES.length), EVEN_FIELDS), 0.25);
  assert.throws(() => treesModel({ feature_names: ['color'], tree_info }), /must have the features/);
  assert.throws(() => treesModel({ feature_names, tree_info: [] }));
});
