import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { formatDate, formatMoney } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';
import { TableHead, WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ state?: string; cursor?: string }>;
};

const STATES = ['trialing', 'active', 'past_due', 'canceled', 'ended'] as const;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.subscriptions') };
}

/** All subscriptions by state, and what they brought this month. */
export default async function SubscriptionsPage({ params, searchParams }: Props) {
  const [{ lang }, query] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const path = paths.adminSubscriptions(lang);
  const state = STATES.find((each) => each === query.state);
  const [page, month] = await Promise.all([
    client.subscriptions.listSubscriptions({ limit: 30, state, cursor: query.cursor }),
    client.subscriptions.getSubscriptionRevenue({}),
  ]);
  const name = new Intl.DateTimeFormat(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month.month}-15`),
  );
  const figures = [
    [t('admin.revenue', { month: name }), formatMoney(month.revenue, lang)],
    [t('admin.revenueTax'), formatMoney(month.tax, lang)],
    [t('admin.paidInvoices'), new Intl.NumberFormat(lang).format(month.paidInvoices)],
    [t('admin.revenueOpen'), formatMoney(month.open, lang)],
  ] as const;
  const countOf = (each: string) => month.byState.find((one) => one.state === each)?.count ?? 0;
  return (
    <>
      <h1 className="text-3xl font-bold">{t('admin.subscriptions')}</h1>
      <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {figures.map(([label, value]) => (
          <div key={label} className="card p-5">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="font-heading text-2xl font-bold">{value}</dd>
          </div>
        ))}
      </dl>
      <Chips
        label={t('admin.subscriptions')}
        chips={[undefined, ...STATES].map((each) => ({
          href: each === undefined ? path : `${path}?state=${each}`,
          label: each === undefined ? t('admin.allStates') : `${t(`plan.state.${each}`)} (${countOf(each)})`,
          isChosen: each === state,
        }))}
      />
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>
      ) : (
        <WideTable label={t('admin.subscriptions')}>
          <TableHead columns={[t('plan.title'), t('admin.state'), t('admin.period'), { number: t('table.amount') }]} />
          <tbody>
            {page.items.map((each) => (
              <tr key={each.id}>
                <td>
                  {each.planName}
                  <span className="block text-sm text-ink-muted">{each.ownerName ?? each.ownerId}</span>
                </td>
                <td>
                  <StateBadge label={t(`plan.state.${each.state}`)} isFinal={each.state === 'ended'} />
                </td>
                <td>
                  {formatDate(each.periodStartTime, lang)} – {formatDate(each.periodEndTime, lang)}
                </td>
                <td className="text-right">
                  {formatMoney(each.price, lang)}
                  <span className="block text-sm text-ink-muted">{t(`plan.interval.${each.interval}`)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ state }} />
    </>
  );
}
