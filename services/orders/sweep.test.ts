import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, uuidFromId } from '@plaza/kernel';
import type { paymentsContract } from '@plaza/payments/contract';
import { sql } from '@plaza/runtime';
import { startBuying } from './testing/buying-host.ts';
import { sell } from './testing/sold.ts';

test('a sweep proves that orders and payments agree, finds what does not, and sees when it is put right', async () => {
  await using buying = await startBuying();
  const { host, orders } = buying;
  const payments = host.client<typeof paymentsContract>('payments');
  const admin = host.context({ roles: ['admin'] });
  const sweep = (scope: 'recent' | 'all' = 'recent') => orders.sweepPayments({ scope }, admin);
  const findings = async () =>
    (await orders.listSweepFindings({ limit: 10 }, admin)).items.map(({ problem, orderId, paymentId }) => [
      problem,
      orderId ?? paymentId,
    ]);

  const { orderId } = await sell(buying);
  await sell(buying);
  assert.equal((await sweep()).ordersChecked, 0, 'what is being placed just now is left alone');
  host.advance({ minutes: 16 });
  const { ordersChecked, paymentsChecked } = await sweep();
  assert.deepEqual([ordersChecked, paymentsChecked, await findings()], [2, 2, []]);

  const lost = await payments.createPayment(
    {
      checkoutId: newId('checkout'),
      amount: { amountMinor: 500, currency: 'USD' },
      method: { kind: 'card', token: 'pm_card_visa' },
      returnUrl: 'http://bazaar.localhost:3000/back',
    },
    host.service(),
  );
  const addTo = (delta: number) =>
    host
      .database('orders')
      .read('bazaar')
      .execute(
        sql`update orders.placed_order set total_minor = total_minor + ${delta} where id = ${uuidFromId(orderId)}`,
      );
  await addTo(1);
  host.advance({ minutes: 16 });
  await sweep('all');
  await sweep('all');
  const both = [
    ['amount_differs', orderId],
    ['payment_without_order', lost.id],
  ];
  assert.deepEqual((await findings()).sort(), both);
  host.advance({ days: 4 });
  await sweep();
  assert.deepEqual((await findings()).sort(), both, 'what was found is looked at again, however old');

  await addTo(-1);
  await payments.refundPayment({ paymentId: lost.id, reason: 'nobody ordered' }, host.service());
  await sweep();
  assert.deepEqual(await findings(), []);
  const { items, openFindings } = await orders.listPaymentSweeps({}, admin);
  assert.deepEqual([items.map(({ scope }) => scope).sort(), openFindings], [['all', 'recent'], 0]);
});
