import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { gradeResults } from '../../../../../../lib/actions/search-quality.ts';
import { api } from '../../../../../../lib/api.ts';
import { formatMoney, formatNumber, formatQuality } from '../../../../../../lib/format.ts';
import { translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../../lib/studio.ts';
import { Empty } from '../../../../../../ui/empty.tsx';
import { FindForm } from '../../../../../../ui/find-form.tsx';
import { GradeForm } from '../../../../../../ui/grade-form.tsx';
import { Link } from '../../../../../../ui/link.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ q?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('judge.title') };
}

/** What visitors get for a query now, to be graded one by one. */
export default async function JudgeResultsPage({ params, searchParams }: Props) {
  const [{ lang }, { q = '' }] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const [{ search }, t] = [await api(lang), translator(lang)];
  const query = q.trim().slice(0, 200);
  const results = query === '' ? undefined : await search.getJudgedResults({ q: query });
  return (
    <>
      <p>
        <Link className="link" href={paths.adminJudgements(lang)}>
          {t('judge.judged')}
        </Link>
      </p>
      <h1 className="text-3xl font-bold [overflow-wrap:anywhere]">{results?.query ?? t('judge.title')}</h1>
      <FindForm
        action={`${paths.adminJudgements(lang)}/results`}
        name="q"
        value={query}
        label={t('judge.query')}
        submit={t('judge.show')}
      />
      {results !== undefined && results.items.length === 0 && <Empty icon="search" title={t('judge.nothing')} />}
      {results !== undefined && results.items.length > 0 && (
        <>
          <p>
            {t('judge.quality')}:{' '}
            <strong>{results.ndcg10 === null ? t('judge.notMeasured') : formatQuality(results.ndcg10, lang)}</strong>
          </p>
          <GradeForm
            key={results.query}
            action={gradeResults.bind(null, lang, results.query)}
            idempotencyKey={randomUUID()}
            texts={{
              grades: [t('judge.grade.0'), t('judge.grade.1'), t('judge.grade.2'), t('judge.grade.3')],
              save: t('judge.save'),
              pending: t('form.pending'),
            }}
            results={results.items.map(({ listing, grade, averageGrade }) => ({
              id: listing.id,
              title: listing.title,
              href: paths.listing(lang, listing.slug),
              imageUrl: listing.imageUrl,
              facts: `${formatMoney(listing.price, lang)} · ${listing.storeName}`,
              grade,
              average: averageGrade === null ? null : t('judge.average', { grade: formatNumber(averageGrade, lang) }),
            }))}
          />
        </>
      )}
    </>
  );
}
