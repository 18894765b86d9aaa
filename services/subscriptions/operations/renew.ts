import type { Context } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Transaction } from '@plaza/runtime';
import { priceOf } from '../domain/change.ts';
import { countedAfter, daysAfter, periodOf } from '../domain/period.ts';
import { moved } from '../domain/state.ts';
import { subscriptionTrialEnding } from '../events.ts';
import {
  findInvoice,
  type InvoiceRow,
  listDueInvoices,
  listOpenInvoices,
  listToGiveUp,
  lockInvoice,
} from '../store/invoice.ts';
import {
  listBeyondGrace,
  listDue,
  listTrialsToTell,
  lockSubscription,
  type SubscriptionRow,
  saveSubscription,
} from '../store/subscription.ts';
import { bill, usageLines } from './bill.ts';
import { abandon, charge } from './charge.ts';
import type { Dependencies } from './dependencies.ts';
import { close, end, pay, withdraw } from './settle.ts';
import { factsOf, publishPlan, tellMoved } from './tell.ts';

/** How many of each are done in one run. */
const BATCH = 200;

/** Days before the end of a trial that its member is told. */
const TRIAL_NOTICE_DAYS = 3;

/**
 * The work of the clock: periods that are over are billed, invoices that are due are charged, what is past due lapses or
 * is given up, trials that end soon are announced. Each subscription in transactions of its own that look again under
 * lock, so that it may be killed anywhere and run by two processes.
 */
export function runBilling(dependencies: Dependencies): (context: Context) => Promise<void> {
  const { database, clock, log } = dependencies;
  return async (context) => {
    const { marketplaceId } = context;
    const queries = database.read(marketplaceId);
    const now = clock();
    const each = async (ids: readonly string[], work: (id: string) => Promise<unknown>) => {
      for (const id of ids) {
        await work(id).catch((error: unknown) =>
          log.error({ err: error, id }, 'a subscription could not be billed; it is tried again'),
        );
      }
    };
    await each(await listTrialsToTell(queries, marketplaceId, daysAfter(now, TRIAL_NOTICE_DAYS), BATCH), (id) =>
      inTransaction(dependencies, context, (tx) => tellTrial(tx, id)),
    );
    await each(await listDue(queries, marketplaceId, now, BATCH), (id) => renew(dependencies, context, id));
    await each(await listDueInvoices(queries, marketplaceId, now, BATCH), (id) =>
      charge(dependencies, context, id, { isByTimer: true }),
    );
    await each(await listBeyondGrace(queries, marketplaceId, now, BATCH), (id) =>
      inTransaction(dependencies, context, (tx, settings) => lapse(tx, settings, id, clock())),
    );
    await each(await listToGiveUp(queries, marketplaceId, now, BATCH), (id) => giveUp(dependencies, context, id));
  };
}

function inTransaction<Result>(
  { database, marketplaces }: Dependencies,
  { marketplaceId }: Context,
  work: (tx: Transaction, settings: MarketplaceSettings) => Promise<Result>,
): Promise<Result> {
  return database.transaction(marketplaceId, (tx) => work(tx, marketplaces.get(marketplaceId)));
}

