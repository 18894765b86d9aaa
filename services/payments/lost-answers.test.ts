import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWithStripe } from './testing/stripe-host.ts';
import { TEST_METHODS, type Trouble } from './testing/stripe-server.ts';

type Running = Awaited<ReturnType<typeof startWithStripe>>;

/** Half a minute and one turn of the timer later, as docs/operations.md states. */
async function afterTheSweep(t: Running): Promise<void> {
  t.host.advance({ seconds: 31 });
  await t.host.runTimers('bazaar');
}

async function stateOf(t: Running, paymentId: string) {
  return (await t.payments.getPayment({ paymentId }, t.service)).state;
}

/** What is in the books is what the provider has: nothing charged without record, nothing recorded without charge. */
async function requireAgreement(t: Running): Promise<void> {
  assert.deepEqual(await t.mismatches(), []);
  const { lines } = await t.payments.getTrialBalance({}, t.service);
  const clearing = lines.find(({ purpose }) => purpose === 'provider_clearing')?.balanceMinor ?? 0;
  assert.equal(0 - clearing, t.stripe.keptMinor);
}

describe('a provider that does not answer', () => {
  for (const trouble of ['error', 'errorAfter', 'lost', 'lostAfter'] satisfies Trouble[]) {
    test(`to the beginning of a payment (${trouble}) declines it at once: no money can have moved`, async () => {
      await using t = await startWithStripe();
      t.stripe.fail(/payment_intents$/, trouble);
      const payment = await t.pay(900, TEST_METHODS.pays);
      assert.deepEqual([payment.state, payment.declineCode], ['declined', 'provider_unavailable']);
      t.stripe.deliverLate();
      await afterTheSweep(t);
      assert.equal(await stateOf(t, payment.id), 'declined');
      assert.equal(t.stripe.keptMinor, 0);
      await requireAgreement(t);
    });
  }

  for (const [trouble, ends] of [
    ['error', 'canceled'],
    ['lost', 'canceled'],
    ['errorAfter', 'captured'],
    ['lostAfter', 'captured'],
  ] satisfies [Trouble, string][]) {
    test(`to the confirmation (${trouble}) leaves it pending; the sweep finds it ${ends}`, async () => {
      await using t = await startWithStripe();
      t.stripe.fail(/confirm$/, trouble);
      const payment = await t.pay(900, TEST_METHODS.pays);
      assert.equal(payment.state, 'pending');
      await t.host.runTimers('bazaar');
      assert.equal(await stateOf(t, payment.id), 'pending', 'it is not asked about before half a minute');
      await afterTheSweep(t);
      assert.equal(await stateOf(t, payment.id), ends);
      await requireAgreement(t);
    });
  }

  test('and whose confirmation arrives after we gave it up charges nobody', async () => {
    await using t = await startWithStripe();
    t.stripe.fail(/confirm$/, 'lost');
    const { id } = await t.pay(900, TEST_METHODS.pays);
    await afterTheSweep(t);
    assert.equal(await stateOf(t, id), 'canceled');
    t.stripe.deliverLate();
    assert.equal(t.stripe.keptMinor, 0);
    await requireAgreement(t);
  });

  test('and whose confirmation arrives late, but before we ask, is found captured, or its webhook tells', async () => {
    await using t = await startWithStripe();
    t.stripe.fail(/confirm$/, 'lost');
    const { id } = await t.pay(900, TEST_METHODS.pays);
    t.stripe.deliverLate();
    const { id: intent } = t.stripe.only;
    assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', t.stripe.intentBody(intent))), 200);
    assert.equal(await stateOf(t, id), 'captured');
    await afterTheSweep(t);
    await requireAgreement(t);
  });

  test('to the sweep either is asked again, at growing intervals, until it answers', async () => {
    await using t = await startWithStripe();
    t.stripe.fail(/confirm$/, 'lostAfter');
    t.stripe.fail(/payment_intents\/pi_\d+$/, 'error', 4);
    const { id } = await t.pay(900, TEST_METHODS.pays);
    await afterTheSweep(t);
    const asked = t.stripe.requests.length;
    await t.host.runTimers('bazaar');
    assert.equal(t.stripe.requests.length, asked, 'not asked again before its time');
    t.host.advance({ seconds: 61 });
    await t.host.runTimers('bazaar');
    assert.equal(await stateOf(t, id), 'pending');
    t.host.advance({ seconds: 121 });
    await t.host.runTimers('bazaar');
    assert.equal(await stateOf(t, id), 'captured');
    await requireAgreement(t);
  });

  test('while a buyer returns or a checkout is given up leaves the payment as it is, and fails nobody', async () => {
    await using t = await startWithStripe();
    const { id: paymentId } = await t.pay(900, TEST_METHODS.challenges);
    t.stripe.fail(/payment_intents\/pi_\d+$/, 'error');
    assert.equal((await t.payments.confirmPayment({ paymentId }, t.host.guest())).state, 'requires_action');
    t.stripe.fail(/cancel$/, 'lostAfter');
    assert.equal((await t.payments.cancelPayment({ paymentId }, t.service)).state, 'requires_action');
    await afterTheSweep(t);
    assert.equal(await stateOf(t, paymentId), 'canceled');
    await requireAgreement(t);
  });
});

test('a payment that was authorized only is captured when it is asked about', async () => {
  await using t = await startWithStripe();
  const { id: paymentId } = await t.pay(900, TEST_METHODS.challenges);
  t.stripe.only.status = 'requires_capture';
  assert.equal((await t.payments.confirmPayment({ paymentId }, t.host.guest())).state, 'captured');
  await requireAgreement(t);
});

test('a process that dies between its steps is followed by one that goes on, and charges once', async () => {
  await using t = await startWithStripe();
  t.stripe.fail(/confirm$/, 'lostAfter');
  const payment = await t.pay(900, TEST_METHODS.pays);
  const { checkoutId, amount } = payment;
  assert.ok(checkoutId !== null);
  // As if the first call had died before it wrote `pending`: its caller repeats it.
  await t.rewind(payment.id);
  const again = await t.payments.createPayment(
    {
      checkoutId,
      amount,
      method: { kind: 'card', token: TEST_METHODS.pays },
      returnUrl: 'http://bazaar.localhost:3000/back',
    },
    t.service,
  );
  assert.deepEqual([again.id, again.state, t.stripe.intents.size], [payment.id, 'captured', 1]);
  await requireAgreement(t);
});
