import type { Readable } from 'node:stream';
import type { Handler } from '@plaza/kernel';
import { fileLink, type Storage } from '@plaza/runtime';
import type { subscriptionsContract } from '../contract.ts';
import { findStoreName } from '../store/owner.ts';
import { requireInvoice } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { invoiceView, ownerId } from './views.ts';

/** Makes an invoice a PDF in the language of the request, and answers a link to it. */
export function exportSubscriptionInvoice({
  database,
  marketplaces,
  clock,
  storage,
}: Dependencies & { readonly storage: Storage }): Handler<typeof subscriptionsContract.exportSubscriptionInvoice> {
  return async ({ input, context }) => {
    const { marketplaceId, locale } = context;
    const queries = database.read(marketplaceId);
    const settings = marketplaces.get(marketplaceId);
    const { invoice: row, subscription } = await requireInvoice(queries, context, input.invoiceId);
    const { owner_kind: kind, owner_id: id } = subscription;
    const name = kind === 'store' ? await findStoreName(queries, marketplaceId, id) : undefined;
    const invoice = invoiceView(row, settings, locale);
    const contentType = 'application/pdf';
    const key = `subscription-invoices/${marketplaceId}/${row.id}-${row.state}-${locale.slice(0, 2)}.pdf`;
    // What draws PDFs is read when the first is asked for: it would take a fifth of a second of every start.
    const { invoicePdf } = await import('../document/invoice-pdf.ts');
    const { company, timeZone } = settings;
    const paper = { invoice, company, payer: name ?? ownerId({ kind, id }), locale, timeZone };
    await storage.put(key, invoicePdf(paper) as Readable, { contentType });
    return fileLink(storage, clock(), { key, filename: `${row.number}.pdf`, contentType });
  };
}
