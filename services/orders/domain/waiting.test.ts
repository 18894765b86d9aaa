import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@plaza/kernel';
import type { ChargebackRecord } from './order.ts';
import { waitingOf } from './waiting.ts';

const claim = (state: ChargebackRecord['state'], isSettled = false): ChargebackRecord => ({
  ...{ id: newId('chargeback'), state, isSettled },
  ...{ amountMinor: 1_000, currency: 'USD', reason: 'fraudulent', evidenceDueTime: null },
});
const refund = (amountMinor: number) => ({ kind: 'refund', input: { amountMinor } });
const release = { kind: 'release', input: {} };

test('what a group has set off waits while the bank has not decided', () => {
  const ruled = { undone: [refund(300), release], refundedMinor: 300 };
  assert.deepEqual(waitingOf([claim('opened')], ruled, 700), {
    until: 'decision',
    refundMinor: 300,
    releaseMinor: 700,
  });
});

test('what was done before the claim waits for nothing, nor does a group that has set off nothing', () => {
  assert.equal(waitingOf([claim('opened')], { undone: [], refundedMinor: 1_000 }, 0), null);
  assert.equal(waitingOf([claim('opened')], { undone: [{ kind: 'restock', input: {} }], refundedMinor: 0 }, 0), null);
});

test('lost, the buyer has the money from the bank; what the seller is to have waits for the ruling', () => {
  const ruled = { undone: [refund(300), release], refundedMinor: 300 };
  assert.deepEqual(waitingOf([claim('lost')], ruled, 700), { until: 'ruling', refundMinor: 0, releaseMinor: 700 });
  assert.equal(waitingOf([claim('lost')], { undone: [refund(1_000)], refundedMinor: 1_000 }, 0), null);
});

test('without a claim, or once it is settled or turned down, what is not done yet is about to be', () => {
  const canceled = { undone: [refund(1_000)], refundedMinor: 1_000 };
  for (const claims of [[], [claim('won')], [claim('lost', true)]]) assert.equal(waitingOf(claims, canceled, 0), null);
});
