import type { JudgedQuery } from './judged-set.ts';
import { meanQuality, type Quality } from './metrics.ts';
import { randomizationTest } from './significance.ts';

/** What one system answered, in order of the queries. */
export type Measured = { readonly name: string; readonly qualities: readonly Quality[] };

/** The figures as Markdown: all queries with a test against the baseline, then nDCG@10 for each kind. */
export function reportOf(
  queries: readonly JudgedQuery[],
  measured: readonly Measured[],
  { baseline }: { readonly baseline: string },
): string {
  const base = measured.find(({ name }) => name === baseline) as Measured;
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  const whole = measured.map(({ name, qualities }) => {
    const { ndcg10, mrr, recall50 } = meanQuality(qualities);
    const difference = ndcg10 - meanQuality(base.qualities).ndcg10;
    const p = randomizationTest(
      qualities.map((each) => each.ndcg10),
      base.qualities.map((each) => each.ndcg10),
    );
    const against = name === baseline ? '' : `${difference >= 0 ? '+' : '−'}${Math.abs(difference).toFixed(4)}`;
    return [name, figure(ndcg10), figure(mrr), figure(recall50), against, name === baseline ? '' : p.toPrecision(2)];
  });
  const byKind = measured.map(({ name, qualities }) => [
    name,
    ...kinds.map((kind) => figure(meanQuality(qualities.filter((_, i) => queries[i]?.kind === kind)).ndcg10)),
  ]);
  return [
    table(['system', 'nDCG@10', 'MRR', 'recall@50', `nDCG@10 against ${baseline}`, 'p'], whole),
    ...(kinds.length < 2 ? [] : ['nDCG@10 by kind of query:', table(['system', ...kinds], byKind)]),
  ].join('\n\n');
}

function figure(value: number): string {
  return value.toFixed(4);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
