import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '@plaza/kernel';
import { openPayoutAccount, payingOutAtOnce } from '@plaza/payments/testing';
import { sql } from '@plaza/runtime';
import fc from 'fast-check';
import { type BuyingHost, listingOf, startBuying } from './testing/buying-host.ts';
import { availableMinor, sell, settle } from './testing/sold.ts';

type Step =
  | { readonly kind: 'sell'; readonly quantity: number }
  | { readonly kind: 'refund'; readonly at: number; readonly percent: number }
  | { readonly kind: 'cancel' | 'ship' | 'deliver' | 'fulfill'; readonly at: number }
  | { readonly kind: 'payout' };

const at = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sell' as const), quantity: fc.integer({ min: 1, max: 2 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('refund' as const), at, percent: fc.integer({ min: 1, max: 120 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'cancel' as const,
        'ship' as const,
        'deliver' as const,
        'fulfill' as const,
        'fulfill' as const,
      ),
      at,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('payout' as const) }) },
);

/** The store owes after its money went out; the next sale pays that back before it earns. */
const REFUNDED_AFTER_PAYOUT: Step[] = [
  { kind: 'fulfill', at: 0 },
  { kind: 'payout' },
  { kind: 'refund', at: 0, percent: 50 },
  { kind: 'sell', quantity: 1 },
  { kind: 'fulfill', at: 1 },
  { kind: 'payout' },
];

/** What a process or a balance does not allow is refused, and must then change nothing. */
async function orRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code === 'INTERNAL') throw error;
  });
}

type Sale = Awaited<ReturnType<typeof sell>>;

async function take(buying: BuyingHost, sales: Sale[], taken: Step, variantId: Sale['variantId']): Promise<void> {
  const { orders, payments, seller, storeId } = buying;
  if (taken.kind === 'sell') {
    sales.push(await sell(buying, { variantId, quantity: taken.quantity }));
    return;
  }
  if (taken.kind === 'payout') {
    // What was confirmed reaches the balance in the background: there is something to pay out once that is done.
    await settle(buying);
    const available = await availableMinor(buying);
    const amount = { amountMinor: Math.max(available, 1), currency: 'USD' as const };
    await orRefused(payments.requestPayout({ storeId, amount }, seller));
    return;
  }
  const sale = sales[taken.at % Math.max(sales.length, 1)];
  if (sale === undefined) return;
  const { orderId, groupId, buyer, order } = sale;
  const refundMinor = taken.kind === 'refund' ? Math.ceil((order.total.amountMinor * taken.percent) / 100) : 0;
  const ship = () => orders.shipOrder({ orderId, carrier: 'USPS', trackingNumber: '9400' }, seller);
  const deliver = () => orders.deliverOrder({ orderId }, seller);
  const works: Record<typeof taken.kind, readonly (() => Promise<unknown>)[]> = {
    refund: [() => orders.refundOrder({ orderId, groupId, amountMinor: refundMinor, reason: 'a scratch' }, seller)],
    cancel: [() => orders.cancelOrder({ orderId, reason: 'changed' }, buyer)],
    ship: [ship],
    deliver: [deliver],
    fulfill: [ship, deliver, () => orders.confirmReceipt({ orderId }, buyer)],
  };
  for (const work of works[taken.kind]) await orRefused(work());
}

test('any run of sales, partial refunds, cancellations and payouts sums to zero and matches the orders', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await using buying = await startBuying({ marketplaces: payingOutAtOnce });
      const { orders, payments, host, seller, storeId } = buying;
      await openPayoutAccount(payments, seller, storeId);
      const { variantId } = await listingOf(buying);
      const sales: Sale[] = [await sell(buying, { variantId })];
      for (const each of steps) await take(buying, sales, each, variantId);
      // Long enough for the bank to have paid out.
      await host.runTimers();
      host.advance({ hours: 1 });
      await settle(buying);
      await settle(buying);

      let keptMinor = 0;
      for (const { orderId, buyer } of sales) {
        const { total, refunded } = await orders.getOrder({ orderId }, buyer);
        keptMinor += total.amountMinor - refunded.amountMinor;
      }
      const { items } = await payments.listPayouts({ storeId }, seller);
      const paid = items.filter(({ state }) => state === 'paid').map(({ amount }) => amount.amountMinor);
      const paidOutMinor = paid.reduce((sum, each) => sum + each, 0);
      const trial = await payments.getTrialBalance({}, host.context({ roles: ['admin'] }));
      assert.ok(trial.totals.every(({ sumMinor }) => sumMinor === 0));
      const balanceOf = (purpose: string) => trial.lines.find((line) => line.purpose === purpose)?.balanceMinor ?? 0;
      assert.equal(balanceOf('provider_clearing') + keptMinor, 0, 'the provider took what the orders kept');
      assert.equal(balanceOf('bank'), paidOutMinor, 'the bank gave what was paid out');
    }),
    { numRuns: 12, examples: [[REFUNDED_AFTER_PAYOUT]] },
  );
});

test('a store that has just been opened has an empty balance, and nobody else sees it', async () => {
  await using buying = await startBuying();
  const { host, payments, seller, storeId } = buying;
  const { balances } = await payments.getBalance({ storeId }, seller);
  assert.deepEqual(balances, [
    { currency: 'USD', availableMinor: 0, pendingMinor: 0, inTransitMinor: 0, owedMinor: 0, version: 0 },
  ]);
  assert.deepEqual((await payments.listPayouts({ storeId }, seller)).items, []);
  await assert.rejects(payments.getBalance({ storeId }, host.context({ roles: ['seller'] })), {
    code: 'STORE_ACCOUNT_NOT_FOUND',
  });
  // As if payments had been away when it was opened: its event brings the account.
  await host.database('payments').read('bazaar').execute(sql`delete from payments.store_owner`);
  await assert.rejects(payments.getBalance({ storeId }, seller), { code: 'STORE_ACCOUNT_NOT_FOUND' });
  await host.deliver();
  assert.deepEqual((await payments.getBalance({ storeId }, seller)).balances, balances);
});
