import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Context, newId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { startPayments } from './testing/sale.ts';
import { startWithStripe, TEST_METHODS } from './testing/stripe-host.ts';

const code = (wanted: string) => (error: unknown) => (error as { code?: string }).code === wanted;
type Running = Awaited<ReturnType<typeof startPayments>>;

function memberIdOf({ actor }: Context) {
  if (actor.kind !== 'member') throw new Error('a member');
  return actor.memberId;
}

/** A charge of a plan by a saved card, with the tax in it. */
function charge(
  { payments, service }: Pick<Running, 'payments' | 'service'>,
  member: Context,
  token: string,
  isOffSession = true,
) {
  return payments.createPayment(
    {
      checkoutId: newId('checkout'),
      purpose: 'subscription',
      amount: { amountMinor: 1_070, currency: 'USD' },
      taxMinor: 70,
      method: { kind: 'card', token },
      payerMemberId: memberIdOf(member),
      isOffSession,
      returnUrl: 'http://bazaar.localhost:3000/en/studio/plan',
    },
    service,
  );
}

describe('saved cards', () => {
  test('pay later and without their member; the plan and its tax are the platform’s at once, and go back as they came', async () => {
    await using t = await startPayments('local');
    const member = t.host.context();
    const { method } = await t.payments.saveMethod({ token: 'pm_card_visa' }, member);
    assert.deepEqual([method?.isDefault, method?.last4, method?.isExpired], [true, '4242', false]);
    t.host.advance({ days: 90 });
    const payment = await charge(t, member, method?.id ?? '');
    assert.deepEqual([payment.state, payment.purpose], ['captured', 'subscription']);
    const balances = async () => {
      const { lines } = await t.payments.getTrialBalance({}, t.host.context({ roles: ['admin'] }));
      return Object.fromEntries(lines.map(({ purpose, balanceMinor }) => [purpose, balanceMinor]));
    };
    const { subscription_revenue: revenue, tax_payable: tax, provider_clearing: clearing } = await balances();
    assert.deepEqual([revenue, tax, clearing], [1_000, 70, -1_070]);
    assert.deepEqual((await t.payments.listPaymentsWithoutOrder({ olderThanSeconds: 0 }, t.service)).items, []);
    await t.payments.refundPayment({ paymentId: payment.id, reason: 'withdrawn' }, t.service);
    assert.ok(Object.values(await balances()).every((balance) => balance === 0));
    assert.deepEqual((await t.payments.checkLedger({}, t.service)).mismatches, []);
  });

  test('are kept sealed, in a number that is limited, the newest follows a default that is removed', async () => {
    await using t = await startPayments('local');
    const member = t.host.context();
    await t.payments.saveMethod({ token: 'pm_card_visa' }, member);
    const again = await t.payments.saveMethod({ token: 'pm_card_visa' }, member);
    await t.payments.saveMethod({ token: 'pm_card_challenge' }, member);
    const { items } = await t.payments.listSavedMethods({}, member);
    assert.deepEqual(
      items.map(({ last4, isDefault }) => [last4, isDefault]),
      [
        ['4242', true],
        ['3155', false],
      ],
    );
    const queries = t.host.database('payments').read('bazaar');
    const rows = await queries.rows<{ sealed: string }>(sql`select sealed from payments.saved_method`);
    assert.ok(rows.every(({ sealed }) => !Buffer.from(sealed, 'base64url').toString('latin1').includes('pmt_')));
    assert.ok(again.method);
    await t.payments.removeSavedMethod({ savedMethodId: again.method.id }, member);
    const { method } = await t.payments.getDefaultMethod({ memberId: memberIdOf(member) }, t.service);
    assert.equal(method?.last4, '3155');
    await assert.rejects(t.payments.saveMethod({ token: 'pm_card_declined' }, member), code('PAYMENT_METHOD_INVALID'));
  });

  test('of somebody else pay nothing', async () => {
    await using t = await startPayments('local');
    const { method } = await t.payments.saveMethod({ token: 'pm_card_visa' }, t.host.context());
    await assert.rejects(charge(t, t.host.context(), method?.id ?? ''), code('PAYMENT_METHOD_INVALID'));
  });
});

describe('saved cards at Stripe', () => {
  test('one customer a member; charged off session, and where the bank asks, declined until the member is there', async () => {
    await using t = await startWithStripe();
    const member = t.host.context();
    const first = await t.payments.saveMethod({ token: TEST_METHODS.pays }, member);
    const asked = await t.payments.saveMethod({ token: TEST_METHODS.challenges, isDefault: true }, member);
    assert.equal(t.stripe.cards.customers.length, 1);
    assert.equal(asked.method, null);
    assert.match(asked.actionUrl ?? '', /^https:\/\/hooks\.stripe\.com\/setup\/seti_2/);
    await assert.rejects(t.payments.saveMethod({ token: 'seti_2' }, t.host.context()), code('PAYMENT_METHOD_INVALID'));
    t.stripe.cards.approve('seti_2');
    const approved = await t.payments.saveMethod({ token: 'seti_2', isDefault: true }, member);
    assert.ok(first.method);
    const paid = await charge(t, member, first.method.id);
    assert.equal(paid.state, 'captured');
    const refused = await charge(t, member, approved.method?.id ?? '');
    assert.deepEqual([refused.state, refused.declineCode], ['declined', 'authentication_required']);
    const there = await charge(t, member, approved.method?.id ?? '', false);
    assert.equal(there.state, 'requires_action');
    await t.payments.removeSavedMethod({ savedMethodId: first.method.id }, member);
    assert.deepEqual(t.stripe.cards.detached, [TEST_METHODS.pays]);
    assert.deepEqual(await t.mismatches(), []);
  });
});
