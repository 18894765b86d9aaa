import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmlessCell } from './spreadsheet.ts';

test('what a spreadsheet would run gets an apostrophe before it, whatever stands in front', () => {
  for (const cell of [
    '=1+1',
    '+1',
    '-2+3+cmd|x',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '\r=1',
    '|x',
    '%x',
    '＝1',
    '＋1',
    '－1',
    '＠x',
  ])
    assert.equal(harmlessCell(cell), `'${cell}`);
});

test('what it would show stays as it is', () => {
  for (const cell of ['', 'Ada', 'a=b', '12.50', 'pi_3Abc', 'ร้าน', "'quoted'", '1-2'])
    assert.equal(harmlessCell(cell), cell);
});
