import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { LATE_SECONDS } from './provider/simulated.ts';
import { startPayments } from './testing/sale.ts';
import { walletOf } from './testing/wallet.ts';

for (const binding of BINDINGS) {
  describe(`wallet contract, ${binding}`, () => {
    test('a top-up is in the wallet once it is captured; a repeat is the same one, and no order is looked for', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t);
      const { memberId } = wallet;
      const once = t.host.context({ memberId, verificationLevel: 3, idempotencyKey: 'top-up-1' });
      const first = await wallet.topUp(2_500, 'pm_card_visa', once);
      assert.deepEqual([first.state, first.purpose, first.checkoutId], ['captured', 'top-up', null]);
      assert.equal((await wallet.topUp(2_500, 'pm_card_visa', once)).id, first.id);
      assert.equal(await wallet.available(), 2_500);
      assert.deepEqual((await t.payments.listPaymentsWithoutOrder({ olderThanSeconds: 0 }, t.service)).items, []);
      const refund = t.payments.refundPayment({ paymentId: first.id, reason: 'no order' }, t.service);
      await assert.rejects(refund, { code: 'PAYMENT_NOT_FOUND' });
      const { items } = await t.payments.listWalletMovements({}, wallet.member);
      assert.deepEqual(
        items.map(({ kind, amount, balanceAfterMinor }) => [kind, amount.amountMinor, balanceAfterMinor]),
        [['top_up', 2_500, 2_500]],
      );
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a challenge, a late webhook and a decline go as for checkouts; a member who stays away loses nothing', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t);
      assert.equal((await wallet.topUp(500, 'pm_card_declined')).state, 'declined');
      const asked = await wallet.topUp(700, 'pm_card_challenge');
      const left = await wallet.topUp(800, 'pm_card_challenge');
      const late = await wallet.topUp(900, 'pm_card_late');
      assert.deepEqual([asked.state, left.state, late.state], ['requires_action', 'requires_action', 'pending']);
      assert.equal((await wallet.get()).limits.balance.usedMinor, 2_400, 'what is coming counts');
      const answer = { paymentId: asked.id, outcome: 'approve' as const };
      await t.payments.completeSimulatedChallenge(answer, wallet.member);
      assert.equal((await t.payments.confirmPayment(answer, wallet.member)).state, 'captured');
      t.host.advance({ seconds: LATE_SECONDS });
      await t.host.runTimers();
      assert.equal(await wallet.available(), 1_600);
      t.host.advance({ minutes: 61 });
      await t.host.runTimers();
      assert.equal((await t.payments.getPayment({ paymentId: left.id }, wallet.member)).state, 'canceled');
      assert.equal((await wallet.get()).limits.balance.usedMinor, 1_600);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a limit is refused with what it is, what of it is used and what is left', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t, 15_000, { verificationLevel: 1 });
      await assert.rejects(wallet.topUp(5_001), {
        code: 'WALLET_LIMIT_REACHED',
        data: {
          limit: 'topUpPerDay',
          limitMinor: 20_000,
          usedMinor: 15_000,
          leftMinor: 5_000,
          currency: 'USD',
          verificationLevel: 1,
        },
      });
      await assert.rejects(wallet.topUp(499), { code: 'INVALID_INPUT' });
      const unknown = await walletOf(t, 0, { verificationLevel: 0 });
      await assert.rejects(unknown.topUp(500), { code: 'WALLET_LIMIT_REACHED' });
      for (const amountMinor of [20_000, 15_000]) {
        t.host.advance({ hours: 25 });
        await wallet.topUp(amountMinor);
      }
      t.host.advance({ hours: 25 });
      const full = { limit: 'balance', limitMinor: 50_000, usedMinor: 50_000, leftMinor: 0 };
      await assert.rejects(wallet.topUp(500), (error: { data: object }) => {
        assert.deepEqual(error.data, { ...full, currency: 'USD', verificationLevel: 1 });
        return true;
      });
      await wallet.pay(49_000);
      const spent = { limit: 'payPerDay', usedMinor: 49_000, leftMinor: 1_000 };
      await wallet.topUp(5_000);
      await assert.rejects(wallet.pay(1_001), (error: { data: object }) => {
        assert.deepEqual(error.data, { ...spent, limitMinor: 50_000, currency: 'USD', verificationLevel: 1 });
        return true;
      });
      assert.equal((await wallet.get()).spendableMinor, 1_000);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a wallet pays all, or a part that is kept back while the card decides the rest', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t, 10_000);
      const checkoutId = newId('checkout');
      const whole = await wallet.pay(1_000, undefined, checkoutId);
      assert.deepEqual([whole.state, whole.provider, whole.method.kind], ['captured', 'wallet', 'wallet']);
      assert.deepEqual(await wallet.pay(1_000, undefined, checkoutId), whole);
      const mixed = await wallet.pay(5_000, { walletMinor: 3_000 });
      assert.deepEqual([mixed.state, mixed.walletMinor, mixed.method.last4], ['captured', 3_000, '4242']);
      assert.equal((await wallet.pay(5_000, { walletMinor: 3_000, token: 'pm_card_declined' })).state, 'declined');
      assert.equal(await wallet.available(), 6_000);
      const waiting = await wallet.pay(5_000, { walletMinor: 4_000, token: 'pm_card_challenge' });
      const { availableMinor, reservedMinor } = await wallet.get();
      assert.deepEqual([waiting.state, availableMinor, reservedMinor], ['requires_action', 2_000, 4_000]);
      await assert.rejects(wallet.pay(2_001), { code: 'WALLET_BALANCE_TOO_LOW' });
      assert.equal((await t.payments.cancelPayment({ paymentId: waiting.id }, t.service)).state, 'canceled');
      assert.equal(await wallet.available(), 6_000);
      const group = await wallet.hold(mixed.id, 5_000);
      const { items } = await t.payments.listWalletMovements({ limit: 1 }, wallet.member);
      assert.deepEqual([items[0]?.kind, items[0]?.orderId], ['wallet_payment', group.orderId]);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a refund goes to the card up to what it paid and then to the wallet, or to the wallet at once', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t, 3_000);
      const mixed = await wallet.pay(10_000, { walletMinor: 3_000 });
      const group = await wallet.hold(mixed.id, 10_000);
      const parts = [
        await wallet.refund(group.groupId, 1_000, 'wallet'),
        await wallet.refund(group.groupId, 4_000),
        await wallet.refund(group.groupId, 5_000),
      ];
      assert.deepEqual(
        parts.map(({ amountMinor, walletMinor, state }) => [amountMinor, walletMinor, state]),
        [
          [1_000, 1_000, 'succeeded'],
          [4_000, 0, 'succeeded'],
          [5_000, 2_000, 'succeeded'],
        ],
      );
      const { state, refundedMinor, walletRefundedMinor } = await t.payments.getPayment(
        { paymentId: mixed.id },
        wallet.member,
      );
      assert.deepEqual([state, refundedMinor, walletRefundedMinor], ['refunded', 10_000, 3_000]);
      const whole = await wallet.pay(3_000);
      const second = await wallet.hold(whole.id, 3_000);
      await t.payments.releaseHold(second, t.service);
      assert.equal((await wallet.refund(second.groupId, 3_000)).walletMinor, 3_000);
      assert.equal(await wallet.available(), 3_000);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('what a guest paid has no wallet to go to', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t);
      const payment = await t.pay(2_000);
      const { groupId } = await wallet.hold(payment.id, 2_000);
      await assert.rejects(wallet.refund(groupId, 500, 'wallet'), { code: 'WALLET_NOT_FOUND' });
      assert.equal((await wallet.refund(groupId, 500)).walletMinor, 0);
    });

    test('a wallet on hold pays nothing and takes no top-up; refunds come in; both turns are told to the audit log', async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t, 5_000);
      const paid = await wallet.pay(1_000);
      const { groupId } = await wallet.hold(paid.id, 1_000);
      const begun = await wallet.pay(2_000, { walletMinor: 1_000, token: 'pm_card_challenge' });
      const admin = t.host.context({ roles: ['admin'] });
      const { memberId } = wallet;
      const frozen = await t.payments.freezeWallet({ memberId, reason: 'three cards in ten minutes' }, admin);
      assert.deepEqual([frozen.state, frozen.frozenReason], ['frozen', 'three cards in ten minutes']);
      await assert.rejects(wallet.pay(100), { code: 'WALLET_FROZEN' });
      await assert.rejects(wallet.pay(200, { walletMinor: 100 }), { code: 'WALLET_FROZEN' });
      await assert.rejects(wallet.topUp(500), { code: 'WALLET_FROZEN' });
      assert.equal((await wallet.get()).spendableMinor, 0);
      await wallet.refund(groupId, 1_000);
      const answer = { paymentId: begun.id, outcome: 'approve' as const };
      await t.payments.completeSimulatedChallenge(answer, wallet.member);
      assert.equal((await t.payments.confirmPayment(answer, wallet.member)).state, 'captured');
      assert.equal(await wallet.available(), 4_000);
      await t.payments.unfreezeWallet({ memberId, reason: 'it was the member' }, admin);
      assert.equal((await wallet.pay(4_000)).state, 'captured');
      assert.deepEqual(await t.mismatches(), []);
    });

    test("nobody sees, fills or freezes another's wallet, and a marketplace's wallets are its own", async () => {
      await using t = await startPayments(binding);
      const wallet = await walletOf(t, 1_000);
      const { memberId } = wallet;
      const stranger = t.host.context({ roles: ['seller'], verificationLevel: 3 });
      assert.equal((await t.payments.getWallet({}, stranger)).availableMinor, 0);
      assert.deepEqual((await t.payments.listWalletMovements({}, stranger)).items, []);
      await assert.rejects(t.payments.getWallet({}, t.host.guest()), { code: 'UNAUTHENTICATED' });
      await assert.rejects(t.payments.getMemberWallet({ memberId }, wallet.member), { code: 'FORBIDDEN' });
      const freeze = { memberId, reason: 'mine' };
      await assert.rejects(t.payments.freezeWallet(freeze, stranger), { code: 'FORBIDDEN' });
      await assert.rejects(t.payments.unfreezeWallet(freeze, wallet.member), { code: 'FORBIDDEN' });
      const nobody = { memberId: newId('member'), reason: 'unknown' };
      await assert.rejects(t.payments.freezeWallet(nobody, t.host.context({ roles: ['admin'] })), {
        code: 'WALLET_NOT_FOUND',
      });
      const elsewhere = t.host.context({ memberId, verificationLevel: 3, marketplaceId: 'temuhash' });
      assert.equal((await t.payments.getWallet({}, elsewhere)).availableMinor, 0);
      const foreign = t.payments.topUpWallet(
        {
          amount: { amountMinor: 1_000, currency: 'THB' },
          payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
        },
        wallet.member,
      );
      await assert.rejects(foreign, { code: 'WALLET_NOT_FOUND' });
      const anonymous = t.payments.createPayment(
        {
          checkoutId: newId('checkout'),
          amount: { amountMinor: 100, currency: 'USD' },
          method: { kind: 'wallet' },
          returnUrl: '/back',
        },
        t.service,
      );
      await assert.rejects(anonymous, { code: 'WALLET_NOT_FOUND' });
    });
  });
}

