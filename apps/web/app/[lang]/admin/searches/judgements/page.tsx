import type { Metadata } from 'next';
import { api } from '../../../../../lib/api.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { FindForm } from '../../../../../ui/find-form.tsx';
import { JudgedQueries } from '../../../../../ui/judged-queries.tsx';
import { RelevanceOverTime } from '../../../../../ui/relevance-over-time.tsx';
import { SuggestedQueries } from '../../../../../ui/suggested-queries.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('judge.title') };
}

/** Queries that operators judged or might judge, and how good search is on them. */
export default async function JudgementsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  const member = await requireOperator('moderator', 'admin');
  const [{ search }, t] = [await api(lang), translator(lang)];
  const judged = await search.listJudgedQueries({ limit: 20, cursor });
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
      <SuggestedQueries lang={lang} />
      <JudgedQueries lang={lang} page={judged} />
      <RelevanceOverTime lang={lang} />
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
