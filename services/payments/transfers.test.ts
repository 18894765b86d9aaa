import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { crc16 } from './domain/promptpay.ts';
import { missingPromptPaySettings } from './provider/promptpay.ts';
import { startPayments } from './testing/sale.ts';
import { withPaymentMethods } from './testing/stripe-host.ts';

const JAIKOD = { marketplaceId: 'jaikod' };

/** A payments service whose JaiKod takes bank transfers to a phone number, and a transfer of 1,299.00 baht. */
async function startTransfers(binding: 'local' | 'remote', account: Record<string, string> = { ID: '0801234567' }) {
  const running = await startPayments(binding, {
    environment: Object.fromEntries(
      Object.entries({ NAME: 'JaiKod Co., Ltd.', ...account }).map(([name, value]) => [
        `PLAZA_JAIKOD_PROMPTPAY_${name}`,
        value,
      ]),
    ),
    marketplaces: (shipped) =>
      withPaymentMethods(shipped, 'jaikod', [
        { id: 'promptpay', label: { th: 'พร้อมเพย์' }, provider: 'promptpay', kind: 'transfer', routes: [] },
      ]),
  });
  const service = running.host.service(JAIKOD);
  const payment = await running.payments.createPayment(
    {
      checkoutId: newId('checkout'),
      amount: { amountMinor: 129_900, currency: 'THB' },
      method: { kind: 'transfer' },
      returnUrl: 'http://jaikod.localhost:3000/th/checkout/1',
    },
    service,
  );
  const admin = (idempotencyKey?: string) =>
    running.host.context({ ...JAIKOD, roles: ['admin'], ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });
  return { ...running, service, payment, paymentId: payment.id, admin, guest: running.host.guest(JAIKOD) };
}

for (const binding of BINDINGS) {
  describe(`payments by bank transfer, ${binding}`, () => {
    test('the buyer gets a code with the amount, the recipient and a reference of this payment only', async () => {
      await using t = await startTransfers(binding);
      assert.deepEqual(
        [t.payment.state, t.payment.actionUrl],
        ['requires_action', `http://jaikod.localhost:3000/pay/transfer/${t.paymentId}`],
      );
      const shown = await t.payments.getTransferInstructions({ paymentId: t.paymentId }, t.guest);
      assert.ok(shown.qrPayload.includes('54071299.00') && shown.qrPayload.includes('0066801234567'));
      assert.equal(crc16(shown.qrPayload.slice(0, -4)), shown.qrPayload.slice(-4));
      assert.match(shown.reference, /^[0-9A-HJKMNP-TV-Z]{10}$/);
      assert.equal(shown.holderName, 'JaiKod Co., Ltd.');
      assert.equal(Date.parse(shown.payByTime) - Date.parse(t.payment.createdTime), 30 * 60_000);
    });

    test('it is paid when an operator confirms reference and amount, once, and stays unpaid when either differs', async () => {
      await using t = await startTransfers(binding);
      const { items } = await t.payments.listAwaitedTransfers({}, t.admin());
      assert.equal(items.length, 1);
      const reference = items[0]?.reference ?? '';
      const right = { paymentId: t.paymentId, reference, received: t.payment.amount };
      const wrong = [
        { ...right, reference: 'SOMEOTHER1' },
        { ...right, received: { amountMinor: 129_800, currency: 'THB' as const } },
        { ...right, received: { amountMinor: 129_900, currency: 'USD' as const } },
      ];
      for (const each of wrong) {
        await assert.rejects(t.payments.confirmTransfer(each, t.admin()), { code: 'TRANSFER_MISMATCH' });
      }
      await assert.rejects(t.payments.confirmTransfer(right, t.host.context({ ...JAIKOD, roles: ['seller'] })), {
        code: 'FORBIDDEN',
      });
      const confirmed = await t.payments.confirmTransfer({ ...right, reference: reference.toLowerCase() }, t.admin());
      assert.equal(confirmed.state, 'captured');
      assert.deepEqual(await t.payments.confirmTransfer(right, t.admin()), confirmed);
      assert.deepEqual((await t.payments.listAwaitedTransfers({}, t.admin())).items, []);
      const ledger = await t.payments.checkLedger({}, t.service);
      assert.deepEqual([ledger.transfers, ledger.mismatches], [1, []]);
    });

    test('money that comes after the checkout was given up is found by its reference and counts', async () => {
      await using t = await startTransfers(binding);
      const { reference } = await t.payments.getTransferInstructions({ paymentId: t.paymentId }, t.guest);
      await t.host.runTimers();
      t.host.advance({ seconds: 31 });
      await t.host.runTimers();
      assert.equal((await t.payments.getPayment({ paymentId: t.paymentId }, t.guest)).state, 'requires_action');
      assert.equal((await t.payments.cancelPayment({ paymentId: t.paymentId }, t.service)).state, 'canceled');
      assert.deepEqual((await t.payments.listAwaitedTransfers({}, t.admin())).items, []);
      const found = await t.payments.listAwaitedTransfers({ reference }, t.admin());
      assert.deepEqual(
        found.items.map(({ state }) => state),
        ['canceled'],
      );
      await t.payments.confirmTransfer({ paymentId: t.paymentId, reference, received: t.payment.amount }, t.admin());
      const refunded = await t.payments.refundPayment({ paymentId: t.paymentId, reason: 'too late' }, t.service);
      // Booked as given back, and the operator's to send: no machine moves a bank transfer back.
      assert.equal(refunded.state, 'refunded');
      assert.deepEqual((await t.payments.checkLedger({}, t.service)).mismatches, []);
    });
  });
}

test('a biller gets the reference in the code itself', async () => {
  await using t = await startTransfers('local', { BILLER_ID: '099999999999990' });
  const shown = await t.payments.getTransferInstructions({ paymentId: t.paymentId }, t.guest);
  assert.ok(shown.qrPayload.includes(`01150999999999999900210${shown.reference}`));
});

test('what is missing is named by settings alone, which need no translation', () => {
  const missing = (given: Record<string, string>) => missingPromptPaySettings(given, 'jaikod');
  const [id, biller, name] = ['ID', 'BILLER_ID', 'NAME'].map((each) => `PLAZA_JAIKOD_PROMPTPAY_${each}`) as [
    string,
    string,
    string,
  ];
  assert.deepEqual(missing({}), [`${id} / ${biller}`, name]);
  assert.deepEqual(missing({ [id]: 'no number', [name]: 'JaiKod' }), [`${id} / ${biller}`]);
  assert.deepEqual(missing({ [biller]: '099999999999990' }), [name]);
  assert.deepEqual(missing({ [id]: '0801234567', [name]: 'JaiKod' }), []);
});

test('a payment by other means has no transfer to confirm', async () => {
  await using t = await startPayments();
  const { id: paymentId, amount } = await t.pay(500);
  const admin = t.host.context({ roles: ['admin'] });
  const confirm = t.payments.confirmTransfer({ paymentId, reference: 'X', received: amount }, admin);
  await assert.rejects(confirm, { code: 'PAYMENT_NOT_FOUND' });
  await assert.rejects(t.payments.getTransferInstructions({ paymentId }, admin), { code: 'PAYMENT_NOT_FOUND' });
});
