import { asService, type Context, type Handler, idFromUuid, invariant, newUuid, uuidFromId } from '@plaza/kernel';
import type { Plan, PlanInterval } from '@plaza/kernel/marketplace';
import { inSteps } from '@plaza/runtime';
import { type Subscription, type SubscriptionInvoice, subscriptionsContract } from '../contract.ts';
import { priceOf } from '../domain/change.ts';
import { totalsOf } from '../domain/invoice.ts';
import { daysAfter, periodOf } from '../domain/period.ts';
import { errors } from '../errors.ts';
import { type InvoiceRow, listOpenInvoices, lockInvoice } from '../store/invoice.ts';
import type { OwnerRef } from '../store/owner.ts';
import {
  findRunning,
  findSubscription,
  hasHadTrial,
  insertSubscription,
  lockSubscription,
  type SubscriptionRow,
  saveSubscription,
} from '../store/subscription.ts';
import { requireOwnOwner, requireOwnSubscription } from './access.ts';
import { bill } from './bill.ts';
import { abandon, charge } from './charge.ts';
import type { Dependencies } from './dependencies.ts';
import { changeNow, firstLines, isUnchanged, requireExpected, requirePlan } from './preview.ts';
import { withdrawChanges } from './renew.ts';
import { pay, withdraw, withTerms } from './settle.ts';
import { publishPlan, tellMoved } from './tell.ts';
import { invoiceView, subscriptionView } from './views.ts';

type Outcome = { subscription: Subscription; invoice: SubscriptionInvoice | null };

/**
 * Subscribes an owner. Without a trial it waits, as past due and without entitlements, until its first invoice is paid:
 * within this call, after a challenge, or never. A repeat after a crash goes on with what was begun.
 */
export function createSubscription(
  dependencies: Dependencies,
): Handler<typeof subscriptionsContract.createSubscription> {
  const { database, marketplaces } = dependencies;
  return inSteps(database, subscriptionsContract.createSubscription, async ({ input, context }) => {
    const { marketplaceId } = context;
    const queries = database.read(marketplaceId);
    const { owner, payerId } = await requireOwnOwner(queries, context, input);
    const plan = requirePlan(marketplaces.get(marketplaceId), input.planId);
    await requireCard(dependencies, context, payerId);
    const running = await findRunning(queries, marketplaceId, owner);
    const waiting = running && (await beginningOf(dependencies, context, running, input));
    if (running !== undefined && waiting === undefined) throw errors.SUBSCRIPTION_EXISTS({});
    const id =
      waiting?.state === 'open'
        ? waiting.subscription_id
        : await begin(dependencies, context, { owner, payerId, plan, ...input });
    const [invoice] = await listOpenInvoices(queries, marketplaceId, id);
    return outcomeOf(dependencies, context, id, invoice);
  });
}

/** Changes what a subscription runs by: at once when nothing is due, once it is paid, or when the period ends. */
export function changeSubscription(
  dependencies: Dependencies,
): Handler<typeof subscriptionsContract.changeSubscription> {
  const { database, marketplaces, clock } = dependencies;
  return inSteps(database, subscriptionsContract.changeSubscription, async ({ input, context }) => {
    const { marketplaceId } = context;
    const settings = marketplaces.get(marketplaceId);
    const { subscriptionId, planId, interval, expectedTotalMinor } = input;
    const found = requireOwnSubscription(
      context,
      await findSubscription(database.read(marketplaceId), marketplaceId, uuidFromId(subscriptionId)),
    );
    const plan = requirePlan(settings, planId);
    await requireCard(dependencies, context, found.payer_member_id);
    const { invoice, withdrawn } = await database.transaction(marketplaceId, async (tx) => {
      const row = await lockSubscription(tx, found.id);
      const now = clock();
      if (row.state === 'past_due') throw errors.SUBSCRIPTION_INVOICE_OPEN({});
      if (row.state === 'ended') throw errors.SUBSCRIPTION_STATE({ state: row.state });
      const isInTrial = row.period_index < 0;
      const isCanceled = row.state === 'canceled';
      const state = isCanceled ? (isInTrial ? 'trialing' : 'active') : row.state;
      const withdrawnNow = await withdrawChanges(tx, settings, row, now);
      if (isUnchanged(row, planId, interval)) {
        // What runs already is chosen to take back a change that waits, for its time or its money, or a cancellation.
        const isWaiting = row.next_plan_id !== null || withdrawnNow.length > 0;
        if (!isWaiting && !isCanceled) throw errors.SUBSCRIPTION_UNCHANGED({});
        const kept = await saveSubscription(tx, { ...row, state, next_plan_id: null, next_interval: null });
        if (isCanceled) await tellMoved(tx, kept, 'resumed');
        return { withdrawn: withdrawnNow };
      }
      const change = changeNow(row, settings, plan, interval, now);
      if (change.when === 'period_end') {
        await saveSubscription(tx, { ...row, state, next_plan_id: planId, next_interval: interval });
        return { withdrawn: withdrawnNow };
      }
      requireExpected(totalsOf(change.lines, settings).totalMinor, expectedTotalMinor);
      const going = isCanceled ? await saveSubscription(tx, { ...row, state }) : row;
      if (change.lines.length === 0) {
        const changed = await saveSubscription(tx, withTerms(going, change.terms));
        await publishPlan(tx, settings, changed);
        await tellMoved(tx, changed, 'changed');
        return { withdrawn: withdrawnNow };
      }
      const { lines, terms } = change;
      const key = `change:${going.version}`;
      const billed = await bill(tx, settings, going, { kind: 'change', key, lines, terms }, now);
      if (billed?.total_minor === 0) await pay(tx, settings, going, billed, now);
      // The version moves with every change, and so does the key of what it costs.
      else await saveSubscription(tx, going);
      return { invoice: billed, withdrawn: withdrawnNow };
    });
    await abandon(dependencies, context, withdrawn);
    return outcomeOf(dependencies, context, found.id, invoice);
  });
}

