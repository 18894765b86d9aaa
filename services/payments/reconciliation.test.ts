import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, uuidFromId } from '@plaza/kernel';
import { PayPalServer } from './testing/paypal-server.ts';
import { groupOf, startPayments } from './testing/sale.ts';
import { startWithStripe, TEST_METHODS, withPaymentMethods } from './testing/stripe-host.ts';
import { walletOf } from './testing/wallet.ts';

type Running = Awaited<ReturnType<typeof startPayments>>;

/** The day of a moment in Bazaar's time zone. */
function dayOf(time: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC' }).format(time);
}

const admin = ({ host }: Running) => host.context({ roles: ['admin'] });

async function balanceOf({ payments, service }: Running, purpose: string): Promise<number> {
  const { lines } = await payments.getTrialBalance({}, service);
  return lines.find((line) => line.purpose === purpose)?.balanceMinor ?? 0;
}

test('a day whose report says what the books say has no difference, and what it says of fees is booked once', async () => {
  await using t = await startPayments();
  const { payment } = await t.hold([groupOf()]);
  const of = { provider: 'simulated', day: dayOf(t.host.now()) };
  const { csv } = await t.payments.exportMovements(of, admin(t));
  assert.match(csv, /^subject,reference,amount,fee,currency\r\npayment,"[0-9a-f-]{36}",100\.00,,USD\r\n$/);
  const withFee = csv.replace('100.00,,', '100.00,3.20,');
  const day = await t.payments.reconcileDay({ ...of, report: withFee }, admin(t));
  assert.deepEqual(
    [day.state, day.source, day.matched, day.openDifferences, day.totals],
    ['done', 'file', 1, 0, [{ currency: 'USD', oursMinor: 10_000, theirsMinor: 10_000, feesMinor: 320 }]],
  );
  await t.payments.reconcileDay({ ...of, report: withFee }, admin(t));
  assert.equal(await balanceOf(t, 'provider_fees'), -320);
  assert.equal(await balanceOf(t, 'provider_clearing'), -9_680, 'less money is with the provider');
  await t.payments.reconcileDay({ ...of, report: withFee.replace('3.20', '3.00') }, admin(t));
  assert.equal(await balanceOf(t, 'provider_fees'), -300, 'a report that was mended is booked as it is now');
  assert.deepEqual(await t.mismatches(), []);
  assert.equal(payment.state, 'captured');
});

test('what differs is shown, corrected by one click, and not found again; what is explained stays explained', async () => {
  await using t = await startPayments();
  await t.pay(5_000);
  await t.pay(7_000);
  const of = { provider: 'simulated', day: dayOf(t.host.now()) };
  const { csv } = await t.payments.exportMovements(of, admin(t));
  const report = `${csv.replace('70.00', '65.00')}payment,a-payment-of-nobody,12.50,,USD\r\n`;
  const run = () => t.payments.reconcileDay({ ...of, report }, admin(t));
  assert.equal((await run()).openDifferences, 2);
  const { items } = await t.payments.listDifferences({ limit: 10, state: 'open' }, admin(t));
  const [changed, unknown] = ['amount_differs', 'missing_here'].map((kind) => items.find((each) => each.kind === kind));
  assert.ok(changed !== undefined && unknown !== undefined);
  assert.deepEqual([changed.oursMinor, changed.theirsMinor, unknown.theirsMinor], [7_000, 6_500, 1_250]);

  const resolve = (differenceId: typeof changed.id, resolution: 'correct' | 'explain') =>
    t.payments.resolveDifference({ differenceId, resolution, note: 'looked into' }, admin(t));
  assert.equal((await resolve(unknown.id, 'correct')).state, 'corrected');
  assert.equal((await resolve(changed.id, 'explain')).state, 'explained');
  await assert.rejects(resolve(unknown.id, 'correct'), { code: 'DIFFERENCE_CLOSED' });
  assert.equal(await balanceOf(t, 'suspense'), 1_250);
  assert.equal((await run()).openDifferences, 0);
  assert.equal(await balanceOf(t, 'suspense'), 1_250);
  assert.deepEqual(await t.mismatches(), []);

  const { openDifferences } = await t.payments.reconcileDay({ ...of, report: csv }, admin(t));
  assert.equal(
    openDifferences,
    1,
    'the provider took the unknown payment out of its report: the correction is too much now',
  );
  const { items: open } = await t.payments.listDifferences({ limit: 10, state: 'open' }, admin(t));
  await resolve(open[0]?.id as typeof unknown.id, 'correct');
  assert.equal(await balanceOf(t, 'suspense'), 0);
  assert.deepEqual(await t.mismatches(), []);
});

