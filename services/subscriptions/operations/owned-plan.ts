import { type Handler, localize, money } from '@plaza/kernel';
import { type MarketplaceSettings, planOf } from '@plaza/kernel/marketplace';
import type { Queries } from '@plaza/runtime';
import type { z } from 'zod';
import type { PlanUsage, subscriptionsContract } from '../contract.ts';
import { quantityOf, usageMinor } from '../domain/metering.ts';
import { listOpenInvoices } from '../store/invoice.ts';
import { findOwnerPlan } from '../store/owner.ts';
import { findRunning, hasHadTrial, type SubscriptionRow } from '../store/subscription.ts';
import { sumUsage } from '../store/usage.ts';
import { requireOwner } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { entitlementsView, invoiceView, subscriptionView } from './views.ts';

/** What an owner sees of their plan: what it allows, what runs and is due, and what they have used. */
export function getOwnedPlan({
  database,
  marketplaces,
}: Pick<Dependencies, 'database' | 'marketplaces'>): Handler<typeof subscriptionsContract.getOwnedPlan> {
  return async ({ input, context }) => {
    const { marketplaceId, locale } = context;
    const queries = database.read(marketplaceId);
    const settings = marketplaces.get(marketplaceId);
    const { owner } = await requireOwner(queries, context, input);
    const [planId, row, hadTrial] = await Promise.all([
      findOwnerPlan(queries, marketplaceId, owner),
      findRunning(queries, marketplaceId, owner),
      hasHadTrial(queries, marketplaceId, owner),
    ]);
    const entitled = entitlementsView(planOf(settings.plans, planId), settings, locale);
    if (row === undefined) {
      return { ...entitled, subscription: null, usage: [], openInvoice: null, isTrialOffered: !hadTrial };
    }
    const [usage, [open]] = await Promise.all([
      usageOf(queries, row, settings, locale),
      listOpenInvoices(queries, marketplaceId, row.id),
    ]);
    return {
      ...entitled,
      subscription: subscriptionView(row, settings, locale),
      usage,
      openInvoice: open === undefined ? null : invoiceView(open, settings, locale),
      isTrialOffered: false,
    };
  };
}

/** What a subscription has used of each metered price in its period, and what that costs so far. */
async function usageOf(
  queries: Queries,
  row: SubscriptionRow,
  settings: MarketplaceSettings,
  locale: string,
): Promise<z.output<typeof PlanUsage>[]> {
  const used = await sumUsage(queries, settings.id, row.id, row.period_start);
  const metered = planOf(settings.plans, row.plan_id)?.metered ?? [];
  return metered.map((price) => {
    const quantity = quantityOf(price, used.get(price.meter));
    return {
      meter: price.meter,
      name: localize(price.name, locale, settings.locales),
      quantity,
      included: price.included,
      soFar: money(usageMinor(price, quantity), settings.currency),
    };
  });
}
