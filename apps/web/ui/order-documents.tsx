import { randomUUID } from 'node:crypto';
import type { Order } from '@plaza/orders/contract';
import { requestInvoice } from '../lib/actions/documents.ts';
import { api } from '../lib/api.ts';
import { formatDate, formatMoney } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { SimpleForm } from './simple-form.tsx';
import { taxFields } from './tax-fields.ts';

/** The documents of an order, to be opened; its buyer may ask for invoices, one for each store's part. */
export async function OrderDocuments({
  lang,
  order,
  isBuyer = false,
}: {
  lang: string;
  order: Order;
  isBuyer?: boolean;
}) {
  const [{ countries }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { items } = await client.orders.listOrderDocuments({ orderId: order.id });
  const has = (groupId: string, kind: string) => items.some((each) => each.groupId === groupId && each.kind === kind);
  const invoiceable = isBuyer ? order.groups.filter(({ id }) => has(id, 'receipt') && !has(id, 'invoice')) : [];
  const isUnpaid = order.groups.every(({ due, total }) => due.amountMinor === total.amountMinor);
  if (items.length === 0 && isUnpaid) return null;
  return (
    <section className="card space-y-4 p-5" aria-labelledby="documents">
      <h2 id="documents" className="font-bold">
        {t('documents.title')}
      </h2>
      {items.length === 0 ? (
        <p className="text-ink-muted">{t('documents.soon')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((document) => (
            <li key={document.id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2">
              <div>
                <a className="link" href={paths.document(lang, document.id)} rel="nofollow">
                  {t(`document.${document.kind}`)} {document.number}
                </a>
                <p className="text-sm text-ink-muted">
                  {[formatDate(document.issueTime, lang), document.issuerName].join(' · ')}
                </p>
              </div>
              <p className="font-medium">{formatMoney(document.total, lang)}</p>
            </li>
          ))}
        </ul>
      )}
      {invoiceable.map((group) => (
        <details key={group.id}>
          <summary className="button button-outline w-fit list-none">
            {t('invoice.request')}
            {order.groups.length > 1 && `: ${group.storeName}`}
          </summary>
          <div className="max-w-2xl space-y-3 pt-4">
            <p className="text-sm text-ink-muted">{t('invoice.once')}</p>
            <SimpleForm
              action={requestInvoice.bind(null, lang, { orderId: order.id, groupId: group.id })}
              fields={taxFields(t, lang, {
                prefix: 'invoiceDetails.',
                countries,
                details: null,
                address: order.address,
                isRequired: true,
                needsTaxId: true,
              })}
              submit={t('invoice.request')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
              className="grid gap-3 sm:grid-cols-2 sm:[&>[role]]:col-span-2"
              buttonClassName="button button-primary w-fit sm:col-span-2"
            />
          </div>
        </details>
      ))}
    </section>
  );
}