async function requireCard({ payments }: Dependencies, context: Context, payerUuid: string): Promise<void> {
  const memberId = idFromUuid('member', payerUuid);
  const { method } = await payments.getDefaultMethod({ memberId }, asService('subscriptions', context));
  if (method === null) throw errors.SAVED_METHOD_NEEDED({});
}

/**
 * The invoice that a subscription waits for to begin; undefined for one that has begun. It is withdrawn, and so is what
 * it was for, when something else is asked for now: nobody pays for a year who then chose a month.
 */
async function beginningOf(
  dependencies: Dependencies,
  context: Context,
  running: SubscriptionRow,
  asked: { readonly planId: string; readonly interval: PlanInterval; readonly expectedTotalMinor?: number | undefined },
): Promise<InvoiceRow | undefined> {
  const { database, marketplaces, clock } = dependencies;
  const { marketplaceId } = context;
  const beginning = await database.transaction(marketplaceId, async (tx) => {
    const row = await lockSubscription(tx, running.id);
    const open = (await listOpenInvoices(tx, marketplaceId, row.id)).find(({ kind }) => kind === 'start');
    if (open === undefined) return undefined;
    if (isUnchanged(row, asked.planId, asked.interval)) {
      requireExpected(open.total_minor, asked.expectedTotalMinor);
      return open;
    }
    return withdraw(tx, marketplaces.get(marketplaceId), row, await lockInvoice(tx, open.id), clock());
  });
  if (beginning?.state === 'void') await abandon(dependencies, context, [beginning]);
  return beginning;
}

/** Writes a new subscription, in its trial or with its first invoice. */
async function begin(
  { database, marketplaces, clock }: Dependencies,
  { marketplaceId }: Context,
  asked: {
    readonly owner: OwnerRef;
    readonly payerId: string;
    readonly plan: Plan;
    readonly interval: PlanInterval;
    readonly expectedTotalMinor?: number | undefined;
  },
): Promise<string> {
  const settings = marketplaces.get(marketplaceId);
  const { owner, payerId, plan, interval } = asked;
  return database.transaction(marketplaceId, async (tx) => {
    const now = clock();
    const hasTrial = plan.trialDays > 0 && !(await hasHadTrial(tx, marketplaceId, owner));
    const period = hasTrial
      ? { start: now, end: daysAfter(now, plan.trialDays) }
      : periodOf(now, interval, 0, settings.timeZone);
    const priceMinor = priceOf(plan, interval);
    const row: SubscriptionRow = {
      id: newUuid(),
      owner_kind: owner.kind,
      owner_id: owner.id,
      payer_member_id: payerId,
      state: hasTrial ? 'trialing' : 'past_due',
      plan_id: plan.id,
      plan_interval: interval,
      next_plan_id: null,
      next_interval: null,
      currency: settings.currency,
      anchor_time: hasTrial ? period.end : now,
      period_index: hasTrial ? -1 : 0,
      period_start: period.start,
      period_end: period.end,
      trial_end_time: hasTrial ? period.end : null,
      is_trial_told: false,
      segments: hasTrial ? [] : [{ fromTime: now.toISOString(), priceMinor }],
      billed_minor: hasTrial ? 0 : priceMinor,
      is_lapsed: !hasTrial,
      grace_end_time: null,
      created_time: now,
      ended_time: null,
      version: 1,
    };
    if (!(await insertSubscription(tx, row))) throw errors.SUBSCRIPTION_EXISTS({});
    if (hasTrial) {
      await publishPlan(tx, settings, row);
      await tellMoved(tx, row, 'started');
      return row.id;
    }
    const lines = firstLines(plan, interval, now, settings.timeZone);
    requireExpected(totalsOf(lines, settings).totalMinor, asked.expectedTotalMinor);
    await bill(tx, settings, row, { kind: 'start', key: 'start', lines }, now);
    return row.id;
  });
}

/** Charges what is due now and answers how it went. @throws SUBSCRIPTION_DECLINED */
async function outcomeOf(
  dependencies: Dependencies,
  context: Context,
  subscriptionUuid: string,
  due: InvoiceRow | undefined,
): Promise<Outcome> {
  const { database, marketplaces } = dependencies;
  const { marketplaceId, locale } = context;
  const invoice = due === undefined ? undefined : await charge(dependencies, context, due.id);
  if (invoice?.state === 'void') throw errors.SUBSCRIPTION_DECLINED({ declineCode: invoice.decline_code });
  const row = await findSubscription(database.read(marketplaceId), marketplaceId, subscriptionUuid);
  invariant(row !== undefined, 'a subscription stays');
  const settings = marketplaces.get(marketplaceId);
  return {
    subscription: subscriptionView(row, settings, locale),
    invoice: invoice === undefined ? null : invoiceView(invoice, settings, locale),
  };
}
