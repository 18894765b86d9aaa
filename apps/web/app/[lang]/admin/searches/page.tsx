import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { orNothing } from '../../../../lib/discovery.ts';
import { formatDays, formatNumber } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Link } from '../../../../ui/link.tsx';
import { TableHead, WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ days?: string }>;
};

const DAY_MS = 86_400_000;
const PERIODS = [1, 7, 30] as const;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('searches.title') };
}

/** What visitors searched for, what found nothing, and how many went on to a result. */
export default async function SearchesPage({ params, searchParams }: Props) {
  const [{ lang }, query] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const [{ discovery }, t] = [await api(lang), translator(lang)];
  const days = PERIODS.find((each) => String(each) === query.days) ?? 7;
  const fromTime = new Date(Date.now() - days * DAY_MS).toISOString();
  const report = await orNothing(discovery.getSearchReport({ fromTime, limit: 50 }));
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('searches.title')}</h1>
      <p className="text-ink-muted">{t('searches.hint')}</p>
      <p>
        <Link className="link" href={paths.adminJudgements(lang)}>
          {t('judge.title')}
        </Link>
      </p>
      <nav aria-label={t('searches.period')} className="flex gap-1">
        {PERIODS.map((each) => (
          <Link
            key={each}
            href={paths.adminSearches(lang, each)}
            aria-current={each === days ? 'true' : undefined}
            className="rounded-full px-3 py-1.5 hover:bg-muted aria-[current=true]:bg-muted aria-[current=true]:font-semibold"
          >
            {formatDays(each, lang)}
          </Link>
        ))}
      </nav>
      {report === undefined ? (
        <p role="alert">{t('error.UNAVAILABLE')}</p>
      ) : (
        <>
          <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
            {[
              { label: t('searches.searches'), value: formatNumber(report.searches, lang) },
              { label: t('searches.people'), value: formatNumber(report.people, lang) },
              { label: t('searches.withoutResults'), value: formatNumber(report.emptySearches, lang) },
              { label: t('searches.clickThrough'), value: percent.format(report.clickThroughShare) },
            ].map(({ label, value }) => (
              <div key={label} className="card p-4">
                <dt className="text-sm text-ink-muted">{label}</dt>
                <dd className="font-heading text-2xl font-bold">{value}</dd>
              </div>
            ))}
          </dl>
          {[
            { key: 'top', title: t('searches.top'), rows: report.top },
            { key: 'empty', title: t('searches.empty'), rows: report.empty },
            { key: 'ignored', title: t('searches.ignored'), rows: report.ignored },
          ].map(({ key, title, rows }) => (
            <section key={key} className="space-y-3" aria-labelledby={key}>
              <h2 id={key} className="text-xl font-bold">
                {title}
              </h2>
              {rows.length === 0 ? (
                <Empty icon="search" title={t('searches.none')} />
              ) : (
                <WideTable label={title}>
                  <TableHead
                    columns={[
                      t('searches.query'),
                      { number: t('searches.searches') },
                      { number: t('searches.people') },
                      { number: t('searches.withoutResults') },
                      { number: t('searches.clickThrough') },
                      { number: t('searches.position') },
                    ]}
                  />
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.query}>
                        <td>
                          <Link className="link" href={paths.adminJudge(lang, row.query)}>
                            {row.query}
                          </Link>
                        </td>
                        <td className="text-right">{formatNumber(row.searches, lang)}</td>
                        <td className="text-right">{formatNumber(row.people, lang)}</td>
                        <td className="text-right">{formatNumber(row.emptySearches, lang)}</td>
                        <td className="text-right">{percent.format(row.peopleClicked / row.people)}</td>
                        <td className="text-right">
                          {row.averagePosition === null ? '–' : formatNumber(row.averagePosition, lang)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </WideTable>
              )}
            </section>
          ))}
        </>
      )}
    </>
  );
}
