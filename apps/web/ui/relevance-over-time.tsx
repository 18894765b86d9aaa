import { randomUUID } from 'node:crypto';
import { measureRelevance } from '../lib/actions/search-quality.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatNumber, formatQuality } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

/** Measures that are shown: two weeks of nights. */
const SHOWN_MAX = 14;

/** How good search was on all judged queries, measure by measure, and the button that measures now. */
export async function RelevanceOverTime({ lang }: { lang: string }) {
  const [{ search }, t] = [await api(lang), translator(lang)];
  const measures = await search.listRelevanceMeasures({ limit: SHOWN_MAX });
  return (
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
  );
}
