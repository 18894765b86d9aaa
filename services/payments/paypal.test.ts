import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { PayPalServer } from './testing/paypal-server.ts';
import { groupOf, startPayments } from './testing/sale.ts';
import { withPaymentMethods } from './testing/stripe-host.ts';

/** A running payments service whose Bazaar takes PayPal, and the PayPal it speaks to. */
async function startWithPayPal(binding: 'local' | 'remote' = 'local') {
  const paypal = await PayPalServer.start();
  const running = await startPayments(binding, {
    environment: paypal.environment,
    marketplaces: (shipped) =>
      withPaymentMethods(shipped, 'bazaar', [
        { id: 'paypal', label: { en: 'PayPal' }, provider: 'paypal', kind: 'paypal', routes: [] },
      ]),
  });
  const { host, payments, service } = running;
  const stateOf = async (paymentId: string) => (await payments.getPayment({ paymentId }, service)).state;
  return {
    ...running,
    paypal,
    stateOf,
    begin: (amountMinor: number) =>
      payments.createPayment(
        {
          checkoutId: newId('checkout'),
          amount: { amountMinor, currency: 'USD' },
          method: { kind: 'paypal' },
          returnUrl: 'http://bazaar.localhost:3000/back',
        },
        service,
      ),
    tell: async (request: Request) => {
      const route = host.routes('payments').find(({ path }) => path === '/api/v1/webhooks/paypal');
      return (await route?.handle(request, service))?.status;
    },
    sweep: async () => {
      host.advance({ seconds: 31 });
      await host.runTimers();
    },
    /** What is in the books is what PayPal has. */
    requireAgreement: async () => {
      assert.deepEqual(await running.mismatches(), []);
      const { lines } = await payments.getTrialBalance({}, service);
      const clearing = lines.find(({ purpose }) => purpose === 'provider_clearing')?.balanceMinor ?? 0;
      assert.equal(0 - clearing, paypal.keptMinor);
    },
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      await paypal[Symbol.asyncDispose]();
    },
  };
}

for (const binding of BINDINGS) {
  describe(`payments by PayPal, ${binding}`, () => {
    test('the buyer approves at PayPal, and their return captures', async () => {
      await using t = await startWithPayPal(binding);
      const { id: paymentId, state, actionUrl } = await t.begin(12_905);
      assert.deepEqual([state, actionUrl], ['requires_action', 'https://www.paypal.com/checkoutnow?token=ORDER1']);
      assert.deepEqual(
        [t.paypal.only.value, t.paypal.only.currency, t.paypal.only.customId],
        ['129.05', 'USD', paymentId],
      );
      assert.equal((await t.payments.confirmPayment({ paymentId }, t.host.guest())).state, 'requires_action');
      t.paypal.approve('ORDER1');
      assert.equal((await t.payments.confirmPayment({ paymentId }, t.host.guest())).state, 'captured');
      assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.COMPLETED', t.paypal.captureBody('ORDER1'))), 200);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
      await t.requireAgreement();
    });

    test('a buyer who approves and does not return is captured after the webhook', async () => {
      await using t = await startWithPayPal(binding);
      const { id } = await t.begin(900);
      t.paypal.approve('ORDER1');
      assert.equal(await t.tell(t.paypal.webhook('CHECKOUT.ORDER.APPROVED', t.paypal.orderBody('ORDER1'))), 200);
      assert.equal(await t.stateOf(id), 'pending');
      await t.host.runTimers();
      assert.equal(await t.stateOf(id), 'captured');
      await t.requireAgreement();
    });
  });
}

test('an approval that is declined at the capture moves nothing', async () => {
  await using t = await startWithPayPal();
  const { id: paymentId } = await t.begin(900);
  t.paypal.approve('ORDER1');
  t.paypal.declinesCaptures = true;
  const declined = await t.payments.confirmPayment({ paymentId }, t.host.guest());
  assert.deepEqual([declined.state, declined.declineCode], ['declined', 'INSTRUMENT_DECLINED']);
  await t.requireAgreement();
});

test('a payment that was given up is never captured, even if the buyer approves it later', async () => {
  await using t = await startWithPayPal();
  const { id: paymentId } = await t.begin(900);
  assert.equal((await t.payments.cancelPayment({ paymentId }, t.service)).state, 'canceled');
  t.paypal.approve('ORDER1');
  assert.equal(await t.tell(t.paypal.webhook('CHECKOUT.ORDER.APPROVED', t.paypal.orderBody('ORDER1'))), 200);
  await t.sweep();
  assert.equal(await t.stateOf(paymentId), 'canceled');
  assert.equal(t.paypal.keptMinor, 0);
});

