import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { groupOf } from './testing/sale.ts';
import { startWithStripe } from './testing/stripe-host.ts';
import { TEST_METHODS } from './testing/stripe-server.ts';

type Running = Awaited<ReturnType<typeof startWithStripe>>;

/** An order of two stores, 100.00 and 50.00, paid at Stripe. */
async function placedOrder(t: Running) {
  const groups = [groupOf(), groupOf({ totalMinor: 5_000, commissionMinor: 500 })] as const;
  const { payment } = await t.hold(groups);
  const refunded = async () => {
    const { orderId } = await t.payments.getPayment({ paymentId: payment.id }, t.service);
    assert.ok(orderId);
    const { items } = await t.payments.listHolds({ orderId }, t.service);
    return items.toSorted((a, b) => b.totalMinor - a.totalMinor).map(({ refundedMinor }) => refundedMinor);
  };
  return { payment, groups, refunded, reference: t.stripe.only.id };
}

for (const binding of BINDINGS) {
  describe(`payments by Stripe, ${binding}`, () => {
    test('a good card pays, shows brand and last digits, and a repeat charges nothing more', async () => {
      await using t = await startWithStripe(binding);
      const input = {
        checkoutId: newId('checkout'),
        amount: { amountMinor: 5_000, currency: 'USD' as const },
        method: { kind: 'card' as const, token: TEST_METHODS.pays },
        returnUrl: 'http://bazaar.localhost:3000/back',
      };
      const payment = await t.payments.createPayment(input, t.service);
      assert.deepEqual([payment.state, payment.provider], ['captured', 'stripe']);
      assert.deepEqual(payment.method, { kind: 'card', brand: 'visa', last4: '4242' });
      assert.deepEqual(await t.payments.createPayment(input, t.service), payment);
      assert.deepEqual([t.stripe.only.amount, t.stripe.only.currency, t.stripe.keptMinor], [5_000, 'usd', 5_000]);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a declined card moves no money and says why; so does a token that Stripe does not know', async () => {
      await using t = await startWithStripe(binding);
      const declined = await t.pay(5_000, TEST_METHODS.declines);
      assert.deepEqual([declined.state, declined.declineCode], ['declined', 'generic_decline']);
      const unknown = await t.pay(5_000, TEST_METHODS.unknown);
      assert.deepEqual([unknown.state, unknown.declineCode], ['declined', 'resource_missing']);
      assert.equal(t.stripe.keptMinor, 0);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 0);
    });

    test('a challenge sends the buyer to the bank; their return and the webhooks book one capture', async () => {
      await using t = await startWithStripe(binding);
      const { id: paymentId, state, actionUrl } = await t.pay(700, TEST_METHODS.challenges);
      assert.equal(state, 'requires_action');
      assert.match(actionUrl ?? '', /^https:\/\/hooks\.stripe\.com\//);
      const { id: intent } = t.stripe.only;
      t.stripe.answerChallenge(intent, true);
      const succeeded = () => t.tell(t.stripe.webhook('payment_intent.succeeded', t.stripe.intentBody(intent)));
      const guest = t.host.guest();
      const [confirmed, ...statuses] = await Promise.all([
        t.payments.confirmPayment({ paymentId }, guest),
        succeeded(),
        succeeded(),
      ]);
      assert.deepEqual([confirmed.state, ...statuses], ['captured', 200, 200]);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('where Stripe takes the cards, our own form takes none', async () => {
      await using t = await startWithStripe(binding);
      const card = {
        kind: 'card',
        number: '4242424242424242',
        expiryMonth: 12,
        expiryYear: 2034,
        securityCode: '123',
      } as const;
      await assert.rejects(t.payments.createPaymentMethod(card, t.host.guest()), { code: 'PAYMENT_METHOD_INVALID' });
      const { items } = await t.payments.listPaymentMethods({ amountMinor: 5_000, currency: 'USD' }, t.host.guest());
      assert.deepEqual(items, [
        { methodId: 'card', kind: 'card', provider: 'stripe', cardEntry: 'provider', publishableKey: 'pk_test_plaza' },
      ]);
      const tooSmall = await t.payments.listPaymentMethods({ amountMinor: 49, currency: 'USD' }, t.host.guest());
      assert.deepEqual(tooSmall.items, []);
      await assert.rejects(t.pay(49, TEST_METHODS.pays), { code: 'PAYMENT_METHOD_INVALID' });
    });
  });
}

describe('refunds at Stripe', () => {
  test('one of ours is sent once, and its webhooks book nothing more', async () => {
    await using t = await startWithStripe();
    const { groups, refunded, reference } = await placedOrder(t);
    const refund = { refundId: newId('refund'), groupId: groups[0].groupId, amountMinor: 3_000, reason: 'broken' };
    assert.equal((await t.payments.refundGroup(refund, t.service)).state, 'succeeded');
    assert.deepEqual((await t.payments.refundGroup(refund, t.service)).origin, 'plaza');
    const sent = { ...t.stripe.refunds[0], status: 'succeeded' };
    for (const type of ['refund.created', 'refund.updated'])
      assert.equal(await t.tell(t.stripe.webhook(type, sent)), 200);
    assert.deepEqual([t.stripe.refunds.length, t.stripe.keptMinor], [1, 12_000]);
    assert.deepEqual(await refunded(), [3_000, 0]);
    assert.equal(t.stripe.only.id, reference);
    assert.deepEqual(await t.mismatches(), []);
  });

  test('one begun in the dashboard is divided among the groups and booked once, in whatever events it is told', async () => {
    await using t = await startWithStripe();
    const { payment, refunded, reference } = await placedOrder(t);
    const refund = t.stripe.refundInConsole(reference, 1_000);
    const events = ['refund.created', 'refund.updated', 'refund.created', 'refund.updated'];
    const statuses = await Promise.all(events.map((type) => t.tell(t.stripe.webhook(type, refund))));
    assert.deepEqual([...new Set(statuses)], [200]);
    // 1000 of 150.00 by largest remainder: 666⅔ and 333⅓.
    assert.deepEqual(await refunded(), [667, 333]);
    const now = await t.payments.getPayment({ paymentId: payment.id }, t.service);
    assert.deepEqual([now.state, now.refundedMinor], ['partially_refunded', 1_000]);
    await t.tell(t.stripe.webhook('refund.created', t.stripe.refundInConsole(reference, 14_000)));
    assert.deepEqual(await refunded(), [10_000, 5_000]);
    assert.equal((await t.payments.getPayment({ paymentId: payment.id }, t.service)).state, 'refunded');
    assert.deepEqual(await t.mismatches(), []);
  });

  test('the whole of a payment without order goes back; a part waits for the order', async () => {
    await using t = await startWithStripe();
    const { id: paymentId } = await t.pay(2_000, TEST_METHODS.pays);
    const { id: intent } = t.stripe.only;
    const part = t.stripe.refundInConsole(intent, 500);
    assert.equal(await t.tell(t.stripe.webhook('refund.created', part, { id: 'evt_part' })), 409);
    const group = groupOf({ totalMinor: 2_000, commissionMinor: 100 });
    await t.payments.holdForOrder({ paymentId, orderId: newId('order'), groups: [group] }, t.service);
    assert.equal(await t.tell(t.stripe.webhook('refund.created', part, { id: 'evt_part' })), 200);
    assert.equal((await t.payments.getPayment({ paymentId }, t.service)).refundedMinor, 500);

    const other = await t.pay(700, TEST_METHODS.pays);
    const whole = t.stripe.refundInConsole('pi_2', 700);
    assert.equal(await t.tell(t.stripe.webhook('refund.created', whole)), 200);
    assert.equal((await t.payments.getPayment({ paymentId: other.id }, t.service)).state, 'refunded');
    assert.deepEqual(await t.mismatches(), []);
  });

  test('one that Stripe refuses, or takes and then fails, is told to the operator and stays owed', async () => {
    await using t = await startWithStripe();
    const { groups, reference } = await placedOrder(t);
    t.stripe.refundInConsole(reference, 15_000);
    const refund = { refundId: newId('refund'), groupId: groups[0].groupId, amountMinor: 1_000, reason: 'broken' };
    const refused = await t.payments.refundGroup(refund, t.service);
    assert.deepEqual([refused.state, refused.failureReason], ['failed', 'charge_already_refunded']);
    assert.deepEqual(await t.mismatches(), []);
  });

  test('one whose answer is lost is sent again under the same key, and pays once', async () => {
    await using t = await startWithStripe();
    const { groups } = await placedOrder(t);
    t.stripe.fail(/refunds/, 'lostAfter');
    const refund = { refundId: newId('refund'), groupId: groups[0].groupId, amountMinor: 1_000, reason: 'broken' };
    assert.equal((await t.payments.refundGroup(refund, t.service)).state, 'pending');
    await t.host.runTimers();
    assert.equal((await t.payments.refundGroup(refund, t.service)).state, 'succeeded');
    assert.equal(t.stripe.keptMinor, 14_000);
  });
});

test('a chargeback is announced once for each state, and a decided one does not open again', async () => {
  await using t = await startWithStripe();
  const { payment } = await placedOrder(t);
  const dispute = (status: string) => ({
    id: 'du_1',
    payment_intent: t.stripe.only.id,
    amount: 15_000,
    currency: 'usd',
    status,
    reason: 'fraudulent',
    evidence_details: { due_by: 1_795_000_000 },
  });
  for (const [type, status] of [
    ['created', 'needs_response'],
    ['updated', 'under_review'],
    ['closed', 'lost'],
    ['updated', 'under_review'],
    ['closed', 'lost'],
  ] as const) {
    assert.equal(await t.tell(t.stripe.webhook(`charge.dispute.${type}`, dispute(status))), 200);
  }
  const rows = await t.announced('payment.disputed');
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['opened', 'lost'],
  );
  assert.equal(rows[0]?.paymentId, payment.id);
  assert.deepEqual(await t.mismatches(), []);
});

test('an inquiry takes nothing; what grows out of it takes amount and fee; the evidence goes out once; won, the fee stays', async () => {
  await using t = await startWithStripe();
  const { groups } = await placedOrder(t);
  const admin = t.host.context({ roles: ['admin'] });
  const move = (amount: number, fee: number) => ({ amount, fee, net: amount - fee, currency: 'usd' });
  const tell = (type: string, status: string, moves: object[] = []) =>
    t.tell(
      t.stripe.webhook(`charge.dispute.${type}`, {
        id: 'du_1',
        payment_intent: t.stripe.only.id,
        amount: 15_000,
        currency: 'usd',
        status,
        reason: 'product_not_received',
        evidence_details: { due_by: 1_795_000_000 },
        balance_transactions: moves,
      }),
    );
  const chargeback = async () => {
    const { items } = await t.payments.listChargebacks({}, admin);
    assert.equal(items.length, 1);
    return items[0] as (typeof items)[number];
  };
  const taken = move(-15_000, 1_500);
  await tell('created', 'warning_needs_response');
  assert.equal((await chargeback()).takenMinor, 0);
  await assert.rejects(t.payments.releaseHold(groups[0], t.service), { code: 'PAYMENT_DISPUTED' });
  await tell('updated', 'needs_response');
  await tell('funds_withdrawn', 'needs_response', [taken]);
  await tell('updated', 'warning_needs_response');
  const { id: chargebackId, takenMinor, canSendEvidence } = await chargeback();
  assert.deepEqual([takenMinor, canSendEvidence], [16_500, true]);

  const evidence = { chargebackId, text: 'Delivered and signed for.', carrier: 'UPS', trackingNumber: '1Z' };
  await t.payments.submitChargebackEvidence(evidence, admin);
  assert.deepEqual(t.stripe.evidence, [
    { dispute: 'du_1', text: evidence.text, carrier: 'UPS', trackingNumber: '1Z', isSubmitted: true },
  ]);
  await tell('closed', 'won', [taken, move(15_000, 0)]);
  await tell('funds_reinstated', 'won', [taken, move(15_000, 0)]);
  const won = await chargeback();
  assert.deepEqual([won.state, won.takenMinor, won.feeMinor], ['won', 1_500, 1_500]);
  assert.equal((await t.payments.releaseHold(groups[0], t.service)).state, 'released');
  assert.deepEqual(await t.mismatches(), []);
});

test('events of other applications, of unknown kinds and of no payment are taken and change nothing', async () => {
  await using t = await startWithStripe();
  await t.pay(2_000, TEST_METHODS.pays);
  const foreign = {
    id: 'pi_foreign',
    status: 'succeeded',
    amount_received: 1,
    currency: 'usd',
    metadata: {},
    last_payment_error: null,
    next_action: null,
  };
  assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', foreign)), 200);
  const elsewhere = { ...foreign, metadata: { plaza_payment: newId('payment'), plaza_marketplace: 'jaikod' } };
  assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', elsewhere)), 200);
  assert.equal(await t.tell(t.stripe.webhook('customer.created', { id: 'cus_1' })), 200);
  const refund = { id: 're_foreign', payment_intent: 'pi_foreign', amount: 1, metadata: {}, status: 'succeeded' };
  assert.equal(await t.tell(t.stripe.webhook('refund.created', refund)), 200);
  const unknown = { ...foreign, metadata: { plaza_payment: newId('payment'), plaza_marketplace: 'bazaar' } };
  assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', unknown)), 200);
  assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
});

test('a capture of another amount, currency or intent than was asked for is noted for operators, and books nothing', async () => {
  await using t = await startWithStripe();
  const { id: paymentId } = await t.pay(2_000, TEST_METHODS.challenges);
  const { id: intent } = t.stripe.only;
  t.stripe.answerChallenge(intent, true);
  const genuine = t.stripe.intentBody(intent);
  for (const different of [{ amount_received: 20 }, { currency: 'mxn' }, { id: 'pi_other' }]) {
    assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', { ...genuine, ...different })), 200);
    assert.equal((await t.payments.getPayment({ paymentId }, t.service)).state, 'requires_action');
  }
  const noted = await t.announced('audit.recorded');
  assert.equal(noted.filter(({ action }) => action === 'payment.told_otherwise').length, 3);
  assert.equal(await t.tell(t.stripe.webhook('payment_intent.succeeded', genuine)), 200);
  assert.equal((await t.payments.getPayment({ paymentId }, t.service)).state, 'captured');
  assert.deepEqual(await t.mismatches(), []);
});

test('a claim in another currency than the payment’s takes nothing out of its order', async () => {
  await using t = await startWithStripe();
  const { refunded } = await placedOrder(t);
  const admin = t.host.context({ roles: ['admin'] });
  const dispute = (currency: string, status: string) => ({
    id: `du_${currency}`,
    payment_intent: t.stripe.only.id,
    amount: 15_000,
    currency,
    status,
    reason: 'fraudulent',
    evidence_details: { due_by: null },
  });
  for (const currency of ['mxn', 'usd']) {
    assert.equal(await t.tell(t.stripe.webhook('charge.dispute.created', dispute(currency, 'needs_response'))), 200);
    for (const { id: chargebackId } of (await t.payments.listChargebacks({}, admin)).items)
      await t.payments.ruleChargeback({ chargebackId, bearer: 'seller', reason: 'Not shipped.' }, admin);
    assert.equal(await t.tell(t.stripe.webhook('charge.dispute.closed', dispute(currency, 'lost'))), 200);
    assert.deepEqual(await t.mismatches(), [], currency);
    assert.deepEqual(await refunded(), currency === 'mxn' ? [0, 0] : [10_000, 5_000]);
  }
  const noted = await t.announced('audit.recorded');
  assert.equal(noted.filter(({ action }) => action === 'payment.told_otherwise').length, 2);
});
