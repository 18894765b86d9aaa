import { randomUUID } from 'node:crypto';
import type { Currency } from '@plaza/kernel';
import type { Reconciliation } from '@plaza/payments/contract';
import type { Metadata } from 'next';
import { reconcileDay, resolveDifference } from '../../../../lib/actions/reconciliation.ts';
import { api } from '../../../../lib/api.ts';
import { formatMoney, formatNumber } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { dayIn } from '../../../../lib/period.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { DifferenceForm } from '../../../../ui/difference-form.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { PaymentSweepCard } from '../../../../ui/payment-sweep.tsx';
import { ReconcileForm } from '../../../../ui/reconcile-form.tsx';
import { TableHead, WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

const DAY_MS = 86_400_000;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('reconcile.title') };
}

/** Providers' books against ours, orders against payments: what does not agree, and what to do about it. */
export default async function ReconciliationPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [{ timeZone }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const [runs, differences, sweep, findings, providers] = await Promise.all([
    client.payments.listReconciliations({ limit: 14 }),
    client.payments.listDifferences({ limit: 20, state: 'open', cursor }),
    client.orders.listPaymentSweeps({}),
    client.orders.listSweepFindings({ limit: 20 }),
    client.payments.listPaymentProviders({}),
  ]);
  const yesterday = dayIn(timeZone, new Date(Date.now() - DAY_MS));
  const usable = providers.items.filter(({ missingSettings }) => missingSettings.length === 0);
  const used = usable.filter(({ isUsed }) => isUsed);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('reconcile.title')}</h1>
      <p className="max-w-prose text-ink-muted">{t('reconcile.hint')}</p>
      <PaymentSweepCard lang={lang} sweeps={sweep.items} openFindings={sweep.openFindings} findings={findings.items} />
      <section className="space-y-3" aria-labelledby="differences">
        <h2 id="differences" className="text-xl font-bold">
          {t('reconcile.differences')}
        </h2>
        {differences.items.length === 0 && <p className="card p-5 text-ink-muted">{t('reconcile.none')}</p>}
        <ul className="space-y-3">
          {differences.items.map((each) => (
            <li key={each.id} className="card space-y-3 p-4">
              <div className="flex flex-wrap justify-between gap-2">
                <p className="font-semibold">
                  {t(`reconcile.${each.subject}`)} · {t(`reconcile.${each.kind}`)}
                </p>
                <p className="text-sm text-ink-muted">
                  {each.provider} · {each.day}
                </p>
              </div>
              <p className="break-all text-sm">{each.reference}</p>
              <dl className="flex flex-wrap gap-x-8 gap-y-1 text-sm">
                <Amount label={t('reconcile.ours')} amountMinor={each.oursMinor} of={each} lang={lang} />
                <Amount label={t('reconcile.theirs')} amountMinor={each.theirsMinor} of={each} lang={lang} />
              </dl>
              <DifferenceForm
                action={resolveDifference.bind(null, lang, each.id)}
                idempotencyKey={`${each.id}-${each.oursMinor}-${each.theirsMinor}`}
                texts={{
                  note: t('reconcile.note'),
                  correct: t('reconcile.correct'),
                  explain: t('reconcile.explain'),
                }}
              />
            </li>
          ))}
        </ul>
        <NextPage path={paths.adminReconciliation(lang)} cursor={differences.nextCursor} label={t('browse.more')} />
      </section>
      <section className="space-y-3" aria-labelledby="run">
        <h2 id="run" className="text-xl font-bold">
          {t('reconcile.run')}
        </h2>
        <ReconcileForm
          action={reconcileDay.bind(null, lang)}
          idempotencyKey={randomUUID()}
          providers={(used.length === 0 ? usable : used).map(({ name }) => name)}
          day={yesterday}
          texts={{
            provider: t('reconcile.provider'),
            day: t('reconcile.day'),
            report: t('reconcile.report'),
            reportHint: t('reconcile.reportHint'),
            submit: t('reconcile.run'),
            pending: t('form.pending'),
          }}
        />
      </section>
      {runs.items.length > 0 && <Days runs={runs.items} lang={lang} />}
      <section className="space-y-3" aria-labelledby="providers">
        <h2 id="providers" className="text-xl font-bold">
          {t('reconcile.providers')}
        </h2>
        <ul className="card divide-y divide-line">
          {providers.items.map(({ name, isUsed, hasReports, missingSettings }) => (
            <li key={name} className="space-y-1 p-4">
              <p className="flex flex-wrap justify-between gap-2">
                <span className="font-semibold">{name}</span>
                {missingSettings.length === 0 && (
                  <span className="text-sm">{t(isUsed ? 'reconcile.used' : 'reconcile.ready')}</span>
                )}
              </p>
              <p className="text-sm text-ink-muted [overflow-wrap:anywhere]">
                {missingSettings.length > 0
                  ? t('reconcile.missing', { settings: missingSettings.join(', ') })
                  : t(hasReports ? 'reconcile.reports' : 'reconcile.noReports')}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Amount({
  label,
  amountMinor,
  of: { currency },
  lang,
}: {
  label: string;
  amountMinor: number;
  of: { readonly currency: Currency };
  lang: string;
}) {
  return (
    <div className="flex gap-2">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="font-medium">{formatMoney({ amountMinor, currency }, lang)}</dd>
    </div>
  );
}

/** One line a provider, day and currency. */
function Days({ runs, lang }: { runs: readonly Reconciliation[]; lang: string }) {
  const t = translator(lang);
  const money = (amountMinor: number, currency: Currency) => formatMoney({ amountMinor, currency }, lang);
  const columns = ['matched', 'open', 'ours', 'theirs', 'fees'] as const;
  return (
    <section className="space-y-3" aria-labelledby="days">
      <h2 id="days" className="text-xl font-bold">
        {t('reconcile.days')}
      </h2>
      <WideTable label={t('reconcile.days')}>
        <TableHead
          columns={[
            t('reconcile.day'),
            t('reconcile.provider'),
            ...columns.map((column) => ({ number: t(`reconcile.${column}`) })),
            t('reconcile.movements'),
          ]}
        />
        <tbody>
          {runs.map((run) => (
            <tr key={`${run.day}-${run.provider}`}>
              <th scope="row" className="!font-normal !text-ink whitespace-nowrap">
                {run.day}
              </th>
              <td>{run.provider}</td>
              {run.state === 'failed' ? (
                <td colSpan={columns.length} className="text-danger">
                  {t('reconcile.failed')}
                </td>
              ) : (
                <>
                  <td className="text-right">{formatNumber(run.matched, lang)}</td>
                  <td className="text-right">{formatNumber(run.openDifferences, lang)}</td>
                  {(['oursMinor', 'theirsMinor', 'feesMinor'] as const).map((field) => (
                    <td key={field} className="text-right whitespace-nowrap">
                      {run.totals.map((total) => money(total[field], total.currency)).join(', ') || '—'}
                    </td>
                  ))}
                </>
              )}
              <td>
                <Link
                  className="link"
                  href={`${paths.adminReconciliation(lang)}/movements?${new URLSearchParams({ provider: run.provider, day: run.day })}`}
                >
                  CSV
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
