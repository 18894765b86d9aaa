import type { Context, Handler } from '@plaza/kernel';
import type { z } from 'zod';
import type { SearchHit, searchContract } from '../contract.ts';
import { ndcg10 } from '../domain/relevance.ts';
import { averagesOf, type GradeOf } from '../store/judgements.ts';

/** Results that operators are shown to judge; nDCG@10 looks at the first half of them. */
const RESULTS = 20;

export type Search = Handler<(typeof searchContract)['searchListings']>;

/** A hit as it is answered. */
export type Shown = z.input<typeof SearchHit>;

/** What visitors who ask this get first, by the rules of today. */
export async function presentRanking(search: Search, query: string, context: Context): Promise<readonly Shown[]> {
  const { items } = await search({ input: { q: query, limit: RESULTS, sort: 'relevance' }, context });
  return items;
}

/** How good such a ranking is by all operators' grades; null when nothing of use was graded. */
export function qualityOf(hits: readonly Shown[], grades: ReadonlyMap<string, GradeOf> | undefined): number | null {
  return ndcg10(
    hits.map(({ id }) => id),
    averagesOf(grades),
  );
}
