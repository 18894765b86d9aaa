import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { SETTLE_SECONDS } from './provider/simulated-bank.ts';
import { payingOutAtOnce } from './testing/payout-account.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';

const amountOf = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

/** A group whose money is the seller's: 90.00 available, and an account for it. */
async function earned(t: TestPayments, accountNumber?: string) {
  const group = groupOf();
  await t.hold([group]);
  await t.payments.releaseHold(group, t.service);
  await t.openAccount(group, accountNumber);
  return group;
}

/** Lets the bank have its time: what was sent is settled. */
async function passBank(t: TestPayments) {
  await t.host.runTimers();
  t.host.advance({ seconds: SETTLE_SECONDS });
  await t.host.runTimers();
}

for (const binding of BINDINGS) {
  describe(`payouts contract, ${binding}`, () => {
    test('a payout leaves the balance at once and reaches the bank in a batch, by the clock', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const request = { storeId: group.storeId, amount: amountOf(5_000) };
      const seller = sellerOf(t.host, group, 'payout-1');
      const payout = await t.payments.requestPayout(request, seller);
      assert.deepEqual(payout.destination, { bankName: 'ABA 021000021', holderName: 'Ann Maker', last4: '6789' });
      assert.deepEqual(await t.payments.requestPayout(request, seller), payout);
      const balance = await t.balanceOf(group.storeId);
      assert.deepEqual([balance?.availableMinor, balance?.inTransitMinor], [4_000, 5_000]);
      const state = async () => (await t.payments.listPayouts(request, seller)).items[0]?.state;
      assert.equal(await state(), 'requested');
      await t.host.runTimers();
      assert.equal(await state(), 'sent');
      await assert.rejects(t.payments.cancelPayout({ payoutId: payout.id }, sellerOf(t.host, group)), {
        code: 'PAYOUT_STATE_CLOSED',
      });
      t.host.advance({ seconds: SETTLE_SECONDS });
      await t.host.runTimers();
      await t.host.runTimers();
      assert.equal(await state(), 'paid');
      assert.equal((await t.balanceOf(group.storeId))?.inTransitMinor, 0);
      const admin = t.host.context({ roles: ['admin'] });
      const [batch] = (await t.payments.listPayoutBatches({}, admin)).items;
      assert.deepEqual([batch?.state, batch?.payoutCount, batch?.sum.amountMinor], ['settled', 1, 5_000]);
      const { items } = await t.payments.getPayoutRecord({ payoutId: payout.id }, admin);
      assert.deepEqual(
        items.map(({ kind }) => kind),
        ['requested', 'batched', 'sent', 'paid'],
      );
      assert.ok(!JSON.stringify(items).includes('000123456789'), 'the record holds no account number');
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a closed account returns the money and must be replaced; a bank that is away is tried again, then an operator decides', async () => {
      await using t = await startPayments(binding);
      const closed = await earned(t, '000111111116');
      await t.payments.requestPayout({ storeId: closed.storeId, amount: amountOf(9_000) }, sellerOf(t.host, closed));
      await passBank(t);
      const [payout] = (await t.payments.listPayouts(closed, sellerOf(t.host, closed))).items;
      assert.deepEqual(
        [payout?.state, payout?.failureReason, payout?.nextRetryTime],
        ['failed', 'account_closed', null],
      );
      assert.equal((await t.balanceOf(closed.storeId))?.availableMinor, 9_000);
      const again = t.payments.requestPayout({ ...closed, amount: amountOf(9_000) }, sellerOf(t.host, closed));
      await assert.rejects(again, { code: 'PAYOUT_ACCOUNT_NOT_READY' });

      const away = await earned(t, '000111111140');
      await t.payments.requestPayout({ storeId: away.storeId, amount: amountOf(9_000) }, sellerOf(t.host, away));
      for (let hours = 0; hours < 6; hours++) {
        await passBank(t);
        t.host.advance({ hours: 2 });
      }
      const { items } = await t.payments.listPayouts(away, sellerOf(t.host, away));
      assert.deepEqual(
        items.map(({ state, attempt, nextRetryTime }) => [state, attempt, nextRetryTime]),
        [
          ['failed', 3, null],
          ['failed', 2, null],
          ['failed', 1, null],
        ],
      );
      const admin = t.host.context({ roles: ['admin'] });
      const last = items[0]?.id ?? newId('payout');
      const retry = await t.payments.retryPayout({ payoutId: last }, admin);
      assert.deepEqual([retry.attempt, retry.retryOf, retry.state], [4, last, 'requested']);
      assert.equal((await t.payments.retryPayout({ payoutId: last }, admin)).id, retry.id);
      await t.payments.cancelPayout({ payoutId: retry.id }, sellerOf(t.host, away));
      assert.equal((await t.balanceOf(away.storeId))?.availableMinor, 9_000);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('payouts at the same moment never take more than there is', async () => {
      await using t = await startPayments(binding);
      const group = await earned(t);
      const request = { storeId: group.storeId, amount: amountOf(4_000) };
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
      await t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(500) }, seller);
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
      const request = { storeId: group.storeId, amount: amountOf(1) };
      const owner = { ownerKind: 'store', ownerId: group.storeId, currency: 'USD' } as const;
      const { id: payoutId } = await t.payments.requestPayout(request, sellerOf(t.host, group));
      const rival = t.host.context({ roles: ['seller'], isConfirmed: true });
      const code = 'STORE_ACCOUNT_NOT_FOUND';
      await assert.rejects(t.payments.getBalance(group, rival), { code });
      await assert.rejects(t.payments.listPayouts(group, rival), { code });
      await assert.rejects(t.payments.listStatement({ ...group, currency: 'USD' }, rival), { code });
      await assert.rejects(t.payments.requestPayout(request, rival), { code });
      await assert.rejects(t.payments.getPayoutPlan(owner, rival), { code });
      await assert.rejects(t.payments.setPayoutSchedule({ ...owner, cadence: 'daily' }, rival), { code });
      await assert.rejects(t.payments.cancelPayout({ payoutId }, rival), { code: 'PAYOUT_NOT_FOUND' });
      for (const work of ['approvePayout', 'retryPayout', 'getPayoutRecord'] as const)
        await assert.rejects(t.payments[work]({ payoutId }, rival), { code: 'FORBIDDEN' });
      const abroad = t.host.context({ roles: ['seller'], memberId: group.sellerMemberId, marketplaceId: 'jaikod' });
      await assert.rejects(t.payments.getBalance(group, abroad), { code });
      const admin = t.host.context({ roles: ['admin', 'seller'], isConfirmed: true });
      assert.equal((await t.payments.getBalance(group, admin)).balances.length, 1);
      assert.equal((await t.payments.getPayoutPlan(owner, admin)).account?.last4, '6789');
      await assert.rejects(t.payments.requestPayout(request, admin), { code });
      await assert.rejects(t.payments.cancelPayout({ payoutId }, admin), { code: 'PAYOUT_NOT_FOUND' });
      await assert.rejects(t.payments.getBalance({ storeId: newId('store') }, rival), { code });
    });
  });
}

