import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDays, formatMoney, textIn } from './format.ts';

test('amounts are written as their readers expect, whole ones without decimals', () => {
  const cases = [
    [{ amountMinor: 119000, currency: 'MXN' }, 'es', '$1,190'],
    [{ amountMinor: 1590000, currency: 'THB' }, 'th', '฿15,900'],
    [{ amountMinor: 450, currency: 'USD' }, 'en', '$4.50'],
    [{ amountMinor: 1200, currency: 'JPY' }, 'ja', '￥1,200'],
  ] as const;
  for (const [amount, lang, expected] of cases) assert.equal(formatMoney(amount, lang), expected);
});

test('one day is one, others are many', () => {
  assert.deepEqual([formatDays(1, 'en'), formatDays(7, 'en'), formatDays(1, 'es')], ['1 day', '7 days', '1 día']);
});

test('a text is shown in the language asked for, else in English, else in any', () => {
  assert.equal(textIn({ en: 'Home', th: 'บ้าน' }, 'th'), 'บ้าน');
  assert.equal(textIn({ en: 'Home', th: 'บ้าน' }, 'ja'), 'Home');
  assert.equal(textIn({ th: 'บ้าน' }, 'ja'), 'บ้าน');
});
