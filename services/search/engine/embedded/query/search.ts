import { planQuery, type QueryPlan } from '../../../domain/query-plan.ts';
import type { RankingModel } from '../../../domain/ranking/model.ts';
import { isReranked, RERANKED } from '../../../domain/ranking/rerank.ts';
import type { EngineQuery, EngineResult } from '../../engine.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import { Batch } from './batch.ts';
import { browse } from './browse.ts';
import { lexiconOf } from './lexicon.ts';
import { hitsOf } from './match.ts';
import { type Page, pageOf, Ranking } from './ranking.ts';
import { following, rerank } from './rerank.ts';
import { Tally } from './tally.ts';

const batch = new Batch();

/** Rows of the page's hits, and everything counted on the way. */
export type Found = Omit<EngineResult, 'cards' | 'nextKeys' | 'features'> & Page;

/** What is searched: segments, newest first, and the facts they share. */
export type Searched = { readonly searched: readonly Segment[]; readonly liveCount: number; readonly facts: Facts };

/** A query, and what orders the best of its hits. */
export type Search = {
  readonly query: EngineQuery;
  readonly model: RankingModel;
  /** Rows that are no hits. */
  readonly hidden: ReadonlySet<number>;
};

/** One pass over the matching documents of each segment: filters, counts, keeps the best; these are then ordered anew. */
export function searchSegments(index: Searched, search: Search): Found {
  const { query, hidden } = search;
  const { searched, facts } = index;
  const { text, sort, limit, after, priceMinimum, priceMaximum } = query;
  const plan = planQuery(lexiconOf(index), text, query);
  const tally = new Tally(facts, query, hidden);
  const isOrderedAnew = sort === 'relevance' && plan.groups.length > 0 && (after === null || isReranked(after));
  const ranking = isOrderedAnew ? new Ranking(sort, RERANKED + limit, null) : new Ranking(sort, limit, after);
  if (plan.groups.length > 0) {
    const match = hitsOf(searched, plan, sort);
    for (const segment of searched)
      tally.count(segment, (sieve) => {
        batch.work = (full) => {
          sieve(full);
          ranking.show(segment, full);
        };
        match(segment, (slot, score) => {
          batch.add(slot, score);
          return true;
        });
        batch.flush();
      });
  } else if (text.trim() === '') {
    const isCounted =
      hidden.size === 0 && priceMinimum === null && priceMaximum === null && tally.filters.stores === null;
    for (const segment of searched) browse(segment, { tally, ranking, batch, sort, isCounted });
  }
  const page = isOrderedAnew ? pageAnew(ranking, plan, index, search) : pageOf(ranking.kept, limit);
  return {
    ...page,
    ...tally.finish(),
    correctedText: plan.correctedText,
    unknownWords: plan.unknownWords,
    terms: plan.groups.flatMap(({ terms }) => terms.map(({ term }) => term)),
  };
}

function pageAnew(ranking: Ranking, plan: QueryPlan, { facts, searched }: Searched, { query, model }: Search): Page {
  const anew = rerank(ranking.kept.slice(0, RERANKED), plan, {
    facts,
    model,
    rules: query.ranking,
    segments: searched,
    isExplained: query.isExplained === true,
  });
  return pageOf([...following(anew, query.after), ...ranking.kept.slice(RERANKED)], query.limit);
}
