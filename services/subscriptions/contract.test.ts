import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Id, newId } from '@plaza/kernel';
import { paymentDisputed } from '@plaza/payments/events';
import { BINDINGS } from '@plaza/runtime/testing';
import { startSubscribed } from './testing/subscribed.ts';

const code = (wanted: string) => (error: unknown) => (error as { code?: string }).code === wanted;

for (const binding of BINDINGS) {
  describe(`subscriptions contract, ${binding}`, () => {
    test('a trial entitles at once, is announced, and is charged when it ends', async () => {
      await using subscribed = await startSubscribed({ binding });
      const { subscriptions, payments, pass, service } = subscribed;
      const { context, ...owner } = await subscribed.member();
      const target = { ...owner, planId: 'studio', interval: 'month' } as const;
      const preview = await subscriptions.previewPlan(target, context);
      assert.deepEqual([preview.when, preview.total.amountMinor], ['now', 0]);
      assert.ok(preview.trialEndTime !== null);
      const { subscription, invoice } = await subscriptions.createSubscription(target, context);
      assert.deepEqual([subscription.state, invoice], ['trialing', null]);
      const { entitlements } = await subscriptions.getEntitlements(owner, service());
      assert.equal(entitlements['listings.active.max'], 100);
      await assert.rejects(subscriptions.createSubscription(target, context), code('SUBSCRIPTION_EXISTS'));
      await pass(15);
      const { items } = await subscriptions.listSubscriptionInvoices(owner, context);
      assert.deepEqual(
        items.map(({ state, total, number }) => [state, total.amountMinor, number.slice(7)]),
        [['paid', 900, '000001']],
      );
      const { subscription: after } = await subscriptions.getOwnedPlan(owner, context);
      assert.equal(after?.state, 'active');
      assert.deepEqual((await payments.checkLedger({}, service())).mismatches, []);
    });

    test('up is charged for the rest of the period, down waits for its end, and a cancellation can be taken back', async () => {
      await using subscribed = await startSubscribed({ binding });
      const { subscriptions, pass } = subscribed;
      const { context, ...owner } = await subscribed.member();
      const started = await subscriptions.createSubscription(
        { ...owner, planId: 'studio', interval: 'month' },
        context,
      );
      const { id: subscriptionId } = started.subscription;
      await pass(15);
      const up = { planId: 'pro', interval: 'month' } as const;
      const preview = await subscriptions.previewPlan({ ...owner, ...up }, context);
      assert.ok(preview.total.amountMinor > 1_800 && preview.total.amountMinor <= 2_000);
      const tooLittle = { subscriptionId, ...up, expectedTotalMinor: 1 };
      await assert.rejects(subscriptions.changeSubscription(tooLittle, context), code('PLAN_PRICE_CHANGED'));
      const changed = await subscriptions.changeSubscription(
        { subscriptionId, ...up, expectedTotalMinor: preview.total.amountMinor },
        context,
      );
      assert.deepEqual([changed.subscription.planId, changed.invoice?.state], ['pro', 'paid']);
      assert.equal(changed.invoice?.lines[0]?.kind, 'proration');

      const down = await subscriptions.changeSubscription(
        { subscriptionId, planId: 'studio', interval: 'month' },
        context,
      );
      assert.deepEqual([down.subscription.planId, down.subscription.next?.planId], ['pro', 'studio']);
      await subscriptions.cancelSubscription({ subscriptionId }, context);
      const resumed = await subscriptions.resumeSubscription({ subscriptionId }, context);
      assert.deepEqual([resumed.state, resumed.next], ['active', null]);
      await subscriptions.changeSubscription({ subscriptionId, planId: 'studio', interval: 'month' }, context);
      await pass(31);
      assert.equal((await subscriptions.getOwnedPlan(owner, context)).plan?.id, 'studio');
      await subscriptions.cancelSubscription({ subscriptionId }, context);
      await pass(31);
      const { plan, subscription } = await subscriptions.getOwnedPlan(owner, context);
      assert.deepEqual([plan?.id, subscription], ['free', null]);
    });

    test('a declined renewal is tried by schedule; beyond its grace the plan rests, and a new card brings it back at once', async () => {
      await using subscribed = await startSubscribed({ binding });
      const { subscriptions, payments, pass, service } = subscribed;
      const { context, ...owner } = await subscribed.member('pm_card_chargeCustomerFail');
      await subscriptions.createSubscription({ ...owner, planId: 'studio', interval: 'month' }, context);
      await pass(15);
      const { subscription, openInvoice } = await subscriptions.getOwnedPlan(owner, context);
      assert.deepEqual([subscription?.state, subscription?.isLapsed, openInvoice?.state], ['past_due', false, 'open']);
      assert.ok(subscription);
      const mayChange = subscriptions.changeSubscription(
        { subscriptionId: subscription.id, planId: 'pro', interval: 'month' },
        context,
      );
      await assert.rejects(mayChange, code('SUBSCRIPTION_INVOICE_OPEN'));
      assert.equal((await subscriptions.getOwnedPlan(owner, context)).plan?.id, 'studio');
      await pass(8);
      assert.equal((await subscriptions.getOwnedPlan(owner, context)).plan?.id, 'free');
      await payments.saveMethod({ token: 'pm_card_visa', isDefault: true }, context);
      await subscribed.host.deliver();
      const paid = await subscriptions.getOwnedPlan(owner, context);
      assert.deepEqual([paid.plan?.id, paid.subscription?.state, paid.openInvoice], ['studio', 'active', null]);
      assert.deepEqual((await payments.checkLedger({}, service())).mismatches, []);
    });

    test('when the bank asks first, the plan begins once it was approved, and not when it was refused', async () => {
      await using subscribed = await startSubscribed({ binding });
      const { subscriptions, payments, host } = subscribed;
      const { context, ...owner } = await subscribed.member('pm_card_challenge');
      const first = await subscriptions.createSubscription({ ...owner, planId: 'studio', interval: 'month' }, context);
      // The trial is had; the next one is charged at once.
      await subscriptions.cancelSubscription({ subscriptionId: first.subscription.id }, context);
      await subscribed.pass(15);
      for (const outcome of ['decline', 'approve'] as const) {
        const begun = await subscriptions.createSubscription(
          { ...owner, planId: 'studio', interval: 'month' },
          context,
        );
        const paymentId = begun.invoice?.paymentId;
        assert.ok(paymentId && begun.invoice?.actionUrl?.includes('/pay/simulated/'));
        assert.equal((await subscriptions.getOwnedPlan(owner, context)).plan?.id, 'free');
        await payments.completeSimulatedChallenge({ paymentId, outcome }, context);
        await payments.confirmPayment({ paymentId }, context);
        await host.deliver();
        const { plan } = await subscriptions.getOwnedPlan(owner, context);
        assert.equal(plan?.id, outcome === 'approve' ? 'studio' : 'free');
      }
    });

    test("another member's plan, invoices and cards are as if they were not there", async () => {
      await using subscribed = await startSubscribed({ binding });
      const { subscriptions, payments, pass } = subscribed;
      const { context, ...owner } = await subscribed.member();
      const { subscription } = await subscriptions.createSubscription(
        { ...owner, planId: 'studio', interval: 'year' },
        context,
      );
      await pass(15);
      const [invoice] = (await subscriptions.listSubscriptionInvoices(owner, context)).items;
      const [card] = (await payments.listSavedMethods({}, context)).items;
      assert.ok(invoice && card);
      const stranger = (await subscribed.member()).context;
      const invoiceId = invoice.id;
      const subscriptionId = subscription.id;
      const target = { planId: 'pro', interval: 'month' } as const;
      await assert.rejects(subscriptions.getOwnedPlan(owner, stranger), code('PLAN_OWNER_NOT_FOUND'));
      await assert.rejects(
        subscriptions.createSubscription({ ...owner, ...target }, stranger),
        code('PLAN_OWNER_NOT_FOUND'),
      );
      await assert.rejects(
        subscriptions.changeSubscription({ subscriptionId, ...target }, stranger),
        code('SUBSCRIPTION_NOT_FOUND'),
      );
      await assert.rejects(
        subscriptions.cancelSubscription({ subscriptionId }, stranger),
        code('SUBSCRIPTION_NOT_FOUND'),
      );
      await assert.rejects(
        subscriptions.paySubscriptionInvoice({ invoiceId }, stranger),
        code('SUBSCRIPTION_INVOICE_NOT_FOUND'),
      );
      await assert.rejects(
        payments.removeSavedMethod({ savedMethodId: card.id }, stranger),
        code('SAVED_METHOD_NOT_FOUND'),
      );
      await assert.rejects(subscriptions.listSubscriptions({}, stranger), code('FORBIDDEN'));
      await assert.rejects(
        subscriptions.exportSubscriptionInvoice({ invoiceId }, stranger),
        code('SUBSCRIPTION_INVOICE_NOT_FOUND'),
      );
      const { url } = await subscriptions.exportSubscriptionInvoice({ invoiceId }, context);
      const file = path.join(subscribed.host.folder, new URL(url, 'http://bazaar.localhost').pathname);
      assert.equal((await readFile(file)).subarray(0, 5).toString(), '%PDF-');
    });

    test('usage is billed once, with the period it was reported in, above what is included', async () => {
      await using subscribed = await startSubscribed({ binding });
      const { subscriptions, pass, service } = subscribed;
      const { context, ...owner } = await subscribed.member();
      await subscriptions.createSubscription({ ...owner, planId: 'pro', interval: 'month' }, context);
      await pass(15);
      const report = (key: string, quantity: number) =>
        subscriptions.recordUsage({ ...owner, meter: 'listings.active', quantity, key }, service());
      assert.deepEqual(await report('a', 260), { isRecorded: true });
      assert.deepEqual(await report('a', 900), { isRecorded: false });
      await report('b', 300);
      assert.deepEqual(
        await subscriptions.recordUsage({ ...owner, meter: 'unknown', quantity: 1, key: 'c' }, service()),
        { isRecorded: false },
      );
      assert.equal((await subscriptions.getOwnedPlan(owner, context)).usage[0]?.soFar.amountMinor, 200);
      await pass(62);
      const { items } = await subscriptions.listSubscriptionInvoices(owner, context);
      const usage = items.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'usage'));
      assert.deepEqual(
        usage.map(({ amount, quantity }) => [amount.amountMinor, quantity]),
        [[200, 50]],
      );
    });
  });
}

