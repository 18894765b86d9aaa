import type { Context, Handler } from '@plaza/kernel';
import type { z } from 'zod';
import type { SearchHit, searchContract } from '../contract.ts';

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
