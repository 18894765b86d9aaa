import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { startWithStripe } from './testing/stripe-host.ts';
import { TEST_METHODS } from './testing/stripe-server.ts';
import { walletOf } from './testing/wallet.ts';

type Running = Awaited<ReturnType<typeof startWithStripe>>;

const stripeWallet = (t: Running, amountMinor: number) => walletOf(t, amountMinor, { methodId: 'card' });

async function afterTheSweep(t: Running): Promise<void> {
  t.host.advance({ seconds: 31 });
  await t.host.runTimers();
}

/** The intent of the payment that was begun last: the first is the top-up's. */
function lastIntent(t: Running) {
  const intent = [...t.stripe.intents.values()].at(-1);
  assert.ok(intent !== undefined);
  return intent;
}

describe('a part of a payment that a wallet keeps back', () => {
  for (const [trouble, ends, left] of [
    ['lost', 'canceled', 5_000],
    ['lostAfter', 'captured', 3_000],
  ] as const) {
    test(`waits for a card whose answer is lost (${trouble}), and ends with it: ${ends}`, async () => {
      await using t = await startWithStripe();
      const wallet = await stripeWallet(t, 5_000);
      t.stripe.fail(/confirm$/, trouble);
      const payment = await wallet.pay(9_000, { walletMinor: 2_000 });
      assert.deepEqual([payment.state, (await wallet.get()).reservedMinor], ['pending', 2_000]);
      await afterTheSweep(t);
      const after = await t.payments.getPayment({ paymentId: payment.id }, t.service);
      assert.deepEqual([after.state, await wallet.available()], [ends, left]);
      assert.deepEqual(await t.mismatches(), []);
    });
  }

  test('survives the process that kept it back: whoever repeats its steps goes on, and it is paid once', async () => {
    await using t = await startWithStripe();
    const wallet = await stripeWallet(t, 5_000);
    const checkoutId = newId('checkout');
    t.stripe.fail(/confirm$/, 'lostAfter');
    const { id } = await wallet.pay(9_000, { walletMinor: 2_000 }, checkoutId);
    await t.rewind(id);
    const again = await wallet.pay(9_000, { walletMinor: 2_000 }, checkoutId);
    assert.deepEqual([again.id, again.state, await wallet.available()], [id, 'captured', 3_000]);
    assert.equal(lastIntent(t).amount, 7_000);
    assert.deepEqual(await t.mismatches(), []);
  });

  test('is free at once when the card cannot be used at all', async () => {
    await using t = await startWithStripe();
    const wallet = await stripeWallet(t, 5_000);
    const refused = await wallet.pay(9_000, { walletMinor: 2_000, token: TEST_METHODS.unknown });
    assert.deepEqual([refused.state, await wallet.available()], ['declined', 5_000]);
  });

  test('is taken once more by a capture told after the payment was given up; or the payment is the card’s alone', async () => {
    await using t = await startWithStripe();
    const wallet = await stripeWallet(t, 3_000);
    const ends = [];
    for (const spentMinor of [0, 1_000]) {
      const payment = await wallet.pay(5_000, { walletMinor: 1_500, token: TEST_METHODS.challenges });
      assert.equal((await t.payments.cancelPayment({ paymentId: payment.id }, t.service)).state, 'canceled');
      if (spentMinor > 0) await wallet.pay(spentMinor);
      const intent = lastIntent(t);
      intent.status = 'succeeded';
      assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', t.stripe.intentBody(intent.id))), 200);
      const { state, amount, walletMinor } = await t.payments.getPayment({ paymentId: payment.id }, t.service);
      ends.push([state, amount.amountMinor, walletMinor]);
      assert.deepEqual(await t.mismatches(), []);
    }
    assert.deepEqual(ends, [
      ['captured', 5_000, 1_500],
      ['captured', 3_500, 0],
    ]);
    const { items } = await t.payments.listPaymentsWithoutOrder({ olderThanSeconds: 0 }, t.service);
    for (const { id: paymentId } of items) await t.payments.refundPayment({ paymentId, reason: 'too late' }, t.service);
    assert.equal(await wallet.available(), 2_000 + 1_000);
    assert.deepEqual(await t.mismatches(), []);
  });
});

test('a top-up whose answer is lost is in the wallet after the sweep, once, however often it was asked for', async () => {
  await using t = await startWithStripe();
  const wallet = await stripeWallet(t, 0);
  const { memberId } = wallet;
  const caller = t.host.context({ memberId, verificationLevel: 3, idempotencyKey: 'top-up' });
  t.stripe.fail(/confirm$/, 'lostAfter');
  const first = await wallet.topUp(2_500, TEST_METHODS.pays, caller);
  assert.equal(first.state, 'pending');
  await afterTheSweep(t);
  assert.equal((await wallet.topUp(2_500, TEST_METHODS.pays, caller)).id, first.id);
  assert.deepEqual([await wallet.available(), t.stripe.keptMinor], [2_500, 2_500]);
  assert.deepEqual(await t.mismatches(), []);
});

test('a top-up taken back in the provider’s console leaves the wallet; what is spent by then is owed, and it is on hold', async () => {
  await using t = await startWithStripe();
  const wallet = await stripeWallet(t, 5_000);
  const { id: reference } = lastIntent(t);
  const first = t.stripe.refundInConsole(reference, 1_000);
  for (const type of ['refund.created', 'refund.updated'])
    assert.equal(await t.tell(t.stripe.webhook(type, first)), 200);
  assert.equal(await wallet.available(), 4_000);
  await wallet.pay(3_000);
  await t.tell(t.stripe.webhook('refund.created', t.stripe.refundInConsole(reference, 4_000)));
  const { state, availableMinor, owedMinor } = await wallet.get();
  assert.deepEqual([state, availableMinor, owedMinor], ['frozen', 0, 3_000]);
  assert.deepEqual(await t.mismatches(), []);
});

test('a refund in the provider’s console fills no wallet, even when one of ours waits to be sent', async () => {
  await using t = await startWithStripe();
  const wallet = await stripeWallet(t, 3_000);
  const payment = await wallet.pay(10_000, { walletMinor: 3_000, token: TEST_METHODS.pays });
  const { groupId } = await wallet.hold(payment.id, 10_000);
  t.stripe.fail(/refunds/, 'lost', 10);
  assert.equal((await wallet.refund(groupId, 5_000)).state, 'pending');
  const { id: reference } = lastIntent(t);
  await t.tell(t.stripe.webhook('refund.created', t.stripe.refundInConsole(reference, 5_000)));
  const { refundedMinor } = await t.payments.getPayment({ paymentId: payment.id }, t.service);
  assert.deepEqual([refundedMinor, await wallet.available()], [7_000, 0], 'all that the card had, and no more');
  assert.equal((await wallet.refund(groupId, 3_000)).walletMinor, 3_000);
  assert.deepEqual(await t.mismatches(), []);
});
