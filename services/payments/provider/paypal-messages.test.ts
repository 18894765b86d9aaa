import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Currency } from '@plaza/kernel';
import fc from 'fast-check';
import { captureOutcome, moneyOf, PayPalOrder, payPalAmount, payPalOutcome } from './paypal-messages.ts';

test('an amount has as many decimals as its currency', () => {
  assert.equal(payPalAmount({ amountMinor: 12_905, currency: 'USD' }).value, '129.05');
  assert.equal(payPalAmount({ amountMinor: 5, currency: 'USD' }).value, '0.05');
  assert.equal(payPalAmount({ amountMinor: 1_299, currency: 'JPY' }).value, '1299');
  assert.equal(payPalAmount({ amountMinor: 1_234, currency: 'KWD' }).value, '1.234');
});

test('an amount that goes there and back is the same, to the last minor unit', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.constantFrom(...Currency.options), (amountMinor, currency) => {
      assert.deepEqual(moneyOf(payPalAmount({ amountMinor, currency })), { amountMinor, currency });
    }),
  );
});

test('only a completed capture is money', () => {
  const orderOf = (status: string, capture?: string) =>
    PayPalOrder.parse({
      id: 'ORDER1',
      status,
      purchase_units: capture === undefined ? [{}] : [{ payments: { captures: [{ id: 'C1', status: capture }] } }],
    });
  assert.equal(payPalOutcome(orderOf('APPROVED')).state, 'approved');
  assert.equal(payPalOutcome(orderOf('COMPLETED', 'COMPLETED')).state, 'captured');
  assert.equal(payPalOutcome(orderOf('COMPLETED', 'PENDING')).state, 'pending');
  assert.equal(payPalOutcome(orderOf('COMPLETED')).state, 'pending');
  assert.equal(payPalOutcome(orderOf('COMPLETED', 'DECLINED')).state, 'declined');
  assert.equal(payPalOutcome(orderOf('VOIDED')).state, 'canceled');
  assert.equal(captureOutcome('REFUNDED').state, 'captured', 'its refunds are told on their own');
});