test('a payment that only the provider knew to be captured is captured by the correction', async () => {
  await using t = await startPayments();
  const { id } = await t.pay(4_000, 'pm_card_challenge');
  await t.payments.cancelPayment({ paymentId: id }, t.service);
  const of = { provider: 'simulated', day: dayOf(t.host.now()) };
  const other = await t.pay(100);
  const { csv } = await t.payments.exportMovements(of, admin(t));
  const report = csv.replace(uuidFromId(other.id), uuidFromId(id)).replace('1.00', '40.00');
  await t.payments.reconcileDay({ ...of, report }, admin(t));
  const { items } = await t.payments.listDifferences({ limit: 10 }, admin(t));
  const late = items.find(({ paymentId }) => paymentId === id);
  assert.equal(late?.kind, 'missing_here');
  const input = {
    differenceId: late?.id as NonNullable<typeof late>['id'],
    resolution: 'correct',
    note: 'it is there',
  } as const;
  await t.payments.resolveDifference(input, admin(t));
  assert.equal((await t.payments.getPayment({ paymentId: id }, t.service)).state, 'captured');
  assert.deepEqual(await t.mismatches(), []);
});

test('a file that is no report is refused by line and column, and a provider without reports says so', async () => {
  await using t = await startPayments();
  const of = { provider: 'simulated', day: '2026-11-20' };
  await assert.rejects(t.payments.reconcileDay(of, admin(t)), { code: 'REPORT_NOT_AVAILABLE' });
  await assert.rejects(t.payments.reconcileDay({ ...of, provider: 'nobody' }, admin(t)), { code: 'INVALID_INPUT' });
  await assert.rejects(t.payments.reconcileDay({ ...of, day: '2199-01-01' }, admin(t)), {
    errors: [{ pointer: '/day', code: 'future', detail: 'must be today or earlier' }],
  });
  const refusal = (report: string, errors: readonly object[]) =>
    assert.rejects(t.payments.reconcileDay({ ...of, report }, admin(t)), { code: 'INVALID_INPUT', errors });
  const at = (line: number, column: string) => ({ pointer: '/report', at: { line, column } });
  await refusal(
    'subject,reference,amount,fee,currency\npayment,a,1.234,,USD\n\ngift,b,"1,50",,baht\npayment,c,5.00\n',
    [
      {
        ...at(2, 'amount'),
        code: 'amount',
        detail: 'line 2, amount: must be an amount in USD with a point, such as -1234.50',
      },
      {
        ...at(4, 'subject'),
        code: 'invalid_value',
        detail: 'line 4, subject: must be one of payment, refund, chargeback',
        choices: ['payment', 'refund', 'chargeback'],
      },
      {
        ...at(4, 'currency'),
        code: 'invalid_value',
        detail: 'line 4, currency: must be one of USD, THB, MXN, EUR, GBP, JPY, KWD',
        choices: ['USD', 'THB', 'MXN', 'EUR', 'GBP', 'JPY', 'KWD'],
      },
      {
        ...at(5, 'currency'),
        code: 'invalid_value',
        detail: 'line 5, currency: must be one of USD, THB, MXN, EUR, GBP, JPY, KWD',
        choices: ['USD', 'THB', 'MXN', 'EUR', 'GBP', 'JPY', 'KWD'],
      },
    ],
  );
  await refusal('subject,reference,amount,fee,currency\npayment,a,1.00,,USD\n"', [
    { pointer: '/report', at: { line: 3 }, code: 'csv', detail: 'line 3: cannot be read as CSV' },
  ]);
  // A file of something else is no report of a day on which nothing moved.
  for (const other of ['\n', 'Date,Description\n2026-11-20,Paid\n'])
    await assert.rejects(t.payments.reconcileDay({ ...of, report: other }, admin(t)), { code: 'INVALID_INPUT' });
  const { items } = await t.payments.listReconciliations({ limit: 5 }, admin(t));
  assert.deepEqual(items, [], 'what is refused changes nothing');
  const semicolons = 'subject;reference;amount;fee;currency\npayment;nobody;"1,250.00";;USD\n';
  const { openDifferences } = await t.payments.reconcileDay({ ...of, report: semicolons }, admin(t));
  assert.equal(openDifferences, 1);
});

