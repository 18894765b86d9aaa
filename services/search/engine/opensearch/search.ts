import { type Strictness, waysToMatch } from '../../domain/match-rule.ts';
import type { QueryPlan } from '../../domain/query-plan.ts';
import type { RankingModel } from '../../domain/ranking/model.ts';
import { isReranked, RERANKED } from '../../domain/ranking/rerank.ts';
import { wordsOf } from '../../domain/words.ts';
import {
  type EngineQuery,
  type EngineResult,
  type EngineSort,
  type SortKeys,
  type Suggestions,
  UNFILTERED,
} from '../engine.ts';
import { metersIn, nearestFirst, sortValueOf } from './around.ts';
import { compare, type Hit, idOf, orderedAnew, type PlacedHit, placed, RANKED_FIELDS } from './best-hits.ts';
import { listingKey } from './changes.ts';
import { type CountsAnswer, counted, counts, filtering, type ValueFilter, valuesOf, withinRanges } from './filters.ts';
import type { HeldListing } from './listing.ts';
import { byWords, NearHits } from './near.ts';
import type { Records } from './records.ts';
import { completionsOf, countsOf, planFor } from './vocabulary.ts';
import { wordsQuery } from './words-query.ts';

const ORDER: Readonly<Record<Exclude<EngineSort, 'distance'>, readonly object[]>> = {
  relevance: [{ _score: 'desc' }],
  newest: [],
  price_asc: [{ priceMinor: 'asc' }],
  price_desc: [{ priceMinor: 'desc' }],
  rating: [{ rated: 'desc' }],
};
const AGE = [{ publishedMs: 'desc' }, { id: 'desc' }];

type Answer = {
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly Hit[] };
  readonly aggregations: CountsAnswer;
};
/** A query with its words looked up, its ranges as values, and its pins read. */
type Prepared = {
  readonly query: EngineQuery;
  readonly plan: QueryPlan;
  readonly filters: readonly ValueFilter[];
  readonly near: NearHits;
  readonly pinned: readonly string[];
};
/** Without words. */
const EVERYTHING = [{ strictness: 'all', enough: 0 }] as const;
const NOTHING: Answer = {
  hits: { total: { value: 0 }, hits: [] },
  aggregations: {
    matching: { doc_count: 0 },
    told: { doc_count: 0, facts: { buckets: [] } },
    prices: { lowest: { value: null }, highest: { value: null } },
  },
};

/** Finds listings as the embedded engine does: the same words, the same rule of what is a hit, the same order of the best. */
export async function searchIndex(records: Records, query: EngineQuery, model: RankingModel): Promise<EngineResult> {
  const [plan, filters, pinned] = await Promise.all([
    planFor(records, query.text, query),
    valueFilters(records, query.filters),
    query.sort === 'relevance' ? cardsOf(records, query.pinned ?? []) : [],
  ]);
  const first = query.after === null ? pinned.slice(0, query.limit - 1) : [];
  const limit = query.limit - first.length;
  const isAnew =
    query.sort === 'relevance' && plan.groups.length > 0 && (query.after === null || isReranked(query.after));
  const near = new NearHits(query, plan);
  const prepared = { query, plan, filters, near, pinned: pinned.map(({ id }) => id) };
  const size = (isAnew ? RERANKED : 0) + limit + 1 + near.size;
  const { answer, strictness } = await hitsOf(records, prepared, size);
  const { hits, total } = answer.hits;
  // What is near is ordered among the best: it is on none of the pages after them.
  const rest = (isAnew ? hits.slice(RERANKED) : hits).filter((hit) => !near.has(hit));
  let listed: readonly PlacedHit[];
  if (isAnew) {
    const ordering = {
      plan,
      model,
      rules: query.ranking,
      around: query.around,
      isPartial: strictness !== 'all',
      isExplained: query.isExplained === true,
      similarityOf: (hit: Hit) => near.similarity(hit),
      countsOf: countsOf.bind(null, records),
    };
    const best = hits.slice(0, RERANKED);
    const others = near.size === 0 ? [] : await nearBeside(best, records, prepared, strictness);
    const anew = await orderedAnew([...best, ...others], ordering);
    listed = [...following(anew, query.after), ...rest.map(placed)];
  } else listed = rest.map((hit) => placedBy(query.sort, hit));
  const page = listed.slice(0, limit);
  return {
    cards: [...first, ...page].map(({ card }) => card),
    nextKeys: listed.length > limit ? (page.at(-1)?.keys ?? null) : null,
    total: total.value + pinned.length,
    nearTotal: near.size === 0 ? 0 : total.value - (answer.aggregations.byWords?.doc_count ?? 0),
    ...counted(answer.aggregations, filters),
    correctedText: plan.correctedText,
    unknownWords: plan.unknownWords,
    terms: plan.groups.flatMap(({ terms }) => terms.map(({ term }) => term)),
    ...(query.isExplained === true
      ? { features: [...first.map(() => null), ...page.map(({ features }) => features)] }
      : {}),
  };
}

