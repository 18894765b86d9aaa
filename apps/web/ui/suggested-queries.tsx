import { api } from '../lib/api.ts';
import { orNothing } from '../lib/discovery.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Chips } from './chips.tsx';

/** Queries of the search report that are proposed, of each kind. */
const EACH_KIND = 6;

/** Queries that are worth judging: those that many search for, whose results nobody chooses, and that find nothing. */
export async function SuggestedQueries({ lang }: { lang: string }) {
  const [{ discovery }, t] = [await api(lang), translator(lang)];
  const report = await orNothing(discovery.getSearchReport({ limit: EACH_KIND }));
  const reported = report === undefined ? [] : [...report.top, ...report.ignored, ...report.empty];
  const suggested = [...new Set(reported.map(({ query }) => query))];
  if (suggested.length === 0) return null;
  return (
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
  );
}
