import { planQuery, type QueryPlan } from '../../../domain/query-plan.ts';
import type { RankingModel } from '../../../domain/ranking/model.ts';
import { isNearHeard, isReranked, RERANKED } from '../../../domain/ranking/rerank.ts';
import type { EngineQuery, EngineResult } from '../../engine.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import { metersFrom } from './around.ts';
import { Batch } from './batch.ts';
import { browse } from './browse.ts';
import { lexiconOf } from './lexicon.ts';
import { hitsOf } from './match.ts';
import { NearHits, type PlacedNear } from './near.ts';
import { type Page, pageOf, type Ranked, Ranking } from './ranking.ts';
import { ratedBy } from './rated.ts';
import { following, rerank } from './rerank.ts';
import { type Rows, Tally } from './tally.ts';

const batch = new Batch();

/** Rows of the page's hits, and everything counted on the way. */
export type Found = Omit<EngineResult, 'cards' | 'nextKeys' | 'features'> & Page;

/** What is searched: segments, newest first, and the facts they share. */
export type Searched = { readonly searched: readonly Segment[]; readonly liveCount: number; readonly facts: Facts };

/** A query, and what orders the best of its hits. */
export type Search = Rows & {
  readonly query: EngineQuery;
  readonly model: RankingModel;
  readonly near: readonly PlacedNear[];
};

/** One pass over the matching documents of each segment: filters, counts, keeps the best; these are then ordered anew. */
export function searchSegments(index: Searched, search: Search): Found {
  const { query, hidden, only } = search;
  const { searched, facts } = index;
  const { text, sort, limit, after } = query;
  const metersOf = metersFrom(query.around);
  const plan = planQuery(lexiconOf(index), text, query);
  const tally = new Tally(facts, query, { hidden, only });
  const isOrderedAnew = sort === 'relevance' && plan.groups.length > 0 && (after === null || isReranked(after));
  const near = isNearHeard(plan, sort) && search.near.length > 0 ? new NearHits(search.near) : null;
  const kept = (isOrderedAnew ? RERANKED : 0) + limit + (near?.size ?? 0);
  const ranking = new Ranking(sort, kept, isOrderedAnew ? null : after, {
    metersOf,
    ratedOf: ratedBy(facts),
  });
  if (plan.groups.length > 0) {
    const match = hitsOf(searched, plan, { sort, batch });
    for (const segment of searched)
      tally.count(segment, (sieve) => {
        const others = near?.walk(segment);
        batch.begin((full) => {
          others?.found(full);
          sieve(full);
          ranking.show(segment, full);
          near?.show(segment, full);
          return true;
        });
        match(segment, batch);
        batch.flush();
        others?.addTo(batch);
      });
  } else if (text.trim() === '') {
    for (const segment of searched) browse(segment, { tally, ranking, batch, sort });
  }
  // What is near was ordered among the best, on pages before this one.
  const rest = near === null ? ranking.kept : ranking.kept.filter((hit) => !near.has(hit));
  const page = isOrderedAnew ? pageAnew({ ranking, near, plan, metersOf }, index, search) : pageOf(rest, limit);
  return {
    ...page,
    ...tally.finish(),
    nearTotal: near?.count ?? 0,
    correctedText: plan.correctedText,
    unknownWords: plan.unknownWords,
    terms: plan.groups.flatMap(({ terms }) => terms.map(({ term }) => term)),
  };
}

function pageAnew(
  {
    ranking,
    near,
    plan,
    metersOf,
  }: {
    readonly ranking: Ranking;
    readonly near: NearHits | null;
    readonly plan: QueryPlan;
    readonly metersOf: (spot: number) => number;
  },
  { facts, searched }: Searched,
  { query, model }: Search,
): Page {
  const isNear = (hit: Ranked): boolean => near?.has(hit) === true;
  const best = ranking.kept.slice(0, RERANKED);
  const others = near?.kept.filter((hit) => !best.some(({ rowId }) => rowId === hit.rowId)) ?? [];
  const anew = rerank([...best, ...others], plan, {
    facts,
    model,
    rules: query.ranking,
    segments: searched,
    metersOf,
    similarityOf: (hit) => near?.similarity(hit) ?? 0,
    isExplained: query.isExplained === true,
  });
  const rest = ranking.kept.slice(RERANKED).filter((hit) => !isNear(hit));
  return pageOf([...following(anew, query.after), ...rest], query.limit);
}
