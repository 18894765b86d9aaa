import { type Handlers, hasRole, localize, money, uuidFromId } from '@plaza/kernel';
import { planOf } from '@plaza/kernel/marketplace';
import { inSteps } from '@plaza/runtime';
import { subscriptionsContract } from '../contract.ts';
import { quantityOf, usageMinor } from '../domain/metering.ts';
import { monthOf } from '../domain/period.ts';
import { errors } from '../errors.ts';
import { findInvoice, listInvoicesOf, listOpenInvoices, sumInvoices } from '../store/invoice.ts';
import { findOwnerPlan, findStoreNames } from '../store/owner.ts';
import { countByState, findRunning, findSubscription, hasHadTrial, listSubscriptions } from '../store/subscription.ts';
import { sumUsage } from '../store/usage.ts';
import { requireOwner, requireOwnSubscription } from './access.ts';
import { charge } from './charge.ts';
import type { Dependencies } from './dependencies.ts';
import { invoiceView, subscriptionView } from './views.ts';

type Reads = Handlers<
  Pick<
    typeof subscriptionsContract,
    | 'getOwnedPlan'
    | 'listSubscriptionInvoices'
    | 'getSubscriptionInvoice'
    | 'paySubscriptionInvoice'
    | 'listSubscriptions'
    | 'getSubscriptionRevenue'
  >
>;

/** What owners see of their plan, and operators of all. */
export function reads(dependencies: Dependencies): Reads {
  const { database, marketplaces, clock } = dependencies;
  return {
    async getOwnedPlan({ input, context }) {
      const { marketplaceId, locale } = context;
      const queries = database.read(marketplaceId);
      const settings = marketplaces.get(marketplaceId);
      const { owner } = await requireOwner(queries, context, input);
      const [planId, row, hadTrial] = await Promise.all([
        findOwnerPlan(queries, marketplaceId, owner),
        findRunning(queries, marketplaceId, owner),
        hasHadTrial(queries, marketplaceId, owner),
      ]);
      const plan = planOf(settings.plans, planId);
      const running = row === undefined ? undefined : planOf(settings.plans, row.plan_id);
      const [usage, open] =
        row === undefined
          ? [undefined, []]
          : await Promise.all([
              sumUsage(queries, marketplaceId, row.id, row.period_start),
              listOpenInvoices(queries, marketplaceId, row.id),
            ]);
      return {
        plan: plan === undefined ? null : { id: plan.id, name: localize(plan.name, locale, settings.locales) },
        entitlements: plan?.entitlements ?? {},
        subscription: row === undefined ? null : subscriptionView(row, settings, locale),
        usage: (running?.metered ?? []).map((price) => {
          const quantity = quantityOf(price, usage?.get(price.meter));
          return {
            meter: price.meter,
            name: localize(price.name, locale, settings.locales),
            quantity,
            included: price.included,
            soFar: money(usageMinor(price, quantity), settings.currency),
          };
        }),
        openInvoice: open[0] === undefined ? null : invoiceView(open[0], settings, locale),
        isTrialOffered: row === undefined && !hadTrial,
      };
    },

    async listSubscriptionInvoices({ input, context }) {
      const { marketplaceId, locale } = context;
      const queries = database.read(marketplaceId);
      const { owner } = await requireOwner(queries, context, input);
      const { items, nextCursor } = await listInvoicesOf(queries, marketplaceId, owner, input);
      const settings = marketplaces.get(marketplaceId);
      return { items: items.map((row) => invoiceView(row, settings, locale)), nextCursor };
    },

    async getSubscriptionInvoice({ input, context }) {
      const { marketplaceId, locale } = context;
      const queries = database.read(marketplaceId);
      const row = await findInvoice(queries, marketplaceId, uuidFromId(input.invoiceId));
      if (row === undefined) throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({});
      if (!hasRole(context, 'admin'))
        requirePayer(context, await findSubscription(queries, marketplaceId, row.subscription_id));
      return invoiceView(row, marketplaces.get(marketplaceId), locale);
    },

    paySubscriptionInvoice: inSteps(
      database,
      subscriptionsContract.paySubscriptionInvoice,
      async ({ input, context }) => {
        const { marketplaceId, locale } = context;
        const queries = database.read(marketplaceId);
        const id = uuidFromId(input.invoiceId);
        const known = await findInvoice(queries, marketplaceId, id);
        if (known === undefined) throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({});
        requirePayer(context, await findSubscription(queries, marketplaceId, known.subscription_id));
        const row = (await charge(dependencies, context, id)) ?? known;
        return invoiceView(row, marketplaces.get(marketplaceId), locale);
      },
    ),

    async listSubscriptions({ input, context: { marketplaceId, locale } }) {
      const settings = marketplaces.get(marketplaceId);
      const queries = database.read(marketplaceId);
      const { items, nextCursor } = await listSubscriptions(queries, marketplaceId, input);
      const names = await findStoreNames(
        queries,
        marketplaceId,
        items.map((row) => row.owner_id),
      );
      return {
        items: items.map((row) => ({
          ...subscriptionView(row, settings, locale),
          ownerName: names.get(row.owner_id) ?? null,
        })),
        nextCursor,
      };
    },

    async getSubscriptionRevenue({ input, context: { marketplaceId } }) {
      const { currency, timeZone } = marketplaces.get(marketplaceId);
      const queries = database.read(marketplaceId);
      const { month, ...span } = monthOf(clock(), timeZone, input.month);
      const [sums, byState] = await Promise.all([
        sumInvoices(queries, marketplaceId, span),
        countByState(queries, marketplaceId),
      ]);
      return {
        month,
        currency,
        revenue: money(sums.revenue_minor, currency),
        tax: money(sums.tax_minor, currency),
        paidInvoices: sums.paid,
        open: money(sums.open_minor, currency),
        byState,
      };
    },
  };
}

/** Someone else's invoice is answered like none. */
function requirePayer(...[context, row]: Parameters<typeof requireOwnSubscription>): void {
  try {
    requireOwnSubscription(context, row);
  } catch (error) {
    throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({}, { cause: error });
  }
}
