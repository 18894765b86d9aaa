import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { groupOf, startPayments } from './testing/sale.ts';

for (const binding of BINDINGS) {
  describe(`escrow contract, ${binding}`, () => {
    test('an order holds its payment store by store, once, and the platform bears its discount', async () => {
      await using t = await startPayments(binding);
      const groups = [groupOf({ totalMinor: 7_000, platformFundedMinor: 3_000 }), groupOf({ totalMinor: 5_000 })];
      const payment = await t.pay(12_000);
      const order = { paymentId: payment.id, orderId: newId('order'), groups };
      const first = await t.payments.holdForOrder(order, t.service);
      assert.deepEqual(await t.payments.holdForOrder(order, t.service), first);
      assert.deepEqual(await t.payments.listHolds(order, t.service), first);
      assert.deepEqual(first.items.map(({ sellerMinor }) => sellerMinor).sort(), [4_000, 9_000]);
      for (const [i, pending] of [10_000, 5_000].entries()) {
        assert.equal((await t.balanceOf(groups[i]?.storeId ?? newId('store')))?.pendingMinor, pending);
      }
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a payment serves one order, for exactly its amount, and only once captured', async () => {
      await using t = await startPayments(binding);
      const groups = [groupOf()];
      const { payment } = await t.hold(groups);
      const other = { paymentId: payment.id, orderId: newId('order'), groups: [groupOf()] };
      await assert.rejects(t.payments.holdForOrder(other, t.service), { code: 'PAYMENT_HELD' });
      const refund = t.payments.refundPayment({ paymentId: payment.id, reason: 'late' }, t.service);
      await assert.rejects(refund, { code: 'PAYMENT_HELD' });
      const small = await t.pay(9_999);
      const mismatch = t.payments.holdForOrder({ ...other, paymentId: small.id }, t.service);
      await assert.rejects(mismatch, { code: 'HOLD_MISMATCH', data: { expectedMinor: 9_999, actualMinor: 10_000 } });
      const pending = await t.pay(10_000, 'pm_card_late');
      const early = t.payments.holdForOrder({ ...other, paymentId: pending.id }, t.service);
      await assert.rejects(early, { code: 'PAYMENT_NOT_CAPTURED' });
      const greedy = { ...other, groups: [groupOf({ commissionMinor: 10_001 })] };
      await assert.rejects(t.payments.holdForOrder(greedy, t.service), { code: 'INVALID_INPUT' });
      assert.deepEqual(await t.mismatches(), []);
    });

    test('what is captured at once goes into the escrow of its order with the capture, and whole out of it if that will not come', async () => {
      await using t = await startPayments(binding);
      const groups = [groupOf({ totalMinor: 7_000, platformFundedMinor: 3_000 }), groupOf({ totalMinor: 5_000 })];
      const order = { orderId: newId('order'), groups };
      const paid = {
        amount: { amountMinor: 12_000, currency: 'USD' as const },
        returnUrl: 'http://bazaar.localhost:3000/back',
      };
      const card = (token: string) => ({
        ...paid,
        checkoutId: newId('checkout'),
        method: { kind: 'card' as const, token },
        order,
      });
      const input = card('pm_card_visa');
      const payment = await t.payments.createPayment(input, t.service);
      assert.deepEqual([payment.state, payment.orderId], ['captured', order.orderId]);
      assert.deepEqual(await t.payments.createPayment(input, t.service), payment);
      const { items } = await t.payments.holdForOrder({ ...order, paymentId: payment.id }, t.service);
      assert.deepEqual(items.map(({ sellerMinor }) => sellerMinor).sort(), [4_000, 9_000]);
      assert.deepEqual(await t.mismatches(), []);
      const mismatch = t.payments.createPayment(
        { ...card('pm_card_visa'), amount: { ...paid.amount, amountMinor: 1 } },
        t.service,
      );
      await assert.rejects(mismatch, { code: 'HOLD_MISMATCH' });
      const later = await t.payments.createPayment(card('pm_card_late'), t.service);
      assert.deepEqual([later.state, later.orderId], ['pending', null]);

      const refund = { paymentId: payment.id, reason: 'the stock was gone' };
      const giveBack = (orderId: string, { version }: { version: number }) =>
        t.payments.refundPayment({ ...refund, heldFor: { orderId, version } }, t.service);
      await assert.rejects(t.payments.refundPayment(refund, t.service), { code: 'PAYMENT_HELD' });
      await assert.rejects(giveBack(newId('order'), payment), { code: 'PAYMENT_HELD' });
      // Whoever asked for the holds relies on them.
      await assert.rejects(giveBack(order.orderId, payment), { code: 'PAYMENT_HELD' });
      const back = await giveBack(order.orderId, await t.payments.getPayment({ paymentId: payment.id }, t.service));
      assert.deepEqual([back.state, back.refundedMinor, back.orderId], ['refunded', 12_000, null]);
      assert.deepEqual(await t.payments.refundPayment(refund, t.service), back);
      const gone = t.payments.holdForOrder({ ...order, paymentId: payment.id }, t.service);
      await assert.rejects(gone, { code: 'PAYMENT_NOT_CAPTURED' });
      const after = await t.payments.listHolds(order, t.service);
      assert.deepEqual(
        after.items.map(({ state }) => state),
        ['refunded', 'refunded'],
      );
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a release pays the seller less commission and tax, once', async () => {
      await using t = await startPayments(binding);
      const group = groupOf({ taxMinor: 654 });
      await t.hold([group]);
      const [first, second] = await Promise.all([
        t.payments.releaseHold(group, t.service),
        t.payments.releaseHold(group, t.service),
      ]);
      assert.deepEqual([first.state, second.state], ['released', 'released']);
      const balance = await t.balanceOf(group.storeId);
      assert.deepEqual([balance?.availableMinor, balance?.pendingMinor], [8_346, 0]);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a refund before release comes out of escrow; the whole of it closes the hold', async () => {
      await using t = await startPayments(binding);
      const group = groupOf();
      const { payment } = await t.hold([group]);
      const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 4_000, reason: 'scratched' };
      const answer = await t.payments.refundGroup(refund, t.service);
      assert.equal(answer.state, 'succeeded');
      assert.deepEqual(await t.payments.refundGroup(refund, t.service), answer);
      const reused = t.payments.refundGroup({ ...refund, amountMinor: 1 }, t.service);
      await assert.rejects(reused, { code: 'REFUND_ID_REUSED' });
      const after = await t.payments.getPayment({ paymentId: payment.id }, t.service);
      assert.deepEqual([after.state, after.refundedMinor], ['partially_refunded', 4_000]);
      await t.payments.refundGroup({ ...refund, refundId: newId('refund'), amountMinor: 6_000 }, t.service);
      await assert.rejects(t.payments.releaseHold(group, t.service), { code: 'HOLD_CLOSED' });
      assert.equal((await t.balanceOf(group.storeId))?.pendingMinor, 0);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a refund after payout becomes debt, which the next sale repays first', async () => {
      await using t = await startPayments(binding);
      const group = groupOf();
      await t.hold([group]);
      await t.payments.releaseHold(group, t.service);
      const seller = t.host.context({ memberId: group.sellerMemberId, roles: ['seller'] });
      await t.openAccount(group);
      const amount = { amountMinor: 8_000, currency: 'USD' as const };
      await t.payments.requestPayout({ storeId: group.storeId, amount }, seller);
      const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 10_000, reason: 'returned' };
      await t.payments.refundGroup(refund, t.service);
      const owing = await t.balanceOf(group.storeId);
      assert.deepEqual([owing?.availableMinor, owing?.owedMinor], [0, 8_000]);
      const next = groupOf({ storeId: group.storeId, sellerMemberId: group.sellerMemberId });
      await t.hold([next]);
      await t.payments.releaseHold(next, t.service);
      const after = await t.balanceOf(group.storeId);
      assert.deepEqual([after?.availableMinor, after?.owedMinor], [1_000, 0]);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('refunds at the same moment never give back more than was paid', async () => {
      await using t = await startPayments(binding);
      const group = groupOf();
      await t.hold([group]);
      const attempts: Promise<unknown>[] = Array.from({ length: 20 }, () =>
        t.payments.refundGroup(
          { refundId: newId('refund'), groupId: group.groupId, amountMinor: 1_500, reason: 'storm' },
          t.service,
        ),
      );
      attempts.push(t.payments.releaseHold(group, t.service));
      const results = await Promise.allSettled(attempts);
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 6 + 1);
      for (const result of results) {
        if (result.status === 'rejected') assert.equal(result.reason.code, 'REFUND_EXCEEDS_PAID');
      }
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a group that cost the buyer nothing gives the platform its discount back', async () => {
      await using t = await startPayments(binding);
      const group = groupOf({ totalMinor: 0, platformFundedMinor: 2_000, commissionMinor: 0 });
      await t.hold([group]);
      const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 0, reason: 'canceled' };
      assert.equal((await t.payments.refundGroup(refund, t.service)).state, 'succeeded');
      assert.equal((await t.balanceOf(group.storeId))?.pendingMinor, 0);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('nobody but services may move escrow', async () => {
      await using t = await startPayments(binding);
      const group = groupOf();
      await t.hold([group]);
      const admin = t.host.context({ roles: ['admin', 'seller'], memberId: group.sellerMemberId });
      await assert.rejects(t.payments.releaseHold(group, admin), { code: 'FORBIDDEN' });
      const elsewhere = t.host.service({ marketplaceId: 'jaikod' });
      await assert.rejects(t.payments.releaseHold(group, elsewhere), { code: 'HOLD_NOT_FOUND' });
    });
  });
}

test('holding an order is one statement', async () => {
  await using t = await startPayments();
  const group = groupOf();
  await t.hold([group]);
  const payment = await t.pay(10_000);
  const order = {
    paymentId: payment.id,
    orderId: newId('order'),
    groups: [{ ...group, groupId: newId('shipmentGroup') }],
  };
  assert.equal(await t.host.countStatements(() => t.payments.holdForOrder(order, t.service)), 1);
});
