import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { measureRelevance } from '../../../../../lib/actions/search-quality.ts';
import { api } from '../../../../../lib/api.ts';
import { orNothing } from '../../../../../lib/discovery.ts';
import { formatDateTime, formatNumber, formatQuality } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { Chips } from '../../../../../ui/chips.tsx';
import { FindForm } from '../../../../../ui/find-form.tsx';
import { NextPage } from '../../../../../ui/next-page.tsx';
import { SimpleForm } from '../../../../../ui/simple-form.tsx';
import { TableHead, WideTable } from '../../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

/** Queries of the search report that are proposed, of each kind. */
const SUGGESTED = 6;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('judge.title') };
}

/** Queries that operators judged or might judge, and how good search is on them. */
export default async function JudgementsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  const member = await requireOperator('moderator', 'admin');
  const [{ search, discovery }, t] = [await api(lang), translator(lang)];
  const [judged, measures, report] = await Promise.all([
    search.listJudgedQueries({ limit: 20, ...(cursor === undefined ? {} : { cursor }) }),
    search.listRelevanceMeasures({ limit: 14 }),
    orNothing(discovery.getSearchReport({ limit: SUGGESTED })),
  ]);
  const reported = report === undefined ? [] : [...report.top, ...report.ignored, ...report.empty];
  const suggested = [...new Set(reported.map(({ query }) => query))];
  return (
    <>
      <h1 className="text-3xl font-bold">{t('judge.title')}</h1>
      <p className="max-w-prose text-ink-muted">{t('judge.hint')}</p>
      <FindForm
        action={`${paths.adminJudgements(lang)}/results`}
        name="q"
        value=""
        label={t('judge.query')}
        submit={t('judge.show')}
      />
      {suggested.length > 0 && (
        <section className="space-y-2" aria-labelledby="suggested">
          <h2 id="suggested" className="font-semibold">
            {t('judge.suggested')}
          </h2>
          <Chips
            label={t('judge.suggested')}
            chips={suggested.map((query) => ({
              href: paths.adminJudge(lang, query),
              label: query,
              isChosen: false,
            }))}
          />
        </section>
      )}
      <section className="space-y-3" aria-labelledby="judged">
        <h2 id="judged" className="text-xl font-bold">
          {t('judge.judged')}
        </h2>
        {judged.items.length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('judge.none')}</p>
        ) : (
          <WideTable label={t('judge.judged')}>
            <TableHead
              columns={[
                t('judge.query'),
                { number: t('judge.quality') },
                { number: t('judge.listings') },
                { number: t('judge.graders') },
                { number: t('judge.last') },
              ]}
            />
            <tbody>
              {judged.items.map((each) => (
                <tr key={each.query}>
                  <td>
                    <Link className="link" href={paths.adminJudge(lang, each.query)}>
                      {each.query}
                    </Link>
                  </td>
                  <td className="text-right">{formatQuality(each.ndcg10, lang)}</td>
                  <td className="text-right">{formatNumber(each.listingCount, lang)}</td>
                  <td className="text-right">{formatNumber(each.graderCount, lang)}</td>
                  <td className="text-right">{formatDateTime(each.gradedTime, lang)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <NextPage path={paths.adminJudgements(lang)} cursor={judged.nextCursor} label={t('browse.more')} />
      </section>
      <section className="space-y-3" aria-labelledby="over-time">
        <h2 id="over-time" className="text-xl font-bold">
          {t('judge.overTime')}
        </h2>
        {measures.items.length > 0 && (
          <WideTable label={t('judge.overTime')}>
            <TableHead columns={[t('judge.time'), { number: 'nDCG@10' }, { number: t('judge.queries') }]} />
            <tbody>
              {measures.items.map(({ measuredTime, ndcg10, queryCount }) => (
                <tr key={measuredTime}>
                  <td>{formatDateTime(measuredTime, lang)}</td>
                  <td className="text-right">{formatQuality(ndcg10, lang)}</td>
                  <td className="text-right">{formatNumber(queryCount, lang)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <SimpleForm
          action={measureRelevance.bind(null, lang)}
          fields={[]}
          submit={t('judge.measure')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
          buttonClassName="button button-quiet"
        />
      </section>
      {member.roles.includes('admin') && judged.items.length > 0 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          <span className="text-ink-muted">{t('judge.export')}:</span>
          {['listings', 'queries', 'grades'].map((part) => (
            <a key={part} className="link" href={paths.adminJudgementsFile(lang, part)} download>
              {part}.csv
            </a>
          ))}
        </p>
      )}
    </>
  );
}