/** Closes the period that is over: bills it and the one that begins, or ends the subscription. */
async function renew(dependencies: Dependencies, context: Context, id: string): Promise<void> {
  const withdrawn = await inTransaction(dependencies, context, async (tx, settings) => {
    const row = await lockSubscription(tx, id);
    const now = dependencies.clock();
    const isDue =
      row.period_end <= now && (row.state === 'trialing' || row.state === 'active' || row.state === 'canceled');
    if (!isDue) return [];
    const closed = await withdrawChanges(tx, settings, row, now);
    const plan = settings.plans.plans.find(({ id: planId }) => planId === row.plan_id);
    const next = settings.plans.plans.find(({ id: planId }) => planId === (row.next_plan_id ?? row.plan_id));
    const used = await usageLines(tx, row, plan);
    // A plan that the marketplace offers no more ends with its period.
    if (row.state === 'canceled' || next?.priceMinor === undefined) {
      const ended = await end(tx, settings, row, now);
      if (used.length > 0) await bill(tx, settings, ended, { kind: 'final', key: 'final', lines: used }, now);
      return closed;
    }
    const interval = row.next_interval ?? row.plan_interval;
    const isLast = row.period_index < 0 || interval !== row.plan_interval;
    const over = { anchor: row.anchor_time, index: row.period_index, end: row.period_end, isLast };
    const { anchor, index } = countedAfter(over, now);
    const period = periodOf(anchor, interval, index, settings.timeZone);
    const priceMinor = priceOf(next, interval);
    const renewed = await saveSubscription(tx, {
      ...row,
      state: moved(row.state, 'charge'),
      plan_id: next.id,
      plan_interval: interval,
      next_plan_id: null,
      next_interval: null,
      anchor_time: anchor,
      period_index: index,
      period_start: period.start,
      period_end: period.end,
      segments: [{ fromTime: period.start.toISOString(), priceMinor }],
      billed_minor: priceMinor,
    });
    const span = { fromTime: period.start.toISOString(), toTime: period.end.toISOString() };
    const lines = [{ kind: 'plan', planId: next.id, ...span, amountMinor: priceMinor } as const, ...used];
    const key = `period:${span.fromTime}`;
    const invoice = await bill(tx, settings, renewed, { kind: 'renewal', key, lines }, now);
    if (invoice?.total_minor === 0) await pay(tx, settings, renewed, invoice, now);
    if (next.id !== row.plan_id) {
      await publishPlan(tx, settings, renewed);
      await tellMoved(tx, renewed, 'changed');
    }
    return closed;
  });
  await abandon(dependencies, context, withdrawn);
}

/** Withdraws changes that were asked for and not paid: the period they are of is over, or another is asked for. */
export async function withdrawChanges(
  tx: Transaction,
  settings: MarketplaceSettings,
  row: SubscriptionRow,
  now: Date,
): Promise<InvoiceRow[]> {
  const withdrawn: InvoiceRow[] = [];
  for (const { id, kind } of await listOpenInvoices(tx, tx.marketplaceId, row.id)) {
    if (kind === 'change') withdrawn.push(await withdraw(tx, settings, row, await lockInvoice(tx, id), now));
  }
  return withdrawn;
}

/** Grace is over: the owner has the free plan's entitlements until it is paid. */
async function lapse(tx: Transaction, settings: MarketplaceSettings, id: string, now: Date): Promise<void> {
  const row = await lockSubscription(tx, id);
  if (row.state !== 'past_due' || row.is_lapsed || row.grace_end_time === null || row.grace_end_time > now) return;
  const lapsed = await saveSubscription(tx, { ...row, is_lapsed: true });
  await publishPlan(tx, settings, lapsed);
  await tellMoved(tx, lapsed, 'lapsed');
}

/** Nobody paid: the invoice is closed, and the subscription that it is of ends. */
async function giveUp(dependencies: Dependencies, context: Context, invoiceId: string): Promise<void> {
  const closed = await inTransaction(dependencies, context, async (tx, settings) => {
    const known = await findInvoice(tx, tx.marketplaceId, invoiceId);
    if (known === undefined) return [];
    const row = await lockSubscription(tx, known.subscription_id);
    const invoice = await lockInvoice(tx, invoiceId);
    const now = dependencies.clock();
    if (invoice.state !== 'open' || invoice.give_up_time === null || invoice.give_up_time > now) return [];
    if (invoice.kind === 'start' || invoice.kind === 'change') return [await withdraw(tx, settings, row, invoice, now)];
    const given = await close(tx, invoice, 'uncollectible');
    if (invoice.kind === 'renewal' && row.state !== 'ended') await end(tx, settings, row, now);
    return [given];
  });
  await abandon(dependencies, context, closed);
}

async function tellTrial(tx: Transaction, id: string): Promise<void> {
  const row = await lockSubscription(tx, id);
  if (row.state !== 'trialing' || row.is_trial_told) return;
  await saveSubscription(tx, { ...row, is_trial_told: true });
  const facts = factsOf(row);
  await tx.announce(subscriptionTrialEnding, facts.subscriptionId, {
    ...facts,
    trialEndTime: row.period_end.toISOString(),
  });
}
