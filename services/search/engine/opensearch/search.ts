import { completedTexts } from '../../domain/lexicon.ts';
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
import { metersIn } from './around.ts';
import { compare, type Hit, orderedAnew, type PlacedHit, placed } from './best-hits.ts';
import { listingKey } from './changes.ts';
import { counted, type ValueFilter, valuesOf, withinRanges } from './filters.ts';
import { hitsOf, nearBeside } from './hits.ts';
import type { HeldListing } from './listing.ts';
import { NearHits } from './near.ts';
import type { Records } from './records.ts';
import { completionsOf, countsOf, planFor } from './vocabulary.ts';

/** Finds listings as the embedded engine does: the same words, the same rule of what is a hit, the same order of the best. */
export async function searchIndex(records: Records, query: EngineQuery, model: RankingModel): Promise<EngineResult> {
  const [{ plan, liveCount }, filters, wanted] = await Promise.all([
    planFor(records, query.text, query),
    valueFilters(records, query.filters),
    query.sort === 'relevance' ? cardsOf(records, query.pinned ?? []) : [],
  ]);
  const pinned = wanted.slice(0, query.limit - 1);
  const first = query.after === null ? pinned : [];
  const limit = query.limit - first.length;
  const isAnew =
    query.sort === 'relevance' && plan.groups.length > 0 && (query.after === null || isReranked(query.after));
  const near = new NearHits(query, plan);
  const prepared = { query, plan, liveCount, filters, near, pinned: pinned.map(({ id }) => id) };
  // One more than the page tells whether there is another. The first page is mostly among the best.
  const besidePage = !isAnew ? 0 : query.after === null ? Math.max(0, RERANKED - limit - 1) : RERANKED;
  const { answer, strictness } = await hitsOf(records, prepared, besidePage + limit + 1 + near.size);
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
  return { queries: completedTexts(text, completions, limit), cards };
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
