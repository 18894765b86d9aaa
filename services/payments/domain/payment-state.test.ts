import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PaymentState } from '../contract/payments.ts';
import { isNews, refundedState } from './payment-state.ts';

test('once captured, no later word of the provider takes the money back', () => {
  for (const told of ['declined', 'canceled', 'pending', 'requires_action', 'captured'] as const) {
    for (const state of ['captured', 'partially_refunded', 'refunded'] as const)
      assert.equal(isNews(state, told), false);
  }
});

test('a capture counts from every state in which no money has come', () => {
  const moneyless = PaymentState.options.filter((state) => isNews(state, 'captured'));
  assert.deepEqual(moneyless, ['created', 'requires_action', 'pending', 'due', 'declined', 'canceled']);
});

test('refunds are partial until all is back', () => {
  assert.equal(refundedState(100, 0), 'captured');
  assert.equal(refundedState(100, 99), 'partially_refunded');
  assert.equal(refundedState(100, 100), 'refunded');
});