for (const trouble of ['error', 'errorAfter', 'dropAfter'] as const) {
  test(`a beginning that is not answered (${trouble}) is declined at once`, async () => {
    await using t = await startWithPayPal();
    t.paypal.fail(/orders$/, trouble);
    const payment = await t.begin(900);
    assert.deepEqual([payment.state, payment.declineCode], ['declined', 'provider_unavailable']);
    await t.requireAgreement();
  });

  test(`a capture that is not answered (${trouble}) is settled by the sweep, once`, async () => {
    await using t = await startWithPayPal();
    const { id: paymentId } = await t.begin(900);
    t.paypal.approve('ORDER1');
    t.paypal.fail(/capture$/, trouble);
    assert.equal((await t.payments.confirmPayment({ paymentId }, t.host.guest())).state, 'requires_action');
    await t.sweep();
    assert.equal(await t.stateOf(paymentId), 'captured');
    assert.equal(t.paypal.keptMinor, 900);
    await t.requireAgreement();
  });
}

test('refunds of ours and from PayPal’s console are booked once each', async () => {
  await using t = await startWithPayPal();
  const { id: paymentId } = await t.begin(10_000);
  t.paypal.approve('ORDER1');
  await t.payments.confirmPayment({ paymentId }, t.host.guest());
  const group = groupOf();
  await t.payments.holdForOrder({ paymentId, orderId: newId('order'), groups: [group] }, t.service);
  const refund = { refundId: newId('refund'), groupId: group.groupId, amountMinor: 2_500, reason: 'broken' };
  t.paypal.fail(/refund$/, 'errorAfter');
  assert.equal((await t.payments.refundGroup(refund, t.service)).state, 'pending');
  await t.host.runTimers();
  assert.equal((await t.payments.refundGroup(refund, t.service)).state, 'succeeded');
  const [sent] = t.paypal.refunds;
  const told = {
    id: sent?.id,
    status: 'COMPLETED',
    amount: { currency_code: 'USD', value: '25.00' },
    custom_id: refund.refundId,
    links: [{ rel: 'up', href: `${t.paypal.url}/v2/payments/captures/CAPTUREORDER1` }],
  };
  assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.REFUNDED', told)), 200);
  const elsewhere = t.paypal.refundInConsole('ORDER1', '10.00');
  for (const _twice of [1, 2]) assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.REFUNDED', elsewhere)), 200);
  assert.equal((await t.payments.getPayment({ paymentId }, t.service)).refundedMinor, 3_500);
  await t.requireAgreement();
});

