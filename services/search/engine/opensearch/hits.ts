import { neededRarity, type Strictness, waysToMatch } from '../../domain/match-rule.ts';
import type { QueryPlan } from '../../domain/query-plan.ts';
import { isReranked } from '../../domain/ranking/rerank.ts';
import type { EngineQuery, EngineSort, SortKeys } from '../engine.ts';
import { nearestFirst, sortValueOf } from './around.ts';
import { type Hit, idOf, RANKED_FIELDS } from './best-hits.ts';
import { expectedHits } from './expected-hits.ts';
import { type CountsAnswer, counts, filtering, type ValueFilter } from './filters.ts';
import { byWords, type NearHits } from './near.ts';
import type { Records } from './records.ts';
import { wordsQuery } from './words-query.ts';

const ORDER: Readonly<Record<Exclude<EngineSort, 'distance'>, readonly object[]>> = {
  relevance: [{ _score: 'desc' }],
  newest: [],
  price_asc: [{ priceMinor: 'asc' }],
  price_desc: [{ priceMinor: 'desc' }],
  rating: [{ rated: 'desc' }],
};
const AGE = [{ publishedMs: 'desc' }, { id: 'desc' }];

export type Answer = {
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly Hit[] };
  readonly aggregations: CountsAnswer;
};
type Numbered = Pick<Answer, 'hits'>;
type Way = { readonly strictness: Strictness; readonly enough: number };
/** A query with its words looked up, its ranges as values, and its pins read. */
export type Prepared = {
  readonly query: EngineQuery;
  readonly plan: QueryPlan;
  /** How many listings there are. */
  readonly liveCount: number;
  readonly filters: readonly ValueFilter[];
  readonly near: NearHits;
  readonly pinned: readonly string[];
};
const NOTHING: Answer = {
  hits: { total: { value: 0 }, hits: [] },
  aggregations: {
    matching: { doc_count: 0 },
    told: { doc_count: 0, facts: { buckets: [] } },
    prices: { lowest: { value: null }, highest: { value: null } },
  },
};

/**
 * Asks for listings with all the words, and for those with some of them when these are too few. The hits that are likely to be
 * taken are asked for, and with them how many there are by stricter rules: mostly that is one request.
 */
export async function hitsOf(
  records: Records,
  prepared: Prepared,
  size: number,
): Promise<{ readonly answer: Answer; readonly strictness: Strictness }> {
  const { plan, query, liveCount } = prepared;
  if (plan.groups.length === 0 && query.text.trim() !== '') return { answer: NOTHING, strictness: 'all' };
  const ways = waysOf(plan, query.sort);
  const hitsBody = (strictness: Strictness) => searchBody(prepared, strictness, size);
  const isLikely = ({ strictness, enough }: Way) =>
    enough === 0 || expectedHits(plan, neededRarity(plan, strictness), liveCount) >= enough;
  for (let rest = ways; ; ) {
    const stricter = rest.slice(0, rest.findIndex(isLikely));
    const { strictness, enough } = rest[stricter.length] as Way;
    const [answer, ...numbers] = (await records.searchAll([
      hitsBody(strictness),
      ...stricter.map((way) => numberBody(prepared, way)),
    ])) as [Answer, ...Numbered[]];
    const better = stricter.find((way, i) => (numbers[i] as Numbered).hits.total.value >= way.enough);
    if (better !== undefined)
      return { answer: await records.search<Answer>(hitsBody(better.strictness)), strictness: better.strictness };
    if (answer.aggregations.matching.doc_count >= enough) return { answer, strictness };
    rest = rest.slice(stricter.length + 1);
  }
}

/** The strictest first; the last always finds enough. */
function waysOf(plan: QueryPlan, sort: EngineSort): Way[] {
  if (plan.groups.length === 0) return [{ strictness: 'all', enough: 0 }];
  const hasUnknown = plan.groups.some(({ terms }) => terms.length === 0);
  // Nothing has a word that nothing has.
  const ways = waysToMatch(plan, sort).filter(
    ({ strictness, enough }) => !(strictness === 'all' && hasUnknown && enough > 0),
  );
  return [...ways, { strictness: 'any', enough: 0 }];
}

/** What is near and not among the best by words. */
export async function nearBeside(
  best: readonly Hit[],
  records: Records,
  prepared: Prepared,
  strictness: Strictness,
): Promise<Hit[]> {
  const { aggs: _aggs, query, ...body } = searchBody(prepared, strictness, prepared.near.size);
  const { hits } = await records.search<Pick<Answer, 'hits'>>({
    ...body,
    query: { bool: { must: [query], filter: [prepared.near.filter] } },
  });
  const known = new Set(best.map(idOf));
  return hits.hits.filter((hit) => !known.has(idOf(hit)));
}

/** Listings by words that nobody hid. */
function among(words: object, { query: { hidden = [] }, pinned }: Prepared): object {
  return {
    bool: {
      must: [words],
      filter: [{ term: { isListed: true } }],
      must_not: [{ terms: { id: [...hidden, ...pinned] } }],
    },
  };
}

/** How many there are by words; no more are counted than are enough. */
function numberBody(prepared: Prepared, { strictness, enough }: Way): object {
  return { size: 0, track_total_hits: enough, query: among(byWords(prepared.plan, strictness), prepared) };
}

function searchBody(prepared: Prepared, strictness: Strictness, size: number) {
  const { query, plan, filters, near } = prepared;
  const { sort, after } = query;
  const isScored = sort === 'relevance';
  const words = plan.groups.length === 0 ? { match_all: {} } : wordsQuery(plan, strictness, { isScored });
  const isFirstOrder = after !== null && !isReranked(after);
  return {
    size,
    track_total_hits: true,
    _source: false,
    ...RANKED_FIELDS,
    query: among(near.orNear(words), prepared),
    post_filter: filtering(query, filters),
    aggs: {
      ...counts(query, filters),
      ...(near.size === 0 ? {} : countsByWords(query, { plan, filters, strictness })),
    },
    sort: [...(sort === 'distance' ? nearestFirst(query.around) : ORDER[sort]), ...AGE],
    ...(isFirstOrder ? { search_after: sortedAfter(sort, after) } : {}),
  };
}

/** How many there are by words: with any filters, and with these. */
function countsByWords(
  query: EngineQuery,
  { plan, filters, strictness }: Pick<Prepared, 'plan' | 'filters'> & { readonly strictness: Strictness },
): Record<string, object> {
  const words = byWords(plan, strictness);
  return { matching: { filter: words }, byWords: { filter: { bool: { filter: [words, filtering(query, filters)] } } } };
}

/** A cursor names prices and distances so that the greater comes first. */
function sortedAfter(sort: EngineSort, [primary, published, id]: SortKeys): (number | string)[] {
  if (sort === 'newest') return [published, id];
  if (sort === 'distance') return [sortValueOf(-primary), published, id];
  return [sort === 'price_asc' ? -primary : primary, published, id];
}
