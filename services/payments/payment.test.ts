import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { BINDINGS } from '@plaza/runtime/testing';
import { LATE_SECONDS } from './provider/simulated.ts';
import { startPayments } from './testing/sale.ts';

const CARD = {
  kind: 'card',
  number: '4242 4242 4242 4242',
  expiryMonth: 12,
  expiryYear: 2034,
  securityCode: '123',
} as const;

for (const binding of BINDINGS) {
  describe(`payments contract, ${binding}`, () => {
    test('a good card pays at once, and a repeat is the same payment', async () => {
      await using t = await startPayments(binding);
      const input = {
        checkoutId: newId('checkout'),
        amount: { amountMinor: 5_000, currency: 'USD' as const },
        method: { kind: 'card' as const, token: 'pm_card_visa' },
        returnUrl: '/back',
      };
      const payment = await t.payments.createPayment(input, t.service);
      assert.equal(payment.state, 'captured');
      assert.deepEqual(payment.method, { kind: 'card', brand: 'visa', last4: '4242' });
      assert.deepEqual(await t.payments.createPayment(input, t.service), payment);
      assert.deepEqual(await t.payments.getPaymentByCheckout(input, t.service), { payment });
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('a sealed card pays, carries no number, and no other marketplace or forger can use it', async () => {
      await using t = await startPayments(binding);
      const sealed = await t.payments.createPaymentMethod(CARD, t.host.guest());
      assert.ok(!Buffer.from(sealed.token, 'base64url').toString('latin1').includes('42424242'));
      assert.equal((await t.pay(100, sealed.token)).state, 'captured');
      await assert.rejects(t.pay(100, `${sealed.token.slice(0, -2)}xx`), { code: 'PAYMENT_METHOD_INVALID' });
      await assert.rejects(t.pay(100, 'made up'), { code: 'PAYMENT_METHOD_INVALID' });
      const elsewhere = await t.payments.createPaymentMethod(CARD, t.host.guest({ marketplaceId: 'jaikod' }));
      await assert.rejects(t.pay(100, elsewhere.token), { code: 'PAYMENT_METHOD_INVALID' });
      t.host.advance({ hours: 2 });
      await assert.rejects(t.pay(100, sealed.token), { code: 'PAYMENT_METHOD_INVALID' });
    });

    test('only test cards that have not expired are taken', async () => {
      await using t = await startPayments(binding);
      const real = { ...CARD, number: '4111111111111111' };
      await assert.rejects(t.payments.createPaymentMethod(real, t.host.guest()), { code: 'INVALID_INPUT' });
      const old = { ...CARD, expiryYear: 2020 };
      await assert.rejects(t.payments.createPaymentMethod(old, t.host.guest()), { code: 'INVALID_INPUT' });
    });

    test('a declined card moves no money, and the next attempt may succeed', async () => {
      await using t = await startPayments(binding);
      const declined = await t.pay(100, 'pm_card_declined');
      assert.deepEqual([declined.state, declined.declineCode], ['declined', 'card_declined']);
      assert.ok(declined.checkoutId !== null);
      const again = { checkoutId: declined.checkoutId, attempt: 2, amount: declined.amount, returnUrl: '/back' };
      const second = await t.payments.createPayment(
        { ...again, method: { kind: 'card', token: 'pm_card_visa' } },
        t.service,
      );
      assert.equal(second.state, 'captured');
      const third = { ...again, attempt: 3, method: { kind: 'card' as const, token: 'pm_card_visa' } };
      assert.equal((await t.payments.createPayment(third, t.service)).id, second.id);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
    });

    test('a challenge sends the buyer to the bank; the browser and the webhook tell of one capture', async () => {
      await using t = await startPayments(binding);
      const buyer = t.host.context();
      assert.ok(buyer.actor.kind === 'member');
      const payment = await t.pay(700, 'pm_card_challenge', { payerMemberId: buyer.actor.memberId });
      const { id: paymentId } = payment;
      assert.equal(payment.state, 'requires_action');
      assert.equal(payment.actionUrl, `http://bazaar.localhost:3000/pay/simulated/${paymentId}`);
      assert.equal((await t.payments.confirmPayment({ paymentId }, buyer)).state, 'requires_action');
      assert.equal((await t.payments.getSimulatedChallenge({ paymentId }, buyer)).state, 'open');
      for (const _twice of [1, 2]) {
        const answer = await t.payments.completeSimulatedChallenge({ paymentId, outcome: 'approve' }, buyer);
        assert.equal(answer.state, 'approved');
      }
      const late = t.payments.completeSimulatedChallenge({ paymentId, outcome: 'decline' }, buyer);
      await assert.rejects(late, { code: 'CHALLENGE_CLOSED' });
      const [confirmed] = await Promise.all([t.payments.confirmPayment({ paymentId }, buyer), t.host.runTimers()]);
      assert.equal(confirmed.state, 'captured');
      await t.host.runTimers();
      assert.equal((await t.payments.getPayment({ paymentId }, buyer)).version, confirmed.version);
      assert.deepEqual(await t.mismatches(), []);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 1);
    });

    test('a challenge that is declined or given up moves no money', async () => {
      await using t = await startPayments(binding);
      const declined = await t.pay(700, 'pm_card_challenge');
      const guest = t.host.guest();
      await t.payments.completeSimulatedChallenge({ paymentId: declined.id, outcome: 'decline' }, guest);
      await t.host.runTimers();
      assert.equal((await t.payments.getPayment({ paymentId: declined.id }, guest)).state, 'declined');
      const canceled = await t.pay(700, 'pm_card_challenge');
      assert.equal((await t.payments.cancelPayment({ paymentId: canceled.id }, t.service)).state, 'canceled');
      const late = t.payments.completeSimulatedChallenge({ paymentId: canceled.id, outcome: 'approve' }, guest);
      await assert.rejects(late, { code: 'CHALLENGE_CLOSED' });
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 0);
    });

    test('a late payment cannot be canceled, is captured by its webhook, and can be given back once', async () => {
      await using t = await startPayments(binding);
      const { id: paymentId } = await t.pay(900, 'pm_card_late');
      assert.equal((await t.payments.cancelPayment({ paymentId }, t.service)).state, 'pending');
      await t.host.runTimers();
      assert.equal((await t.payments.getPayment({ paymentId }, t.service)).state, 'pending');
      t.host.advance({ seconds: LATE_SECONDS });
      await t.host.runTimers();
      assert.equal((await t.payments.getPayment({ paymentId }, t.service)).state, 'captured');
      t.host.advance({ seconds: 60 });
      const waiting = await t.payments.listPaymentsWithoutOrder({ olderThanSeconds: 60 }, t.service);
      assert.deepEqual(
        waiting.items.map(({ id }) => id),
        [paymentId],
      );
      const refund = () => t.payments.refundPayment({ paymentId, reason: 'checkout expired' }, t.service);
      const answers = await Promise.all([refund(), refund(), refund()]);
      for (const answer of answers) assert.deepEqual([answer.state, answer.refundedMinor], ['refunded', 900]);
      assert.deepEqual((await t.payments.listPaymentsWithoutOrder({ olderThanSeconds: 0 }, t.service)).items, []);
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 2);
      assert.deepEqual(await t.mismatches(), []);
    });

    test('ways to pay other than cards go through the page of the provider, where the marketplace offers them', async () => {
      await using t = await startPayments(binding);
      const jaikod = t.host.service({ marketplaceId: 'jaikod' });
      const input = {
        checkoutId: newId('checkout'),
        amount: { amountMinor: 100, currency: 'THB' as const },
        method: { kind: 'transfer' as const },
        returnUrl: '/back',
      };
      assert.equal((await t.payments.createPayment(input, jaikod)).state, 'requires_action');
      await assert.rejects(t.payments.createPayment(input, t.service), { code: 'PAYMENT_METHOD_INVALID' });
    });

    test('a checkout that costs nothing is captured without a provider or a transfer', async () => {
      await using t = await startPayments(binding);
      assert.equal((await t.pay(0)).state, 'captured');
      assert.equal((await t.payments.checkLedger({}, t.service)).transfers, 0);
    });

    test("a member's payment is hidden from everybody else; the list is for admins", async () => {
      await using t = await startPayments(binding);
      const { id: paymentId } = await t.pay(100, 'pm_card_challenge', { payerMemberId: newId('member') });
      for (const stranger of [t.host.context({ roles: ['seller'] }), t.host.guest()]) {
        await assert.rejects(t.payments.getPayment({ paymentId }, stranger), { code: 'PAYMENT_NOT_FOUND' });
        await assert.rejects(t.payments.confirmPayment({ paymentId }, stranger), { code: 'PAYMENT_NOT_FOUND' });
        await assert.rejects(t.payments.getSimulatedChallenge({ paymentId }, stranger), { code: 'PAYMENT_NOT_FOUND' });
        const complete = t.payments.completeSimulatedChallenge({ paymentId, outcome: 'approve' }, stranger);
        await assert.rejects(complete, { code: 'PAYMENT_NOT_FOUND' });
      }
      const foreign = t.host.context({ roles: ['admin'], marketplaceId: 'jaikod' });
      await assert.rejects(t.payments.getPayment({ paymentId }, foreign), { code: 'PAYMENT_NOT_FOUND' });
      await assert.rejects(t.payments.listPayments({}, t.host.context()), { code: 'FORBIDDEN' });
      await assert.rejects(t.payments.cancelPayment({ paymentId }, t.host.context({ roles: ['admin'] })), {
        code: 'FORBIDDEN',
      });
      await t.pay(200);
      const admin = t.host.context({ roles: ['admin'] });
      const first = await t.payments.listPayments({ limit: 1 }, admin);
      const second = await t.payments.listPayments({ limit: 1, cursor: first.nextCursor ?? '' }, admin);
      assert.deepEqual([first.items[0]?.amount.amountMinor, second.items[0]?.amount.amountMinor], [200, 100]);
      assert.equal(second.nextCursor, null);
      await assert.rejects(t.payments.listPayments({ cursor: 'bm90IG91cnM' }, admin), { code: 'INVALID_INPUT' });
    });
  });
}

test('paying at once is two statements, sent together', async () => {
  await using t = await startPayments();
  await t.pay(100);
  assert.equal(await t.host.countStatements(() => t.pay(100)), 2);
});
