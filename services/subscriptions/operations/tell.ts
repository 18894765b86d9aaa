import { idFromUuid, money } from '@plaza/kernel';
import { type MarketplaceSettings, planOf } from '@plaza/kernel/marketplace';
import type { Transaction } from '@plaza/runtime';
import {
  entitlementsChanged,
  subscriptionInvoiceFailed,
  subscriptionInvoicePaid,
  subscriptionMoved,
} from '../events.ts';
import type { InvoiceRow } from '../store/invoice.ts';
import { saveOwnerPlan } from '../store/owner.ts';
import type { SubscriptionRow } from '../store/subscription.ts';
import { ownerId } from './views.ts';

type Happened = 'started' | 'changed' | 'canceled' | 'resumed' | 'lapsed' | 'ended';

/** What every event of a subscription tells. */
export function factsOf(row: SubscriptionRow) {
  return {
    subscriptionId: idFromUuid('subscription', row.id),
    ownerKind: row.owner_kind,
    ownerId: ownerId({ kind: row.owner_kind, id: row.owner_id }),
    payerMemberId: idFromUuid('member', row.payer_member_id),
    planId: row.plan_id,
  };
}

/** Writes down which plan the owner is entitled to by this subscription, and tells it if that is another one now. */
export async function publishPlan(tx: Transaction, settings: MarketplaceSettings, row: SubscriptionRow): Promise<void> {
  const free = planOf(settings.plans, null);
  const plan = row.state === 'ended' || row.is_lapsed ? free : planOf(settings.plans, row.plan_id);
  if (plan === undefined) return;
  const version = await saveOwnerPlan(tx, { kind: row.owner_kind, id: row.owner_id }, plan.id);
  if (version === undefined) return;
  const { ownerKind, ownerId: subject } = factsOf(row);
  const { id: planId, entitlements } = plan;
  await tx.announce(entitlementsChanged, subject, { ownerKind, ownerId: subject, planId, entitlements, version });
}

export async function tellMoved(tx: Transaction, row: SubscriptionRow, happened: Happened): Promise<void> {
  const facts = factsOf(row);
  await tx.announce(subscriptionMoved, facts.subscriptionId, {
    ...facts,
    happened,
    periodEndTime: row.period_end.toISOString(),
  });
}

export async function tellPaid(tx: Transaction, row: SubscriptionRow, invoice: InvoiceRow): Promise<void> {
  if (invoice.total_minor === 0 || invoice.paid_time === null) return;
  const { currency } = invoice;
  await tx.announce(subscriptionInvoicePaid, idFromUuid('subscriptionInvoice', invoice.id), {
    ...invoiceFacts(row, invoice),
    tax: money(invoice.tax_minor, currency),
    paidTime: invoice.paid_time.toISOString(),
  });
}

export async function tellFailed(tx: Transaction, row: SubscriptionRow, invoice: InvoiceRow): Promise<void> {
  await tx.announce(subscriptionInvoiceFailed, idFromUuid('subscriptionInvoice', invoice.id), {
    ...invoiceFacts(row, invoice),
    failures: invoice.failures,
    declineCode: invoice.decline_code,
    actionUrl: invoice.action_url,
    retryTime: invoice.next_attempt_time?.toISOString() ?? null,
    graceEndTime: row.grace_end_time?.toISOString() ?? null,
  });
}

function invoiceFacts(row: SubscriptionRow, invoice: InvoiceRow) {
  return {
    ...factsOf(row),
    invoiceId: idFromUuid('subscriptionInvoice', invoice.id),
    number: invoice.number,
    total: money(invoice.total_minor, invoice.currency),
  };
}
