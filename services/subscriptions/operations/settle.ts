import { idFromUuid, uuidFromId } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Payment } from '@plaza/payments/contract';
import type { Transaction } from '@plaza/runtime';
import type { NewTerms } from '../domain/change.ts';
import { stepsAfter } from '../domain/dunning.ts';
import { moved } from '../domain/state.ts';
import { findInvoice, type InvoiceRow, lockInvoice, saveInvoice } from '../store/invoice.ts';
import { lockSubscription, type SubscriptionRow, saveSubscription } from '../store/subscription.ts';
import { bill, usageLines } from './bill.ts';
import { publishPlan, tellFailed, tellMoved, tellPaid } from './tell.ts';

/** What is known of the money of an invoice. */
export type PaymentNews = Pick<Payment, 'id' | 'attempt' | 'state' | 'actionUrl' | 'declineCode'>;

/** How an invoice then stands; `isSurplus`: money was taken that no invoice needs, and goes back. */
export type Settled = { readonly invoice: InvoiceRow; readonly isSurplus: boolean };

/** How soon a payment is asked about that the provider has not decided; its webhook is nearly always faster. */
const ASK_SECONDS = 600;

/** Why payments decline what the provider did not answer to. */
const UNANSWERED = 'provider_unavailable';

/**
 * Writes what is known of the payment of an invoice: once, whoever hears of it first and however often. Undefined when
 * the invoice is unknown.
 */
export async function settle(
  tx: Transaction,
  settings: MarketplaceSettings,
  invoiceUuid: string,
  payment: PaymentNews,
  now: Date,
): Promise<Settled | undefined> {
  const known = await findInvoice(tx, tx.marketplaceId, invoiceUuid);
  if (known === undefined) return undefined;
  const subscription = await lockSubscription(tx, known.subscription_id);
  const locked = await lockInvoice(tx, invoiceUuid);
  const paymentUuid = uuidFromId(payment.id);
  const tried = { ...locked, payment_id: paymentUuid };
  const needed = (invoice: InvoiceRow): Settled => ({ invoice, isSurplus: false });
  if (payment.state === 'captured') {
    if (locked.state === 'open') return needed(await pay(tx, settings, subscription, tried, now));
    return { invoice: locked, isSurplus: locked.payment_id !== paymentUuid || locked.state !== 'paid' };
  }
  // A try that was replaced says nothing any more.
  if (locked.state !== 'open' || payment.attempt !== locked.attempt) return needed(locked);
  switch (payment.state) {
    case 'declined':
    case 'canceled': {
      const failed = { ...locked, payment_id: null, decline_code: payment.declineCode };
      return needed(await fail(tx, settings, subscription, failed, now));
    }
    case 'requires_action':
      return needed(await ask(tx, settings, subscription, tried, payment.actionUrl, now));
    case 'created':
    case 'pending': {
      const next = new Date(now.getTime() + ASK_SECONDS * 1000);
      return needed(await saveInvoice(tx, { ...tried, next_attempt_time: next }));
    }
    default:
      // Refunded: the money came and went back; what was done stays done.
      return needed(locked);
  }
}

/** The invoice is paid, and what it is for takes effect. Both rows are locked. */
export async function pay(
  tx: Transaction,
  settings: MarketplaceSettings,
  subscription: SubscriptionRow,
  invoice: InvoiceRow,
  now: Date,
): Promise<InvoiceRow> {
  const paid = await saveInvoice(tx, {
    ...invoice,
    state: 'paid',
    paid_time: now,
    action_url: null,
    decline_code: null,
    next_attempt_time: null,
    give_up_time: null,
  });
  let row = subscription;
  if (invoice.kind === 'start' || (invoice.kind === 'renewal' && row.state === 'past_due'))
    row = await saveSubscription(tx, {
      ...row,
      state: moved(row.state, 'pay'),
      is_lapsed: false,
      grace_end_time: null,
    });
  if (invoice.kind === 'change' && invoice.terms !== null) {
    await billLeftUsage(tx, settings, row, invoice.terms, now);
    row = await saveSubscription(tx, withTerms(row, invoice.terms));
  }
  if (invoice.kind === 'start') await tellMoved(tx, row, 'started');
  if (invoice.kind === 'change') await tellMoved(tx, row, 'changed');
  await publishPlan(tx, settings, row);
  await tellPaid(tx, row, paid);
  return paid;
}

/** A period that is left for a new one is closed now, so what was used in it is billed now. */
async function billLeftUsage(
  tx: Transaction,
  settings: MarketplaceSettings,
  row: SubscriptionRow,
  { begun }: NewTerms,
  now: Date,
): Promise<void> {
  if (begun === null) return;
  const plan = settings.plans.plans.find(({ id }) => id === row.plan_id);
  const lines = await usageLines(tx, { ...row, period_end: new Date(begun.startTime) }, plan);
  const key = `usage:${row.period_start.toISOString()}`;
  if (lines.length > 0) await bill(tx, settings, row, { kind: 'final', key, lines }, now);
}

