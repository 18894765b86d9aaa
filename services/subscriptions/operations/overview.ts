import { type Handlers, money } from '@plaza/kernel';
import type { subscriptionsContract } from '../contract.ts';
import { monthOf } from '../domain/period.ts';
import { sumInvoices } from '../store/invoice.ts';
import { findStoreNames } from '../store/owner.ts';
import { countByState, listSubscriptions } from '../store/subscription.ts';
import type { Dependencies } from './dependencies.ts';
import { subscriptionView } from './views.ts';

type Overview = Pick<Handlers<typeof subscriptionsContract>, 'listSubscriptions' | 'getSubscriptionRevenue'>;

/** What operators see of all subscriptions. */
export function overview({
  database,
  marketplaces,
  clock,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'clock'>): Overview {
  return {
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
