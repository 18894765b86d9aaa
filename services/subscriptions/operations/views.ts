import { idFromUuid, localize, money } from '@plaza/kernel';
import { type MarketplaceSettings, type Plan, planOf } from '@plaza/kernel/marketplace';
import type { z } from 'zod';
import type {
  OfferedPlan,
  OwnedPlan,
  Subscription,
  SubscriptionInvoice,
  SubscriptionInvoiceLine,
} from '../contract.ts';
import { priceOf } from '../domain/change.ts';
import type { InvoiceLine } from '../domain/invoice.ts';
import type { InvoiceRow } from '../store/invoice.ts';
import type { OwnerRef } from '../store/owner.ts';
import type { SubscriptionRow } from '../store/subscription.ts';

/** A plan in one language. */
export function planView(plan: Plan, { currency, locales }: MarketplaceSettings, locale: string): OfferedPlan {
  const inLanguage = (texts: Plan['name']) => localize(texts, locale, locales);
  const { priceMinor } = plan;
  return {
    id: plan.id,
    name: inLanguage(plan.name),
    description: inLanguage(plan.description),
    price:
      priceMinor === undefined
        ? null
        : { month: money(priceMinor.month, currency), year: money(priceMinor.year, currency) },
    trialDays: plan.trialDays,
    entitlements: plan.entitlements,
    metered: plan.metered.map(({ meter, name, included, tiers }) => ({
      meter,
      name: inLanguage(name),
      included,
      tiers: tiers.map(({ upTo, unitPriceMinor }) => ({
        upTo: upTo ?? null,
        unitPrice: money(unitPriceMinor, currency),
      })),
    })),
  };
}

/** What a plan allows, in one language; nothing without a plan. */
export function entitlementsView(
  plan: Plan | undefined,
  { locales }: MarketplaceSettings,
  locale: string,
): Pick<z.output<typeof OwnedPlan>, 'plan' | 'entitlements'> {
  if (plan === undefined) return { plan: null, entitlements: {} };
  return { plan: { id: plan.id, name: localize(plan.name, locale, locales) }, entitlements: plan.entitlements };
}

/** The name of a plan, or its id when the marketplace has it no more. */
export function planName({ plans, locales }: MarketplaceSettings, planId: string, locale: string): string {
  const plan = plans.plans.find(({ id }) => id === planId);
  return plan === undefined ? planId : localize(plan.name, locale, locales);
}

export function ownerId({ kind, id }: OwnerRef): string {
  return kind === 'store' ? idFromUuid('store', id) : idFromUuid('member', id);
}

export function subscriptionView(row: SubscriptionRow, settings: MarketplaceSettings, locale: string): Subscription {
  const plan = planOf(settings.plans, row.plan_id);
  return {
    id: idFromUuid('subscription', row.id),
    ownerKind: row.owner_kind,
    ownerId: ownerId({ kind: row.owner_kind, id: row.owner_id }),
    payerMemberId: idFromUuid('member', row.payer_member_id),
    state: row.state,
    planId: row.plan_id,
    planName: planName(settings, row.plan_id, locale),
    interval: row.plan_interval,
    price: money(plan === undefined ? 0 : priceOf(plan, row.plan_interval), row.currency),
    next:
      row.next_plan_id === null || row.next_interval === null
        ? null
        : {
            planId: row.next_plan_id,
            planName: planName(settings, row.next_plan_id, locale),
            interval: row.next_interval,
          },
    periodStartTime: row.period_start.toISOString(),
    periodEndTime: row.period_end.toISOString(),
    trialEndTime: row.trial_end_time?.toISOString() ?? null,
    graceEndTime: row.state === 'past_due' ? (row.grace_end_time?.toISOString() ?? null) : null,
    isLapsed: row.is_lapsed,
    createdTime: row.created_time.toISOString(),
    endedTime: row.ended_time?.toISOString() ?? null,
    version: row.version,
  };
}

export function lineView(
  line: InvoiceLine,
  settings: MarketplaceSettings,
  locale: string,
  currency = settings.currency,
): z.output<typeof SubscriptionInvoiceLine> {
  return {
    kind: line.kind,
    title: line.kind === 'usage' ? meterName(settings, line, locale) : planName(settings, line.planId, locale),
    quantity: line.kind === 'usage' ? Math.max(0, line.quantity - line.included) : null,
    fromTime: line.fromTime,
    toTime: line.toTime,
    amount: money(line.amountMinor, currency),
  };
}

/** What was used, as the plan calls it; by its key when the plan has it no more. */
function meterName(
  settings: MarketplaceSettings,
  used: { readonly planId: string; readonly meter: string },
  locale: string,
): string {
  const price = planOf(settings.plans, used.planId)?.metered.find(({ meter }) => meter === used.meter);
  return price === undefined ? used.meter : localize(price.name, locale, settings.locales);
}

export function invoiceView(row: InvoiceRow, settings: MarketplaceSettings, locale: string): SubscriptionInvoice {
  const { currency, tax } = row;
  return {
    id: idFromUuid('subscriptionInvoice', row.id),
    number: row.number,
    subscriptionId: idFromUuid('subscription', row.subscription_id),
    state: row.state,
    lines: row.lines.map((line) => lineView(line, settings, locale, currency)),
    subtotal: money(row.subtotal_minor, currency),
    tax:
      tax === null
        ? null
        : { name: tax.name, rateBp: tax.rateBp, isIncluded: tax.isIncluded, amount: money(tax.amountMinor, currency) },
    total: money(row.total_minor, currency),
    actionUrl: row.state === 'open' ? row.action_url : null,
    declineCode: row.decline_code,
    nextAttemptTime: row.state === 'open' ? (row.next_attempt_time?.toISOString() ?? null) : null,
    paymentId: row.payment_id === null ? null : idFromUuid('payment', row.payment_id),
    createdTime: row.created_time.toISOString(),
    paidTime: row.paid_time?.toISOString() ?? null,
  };
}