test('large payouts and the first of a store wait for an operator who does not own them', async () => {
  const approval = { fromMinor: 8_000, firstPayouts: 1 };
  await using t = await startPayments('local', { marketplaces: (shipped) => payingOutAtOnce(shipped, { approval }) });
  const group = await earned(t);
  const seller = sellerOf(t.host, group);
  const request = (amountMinor: number) =>
    t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(amountMinor) }, seller);
  const first = await request(100);
  assert.deepEqual([first.state, first.approvalReasons], ['awaiting_approval', ['first_payouts']]);
  await passBank(t);
  const itself = t.host.context({ memberId: group.sellerMemberId, roles: ['admin'] });
  await assert.rejects(t.payments.approvePayout({ payoutId: first.id }, itself), { code: 'OWN_PAYOUT' });
  const admin = t.host.context({ roles: ['admin'] });
  const waiting = await t.payments.listAllPayouts({ state: 'awaiting_approval' }, admin);
  assert.deepEqual(
    waiting.items.map(({ id }) => id),
    [first.id],
  );
  assert.equal((await t.payments.approvePayout({ payoutId: first.id }, admin)).state, 'requested');
  await passBank(t);
  assert.deepEqual((await request(200)).approvalReasons, []);
  const large = await request(8_000);
  assert.deepEqual(large.approvalReasons, ['amount']);
  const rejected = await t.payments.rejectPayout({ payoutId: large.id, reason: 'Who is this?' }, admin);
  assert.deepEqual([rejected.state, rejected.failureReason], ['canceled', 'Who is this?']);
  const late = t.payments.approvePayout({ payoutId: large.id }, admin);
  await assert.rejects(late, { code: 'PAYOUT_STATE_CLOSED' });
  assert.equal((await t.balanceOf(group.storeId))?.availableMinor, 9_000 - 300);
  assert.deepEqual(await t.mismatches(), []);
});

