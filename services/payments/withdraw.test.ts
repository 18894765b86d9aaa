import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { payingOutAtOnce, usAccount } from './testing/payout-account.ts';
import { startPayments } from './testing/sale.ts';
import { walletOf } from './testing/wallet.ts';

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

/** A member with 100.00 in their wallet and a verified account at the simulated bank. */
async function memberWithAccount(binding: (typeof BINDINGS)[number] = 'local') {
  const t = await startPayments(binding, { marketplaces: (shipped) => payingOutAtOnce(shipped) });
  const wallet = await walletOf(t, 10_000, { verificationLevel: 2 });
  const { memberId } = wallet;
  const confirmed = () => t.host.context({ memberId, verificationLevel: 2, isConfirmed: true });
  const owner = { ownerKind: 'member', ownerId: memberId, currency: 'USD' } as const;
  const account = { ...owner, holderName: 'Ann Maker', account: usAccount() };
  const { id: payoutAccountId } = await t.payments.setPayoutAccount(account, confirmed());
  const { amountsMinor } = await t.payments.getSimulatedDeposits({ payoutAccountId }, confirmed());
  await t.payments.verifyPayoutAccount({ payoutAccountId, amountsMinor }, confirmed());
  const withdraw = (amountMinor: number, who = confirmed()) =>
    t.payments.withdrawFromWallet({ amount: dollars(amountMinor) }, who);
  return { ...t, wallet, memberId, owner, confirmed, withdraw };
}

for (const binding of BINDINGS) {
  describe(`withdrawals, ${binding}`, () => {
    test('money goes from the wallet to its member’s account, once they showed who they are', async () => {
      await using t = await memberWithAccount(binding);
      const { wallet } = t;
      await assert.rejects(t.withdraw(4_000, wallet.member), { code: 'CONFIRMATION_REQUIRED' });
      const asked = await t.withdraw(4_000);
      assert.deepEqual([asked.ownerKind, asked.ownerId, await wallet.available()], ['member', t.memberId, 6_000]);
      assert.equal((await wallet.get()).limits.withdrawPerDay.usedMinor, 4_000);
      const { items } = await t.payments.listWalletMovements({ limit: 1 }, wallet.member);
      assert.deepEqual([items[0]?.kind, items[0]?.amount], ['payout', dollars(-4_000)]);
      assert.deepEqual(await t.mismatches(), []);
      const admin = t.host.context({ roles: ['admin'] });
      if (asked.state === 'awaiting_approval') await t.payments.approvePayout({ payoutId: asked.id }, admin);
      for (let turn = 0; turn < 4; turn++) {
        await t.host.runTimers();
        t.host.advance({ minutes: 2 });
      }
      const [withdrawn] = (await t.payments.listWithdrawals({}, wallet.member)).items;
      assert.deepEqual([withdrawn?.id, withdrawn?.state], [asked.id, 'paid']);
      assert.deepEqual((await t.payments.listWithdrawals({}, t.host.context())).items, []);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('it never takes more than there is, than the limit, or than a hold allows; what is taken back is there again', async () => {
      await using t = await memberWithAccount(binding);
      const { wallet, memberId } = t;
      await assert.rejects(t.withdraw(10_001), { code: 'BALANCE_TOO_LOW' });
      const little = t.host.context({ memberId, verificationLevel: 1, isConfirmed: true });
      await assert.rejects(t.withdraw(1_000, little), { code: 'WALLET_LIMIT_REACHED' });
      const reserved = await wallet.pay(9_000, { walletMinor: 8_000, token: 'pm_card_challenge' });
      await assert.rejects(t.withdraw(2_001), { code: 'BALANCE_TOO_LOW' });
      await t.payments.cancelPayment({ paymentId: reserved.id }, t.service);
      const { id: payoutId } = await t.withdraw(3_000);
      await assert.rejects(t.payments.cancelPayout({ payoutId }, t.host.context()), { code: 'PAYOUT_NOT_FOUND' });
      assert.equal((await t.payments.cancelPayout({ payoutId }, wallet.member)).state, 'canceled');
      assert.deepEqual([await wallet.available(), (await wallet.get()).limits.withdrawPerDay.usedMinor], [10_000, 0]);
      const schedule = { ...t.owner, cadence: 'daily' as const, thresholdMinor: 0 };
      await assert.rejects(t.payments.setPayoutSchedule(schedule, t.confirmed()), {
        code: 'PAYOUT_CADENCE_NOT_OFFERED',
      });
      await t.payments.freezeWallet({ memberId, reason: 'suspicion' }, t.host.context({ roles: ['admin'] }));
      await assert.rejects(t.withdraw(1_000), { code: 'WALLET_FROZEN' });
      assert.deepEqual(await t.mismatches(), []);
    });
  });
}

test('withdrawals and payments at the same time never take more than the wallet has', async () => {
  await using t = await memberWithAccount();
  const attempts = Array.from({ length: 16 }, (_, i) =>
    i % 2 === 0 ? t.withdraw(1_500) : t.wallet.pay(1_500, undefined, newId('checkout')),
  );
  const results = await Promise.allSettled<unknown>(attempts);
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 6);
  assert.equal(await t.wallet.available(), 1_000);
  assert.deepEqual(await t.mismatches(), []);
});

test('a withdrawal in line stops when its wallet is put on hold, cannot be approved then, and goes on when that is lifted', async () => {
  await using t = await memberWithAccount();
  const { wallet, memberId } = t;
  const admin = t.host.context({ roles: ['admin'] });
  const { id: payoutId } = await t.withdraw(3_000);
  const stateOf = async () => (await t.payments.listWithdrawals({}, wallet.member)).items[0];
  const before = await stateOf();
  if (before?.state === 'awaiting_approval') await t.payments.approvePayout({ payoutId }, admin);
  await t.payments.freezeWallet({ memberId, reason: 'stolen card' }, admin);
  assert.deepEqual(
    [(await stateOf())?.state, (await stateOf())?.approvalReasons.at(-1)],
    ['awaiting_approval', 'wallet_frozen'],
  );
  await t.host.runTimers();
  assert.equal((await stateOf())?.state, 'awaiting_approval', 'no batch takes it');
  await assert.rejects(t.payments.approvePayout({ payoutId }, admin), { code: 'WALLET_FROZEN' });
  assert.deepEqual(await t.mismatches(), []);
  await t.payments.unfreezeWallet({ memberId, reason: 'it was theirs' }, admin);
  assert.deepEqual(
    [(await stateOf())?.state, (await stateOf())?.approvalReasons.includes('wallet_frozen')],
    ['requested', false],
  );
  const { items } = await t.payments.getPayoutRecord({ payoutId }, admin);
  assert.deepEqual(items.map(({ kind }) => kind).slice(-2), ['held', 'resumed']);
  for (let turn = 0; turn < 4; turn++) {
    await t.host.runTimers();
    t.host.advance({ minutes: 2 });
  }
  assert.equal((await stateOf())?.state, 'paid');
  assert.deepEqual(await t.mismatches(), []);
});
