import { newUuid } from '@plaza/kernel';
import type { MarketplaceSettings, Plan } from '@plaza/kernel/marketplace';
import type { Transaction } from '@plaza/runtime';
import type { NewTerms } from '../domain/change.ts';
import { type InvoiceLine, totalsOf } from '../domain/invoice.ts';
import { quantityOf, usageMinor } from '../domain/metering.ts';
import { daysAfter, yearOf } from '../domain/period.ts';
import { type InvoiceRow, insertInvoice } from '../store/invoice.ts';
import type { SubscriptionRow } from '../store/subscription.ts';
import { sumUsage } from '../store/usage.ts';

/** How long what a member asked for may wait for them at their bank. */
const ASKED_DAYS = 1;

/** After this, an invoice whose charge was begun by a call that died is taken up by the timer. */
const TAKEN_UP_SECONDS = 60;

/**
 * Writes an invoice of a locked subscription, to be charged at once by the caller and otherwise by the timer. Undefined
 * when what it bills was billed before.
 */
export async function bill(
  tx: Transaction,
  settings: MarketplaceSettings,
  subscription: SubscriptionRow,
  what: {
    readonly kind: InvoiceRow['kind'];
    readonly key: string;
    readonly lines: readonly InvoiceLine[];
    readonly terms?: NewTerms;
  },
  now: Date,
): Promise<InvoiceRow | undefined> {
  const { subtotalMinor, tax, taxMinor, totalMinor } = totalsOf(what.lines, settings);
  const isAsked = what.kind === 'start' || what.kind === 'change';
  const invoice = {
    id: newUuid(),
    subscription_id: subscription.id,
    key: what.key,
    kind: what.kind,
    state: 'open',
    currency: subscription.currency,
    lines: what.lines,
    subtotal_minor: subtotalMinor,
    tax,
    tax_minor: taxMinor,
    total_minor: totalMinor,
    terms: what.terms ?? null,
    attempt: 1,
    failures: 0,
    first_fail_time: null,
    payment_id: null,
    action_url: null,
    decline_code: null,
    next_attempt_time: isAsked ? new Date(now.getTime() + TAKEN_UP_SECONDS * 1000) : now,
    give_up_time: isAsked ? daysAfter(now, ASKED_DAYS) : null,
    created_time: now,
    paid_time: null,
  } as const satisfies Omit<InvoiceRow, 'number'>;
  return insertInvoice(tx, invoice, yearOf(now, settings.timeZone));
}

/** What was used in the period that a locked subscription closes, priced. Nothing in a trial. */
export async function usageLines(
  tx: Transaction,
  row: SubscriptionRow,
  plan: Plan | undefined,
): Promise<InvoiceLine[]> {
  if (plan === undefined || plan.metered.length === 0 || row.period_index < 0) return [];
  const totals = await sumUsage(tx, tx.marketplaceId, row.id, row.period_start);
  return plan.metered.flatMap((price): InvoiceLine[] => {
    const quantity = quantityOf(price, totals.get(price.meter));
    const amountMinor = usageMinor(price, quantity);
    if (amountMinor === 0) return [];
    return [
      {
        kind: 'usage',
        planId: plan.id,
        meter: price.meter,
        quantity,
        included: price.included,
        fromTime: row.period_start.toISOString(),
        toTime: row.period_end.toISOString(),
        amountMinor,
      },
    ];
  });
}
