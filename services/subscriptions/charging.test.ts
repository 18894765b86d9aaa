import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '@plaza/kernel';
import { newId } from '@plaza/kernel';
import { paymentsService } from '@plaza/payments';
import type { paymentsContract } from '@plaza/payments/contract';
import { paymentDisputed, paymentFailed } from '@plaza/payments/events';
import { sql } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import type { subscriptionsContract } from './contract.ts';
import { subscriptionsService } from './index.ts';
import { MARKETPLACE, type SubscribedHost, startSubscribed } from './testing/subscribed.ts';

const code = (wanted: string) => (error: unknown) => (error as { code?: string }).code === wanted;
const STUDIO = { planId: 'studio', interval: 'month' } as const;

type Member = Awaited<ReturnType<SubscribedHost['member']>>;

const invoicesOf = async ({ subscriptions }: SubscribedHost, { context, ...owner }: Member) =>
  (await subscriptions.listSubscriptionInvoices(owner, context)).items;

/** The work of the clock, as often as in some minutes. */
async function run({ host }: SubscribedHost, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    host.advance({ seconds: 20 });
    await host.runTimers(MARKETPLACE);
    await host.deliver();
  }
}

/** A member whose trial is had, so that the next plan is charged at once. */
async function afterTrial(t: SubscribedHost, card?: string): Promise<Member> {
  const member = await t.member(card);
  const { context, ...owner } = member;
  const { subscription } = await t.subscriptions.createSubscription({ ...owner, ...STUDIO }, context);
  await t.subscriptions.cancelSubscription({ subscriptionId: subscription.id }, context);
  await t.pass(15);
  return member;
}

test('a clock that jumps ahead by a year charges once, for the period that begins then; set back, it charges nothing', async () => {
  await using t = await startSubscribed();
  const member = await t.member();
  const { context, ...owner } = member;
  await t.subscriptions.createSubscription({ ...owner, ...STUDIO }, context);
  await t.pass(15);
  t.host.advance({ days: 365 });
  await run(t, 15);
  const [latest, ...before] = await invoicesOf(t, member);
  assert.deepEqual([latest?.total.amountMinor, before.length], [900, 1]);
  const jumped = t.host.now().getTime();
  assert.ok(Math.abs(Date.parse(latest?.lines[0]?.fromTime ?? '') - jumped) < 600_000);
  t.host.advance({ days: -365 });
  await run(t, 5);
  assert.equal((await invoicesOf(t, member)).length, 2);
});

test('the months in which a bank’s claim let the plan rest are not charged when it is won', async () => {
  await using t = await startSubscribed();
  const member = await t.member();
  const { context, ...owner } = member;
  await t.subscriptions.createSubscription({ ...owner, ...STUDIO }, context);
  await t.pass(15);
  const admin = t.host.context({ marketplaceId: MARKETPLACE, roles: ['admin'] });
  const [payment] = (await t.payments.listPayments({}, admin)).items;
  assert.ok(payment);
  const chargebackId = newId('chargeback');
  const tell = async (state: 'opened' | 'won') => {
    const { id: paymentId, checkoutId, payerMemberId, amount, version } = payment;
    const facts = { paymentId, purpose: 'subscription', checkoutId, orderId: null, payerMemberId, amount } as const;
    const claim = { disputeReference: 'one', disputed: amount, reason: 'fraudulent', evidenceDueTime: null };
    await t.host.database('payments').transaction(MARKETPLACE, (tx) =>
      tx.announce(paymentDisputed, paymentId, {
        ...facts,
        ...claim,
        version,
        chargebackId,
        provider: 'simulated',
        state,
      }),
    );
    await t.host.deliver();
  };
  await tell('opened');
  await t.pass(100);
  await tell('won');
  await run(t, 10);
  assert.equal((await invoicesOf(t, member)).length, 2, 'what was contested, and the period that begins now');
});

test('who chooses a month while a year waits for their bank is asked for the month', async () => {
  await using t = await startSubscribed();
  const member = await afterTrial(t, 'pm_card_challenge');
  const { context, ...owner } = member;
  const year = await t.subscriptions.createSubscription({ ...owner, planId: 'studio', interval: 'year' }, context);
  assert.equal(year.invoice?.total.amountMinor, 9_000);
  const chosen = { ...owner, ...STUDIO, expectedTotalMinor: 900 };
  const month = await t.subscriptions.createSubscription(chosen, context);
  assert.deepEqual([month.subscription.interval, month.invoice?.total.amountMinor], ['month', 900]);
  const again = await t.subscriptions.createSubscription(chosen, context);
  assert.equal(again.invoice?.id, month.invoice?.id, 'a repeat goes on with what was begun');
  const states = (await invoicesOf(t, member)).map(({ state, total }) => [state, total.amountMinor]);
  assert.deepEqual(states, [
    ['open', 900],
    ['void', 9_000],
  ]);
  const { state } = await t.payments.getPayment(
    { paymentId: year.invoice?.paymentId ?? newId('payment') },
    t.service(),
  );
  assert.equal(state, 'canceled');
});

