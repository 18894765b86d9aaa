import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgedQuery, ndcg10 } from './relevance.ts';

test('a ranking is worth what it could be, worked out by hand', () => {
  const grades = new Map([
    ['a', 3],
    ['b', 1],
    ['c', 0],
  ]);
  assert.equal(ndcg10(['a', 'b', 'x'], grades), 1);
  assert.equal(ndcg10(['x'], grades), 0);
  const ideal = 7 + 1 / Math.log2(3);
  assert.ok(Math.abs((ndcg10(['b', 'a'], grades) ?? 0) - (1 + 7 / Math.log2(3)) / ideal) < 1e-12);
});

test('without anything of use no ranking is better than another', () => {
  assert.equal(ndcg10(['a'], new Map([['a', 0]])), null);
  assert.equal(ndcg10([], new Map()), null);
});

test('a query is one however it was typed', () => {
  assert.equal(judgedQuery('  Brass\t LAMP '), 'brass lamp');
});
