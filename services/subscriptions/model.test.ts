import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, type Context, newId } from '@plaza/kernel';
import { paymentsService } from '@plaza/payments';
import type { paymentsContract } from '@plaza/payments/contract';
import { sql } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import fc from 'fast-check';
import type { subscriptionsContract } from './contract.ts';
import { subscriptionsService } from './index.ts';
import { MARKETPLACE } from './testing/subscribed.ts';

const PLANS = ['studio', 'pro'] as const;
const CARDS = ['pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_late'] as const;

const step = fc.record({
  member: fc.nat({ max: 3 }),
  action: fc.constantFrom('subscribe', 'change', 'change', 'cancel', 'resume', 'card', 'use', 'pay'),
  plan: fc.constantFrom(...PLANS),
  interval: fc.constantFrom('month' as const, 'month' as const, 'year' as const),
  card: fc.constantFrom(...CARDS),
  days: fc.integer({ min: 1, max: 9 }),
  /** How the work of the clock goes that follows: once, by two processes, or killed around asking for money. */
  fate: fc.constantFrom('once', 'twice', 'killed before', 'killed after'),
});

/** A year of changes, declines, usage and kills, of which the money must come out as the invoices say. */
test('over a year of anything, every period is billed once, and the ledger holds what was invoiced', async () => {
  const killed = { next: undefined as 'killed before' | 'killed after' | undefined };
  const real = {} as { payments: Client<typeof paymentsContract> };
  const mortal: Pick<
    Client<typeof paymentsContract>,
    'createPayment' | 'getPayment' | 'cancelPayment' | 'refundPayment' | 'getDefaultMethod'
  > = {
    getPayment: (...call) => real.payments.getPayment(...call),
    cancelPayment: (...call) => real.payments.cancelPayment(...call),
    refundPayment: (...call) => real.payments.refundPayment(...call),
    getDefaultMethod: (...call) => real.payments.getDefaultMethod(...call),
    async createPayment(...call) {
      const { next } = killed;
      killed.next = undefined;
      if (next === 'killed before') throw new Error('the process died');
      const payment = await real.payments.createPayment(...call);
      if (next === 'killed after') throw new Error('the process died');
      return payment;
    },
  };
  const host = await startTestHost([paymentsService, subscriptionsService], {
    clients: { payments: mortal },
    onInternal: ({ cause }) => {
      if (!(cause instanceof Error) || cause.message !== 'the process died') throw cause;
    },
  });
  await using _ = host;
  real.payments = host.client<typeof paymentsContract>('payments');
  const subscriptions = host.client<typeof subscriptionsContract>('subscriptions');
  // Four who do anything, and one who lets the plan run: however the year goes, something is paid.
  const members = Array.from({ length: 5 }, () => host.context({ marketplaceId: MARKETPLACE }));
  const ownerOf = ({ actor }: Context) => {
    assert.ok(actor.kind === 'member');
    return { ownerKind: 'member', ownerId: actor.memberId } as const;
  };
  for (const member of members) await real.payments.saveMethod({ token: 'pm_card_visa' }, member);

  const act = async ({ member, action, plan, interval, card }: (typeof steps)[number], n: number): Promise<void> => {
    const context = members[member] as Context;
    const owner = ownerOf(context);
    const { subscription, openInvoice } = await subscriptions.getOwnedPlan(owner, context);
    const subscriptionId = subscription?.id ?? newId('subscription');
    const target = { planId: plan, interval };
    if (action === 'card') await real.payments.saveMethod({ token: card, isDefault: true }, context);
    else if (action === 'use') {
      const usage = { ...owner, meter: 'listings.active', quantity: 200 + n, key: String(n) };
      await subscriptions.recordUsage(usage, host.service({ marketplaceId: MARKETPLACE }));
    } else if (action === 'pay' && openInvoice !== null)
      await subscriptions.paySubscriptionInvoice({ invoiceId: openInvoice.id }, context);
    else if (action === 'subscribe') await subscriptions.createSubscription({ ...owner, ...target }, context);
    else if (action === 'change') await subscriptions.changeSubscription({ subscriptionId, ...target }, context);
    else if (action === 'cancel') await subscriptions.cancelSubscription({ subscriptionId }, context);
    else if (action === 'resume') await subscriptions.resumeSubscription({ subscriptionId }, context);
  };
  // Everybody begins with a plan: a year in which hardly anybody has one shows nothing.
  const beginnings = members.map(
    (_, member) =>
      ({
        member,
        action: 'subscribe',
        plan: 'studio',
        interval: 'month',
        card: 'pm_card_visa',
        days: 1,
        fate: 'once',
      }) as const,
  );
  const [anything = []] = fc.sample(fc.array(step, { minLength: 90, maxLength: 90 }), 1);
  const steps = [...beginnings, ...anything];
  for (const [n, each] of steps.entries()) {
    // What is refused as things stand is part of any year.
    await act(each, n).catch((error: { code?: string }) => assert.ok(error.code, String(error)));
    host.advance({ days: each.days });
    if (each.fate.startsWith('killed')) killed.next = each.fate as 'killed before';
    await Promise.all([host.runTimers(MARKETPLACE), each.fate === 'twice' ? host.runTimers() : undefined]);
    await host.deliver();
  }
  killed.next = undefined;
  for (let turn = 0; turn < 4; turn++) {
    host.advance({ minutes: 20 });
    await host.runTimers(MARKETPLACE);
    await host.deliver();
  }

  const seed = JSON.stringify(steps);
  const service = host.service({ marketplaceId: MARKETPLACE });
  assert.deepEqual((await real.payments.checkLedger({}, service)).mismatches, [], seed);
  const billing = host.database('subscriptions').read(MARKETPLACE);
  const money = host.database('payments').read(MARKETPLACE);
  const invoices = await billing.rows<{
    id: string;
    number: string;
    state: string;
    subscription_id: string;
    total_minor: number;
    lines: { kind: string; fromTime: string; toTime: string }[];
  }>(sql`select id, number, state, subscription_id, total_minor, lines from subscriptions.invoice order by number`);
  const kept = await money.rows<{ checkout_id: string; amount_minor: number }>(sql`
    select checkout_id, amount_minor from payments.payment
    where purpose = 'subscription' and captured_time is not null and refunded_minor = 0`);
  const paid = invoices.filter(({ state, total_minor: total }) => state === 'paid' && total > 0);
  const told = ({ checkout_id, amount_minor }: (typeof kept)[number]) => `${checkout_id} ${amount_minor}`;
  assert.deepEqual(kept.map(told).sort(), paid.map(({ id, total_minor: total }) => `${id} ${total}`).sort(), seed);
  const years = Map.groupBy(invoices, ({ number }) => number.slice(0, 7));
  for (const [year, ofYear] of years)
    assert.deepEqual(
      ofYear.map(({ number }) => number),
      ofYear.map((_each, i) => `${year}${String(i + 1).padStart(6, '0')}`),
    );
  // Of the periods that were billed none begins before the one before it ended, unless that one was left for a longer one.
  for (const [, ofOne] of Map.groupBy(invoices, ({ subscription_id: id }) => id)) {
    const billed = ofOne.filter(({ state }) => state !== 'void');
    const begins = billed.flatMap(({ lines }) =>
      lines.filter(({ kind }) => kind === 'plan').map(({ fromTime }) => fromTime),
    );
    assert.equal(new Set(begins).size, begins.length, seed);
    const usage = billed.flatMap(({ lines }) =>
      lines.filter(({ kind }) => kind === 'usage').map(({ fromTime }) => fromTime),
    );
    assert.equal(new Set(usage).size, usage.length, seed);
  }
  assert.ok(paid.length > 3, 'something was paid');
});