/** A subscription by the terms of a change. */
export function withTerms(
  row: SubscriptionRow,
  { planId, interval, segments, billedMinor, begun }: NewTerms,
): SubscriptionRow {
  const changed = { ...row, plan_id: planId, plan_interval: interval, next_plan_id: null, next_interval: null };
  if (row.period_index < 0) return changed;
  if (begun === null) return { ...changed, segments, billed_minor: billedMinor };
  const start = new Date(begun.startTime);
  return {
    ...changed,
    segments,
    billed_minor: billedMinor,
    anchor_time: start,
    period_index: 0,
    period_start: start,
    period_end: new Date(begun.endTime),
  };
}

/** A decline. What was asked for by the member is withdrawn; a renewal is tried again by schedule. */
async function fail(
  tx: Transaction,
  settings: MarketplaceSettings,
  subscription: SubscriptionRow,
  invoice: InvoiceRow,
  now: Date,
): Promise<InvoiceRow> {
  if (invoice.kind === 'start' || invoice.kind === 'change') return withdraw(tx, settings, subscription, invoice, now);
  // The provider did not answer, so no bank has refused anything: it is asked again before anybody is told.
  if (invoice.decline_code === UNANSWERED) {
    const next = new Date(now.getTime() + ASK_SECONDS * 1000);
    return saveInvoice(tx, { ...invoice, attempt: invoice.attempt + 1, action_url: null, next_attempt_time: next });
  }
  // Asking the member counted as a failure already; that the bank then refused is not another.
  if (invoice.action_url !== null)
    return saveInvoice(tx, { ...invoice, attempt: invoice.attempt + 1, action_url: null });
  return countFailure(tx, settings, subscription, { ...invoice, attempt: invoice.attempt + 1 }, now);
}

/** The bank wants the member: they are sent there now, or told by mail. */
async function ask(
  tx: Transaction,
  settings: MarketplaceSettings,
  subscription: SubscriptionRow,
  invoice: InvoiceRow,
  actionUrl: string | null,
  now: Date,
): Promise<InvoiceRow> {
  if (invoice.kind === 'start' || invoice.kind === 'change')
    return saveInvoice(tx, { ...invoice, action_url: actionUrl, next_attempt_time: null });
  if (invoice.action_url !== null) return saveInvoice(tx, { ...invoice, action_url: actionUrl });
  return countFailure(tx, settings, subscription, { ...invoice, action_url: actionUrl, decline_code: null }, now);
}

/** One more try was in vain: when the next is, and when it is given up, follows from the first. The member is told. */
async function countFailure(
  tx: Transaction,
  settings: MarketplaceSettings,
  subscription: SubscriptionRow,
  invoice: InvoiceRow,
  now: Date,
): Promise<InvoiceRow> {
  // Who canceled before the bank's answer goes as who cancels after it: the period that was not paid is not had.
  if (invoice.kind === 'renewal' && subscription.state === 'canceled') {
    await end(tx, settings, subscription, now);
    return close(tx, invoice, 'void');
  }
  const failures = invoice.failures + 1;
  const firstFailTime = invoice.first_fail_time ?? now;
  const { retryTime, graceEndTime, endTime } = stepsAfter(settings.plans.dunning, firstFailTime, failures);
  const saved = await saveInvoice(tx, {
    ...invoice,
    failures,
    first_fail_time: firstFailTime,
    next_attempt_time: retryTime,
    give_up_time: endTime,
  });
  await tellFailed(tx, await becomePastDue(tx, subscription, invoice, graceEndTime), saved);
  return saved;
}

async function becomePastDue(
  tx: Transaction,
  row: SubscriptionRow,
  { kind }: InvoiceRow,
  graceEndTime: Date,
): Promise<SubscriptionRow> {
  if (kind !== 'renewal' || row.state === 'ended') return row;
  const state = moved(row.state, 'decline');
  return saveSubscription(tx, { ...row, state, grace_end_time: row.grace_end_time ?? graceEndTime });
}

/** Withdraws an invoice that was never paid; a subscription that waited for it to begin ends. */
export async function withdraw(
  tx: Transaction,
  settings: MarketplaceSettings,
  subscription: SubscriptionRow,
  invoice: InvoiceRow,
  now: Date,
): Promise<InvoiceRow> {
  const withdrawn = await close(tx, invoice, 'void');
  // It never began, so nobody is told that it ended.
  if (invoice.kind === 'start' && subscription.state !== 'ended') await end(tx, settings, subscription, now, false);
  return withdrawn;
}

/** An open invoice that nobody will be asked for any more. Its payment, should it still come, goes back. */
export function close(tx: Transaction, invoice: InvoiceRow, state: 'void' | 'uncollectible'): Promise<InvoiceRow> {
  return saveInvoice(tx, { ...invoice, state, next_attempt_time: null, give_up_time: null, action_url: null });
}

/** Ends a locked subscription: its owner has the free plan again. */
export async function end(
  tx: Transaction,
  settings: MarketplaceSettings,
  row: SubscriptionRow,
  now: Date,
  isTold = true,
): Promise<SubscriptionRow> {
  const ended = await saveSubscription(tx, {
    ...row,
    state: moved(row.state, 'end'),
    ended_time: now,
    next_plan_id: null,
    next_interval: null,
    grace_end_time: null,
  });
  await publishPlan(tx, settings, ended);
  if (isTold) await tellMoved(tx, ended, 'ended');
  return ended;
}

/** How payments call an invoice: what a payment is for has one name there. */
export function checkoutIdOf(invoiceUuid: string) {
  return idFromUuid('checkout', invoiceUuid);
}
