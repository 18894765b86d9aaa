import assert from 'node:assert/strict';
import { type Id, newId } from '@plaza/kernel';
import { startTestHost, type TestHost, type TestHostOptions } from '@plaza/runtime/testing';
import type { HoldGroup, paymentsContract } from '../contract.ts';
import { paymentsService } from '../index.ts';
import { openPayoutAccount, payingOutAtOnce, usAccount } from './payout-account.ts';

/**
 * A running payments service and shortcuts that state only what a test is about. Payouts need no patience, unless the test
 * brings settings of its own.
 */
export async function startPayments(binding: 'local' | 'remote' = 'local', options: TestHostOptions = {}) {
  const host = await startTestHost([paymentsService], { marketplaces: payingOutAtOnce, ...options, binding });
  const payments = host.client<typeof paymentsContract>('payments');
  const service = host.service();

  const pay = (amountMinor: number, token = 'pm_card_visa', more: { payerMemberId?: Id<'member'> } = {}) =>
    payments.createPayment(
      {
        checkoutId: newId('checkout'),
        amount: { amountMinor, currency: 'USD' },
        method: { kind: 'card', token },
        returnUrl: 'http://bazaar.localhost:3000/back',
        ...more,
      },
      service,
    );

  const hold = async (groups: readonly HoldGroup[]) => {
    const payment = await pay(groups.reduce((sum, { totalMinor }) => sum + totalMinor, 0));
    const orderId = newId('order');
    await payments.holdForOrder({ paymentId: payment.id, orderId, groups: [...groups] }, service);
    return { payment, orderId };
  };

  return {
    host,
    payments,
    service,
    pay,
    hold,
    /** What the books say twice and differently; none, unless the chain over all transfers is broken. */
    mismatches: async () => {
      const { mismatches, journal } = await payments.checkLedger({}, service);
      assert.equal(journal.isIntact, true);
      return mismatches;
    },
    /** Gives a group's store an account, by its number; payouts can go there at once. */
    openAccount: (group: HoldGroup, accountNumber?: string) =>
      openPayoutAccount(payments, sellerOf(host, group), group.storeId, { account: usAccount(accountNumber) }),
    balanceOf: async (storeId: Id<'store'>) => (await payments.getBalance({ storeId }, service)).balances[0],
    [Symbol.asyncDispose]: () => host.close(),
  };
}

export type TestPayments = Awaited<ReturnType<typeof startPayments>>;

/** One store's part of an order: 100.00, of which 10.00 are commission. */
export function groupOf(parts: Partial<HoldGroup> = {}): HoldGroup {
  return {
    groupId: newId('shipmentGroup'),
    storeId: newId('store'),
    sellerMemberId: newId('member'),
    totalMinor: 10_000,
    commissionMinor: 1_000,
    taxMinor: 0,
    platformFundedMinor: 0,
    ...parts,
  };
}

/** The seller of a group, signed in. */
export function sellerOf(host: TestHost, group: HoldGroup, idempotencyKey?: string) {
  const key = idempotencyKey === undefined ? {} : { idempotencyKey };
  return host.context({ memberId: group.sellerMemberId, roles: ['seller'], ...key });
}
