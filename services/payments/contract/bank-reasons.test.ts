import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOCALES, localize } from '@plaza/kernel';
import { bankReason } from './bank-reasons.ts';

test('the same reason has the same words, whichever provider tells it, in every language', () => {
  assert.deepEqual(bankReason('merchandise_or_service_not_received'), bankReason('product_not_received'));
  for (const reason of ['fraudulent', 'duplicate', 'unrecognized', 'general'])
    assert.deepEqual(Object.keys(bankReason(reason)).sort(), [...LOCALES].sort());
});

test('a reason that nobody knows is said as the bank said it', () => {
  assert.equal(localize(bankReason('check_returned'), 'es'), 'check returned');
});
