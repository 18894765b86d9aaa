import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceFrom } from '@plaza/kernel';
import { FEATURES, type Features, judgeByDefault, judgeByTrees, type Tree } from '../rerank.ts';
import { type Group, qualityOf, trainTrees } from './lambda-mart.ts';

/** People who want what is cheap for them and near, whatever goes with their history. */
function groupsOf(count: number, seed: number): Group[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, () => {
    const rows = Array.from(
      { length: 40 },
      () => Object.fromEntries(FEATURES.map((feature) => [feature, chance()])) as Features,
    );
    const grades = rows.map(({ price, nearby }) => (price > 0.8 && nearby > 0.5 ? 4 : price > 0.7 ? 1 : 0));
    return { rows, grades };
  }).filter(({ grades }) => grades.some((grade) => grade > 0));
}

function trained(groups: readonly Group[]): readonly Tree[] {
  const training = trainTrees(groups);
  for (;;) {
    const { done, value } = training.next();
    if (done === true) return value;
  }
}

test('trees learn what people go on to, and foretell it of people they have not seen', () => {
  const trees = trained(groupsOf(60, 1));
  const others = groupsOf(40, 2);
  assert.ok(qualityOf(judgeByDefault, others) < 0.6);
  assert.ok(qualityOf(judgeByTrees({ trees }), others) > 0.95);
});

test('the same log makes the same trees, and a file of them judges as they do', () => {
  const groups = groupsOf(20, 3);
  const trees = trained(groups);
  assert.deepEqual(trained(groups), trees);
  const [ours, theirs] = [judgeByTrees({ trees }), judgeByTrees(JSON.parse(JSON.stringify({ trees, more: 1 })))];
  for (const { rows } of groups) for (const row of rows) assert.equal(theirs(row), ours(row));
});

test('where nothing tells apart what was wanted, nothing is learned', () => {
  const row = Object.fromEntries(FEATURES.map((feature) => [feature, 0.5])) as Features;
  const rows = Array.from({ length: 60 }, () => row);
  const trees = trained([{ rows, grades: rows.map((_, i) => (i === 0 ? 1 : 0)) }]);
  assert.ok(trees.every((tree) => 'value' in tree));
});
