import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from './money.ts';

test('amounts are written as their readers write them: pesos the Mexican way, euros the Spanish', () => {
  const written = (amountMinor: number, currency: 'MXN' | 'EUR' | 'THB' | 'JPY', locale: string) =>
    formatMoney({ amountMinor, currency }, locale).replace(/\s/g, ' ');
  assert.equal(written(220_099, 'MXN', 'es'), '$2,200.99');
  assert.equal(written(1_220_099, 'EUR', 'es'), '12.200,99 €');
  assert.equal(written(129_900, 'THB', 'th'), '฿1,299.00');
  assert.equal(written(1_299, 'JPY', 'ja'), '￥1,299');
});