/** Completes the last word, and finds listings. */
export async function suggestIn(
  records: Records,
  { text, limit }: { readonly text: string; readonly limit: number },
  model: RankingModel,
): Promise<Suggestions> {
  const last = wordsOf(text).at(-1);
  if (last === undefined) return { queries: [], cards: [] };
  const [completions, { cards }] = await Promise.all([
    completionsOf(records, last),
    searchIndex(records, { ...UNFILTERED, text, sort: 'relevance', limit }, model),
  ]);
  const before = text.trim().split(/\s+/).slice(0, -1).join(' ');
  const words = completions
    .map(({ surface }) => surface)
    .filter((surface) => surface.startsWith(last.surface) && !/\d{4}/.test(surface));
  const queries = [...new Set(words)].slice(0, limit);
  return { queries: queries.map((word) => (before === '' ? word : `${before} ${word}`)), cards };
}

/** Asks for listings with all the words, and for those with some of them when these are too few. */
async function hitsOf(
  records: Records,
  prepared: Prepared,
  size: number,
): Promise<{ readonly answer: Answer; readonly strictness: Strictness }> {
  const { plan, query } = prepared;
  if (plan.groups.length === 0 && query.text.trim() !== '') return { answer: NOTHING, strictness: 'all' };
  const hasUnknown = plan.groups.some(({ terms }) => terms.length === 0);
  for (const { strictness, enough } of plan.groups.length === 0 ? EVERYTHING : waysToMatch(plan, query.sort)) {
    // Nothing has a word that nothing has.
    if (strictness === 'all' && hasUnknown && enough > 0) continue;
    const answer = await records.search<Answer>(searchBody(prepared, strictness, size));
    if (answer.aggregations.matching.doc_count >= enough) return { answer, strictness };
  }
  return { answer: await records.search<Answer>(searchBody(prepared, 'any', size)), strictness: 'any' };
}

/** What is near and not among the best by words. */
async function nearBeside(
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

function searchBody({ query, plan, filters, near, pinned }: Prepared, strictness: Strictness, size: number) {
  const { sort, after, hidden = [] } = query;
  const isScored = sort === 'relevance';
  const words = plan.groups.length === 0 ? { match_all: {} } : wordsQuery(plan, strictness, { isScored });
  const isFirstOrder = after !== null && !isReranked(after);
  return {
    size,
    track_total_hits: true,
    _source: false,
    ...RANKED_FIELDS,
    query: {
      bool: {
        must: [near.orNear(words)],
        filter: [{ term: { isListed: true } }],
        must_not: [{ terms: { id: [...hidden, ...pinned] } }],
      },
    },
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

function placedBy(sort: EngineSort, hit: Hit): PlacedHit {
  const { keys, ...rest } = placed(hit);
  const [primary, published, id] = keys;
  if (sort === 'distance') return { ...rest, keys: [-metersIn(primary), published, id] };
  return { ...rest, keys: [sort === 'price_asc' ? -primary : primary, published, id] };
}

/** What of these comes after a cursor. */
function following(hits: readonly PlacedHit[], after: SortKeys | null): readonly PlacedHit[] {
  return after === null ? hits : hits.filter(({ keys }) => compare(keys, after) < 0);
}

/** Cards of those that can be found. */
export async function cardsOf(records: Records, ids: readonly string[]): Promise<{ id: string; card: string }[]> {
  const found = await records.get(ids.map(listingKey));
  return ids.flatMap((id) => {
    const listing = found.get(listingKey(id))?.source as HeldListing | undefined;
    return listing?.isListed === true ? [{ id, card: listing.card }] : [];
  });
}

async function valueFilters(records: Records, filters: EngineQuery['filters']): Promise<ValueFilter[]> {
  const ranged = filters.filter(({ ranges, works }) => ranges.length > 0 || works !== undefined);
  if (ranged.length === 0) return filters.map(({ key, values }) => ({ key, values }));
  const { aggregations } = await records.search<{
    aggregations: Readonly<Record<string, { readonly buckets: readonly { readonly key: string }[] }>>;
  }>({
    size: 0,
    query: { term: { isListed: true } },
    aggs: Object.fromEntries(ranged.map(({ key }) => [key, valuesOf(key)])),
  });
  return filters.map((filter) => {
    const all = aggregations[filter.key]?.buckets ?? [];
    return withinRanges(
      filter,
      all.map(({ key }) => key.slice(filter.key.length + 1)),
    );
  });
}
