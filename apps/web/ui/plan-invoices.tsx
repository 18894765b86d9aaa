import type { SubscriptionInvoice } from '@plaza/subscriptions/contract';
import { formatDate, formatMoney } from '../lib/format.ts';
import type { Translate } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { StateBadge } from './order-list.tsx';

type Props = {
  readonly page: { readonly items: readonly SubscriptionInvoice[]; readonly nextCursor: string | null };
  readonly lang: string;
  readonly t: Translate;
};

/** What the store was asked for its plan so far, the newest first. */
export function PlanInvoices({ page: { items, nextCursor }, lang, t }: Props) {
  return (
    <section className="space-y-3" aria-labelledby="invoices">
      <h2 id="invoices" className="text-xl font-bold">
        {t('plan.invoices')}
      </h2>
      {items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('plan.noInvoices')}</p>
      ) : (
        <ul className="card divide-y divide-line">
          {items.map((invoice) => (
            <li key={invoice.id} className="flex flex-wrap items-center justify-between gap-2 p-4">
              <div>
                <Link href={paths.studioPlanInvoice(lang, invoice.id)} className="link font-medium">
                  {invoice.number}
                </Link>
                <p className="text-sm text-ink-muted">{formatDate(invoice.createdTime, lang)}</p>
              </div>
              <StateBadge label={t(`plan.invoiceState.${invoice.state}`)} isFinal={invoice.state !== 'open'} />
              <p className="font-heading font-bold">{formatMoney(invoice.total, lang)}</p>
            </li>
          ))}
        </ul>
      )}
      <NextPage path={paths.studioPlan(lang)} cursor={nextCursor} label={t('browse.more')} />
    </section>
  );
}
