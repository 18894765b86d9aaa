import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../../lib/api.ts';
import { formatDate, formatMoney } from '../../../../../../lib/format.ts';
import { getMarketplace } from '../../../../../../lib/marketplace.ts';
import { translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { requireStore } from '../../../../../../lib/studio.ts';
import { StateBadge } from '../../../../../../ui/order-list.tsx';
import { AmountRows } from '../../../../../../ui/plan-card.tsx';
import { lineText } from '../../../../../../ui/plan-texts.ts';
import { PrintButton } from '../../../../../../ui/print-button.tsx';

type Props = { readonly params: Promise<{ lang: string; invoiceId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('plan.invoices') };
}

/** One invoice, to be read and printed. */
export default async function PlanInvoicePage({ params }: Props) {
  const { lang, invoiceId } = await params;
  const store = await requireStore(lang, paths.studioPlanInvoice(lang, invoiceId));
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const invoice = await orNotFound(client.subscriptions.getSubscriptionInvoice({ invoiceId }));
  const { tax } = invoice;
  return (
    <article className="card max-w-2xl space-y-6 p-6 print:border-0 print:shadow-none">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <p className="font-heading font-bold">{marketplace.name}</p>
          <h1 className="text-2xl font-bold">{t('plan.invoice', { number: invoice.number })}</h1>
          <p className="text-ink-muted">{formatDate(invoice.createdTime, lang)}</p>
        </div>
        <StateBadge label={t(`plan.invoiceState.${invoice.state}`)} isFinal={invoice.state !== 'open'} />
      </header>
      <p>
        <span className="text-ink-muted">{t('plan.to')}: </span>
        {store.name}
      </p>
      <AmountRows
        rows={[
          ...invoice.lines.map((line, i) => ({
            key: `line ${i}`,
            label: (
              <>
                {lineText(line, t)}
                <span className="block text-sm text-ink-muted">
                  {formatDate(line.fromTime, lang)} – {formatDate(line.toTime, lang)}
                </span>
              </>
            ),
            amount: formatMoney(line.amount, lang),
          })),
          ...(tax === null
            ? []
            : [
                {
                  key: 'tax',
                  label: tax.isIncluded ? t('plan.taxIncluded', { name: tax.name }) : tax.name,
                  amount: formatMoney(tax.amount, lang),
                },
              ]),
          { key: 'total', label: t('plan.total'), amount: formatMoney(invoice.total, lang), isTotal: true },
        ]}
      />
      <p className="flex flex-wrap items-center gap-4 print:hidden">
        <a className="button button-primary" href={paths.studioPlanInvoiceFile(lang, invoice.id)} rel="nofollow">
          {t('statement.pdf')}
        </a>
        <PrintButton label={t('plan.print')} />
      </p>
    </article>
  );
}