test('payments at the same time never take more than a wallet has, whole or in part', async () => {
  await using t = await startPayments();
  const wallet = await walletOf(t, 10_000);
  const attempts = Array.from({ length: 24 }, (_, i) =>
    i % 2 === 0 ? wallet.pay(1_500) : wallet.pay(4_000, { walletMinor: 1_500 }),
  );
  const results = await Promise.allSettled(attempts);
  const paid = results.filter(({ status }) => status === 'fulfilled');
  assert.equal(paid.length, 6);
  for (const result of results) {
    if (result.status === 'rejected') assert.equal(result.reason.code, 'WALLET_BALANCE_TOO_LOW');
  }
  assert.equal(await wallet.available(), 1_000);
  const again = newId('checkout');
  const same = await Promise.all(Array.from({ length: 8 }, () => wallet.pay(1_000, undefined, again)));
  assert.equal(new Set(same.map(({ id }) => id)).size, 1);
  assert.equal(await wallet.available(), 0);
  assert.deepEqual(await t.mismatches(), []);
});

test('a period of a wallet is a file, in CSV and to be read', async () => {
  await using t = await startPayments();
  const wallet = await walletOf(t, 2_000);
  await wallet.pay(500);
  const day = 86_400_000;
  const period = {
    fromTime: new Date(t.host.now().getTime() - day).toISOString(),
    toTime: new Date(t.host.now().getTime() + day).toISOString(),
  };
  for (const format of ['csv', 'pdf'] as const) {
    const file = await t.payments.exportWalletStatement({ ...period, format }, wallet.member);
    assert.equal(file.lineCount, 2);
    assert.match(file.filename, new RegExp(`^statement-.*\\.${format}$`));
  }
});
