import type { Handlers } from '@plaza/kernel';
import { inSteps } from '@plaza/runtime';
import { subscriptionsContract } from '../contract.ts';
import { listInvoicesOf } from '../store/invoice.ts';
import { requireInvoice, requireOwner, requireOwnInvoice } from './access.ts';
import { charge } from './charge.ts';
import type { Dependencies } from './dependencies.ts';
import { invoiceView } from './views.ts';

type Invoices = Pick<
  Handlers<typeof subscriptionsContract>,
  'listSubscriptionInvoices' | 'getSubscriptionInvoice' | 'paySubscriptionInvoice'
>;

/** The invoices of an owner's plan, and paying one that is open. */
export function invoices(dependencies: Dependencies): Invoices {
  const { database, marketplaces } = dependencies;
  return {
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
      const { invoice } = await requireInvoice(database.read(marketplaceId), context, input.invoiceId);
      return invoiceView(invoice, marketplaces.get(marketplaceId), locale);
    },

    paySubscriptionInvoice: inSteps(
      database,
      subscriptionsContract.paySubscriptionInvoice,
      async ({ input, context }) => {
        const { marketplaceId, locale } = context;
        const { invoice } = await requireOwnInvoice(database.read(marketplaceId), context, input.invoiceId);
        const row = (await charge(dependencies, context, invoice.id)) ?? invoice;
        return invoiceView(row, marketplaces.get(marketplaceId), locale);
      },
    ),
  };
}
