import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenAmount, writtenNumber } from './written-number.ts';

test('an amount is read as Americans, Spaniards and the French write it', () => {
  for (const [text, minor] of [
    ['45', 4500],
    ['45.00', 4500],
    ['45,00', 4500],
    [' 45,5 ', 4550],
    ['0.500', 50],
    ['0,99', 99],
    ['45.0000', 4500],
    ['1,234.50', 123450],
    ['1.234,50', 123450],
    ['1 234,50', 123450],
    ['1 234', 123400],
    ['1.234.567', 123456700],
    ['1,234,567.8', 123456780],
  ] as const)
    assert.equal(writtenAmount(text, 'MXN'), minor, text);
});

test('what may be a thousand or a few is said to be ambiguous, unless the currency settles it', () => {
  for (const text of ['1,234', '1.234', '999.000']) assert.equal(writtenAmount(text, 'EUR'), 'ambiguous', text);
  assert.equal(writtenAmount('1,234', 'JPY'), 1234);
  assert.equal(writtenAmount('1.234', 'JPY'), 1234);
  assert.equal(writtenAmount('1.234', 'KWD'), 1234);
  assert.equal(writtenAmount('1,234', 'KWD'), 'ambiguous');
});

test('what is no amount is not made one', () => {
  for (const text of [
    '',
    'abc',
    '-5',
    '1e3',
    '12x',
    '1,23,456',
    '1.234.50',
    '1,234,50',
    '12,3456.1',
    '$45',
    '.5',
    '5.',
    '9.999,999',
  ])
    assert.equal(writtenAmount(text, 'USD'), undefined, text);
  assert.equal(writtenAmount('12.345', 'JPY'), 12345);
  assert.equal(writtenAmount('12.99', 'JPY'), undefined);
});

test('a number keeps its digits as they were written', () => {
  assert.deepEqual(writtenNumber('1.234,500'), { whole: '1234', decimals: '500' });
  assert.deepEqual(writtenNumber('453.59237'), { whole: '453', decimals: '59237' });
  assert.equal(writtenNumber('453.592'), 'ambiguous');
});
