import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moneyParts, refundsOf } from './money-parts.ts';

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });
const group = { due: dollars(0), held: dollars(0), released: dollars(700), refunded: dollars(300), waiting: null };
const contested = {
  ...group,
  waiting: { until: 'decision' as const, refund: dollars(200), release: dollars(700) },
};
const shown = (parts: ReturnType<typeof moneyParts>) => parts.map(({ name, amount }) => [name, amount.amountMinor]);

test('money is with the seller and the buyer once it was sent there', () => {
  assert.deepEqual(shown(moneyParts(group)), [
    ['released', 700],
    ['refunded', 300],
  ]);
  assert.deepEqual(refundsOf(group.refunded, [group]), { back: dollars(300), waiting: dollars(0) });
});

test('what waits for a bank is with neither', () => {
  assert.deepEqual(shown(moneyParts(contested)), [
    ['waiting', 900],
    ['refunded', 100],
  ]);
  assert.deepEqual(refundsOf(dollars(600), [group, contested]), { back: dollars(400), waiting: dollars(200) });
});