test('while a bank contests what was paid for a plan, the plan rests and nothing is charged; won it goes on, lost it ends', async () => {
  await using subscribed = await startSubscribed();
  const { subscriptions, payments, host, pass, service } = subscribed;
  const paidFor = async () => {
    const { context, ...owner } = await subscribed.member();
    await subscriptions.createSubscription({ ...owner, planId: 'studio', interval: 'month' }, context);
    await pass(15);
    const { items } = await payments.listPayments(
      { limit: 50 },
      host.context({ marketplaceId: 'temuhash', roles: ['admin'] }),
    );
    const payment = items.find(({ payerMemberId }) => payerMemberId === owner.ownerId);
    assert.ok(payment?.checkoutId);
    return { context, owner, payment };
  };
  const tell = async (
    { payment }: Awaited<ReturnType<typeof paidFor>>,
    state: 'opened' | 'won' | 'lost',
    id: Id<'chargeback'>,
  ) => {
    const told = {
      paymentId: payment.id,
      purpose: 'subscription' as const,
      checkoutId: payment.checkoutId,
      orderId: null,
      payerMemberId: payment.payerMemberId,
      amount: payment.amount,
      version: payment.version,
      chargebackId: id,
      provider: 'simulated',
      disputeReference: String(id),
      state,
      disputed: payment.amount,
      reason: 'fraudulent',
      evidenceDueTime: null,
    };
    await host.database('payments').transaction('temuhash', (tx) => tx.announce(paymentDisputed, payment.id, told));
    await host.deliver();
  };
  const planOf = async ({ owner, context }: Awaited<ReturnType<typeof paidFor>>) => {
    const { plan, subscription } = await subscriptions.getOwnedPlan(owner, context);
    return [plan?.id, subscription?.state, subscription?.isLapsed];
  };
  const invoicesOf = async ({ owner, context }: Awaited<ReturnType<typeof paidFor>>) =>
    (await subscriptions.listSubscriptionInvoices(owner, context)).items.length;

  const first = await paidFor();
  const claim = newId('chargeback');
  await tell(first, 'opened', claim);
  assert.deepEqual(await planOf(first), ['free', 'active', true]);
  await pass(40);
  assert.equal(await invoicesOf(first), 1, 'no period is billed meanwhile');
  await tell(first, 'won', claim);
  await tell(first, 'opened', claim);
  assert.deepEqual(await planOf(first), ['studio', 'active', false]);
  await pass(1);
  assert.equal(await invoicesOf(first), 2);

  const second = await paidFor();
  const lost = newId('chargeback');
  for (const state of ['opened', 'lost', 'won'] as const) await tell(second, state, lost);
  assert.deepEqual(await planOf(second), ['free', undefined, undefined]);
  assert.deepEqual((await payments.checkLedger({}, service())).mismatches, []);
});
