import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountOf, wholeNumberOf } from './numbers.ts';

test('a table’s prices are read as its country writes them, and refused where they can be read in two ways', () => {
  const read = (text: string) => amountOf(text, 'MXN', 'point or comma');
  assert.deepEqual(['45.00', '45,00', '1.234,50', '1,234.50', '9,9995'].map(read), [4500, 4500, 123450, 123450, 1000]);
  assert.deepEqual(read('1,234'), {
    code: 'price_ambiguous',
    message: '“1,234” may be 1234.00 or 1.23: write which',
  });
  assert.deepEqual(read('12x'), { code: 'price', message: 'must be an amount like 1299.50 in MXN, not “12x”' });
});

test('a program’s prices have a point before decimals, however many', () => {
  const read = (text: string) => amountOf(text, 'USD', 'point');
  assert.deepEqual(['45.00', '9.999', '1,234', '4500 minor USD'].map(read), [4500, 1000, 123400, 4500]);
  assert.deepEqual(
    ['45,00', '4500 minor THB'].map((text) => typeof read(text)),
    ['object', 'object'],
  );
});

test('three pieces written with decimals are not three hundred', () => {
  const read = (text: string) => wholeNumberOf(text, 10_000_000, 'point or comma');
  assert.deepEqual(['3,00', '3.00', '-2', '250,5', '1,234,567'].map(read), [3, 3, -2, 251, 1234567]);
  assert.deepEqual(read('1.234'), { code: 'number_ambiguous', message: '“1.234” may be 1234 or 1: write which' });
  assert.deepEqual(read('many'), {
    code: 'number',
    message: 'must be a whole number of at most 10000000, not “many”',
  });
});
