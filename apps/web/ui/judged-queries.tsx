import type { JudgedQuery } from '@plaza/search/contract';
import { formatDateTime, formatNumber, formatQuality } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

type Props = {
  readonly lang: string;
  readonly page: { readonly items: readonly JudgedQuery[]; readonly nextCursor: string | null };
};

/** Queries that operators judged, and how good search is on each. */
export function JudgedQueries({ lang, page: { items, nextCursor } }: Props) {
  const t = translator(lang);
  return (
    <section className="space-y-3" aria-labelledby="judged">
      <h2 id="judged" className="text-xl font-bold">
        {t('judge.judged')}
      </h2>
      {items.length === 0 ? (
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
            {items.map((each) => (
              <tr key={each.query}>
                <td>
                  <Link className="link" href={paths.adminJudge(lang, each.query)}>
                    {each.query}
                  </Link>
                </td>
                <td className="text-right">{formatQuality(each.ndcg10, lang)}</td>
                <td className="text-right">{formatNumber(each.listingCount, lang)}</td>
                <td className="text-right">{formatNumber(each.graderCount, lang)}</td>
                <td className="whitespace-nowrap text-right">{formatDateTime(each.gradedTime, lang)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <NextPage path={paths.adminJudgements(lang)} cursor={nextCursor} label={t('browse.more')} />
    </section>
  );
}
