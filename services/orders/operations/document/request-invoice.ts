import { commonErrors, type Handlers } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { type Document, documentOperations } from '../../contract/document.ts';
import type { SellingDependencies } from '../../dependencies.ts';
import { plainDetails } from '../../domain/document/tax-id.ts';
import { errors } from '../../errors.ts';
import { lockGroup } from '../../store/group.ts';
import { saveTaxDetails, taxDetailsOf } from '../../store/tax-details.ts';
import { isBuyer, openOrder } from '../open-order.ts';
import { invoiceOf, issueInvoice, issueSales, saleDocument } from './issue.ts';
import { documentView } from './read-documents.ts';
import { requireStore } from './require-store.ts';

/** Invoices that buyers ask for, and what stores are called on documents. */
export function requestDocuments({
  database,
  marketplaces,
  catalog,
  clock,
}: Pick<SellingDependencies, 'database' | 'marketplaces' | 'catalog' | 'clock'>): Pick<
  Handlers<typeof documentOperations>,
  'requestInvoice' | 'getStoreTaxDetails' | 'setStoreTaxDetails'
> {
  const saveDetails = inTransaction(
    database,
    documentOperations.setStoreTaxDetails,
    async ({ input: { storeId, details, expectedVersion }, tx }) => {
      const plain = plainDetails(details);
      const version = await saveTaxDetails(tx, storeId, { details: plain, expectedVersion }, clock());
      if (version !== undefined) return { details: plain, version };
      const current = (await taxDetailsOf(tx, tx.marketplaceId, [storeId])).get(storeId);
      throw commonErrors.VERSION_CONFLICT({ currentVersion: current?.version ?? 0 });
    },
  );
  return {
    requestInvoice: inTransaction(
      database,
      documentOperations.requestInvoice,
      async ({ input, context, tx }): Promise<Document> => {
        const settings = marketplaces.get(context.marketplaceId);
        const order = await openOrder(tx, input.orderId, context);
        const isTheirs = isBuyer(context, order) && order.groups.some(({ id }) => id === input.groupId);
        // Under the group's lock: of two who ask at once the second finds the invoice of the first.
        const group = isTheirs ? await lockGroup(tx, context.marketplaceId, input.groupId) : undefined;
        if (group === undefined) throw errors.ORDER_NOT_FOUND({});
        const sale = { order, group };
        const issued = await issueSales(tx, settings, [sale], clock());
        const invoice = invoiceOf(issued, group.id);
        if (invoice !== undefined) throw errors.INVOICE_ISSUED({ documentId: invoice.id });
        const receipt = saleDocument(issued, group.id);
        if (receipt === undefined) throw errors.INVOICE_NOTHING_PAID({});
        const buyer = plainDetails(input.invoiceDetails);
        return documentView(await issueInvoice(tx, settings, sale, { buyer, receipt }, clock()));
      },
    ),
    async getStoreTaxDetails({ input, context }) {
      await requireStore(catalog, input.storeId, context);
      const found = await taxDetailsOf(database.read(context.marketplaceId), context.marketplaceId, [input.storeId]);
      return found.get(input.storeId) ?? { details: null, version: 0 };
    },
    async setStoreTaxDetails(call) {
      await requireStore(catalog, call.input.storeId, call.context);
      return saveDetails(call);
    },
  };
}
