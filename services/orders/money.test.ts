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
  | { readonly kind: 'cancel' | 'ship' | 'deliver' | 'fulfill' | 'return' | 'dispute'; readonly at: number }
  | { readonly kind: 'lines'; readonly at: number; readonly quantity: number }
  | {
      readonly kind: 'chargeback';
      readonly at: number;
      readonly isLost: boolean;
      readonly bearer: 'seller' | 'platform';
    }
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
        'return' as const,
        'dispute' as const,
      ),
      at,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('payout' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('lines' as const), at, quantity: fc.integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('chargeback' as const),
      at,
      isLost: fc.boolean(),
      bearer: fc.constantFrom('seller' as const, 'platform' as const),
    }),
  },
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

/** The bank takes a sale back after its money went out and a part of it was given back; the next sales pay for it. */
const CHARGED_BACK_AFTER_PAYOUT: Step[] = [
  { kind: 'sell', quantity: 2 },
  { kind: 'fulfill', at: 1 },
  { kind: 'payout' },
  { kind: 'lines', at: 1, quantity: 1 },
  { kind: 'chargeback', at: 1, isLost: true, bearer: 'seller' },
  { kind: 'chargeback', at: 0, isLost: true, bearer: 'platform' },
  { kind: 'sell', quantity: 1 },
  { kind: 'fulfill', at: 2 },
  { kind: 'payout' },
];

/** What a process or a balance does not allow is refused, and must then change nothing. */
async function orRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code === 'INTERNAL') throw error;
  });
}

type Sale = Awaited<ReturnType<typeof sell>>;

/** A bank takes a sale back, and an operator has ruled who bears it. */
async function chargeBack(
  buying: BuyingHost,
  orderId: Sale['orderId'],
  { isLost, bearer }: { readonly isLost: boolean; readonly bearer: 'seller' | 'platform' },
): Promise<void> {
  const { host, payments } = buying;
  const admin = host.context({ roles: ['admin'] });
  await orRefused(payments.openSimulatedChargeback({ orderId }, admin));
  await settle(buying, 'bazaar');
  const { items } = await payments.listChargebacks({ isOpen: true, limit: 100 }, admin);
  const open = items.filter((each) => each.orderId === orderId && each.state === 'opened');
  for (const { id: chargebackId } of open) {
    await payments.ruleChargeback({ chargebackId, bearer, reason: 'so it is' }, admin);
    const outcome = isLost ? ('lost' as const) : ('won' as const);
    await payments.decideSimulatedChargeback({ chargebackId, outcome }, admin);
  }
  await settle(buying, 'bazaar');
  await settle(buying, 'bazaar');
}

/** What banks and providers took besides what the orders say they gave back: fees, and what a buyer had back before. */
async function goneMinor({ host, payments }: BuyingHost): Promise<number> {
  const { items } = await payments.listChargebacks({ limit: 100 }, host.context({ roles: ['admin'] }));
  return items.reduce(
    (sum, { takenMinor, parts }) => sum + takenMinor - parts.reduce((own, { amountMinor }) => own + amountMinor, 0),
    0,
  );
}

async function take(buying: BuyingHost, sales: Sale[], taken: Step, variantId: Sale['variantId']): Promise<void> {
  const { orders, payments, seller, storeId } = buying;
  if (taken.kind === 'sell') {
    sales.push(await sell(buying, { variantId, quantity: taken.quantity }));
    return;
  }
  if (taken.kind === 'payout') {
    // What was confirmed reaches the balance in the background: there is something to pay out once that is done.
    await settle(buying, 'bazaar');
    const available = await availableMinor(buying);
    const amount = { amountMinor: Math.max(available, 1), currency: 'USD' as const };
    await orRefused(payments.requestPayout({ storeId, amount }, seller));
    return;
  }
  const sale = sales[taken.at % Math.max(sales.length, 1)];
  if (sale === undefined) return;
  const { orderId, groupId, buyer, order } = sale;
  const { host } = buying;
  if (taken.kind === 'chargeback') return chargeBack(buying, orderId, taken);
  const lineId = sale.group.lines[0]?.id as (typeof sale.group.lines)[number]['id'];
  const refundMinor = taken.kind === 'refund' ? Math.ceil((order.total.amountMinor * taken.percent) / 100) : 0;
  const ship = () => orders.shipOrder({ orderId, carrier: 'USPS', trackingNumber: '9400' }, seller);
  const deliver = () => orders.deliverOrder({ orderId }, seller);
  const works: Record<typeof taken.kind, readonly (() => Promise<unknown>)[]> = {
    refund: [() => orders.refundOrder({ orderId, groupId, amountMinor: refundMinor, reason: 'a scratch' }, seller)],
    cancel: [() => orders.cancelOrder({ orderId, reason: 'changed' }, buyer)],
    ship: [ship],
    deliver: [deliver],
    fulfill: [ship, deliver, () => orders.confirmReceipt({ orderId }, buyer)],
    lines: [
      () => {
        const quantity = taken.kind === 'lines' ? taken.quantity : 1;
        const lines = [{ lineId, quantity, isRestocked: true }];
        return orders.refundLines({ orderId, groupId, lines, reason: 'a line' }, seller);
      },
    ],
    return: [
      () => orders.createReturn({ orderId, groupId, lines: [{ lineId, quantity: 1 }], reason: 'too small' }, buyer),
      async () => {
        const { items } = await orders.listReturns({ orderId, limit: 1 }, buyer);
        const returnId = items[0]?.id;
        if (returnId === undefined || items[0]?.isFinal) return;
        const act = (action: string, who: typeof buyer, entered = {}) =>
          orders.takeReturnAction({ orderId, returnId, action, ...entered }, who);
        await act('accept', seller);
        await act('receive', seller, { lines: [{ lineId, isRestocked: true }] });
      },
    ],
    dispute: [
      () => orders.takeOrderAction({ orderId, action: 'dispute', reason: 'broken' }, buyer),
      () =>
        orders.takeOrderAction(
          { orderId, action: 'ruleForBuyer', reason: 'so it is' },
          host.context({ roles: ['moderator'] }),
        ),
    ],
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
      await host.runTimers('bazaar');
      host.advance({ hours: 1 });
      await settle(buying, 'bazaar');
      await settle(buying, 'bazaar');

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
      assert.equal(balanceOf('chargeback_receivable'), 0, 'nothing is waited for');
      assert.equal(
        balanceOf('provider_clearing') + keptMinor,
        await goneMinor(buying),
        'the provider took what the orders kept, less what banks took',
      );
      assert.equal(balanceOf('bank'), paidOutMinor, 'the bank gave what was paid out');
    }),
    { numRuns: 12, examples: [[REFUNDED_AFTER_PAYOUT], [CHARGED_BACK_AFTER_PAYOUT]] },
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
