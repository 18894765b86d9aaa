import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { SETTLE_SECONDS } from './operations/payout.ts';
import { DESTINATION, groupOf, sellerOf, startPayments, type TestPayments } from './test-sale.ts';

const amountOf = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

/** A group whose money is the seller's: 90.00 available. */
async function earned(t: TestPayments) {
  const group = groupOf();
  await t.hold([group]);
  await t.payments.releaseHold(group, t.service);
  return group;
}

for (const binding of BINDINGS) {
  describe(`payouts contract, ${binding}`, () => {
    test('a payout leaves the balance at once and reaches the bank by the clock', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const request = { storeId: group.storeId, amount: amountOf(5_000), destination: DESTINATION };
      const seller = sellerOf(t.host, group, 'payout-1');
      const payout = await t.payments.requestPayout(request, seller);
      assert.deepEqual(payout.destination, { bankName: 'First Bank', holderName: 'Ann Maker', last4: '6789' });
      assert.deepEqual(await t.payments.requestPayout(request, seller), payout);
      const balance = await t.balanceOf(group.storeId);
      assert.deepEqual([balance?.availableMinor, balance?.inTransitMinor], [4_000, 5_000]);
      await t.host.runTimers();
      assert.equal((await t.payments.listPayouts(request, seller)).items[0]?.state, 'requested');
      t.host.advance({ seconds: SETTLE_SECONDS });
      await t.host.runTimers();
      await t.host.runTimers();
      assert.equal((await t.payments.listPayouts(request, seller)).items[0]?.state, 'paid');
      assert.equal((await t.balanceOf(group.storeId))?.inTransitMinor, 0);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a payout that the bank refuses returns to the balance', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const seller = sellerOf(t.host, group);
      const destination = { ...DESTINATION, accountNumber: '000111111116' };
      await t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(9_000), destination }, seller);
      t.host.advance({ seconds: SETTLE_SECONDS });
      await t.host.runTimers();
      const [payout] = (await t.payments.listPayouts(group, seller)).items;
      assert.deepEqual([payout?.state, payout?.failureReason], ['failed', 'account_closed']);
      assert.equal((await t.balanceOf(group.storeId))?.availableMinor, 9_000);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('payouts at the same moment never take more than there is', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const request = { storeId: group.storeId, amount: amountOf(4_000), destination: DESTINATION };
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => t.payments.requestPayout(request, sellerOf(t.host, group))),
      );
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 2);
      const low = t.payments.requestPayout(request, sellerOf(t.host, group));
      await assert.rejects(low, { code: 'BALANCE_TOO_LOW', data: { availableMinor: 1_000, currency: 'USD' } });
      assert.deepEqual(await t.mismatches(), []);
    });

    test('the statement lists every movement with the balance after it, page by page', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const seller = sellerOf(t.host, group);
      await t.payments.requestPayout(
        { storeId: group.storeId, amount: amountOf(500), destination: DESTINATION },
        seller,
      );
      const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 1_000, reason: 'late' };
      await t.payments.refundGroup(refund, t.service);
      const of = { storeId: group.storeId, currency: 'USD' as const, limit: 2 };
      const first = await t.payments.listStatement(of, seller);
      const second = await t.payments.listStatement({ ...of, cursor: first.nextCursor ?? '' }, seller);
      assert.deepEqual(
        [...first.items, ...second.items].map((line) => [line.kind, line.amount.amountMinor, line.balanceAfterMinor]),
        [
          ['refund', -900, 7_600],
          ['payout', -500, 8_500],
          ['release', 9_000, 9_000],
        ],
      );
      assert.equal(second.nextCursor, null);
      await assert.rejects(t.payments.listStatement({ ...of, cursor: 'WyJhIl0' }, seller), { code: 'INVALID_INPUT' });
    });

    test('another seller sees and takes nothing; an admin sees, and takes nothing', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const request = { storeId: group.storeId, amount: amountOf(1), destination: DESTINATION };
      const rival = t.host.context({ roles: ['seller'] });
      const code = 'STORE_ACCOUNT_NOT_FOUND';
      await assert.rejects(t.payments.getBalance(group, rival), { code });
      await assert.rejects(t.payments.listPayouts(group, rival), { code });
      await assert.rejects(t.payments.listStatement({ ...group, currency: 'USD' }, rival), { code });
      await assert.rejects(t.payments.requestPayout(request, rival), { code });
      const abroad = t.host.context({ roles: ['seller'], memberId: group.sellerMemberId, marketplaceId: 'jaikod' });
      await assert.rejects(t.payments.getBalance(group, abroad), { code });
      const admin = t.host.context({ roles: ['admin', 'seller'] });
      assert.equal((await t.payments.getBalance(group, admin)).balances.length, 1);
      await assert.rejects(t.payments.requestPayout(request, admin), { code });
      await assert.rejects(t.payments.getBalance({ storeId: newId('store') }, rival), { code });
    });
  });
}