test('Stripe is asked every night; a report that cannot be read is asked for again', async () => {
  await using t = await startWithStripe();
  const payment = await t.pay(10_000, TEST_METHODS.pays);
  const intent = t.stripe.only;
  const noon = new Date(`${dayOf(t.host.now())}T12:00:00Z`);
  const created = Math.floor(Math.min(noon.getTime(), t.host.now().getTime()) / 1000);
  const line = (id: string, amount: number, fee: number, source: object | null) => ({
    id,
    object: 'balance_transaction',
    amount,
    fee,
    currency: 'usd',
    created,
    source,
  });
  t.stripe.balance.push(
    line('txn_1', 10_000, 320, { id: 'ch_1', object: 'charge', payment_intent: intent.id }),
    line('txn_2', -5_000, 0, { id: 'po_1', object: 'payout' }),
    line('txn_3', 700, 50, { id: 'ch_2', object: 'charge', payment_intent: 'pi_by_hand' }),
  );
  t.stripe.fail(/balance_transactions/, 'error');
  t.host.advance({ days: 1 });
  await t.host.runTimers();
  const runs = async () => (await t.payments.listReconciliations({ limit: 5 }, admin(t))).items;
  assert.deepEqual(
    (await runs()).map(({ state, matched }) => [state, matched]),
    [['failed', 0]],
  );
  t.host.advance({ hours: 21 });
  await t.host.runTimers();
  const [day] = (await runs()).filter((run) => run.day === dayOf(noon));
  assert.deepEqual([day?.state, day?.matched, day?.openDifferences, day?.source], ['done', 1, 1, 'provider']);
  const { items } = await t.payments.listDifferences({ limit: 5 }, admin(t));
  assert.deepEqual(
    items.map(({ kind, reference, theirsMinor }) => [kind, reference, theirsMinor]),
    [['missing_here', 'pi_by_hand', 700]],
  );
  assert.equal(await balanceOf(t, 'provider_fees'), -370);
  assert.deepEqual(await t.mismatches(), []);
  assert.equal(payment.state, 'captured');
});

test("PayPal's transactions are read page by page: captures by their order, refunds by their own names", async () => {
  await using paypal = await PayPalServer.start();
  await using t = await startPayments('local', {
    environment: paypal.environment,
    marketplaces: (shipped) =>
      withPaymentMethods(shipped, 'bazaar', [
        { id: 'paypal', label: { en: 'PayPal' }, provider: 'paypal', kind: 'paypal', routes: [] },
      ]),
  });
  const { id: paymentId } = await t.payments.createPayment(
    {
      checkoutId: newId('checkout'),
      amount: { amountMinor: 4_000, currency: 'USD' },
      method: { kind: 'paypal' },
      returnUrl: 'http://bazaar.localhost:3000/back',
    },
    t.service,
  );
  paypal.approve(paypal.only.id);
  await t.payments.confirmPayment({ paymentId }, t.service);
  await t.payments.refundPayment({ paymentId, reason: 'no order' }, t.service);
  const money = (value: string) => ({ currency_code: 'USD', value });
  const common = { transaction_status: 'S', transaction_initiation_date: t.host.now().toISOString() };
  const [refund] = paypal.refunds;
  paypal.transactions.push(
    {
      ...common,
      transaction_id: 'CAPTURE',
      transaction_event_code: 'T0006',
      paypal_reference_id: paypal.only.id,
      paypal_reference_id_type: 'ODR',
      transaction_amount: money('40.00'),
      fee_amount: money('-1.50'),
    },
    { ...common, transaction_id: refund?.id, transaction_event_code: 'T1107', transaction_amount: money('-40.00') },
    { ...common, transaction_id: 'BANK', transaction_event_code: 'T0400', transaction_amount: money('-10.00') },
    {
      ...common,
      transaction_id: 'PENDING',
      transaction_status: 'P',
      transaction_event_code: 'T0006',
      transaction_amount: money('9.00'),
    },
  );
  const day = await t.payments.reconcileDay({ provider: 'paypal', day: dayOf(t.host.now()) }, admin(t));
  // What goes to the operator's own bank, and what is not done yet, is no movement of the buyers' money.
  assert.deepEqual([day.matched, day.totals], [2, [{ currency: 'USD', oursMinor: 0, theirsMinor: 0, feesMinor: 150 }]]);
  assert.equal(day.openDifferences, 0);
});

test('of a payment that a wallet pays a part of, the provider is asked about its own part only, also when that goes back', async () => {
  await using t = await startPayments();
  const wallet = await walletOf(t, 4_000);
  const payment = await wallet.pay(10_000, { walletMinor: 4_000 });
  const { groupId } = await wallet.hold(payment.id, 10_000);
  await wallet.refund(groupId, 1_500);
  await wallet.refund(groupId, 500, 'wallet');
  await t.host.runTimers();
  const of = { provider: 'simulated', day: dayOf(t.host.now()) };
  const { csv } = await t.payments.exportMovements(of, admin(t));
  // The top-up of the wallet, the card's part of the payment, and what of the refunds went to the card.
  assert.deepEqual([...csv.matchAll(/^(?:payment|refund),[^,]+,(-?[0-9.]+),/gm)].map(([, amount]) => amount).sort(), [
    '-15.00',
    '40.00',
    '60.00',
  ]);
  const day = await t.payments.reconcileDay({ ...of, report: csv }, admin(t));
  assert.deepEqual([day.matched, day.openDifferences], [3, 0]);
  const whole = await t.payments.reconcileDay({ ...of, report: csv.replace('60.00', '100.00') }, admin(t));
  assert.equal(whole.openDifferences, 1, 'a provider that says it took all of it is asked about');
  assert.deepEqual(await t.mismatches(), []);
});