test('money is paid out by schedule once it is old and enough, by one of two timers at once', async () => {
  await using t = await startPayments('local', {
    marketplaces: (shipped) => payingOutAtOnce(shipped, { holdDays: 3, minimumMinor: 500 }),
  });
  const group = await earned(t);
  const seller = sellerOf(t.host, group);
  const owner = { ownerKind: 'store', ownerId: group.storeId, currency: 'USD' } as const;
  const plan = await t.payments.setPayoutSchedule({ ...owner, cadence: 'daily', thresholdMinor: 6_000 }, seller);
  assert.deepEqual([plan.payableMinor, plan.tooNewMinor, plan.estimateMinor], [0, 9_000, 0]);
  const young = t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(600) }, seller);
  await assert.rejects(young, { code: 'BALANCE_TOO_LOW', data: { availableMinor: 0, currency: 'USD' } });
  t.host.advance({ days: 1 });
  await t.host.runTimers();
  assert.deepEqual((await t.payments.listPayouts(group, seller)).items, []);
  t.host.advance({ days: 2, hours: 1 });
  const small = t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(499) }, seller);
  await assert.rejects(small, { code: 'PAYOUT_BELOW_MINIMUM' });
  // New money does not hold the old one back.
  const next = groupOf({ storeId: group.storeId, sellerMemberId: group.sellerMemberId });
  await t.hold([next]);
  await t.payments.releaseHold(next, t.service);
  t.host.advance({ days: 1 });
  await Promise.all([t.host.runTimers(), t.host.runTimers()]);
  const { items } = await t.payments.listPayouts(group, seller);
  assert.deepEqual(
    items.map(({ amount }) => amount.amountMinor),
    [9_000],
  );
  assert.deepEqual(await t.mismatches(), []);
});

test('what a bank sends back after it had paid is the owner’s again, their debt first, once; they are told, and it is tried again', async () => {
  await using t = await startPayments();
  const admin = t.host.context({ roles: ['admin'] });
  const paid = async (accountNumber?: string) => {
    const group = await earned(t, accountNumber);
    const { id: payoutId } = await t.payments.requestPayout(
      { storeId: group.storeId, amount: amountOf(9_000) },
      sellerOf(t.host, group),
    );
    const early = t.payments.returnPayout({ payoutId, fault: 'bank', reason: 'too soon' }, admin);
    await assert.rejects(early, { code: 'PAYOUT_STATE_CLOSED' });
    await passBank(t);
    await t.host.runTimers();
    return { group, payoutId };
  };
  const { group, payoutId } = await paid();
  const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 2_000, reason: 'broken' };
  await t.payments.refundGroup(refund, t.service);
  const owed = (await t.balanceOf(group.storeId))?.owedMinor ?? 0;
  assert.equal(owed, 1_800);
  const told = { payoutId, fault: 'account', reason: 'account closed' } as const;
  const returned = await t.payments.returnPayout(told, admin);
  assert.deepEqual([returned.state, returned.failureReason], ['failed', 'account closed']);
  await t.payments.returnPayout(told, admin);
  const balance = await t.balanceOf(group.storeId);
  assert.deepEqual([balance?.availableMinor, balance?.owedMinor, balance?.inTransitMinor], [7_200, 0, 0]);
  const { items } = await t.payments.getPayoutRecord({ payoutId }, admin);
  assert.equal(items.at(-1)?.kind, 'returned');
  const again = t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(100) }, sellerOf(t.host, group));
  await assert.rejects(again, { code: 'PAYOUT_ACCOUNT_NOT_READY' });
  assert.deepEqual(await t.mismatches(), []);

  // Another's account: one that two share waits for an operator.
  const other = await paid('000222333444');
  await t.payments.returnPayout({ payoutId: other.payoutId, fault: 'bank', reason: 'bank closed for the day' }, admin);
  t.host.advance({ hours: 2 });
  await passBank(t);
  await passBank(t);
  const retried = await t.payments.listPayouts({ storeId: other.group.storeId }, sellerOf(t.host, other.group));
  assert.deepEqual(
    retried.items.map(({ state }) => state),
    ['paid', 'failed'],
  );
  assert.deepEqual(await t.mismatches(), []);
});

test('what a bank sends back is not new money: it can go again at once', async () => {
  await using t = await startPayments('local', {
    marketplaces: (shipped) => payingOutAtOnce(shipped, { holdDays: 3 }),
  });
  const group = await earned(t);
  const seller = sellerOf(t.host, group);
  t.host.advance({ days: 4 });
  const { id: payoutId } = await t.payments.requestPayout({ storeId: group.storeId, amount: amountOf(9_000) }, seller);
  await passBank(t);
  const told = { payoutId, fault: 'bank', reason: 'bank closed for the day' } as const;
  await t.payments.returnPayout(told, t.host.context({ roles: ['admin'] }));
  const owner = { ownerKind: 'store', ownerId: group.storeId, currency: 'USD' } as const;
  const plan = await t.payments.getPayoutPlan(owner, seller);
  assert.deepEqual([plan.payableMinor, plan.tooNewMinor], [9_000, 0]);
});
