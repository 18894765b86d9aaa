import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOCALES, localize } from '@plaza/kernel';
import { refundReason } from './refund-reasons.ts';

test('why a refund was not sent is said in every language, by whichever provider', () => {
  assert.deepEqual(refundReason('CAPTURE_FULLY_REFUNDED'), refundReason('charge_already_refunded'));
  for (const reason of [
    'refunds_not_supported',
    'partial_refunds_not_supported',
    'refund_window_closed',
    'not_captured',
  ])
    assert.deepEqual(Object.keys(refundReason(reason)).sort(), [...LOCALES].sort());
});

test('a reason that nobody knows is said as the provider said it', () => {
  assert.equal(localize(refundReason('PAYEE_ACCOUNT_RESTRICTED'), 'th'), 'payee account restricted');
});
