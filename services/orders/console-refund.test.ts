import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Id, newId } from '@plaza/kernel';
import { paymentRefunded } from '@plaza/payments/events';
import { sql } from '@plaza/runtime';
import { type BuyingHost, startBuying } from './testing/buying-host.ts';
import { sell, settle } from './testing/sold.ts';

/** What payments announces when a refund was begun in the provider's own console. */
async function refundedElsewhere(
  { host }: BuyingHost,
  { orderId, groupId, amountMinor }: { orderId: Id<'order'>; groupId: Id<'shipmentGroup'>; amountMinor: number },
): Promise<void> {
  const paymentId = newId('payment');
  const usd = (minor: number) => ({ amountMinor: minor, currency: 'USD' as const });
  await host.database('payments').transaction('bazaar', (tx) =>
    tx.announce(paymentRefunded, paymentId, {
      paymentId,
      checkoutId: newId('checkout'),
      orderId,
      payerMemberId: null,
      amount: usd(100_000),
      version: 2,
      refundId: newId('refund'),
      groupId,
      refunded: usd(amountMinor),
      reason: 'refunded at the provider',
      origin: 'provider',
    }),
  );
  await host.deliver();
}

test("a refund begun in the provider's console shows on the order, and leaves less to refund", async () => {
  await using buying = await startBuying();
  const sold = await sell(buying);
  const { buyer, orderId } = sold;
  const totalMinor = sold.group.total.amountMinor;
  await refundedElsewhere(buying, { ...sold, amountMinor: 500 });
  const after = await buying.orders.getOrder({ orderId }, buyer);
  assert.equal(after.refunded.amountMinor, 500);
  assert.ok(after.groups[0]?.timeline.some(({ action }) => action === 'refunded'));
  const rest = { orderId, groupId: sold.groupId, amountMinor: totalMinor, reason: 'all of it' };
  await assert.rejects(buying.orders.refundOrder(rest, buying.seller), { code: 'REFUND_TOO_LARGE' });

  await refundedElsewhere(buying, { ...sold, amountMinor: totalMinor });
  assert.equal(
    (await buying.orders.getOrder({ orderId }, buyer)).refunded.amountMinor,
    totalMinor,
    'never above the total',
  );
});

test('a refund that meets one from the console gives back what is left, and nothing twice', async () => {
  await using buying = await startBuying();
  const { groupId, orderId, group } = await sell(buying);
  const totalMinor = group.total.amountMinor;
  // The books know of it, the order does not yet.
  const elsewhere = { refundId: newId('refund'), groupId, amountMinor: 500, reason: 'refunded at the provider' };
  await buying.payments.refundGroup(elsewhere, buying.host.service());
  await buying.orders.refundOrder({ orderId, groupId, amountMinor: totalMinor, reason: 'all of it' }, buying.seller);
  await settle(buying);
  const { items } = await buying.payments.listHolds({ orderId }, buying.host.service());
  assert.deepEqual(
    items.map(({ state, refundedMinor }) => [state, refundedMinor]),
    [['refunded', totalMinor]],
  );
  await buying.host.runTimers();
  const waiting = await buying.host
    .database('orders')
    .read('bazaar')
    .rows(sql`select id from orders.effect where due_time is not null`);
  assert.deepEqual(waiting, []);
});
