import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@plaza/kernel';
import { problemOfOrder, problemOfPayment } from './sweep.ts';

const order = { id: newId('order'), paymentId: newId('payment'), totalMinor: 500, currency: 'USD' };
const payment = {
  id: order.paymentId,
  orderId: order.id,
  state: 'captured',
  amount: { amountMinor: 500, currency: 'USD' },
  capturedTime: '2026-11-21T08:00:00.000Z',
  method: { kind: 'card', brand: null, last4: null },
  waivedMinor: 0,
} as const;

test('an order and its payment agree when the payment is captured, is of this order, and of its total', () => {
  assert.equal(problemOfOrder(order, payment), undefined);
  assert.equal(problemOfOrder(order, { ...payment, state: 'refunded' }), undefined);
  assert.equal(problemOfOrder(order, undefined), 'order_without_payment');
  assert.equal(problemOfOrder(order, { ...payment, capturedTime: null }), 'payment_not_captured');
  assert.equal(problemOfOrder(order, { ...payment, orderId: null }), 'payment_of_another_order');
  assert.equal(problemOfOrder({ ...order, totalMinor: 501 }, payment), 'amount_differs');
  assert.equal(problemOfOrder({ ...order, currency: 'THB' }, payment), 'amount_differs');
});

test('a captured payment has an order that is there, or went back', () => {
  assert.equal(problemOfPayment(payment, new Set([order.id])), undefined);
  assert.equal(problemOfPayment(payment, new Set()), 'payment_without_order');
  assert.equal(problemOfPayment({ ...payment, orderId: null }, new Set()), 'payment_without_order');
  assert.equal(problemOfPayment({ ...payment, orderId: null, state: 'refunded' }, new Set()), undefined);
  assert.equal(problemOfPayment({ ...payment, orderId: null, capturedTime: null }, new Set()), undefined);
});

test('a payment at the door agrees while it is asked for, and when all of it was given up', () => {
  const cash = { ...payment, method: { ...payment.method, kind: 'cash' }, capturedTime: null } as const;
  assert.equal(problemOfOrder(order, { ...cash, state: 'due' }), undefined);
  assert.equal(problemOfOrder(order, { ...cash, state: 'canceled', waivedMinor: 500 }), undefined);
  assert.equal(problemOfOrder(order, { ...cash, state: 'canceled' }), 'payment_not_captured');
  assert.equal(problemOfOrder(order, { ...cash, state: 'due', orderId: null }), 'payment_of_another_order');
});