test('a case at PayPal takes the money once it is a chargeback; evidence is sent once, and its end counts once, in whatever order it is told', async () => {
  await using t = await startWithPayPal();
  const { id: paymentId } = await t.begin(10_000);
  t.paypal.approve('ORDER1');
  await t.payments.confirmPayment({ paymentId }, t.host.guest());
  await t.payments.holdForOrder({ paymentId, orderId: newId('order'), groups: [groupOf()] }, t.service);
  const dispute = (status: string, more: object = {}) => ({
    dispute_id: 'PP-D-1',
    reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
    status,
    dispute_amount: { currency_code: 'USD', value: '100.00' },
    disputed_transactions: [{ seller_transaction_id: 'CAPTUREORDER1' }],
    ...more,
  });
  const admin = t.host.context({ roles: ['admin'] });
  const chargeback = async () => (await t.payments.listChargebacks({}, admin)).items[0];
  const tell = async (type: string, resource: object) =>
    assert.equal(await t.tell(t.paypal.webhook(`CUSTOMER.DISPUTE.${type}`, resource)), 200);
  await tell('CREATED', dispute('OPEN', { dispute_life_cycle_stage: 'INQUIRY' }));
  assert.deepEqual([(await chargeback())?.state, (await chargeback())?.takenMinor], ['opened', 0]);
  const { id: chargebackId } = (await chargeback()) ?? {};
  assert.ok(chargebackId);
  const shown = { chargebackId, text: 'It was handed over.', carrier: 'USPS', trackingNumber: '9400' };
  t.paypal.disputes.set('PP-D-1', { isAwaited: false, evidences: [] as object[] });
  await assert.rejects(t.payments.submitChargebackEvidence(shown, admin), {
    code: 'EVIDENCE_REFUSED',
    data: { reason: 'UNDER_REVIEW' },
  });
  const awaited = { isAwaited: true, evidences: [] as object[] };
  t.paypal.disputes.set('PP-D-1', awaited);
  t.paypal.fail(/provide-evidence$/, 'errorAfter');
  await assert.rejects(t.payments.submitChargebackEvidence(shown, admin), { code: 'UNAVAILABLE' });
  assert.equal((await t.payments.submitChargebackEvidence(shown, admin)).evidence?.sentBy, 'plaza');
  const tracking = { carrier_name: 'OTHER', carrier_name_other: 'USPS', tracking_number: '9400' };
  assert.deepEqual(awaited.evidences, [
    {
      evidence_type: 'PROOF_OF_FULFILLMENT',
      evidence_info: { tracking_info: [tracking] },
      notes: 'It was handed over.',
      source: 'SUBMITTED_BY_SELLER',
    },
  ]);
  const lost = { dispute_life_cycle_stage: 'CHARGEBACK', dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR' } };
  for (const _twice of [1, 2]) await tell('RESOLVED', dispute('RESOLVED', lost));
  await tell('UPDATED', dispute('WAITING_FOR_SELLER_RESPONSE', { dispute_life_cycle_stage: 'CHARGEBACK' }));
  const ended = await chargeback();
  assert.deepEqual([ended?.state, ended?.takenMinor, ended?.canSendEvidence], ['lost', 10_000, true]);
  assert.deepEqual(await t.mismatches(), []);
});

test('webhooks that PayPal does not confirm, or that are old or unsigned, are refused; foreign ones change nothing', async () => {
  await using t = await startWithPayPal();
  const { id } = await t.begin(900);
  const capture = { id: 'CAPTUREX', status: 'COMPLETED', custom_id: id };
  const captured = (options = {}) => t.paypal.webhook('PAYMENT.CAPTURE.COMPLETED', capture, options);
  assert.equal(await t.tell(captured({ secret: 'guessed' })), 400);
  assert.equal(await t.tell(captured({ at: new Date(Date.now() - 10 * 86_400_000) })), 400);
  const genuine = captured();
  const body = await genuine.text();
  assert.equal(await t.tell(new Request(genuine.url, { method: 'POST', body })), 400);
  const changed = new Request(genuine.url, {
    method: 'POST',
    headers: genuine.headers,
    body: body.replace(id, newId('payment')),
  });
  assert.equal(await t.tell(changed), 400);
  assert.equal(await t.tell(t.paypal.webhook('BILLING.PLAN.CREATED', { id: 'P-1' })), 200);
  assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.COMPLETED', { ...capture, custom_id: 'theirs' })), 200);
  // Of another marketplace on the same account; refused, PayPal would send it for three days.
  const elsewhere = {
    ...capture,
    custom_id: newId('payment'),
    supplementary_data: { related_ids: { order_id: 'O1' } },
  };
  assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.COMPLETED', elsewhere)), 200);
  assert.equal(await t.stateOf(id), 'requires_action');
});

test('who makes an order of their own at PayPal that calls itself one of our payments has not paid ours', async () => {
  await using t = await startWithPayPal();
  const { id } = await t.begin(90_000);
  const ours = t.paypal.only.id;
  const told = { id: 'CAPTUREX', status: 'COMPLETED', custom_id: id };
  const amount = (value: string, currency_code = 'USD') => ({ amount: { currency_code, value } });
  const of = (order_id: string) => ({ supplementary_data: { related_ids: { order_id } } });
  const forged = [
    { ...told, ...amount('0.01'), ...of('ORDERX') },
    { ...told, ...amount('900.00'), ...of('ORDERX') },
    { ...told, ...amount('0.01'), ...of(ours) },
    { ...told, ...amount('900.00', 'MXN'), ...of(ours) },
    { ...told, ...amount('900.00') },
  ];
  for (const each of forged) {
    assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.COMPLETED', each)), 200);
    assert.equal(await t.stateOf(id), 'requires_action', JSON.stringify(each));
  }
  const denied = { ...told, ...of('ORDERX') };
  assert.equal(await t.tell(t.paypal.webhook('PAYMENT.CAPTURE.DENIED', denied)), 200);
  const approved = {
    id: 'ORDERX',
    status: 'COMPLETED',
    purchase_units: [{ custom_id: id, payments: { captures: [told] } }],
  };
  assert.equal(await t.tell(t.paypal.webhook('CHECKOUT.ORDER.APPROVED', approved)), 200);
  assert.equal(await t.stateOf(id), 'requires_action');
  t.paypal.approve(ours);
  assert.equal((await t.payments.confirmPayment({ paymentId: id }, t.host.guest())).state, 'captured');
  await t.requireAgreement();
});

test('odd news of PayPal’s own hand changes nothing and does no harm', async () => {
  await using t = await startWithPayPal();
  const { id } = await t.begin(900);
  const odd: [string, object][] = [
    ['PAYMENT.CAPTURE.COMPLETED', {}],
    ['PAYMENT.CAPTURE.COMPLETED', { custom_id: 'pay_', supplementary_data: { related_ids: { order_id: '' } } }],
    ['PAYMENT.CAPTURE.REFUNDED', { id: 'R', status: 'COMPLETED', links: [{ rel: 'up', href: 'https://x/../../etc' }] }],
    ['PAYMENT.CAPTURE.REFUNDED', { id: 'R', status: 'COMPLETED', amount: { currency_code: 'XXX', value: '-1' } }],
    [
      'CUSTOMER.DISPUTE.CREATED',
      {
        dispute_id: 'D',
        status: 'OPEN',
        dispute_amount: { currency_code: 'USD', value: '1e9' },
        disputed_transactions: [{ seller_transaction_id: '../orders' }],
      },
    ],
  ];
  for (const [type, resource] of odd) assert.equal(await t.tell(t.paypal.webhook(type, resource)), 200, type);
  assert.equal(await t.stateOf(id), 'requires_action');
  await t.requireAgreement();
});
