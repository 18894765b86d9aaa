import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Currency, parseAmount } from '@plaza/kernel';
import fc from 'fast-check';
import { decimalOf } from './statement-file.ts';

test('an amount is written with all digits of its currency, and no more', () => {
  const cases: [number, Currency, string][] = [
    [123_450, 'USD', '1234.50'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [1_234, 'JPY', '1234'],
    [-1, 'JPY', '-1'],
    [5, 'KWD', '0.005'],
    [-1_234_567, 'KWD', '-1234.567'],
  ];
  for (const [amountMinor, currency, text] of cases) assert.equal(decimalOf(amountMinor, currency), text);
});

test('what is written is read back as the same amount', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.constantFrom<Currency>('USD', 'JPY', 'KWD'), (amountMinor, currency) => {
      assert.equal(parseAmount(decimalOf(amountMinor, currency), currency), amountMinor);
    }),
  );
});