test('choosing what runs takes back a change that waits for the bank', async () => {
  await using t = await startSubscribed();
  const member = await t.member();
  const { context, ...owner } = member;
  const { subscription } = await t.subscriptions.createSubscription({ ...owner, ...STUDIO }, context);
  await t.pass(15);
  await t.payments.saveMethod({ token: 'pm_card_challenge', isDefault: true }, context);
  const subscriptionId = subscription.id;
  await t.subscriptions.changeSubscription({ subscriptionId, planId: 'pro', interval: 'month' }, context);
  assert.equal((await t.subscriptions.getOwnedPlan(owner, context)).openInvoice?.state, 'open');
  await t.subscriptions.changeSubscription({ subscriptionId, ...STUDIO }, context);
  const { openInvoice, plan } = await t.subscriptions.getOwnedPlan(owner, context);
  assert.deepEqual([openInvoice, plan?.id], [null, 'studio']);
  const unchanged = t.subscriptions.changeSubscription({ subscriptionId, ...STUDIO }, context);
  await assert.rejects(unchanged, code('SUBSCRIPTION_UNCHANGED'));
});

test('a renewal that is declined after its plan was canceled ends the plan, as one canceled when past due', async () => {
  await using t = await startSubscribed();
  const member = await t.member('pm_card_late');
  const { context, ...owner } = member;
  const { subscription } = await t.subscriptions.createSubscription({ ...owner, ...STUDIO }, context);
  t.host.advance({ days: 14, minutes: 1 });
  await run(t, 2);
  const renewal = (await t.subscriptions.getOwnedPlan(owner, context)).openInvoice;
  assert.ok(renewal?.paymentId, 'the bank has not decided yet');
  await t.subscriptions.cancelSubscription({ subscriptionId: subscription.id }, context);
  const payments = t.host.database('payments');
  const { paymentId, total } = renewal;
  await payments
    .read(MARKETPLACE)
    .execute(sql`update payments.payment set state = 'declined', decline_code = 'card_declined'`);
  const { checkoutId, payerMemberId, version } = await t.payments.getPayment({ paymentId }, t.service());
  await payments.transaction(MARKETPLACE, (tx) =>
    tx.announce(paymentFailed, paymentId, {
      paymentId,
      purpose: 'subscription',
      checkoutId,
      orderId: null,
      payerMemberId,
      amount: total,
      version,
      state: 'declined',
      declineCode: 'card_declined',
    }),
  );
  await t.host.deliver();
  const { plan, subscription: after, openInvoice } = await t.subscriptions.getOwnedPlan(owner, context);
  assert.deepEqual([plan?.id, after, openInvoice], ['free', null, null]);
});

test('a provider that does not answer is no decline: the renewal is asked for again, and nobody is told of a failure', async () => {
  const real = {} as { payments: Client<typeof paymentsContract> };
  const provider = { isAway: false };
  const payments: Pick<
    Client<typeof paymentsContract>,
    'createPayment' | 'getPayment' | 'cancelPayment' | 'refundPayment' | 'getDefaultMethod'
  > = {
    getPayment: (...call) => real.payments.getPayment(...call),
    cancelPayment: (...call) => real.payments.cancelPayment(...call),
    refundPayment: (...call) => real.payments.refundPayment(...call),
    getDefaultMethod: (...call) => real.payments.getDefaultMethod(...call),
    async createPayment(input, context) {
      const payment = await real.payments.createPayment(input, context);
      return provider.isAway ? { ...payment, state: 'declined', declineCode: 'provider_unavailable' } : payment;
    },
  };
  await using host = await startTestHost([paymentsService, subscriptionsService], { clients: { payments } });
  real.payments = host.client<typeof paymentsContract>('payments');
  const subscriptions = host.client<typeof subscriptionsContract>('subscriptions');
  const context = host.context({ marketplaceId: MARKETPLACE });
  assert.ok(context.actor.kind === 'member');
  const owner = { ownerKind: 'member', ownerId: context.actor.memberId } as const;
  await real.payments.saveMethod({ token: 'pm_card_chargeCustomerFail' }, context);
  await subscriptions.createSubscription({ ...owner, ...STUDIO }, context);
  const pass = async (minutes: number) => {
    host.advance({ minutes });
    for (let turn = 0; turn < 2; turn++) {
      host.advance({ seconds: 1 });
      await host.runTimers(MARKETPLACE);
    }
  };
  provider.isAway = true;
  await pass(14 * 24 * 60);
  assert.equal((await subscriptions.getOwnedPlan(owner, context)).subscription?.state, 'active');
  provider.isAway = false;
  await pass(11);
  assert.equal((await subscriptions.getOwnedPlan(owner, context)).subscription?.state, 'past_due');
});
