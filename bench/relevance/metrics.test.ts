import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csvOf, csvRows } from './csv.ts';
import { qualityOf } from './metrics.ts';
import { randomizationTest } from './significance.ts';

describe('relevance figures', () => {
  const grades = new Map([
    ['a', 3],
    ['b', 1],
    ['c', 1],
  ]);

  test('the best order counts 1, and what nobody judged is of no use', () => {
    assert.deepEqual(qualityOf(['a', 'b', 'c'], grades), { ndcg10: 1, mrr: 1, recall50: 1 });
    assert.deepEqual(qualityOf(['x', 'y'], grades), { ndcg10: 0, mrr: 0, recall50: 0 });
  });

  test('the best listing one place down counts its discount, worked out by hand', () => {
    const { ndcg10, mrr, recall50 } = qualityOf(['b', 'a'], grades);
    const ideal = 7 + 1 / Math.log2(3) + 1 / 2;
    assert.ok(Math.abs(ndcg10 - (1 + 7 / Math.log2(3)) / ideal) < 1e-12);
    assert.equal(mrr, 0.5);
    assert.equal(recall50, 2 / 3);
  });

  test('a difference in every query is significant, one that chance makes is not', () => {
    const low = Array.from({ length: 40 }, (_, i) => (i % 7) / 10);
    assert.ok(
      randomizationTest(
        low.map((value) => value + 0.1),
        low,
      ) < 0.001,
    );
    assert.ok(
      randomizationTest(
        low.map((value, i) => value + (i % 2 === 0 ? 0.1 : -0.1)),
        low,
      ) > 0.5,
    );
  });

  test('files are read as they were written, whatever is in a cell', () => {
    const rows = [
      ['1', 'a "quoted", 6" lamp\nin two lines'],
      ['2', ''],
    ];
    assert.deepEqual(
      csvRows(`\ufeff${csvOf(['id', 'Title'], rows)}`),
      rows.map(([id, title]) => ({ id, title })),
    );
    assert.deepEqual(csvRows('id\ttitle\r\n1\ta, b\r\n'), [{ id: '1', title: 'a, b' }]);
  });
});
