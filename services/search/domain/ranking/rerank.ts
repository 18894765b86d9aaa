import type { EngineSort } from '../../engine/engine.ts';
import { SOLD_OUT_SHARE } from '../match-rule.ts';
import type { QueryPlan } from '../query-plan.ts';
import { type AskedWords, FEATURES, featuresOf, OTHER_WORD } from './features.ts';
import { EVEN_FIELDS, type RankingModel } from './model.ts';
import type { RankingRules } from './ranking-rules.ts';
import { type Signals, verdictOf, withSignals } from './signals.ts';

/** Hits that are ordered anew; those after them stay as the first ranking has them. */
export const RERANKED = 100;
/** Added to the scores of these, so that a cursor tells the two orders apart, even of scores below nothing. */
const RERANKED_FROM = 1e12;
const CURSORS_FROM = RERANKED_FROM / 2;
/** Best hits whose categories and titles speak for others like them. */
const LEADERS = 20;
export const TITLE_LEADERS = 10;
/** Words taken from the titles of the best. */
const RELATED_WORDS = 20;

/** What is read of the best hits, however an engine holds them. */
export type BestHits<Hit> = {
  /** First ranking's score over the best there could be. */
  words(hit: Hit): number;
  /** The title as numbers of the query's words, see `Candidate`. */
  title(hit: Hit): readonly number[];
  /** How near the query's meaning, 0 when that is not known. */
  similarity(hit: Hit): number;
  categories(hit: Hit): readonly (string | number)[];
  /** What is known besides its words. */
  signals(hit: Hit): Signals;
  /** A word of the title, and how much it tells. */
  wordAt(hit: Hit, place: number): { readonly term: string; readonly rarity: number };
  /** How to add up what a title's words are worth, each as often as it is there. */
  worthBy(weights: ReadonlyMap<string, number>): (hit: Hit) => number;
};

/** Whether a cursor is of a page of reranked hits. */
export function isReranked([primary]: readonly [number, ...unknown[]]): boolean {
  return primary >= CURSORS_FROM;
}

/** Whether what is near a query counts: by words in quotes and by mended ones something else is searched for than was compared. */
export function isNearHeard({ groups, isStrict, correctedText }: QueryPlan, sort: EngineSort): boolean {
  return sort === 'relevance' && groups.length > 0 && !isStrict && correctedText === null;
}

/** What the best hits are ordered by, in their order: the greater comes first. */
export type Rank = {
  readonly primary: number;
  /** When they are to be explained. */
  readonly features?: readonly number[];
};

/** Ranks the best hits by what their titles, categories and neighbors say; `hits` come best first. */
export function rankedAnew<Hit extends { readonly isInStock: boolean }>(
  hits: readonly Hit[],
  plan: QueryPlan,
  {
    model,
    view,
    rules,
    isExplained,
  }: {
    readonly model: RankingModel;
    readonly view: BestHits<Hit>;
    readonly rules: RankingRules | undefined;
    readonly isExplained: boolean;
  },
): Rank[] {
  const asked = askedWords(plan);
  const categories = categoryShares(hits, view);
  const relatedOf = view.worthBy(relatedWords(hits, view));
  const features = new Float64Array(FEATURES.length);
  const worths = hits.map(relatedOf);
  const most = Math.max(0, ...worths);
  return hits.map((hit, i) => {
    const related = most === 0 ? 0 : worths[i]! / most;
    const category = categories[i]!;
    featuresOf(
      asked,
      { words: view.words(hit), title: view.title(hit), category, related, similarity: view.similarity(hit) },
      features,
    );
    const fit = model(features, rules?.fields ?? EVEN_FIELDS);
    const score =
      rules === undefined ? fit : withSignals(fit, verdictOf(view.signals(hit), rules.signals), rules.signals.cap);
    // Trees may answer less than nothing: what is sold out comes later all the same.
    const own = hit.isInStock ? score : score - Math.abs(score) * (1 - SOLD_OUT_SHARE);
    const primary = RERANKED_FROM + Math.round(own * 1e6);
    return isExplained ? { primary, features: [...features] } : { primary };
  });
}

function askedWords({ groups }: QueryPlan): AskedWords {
  const places = groups.map(({ place }, number) => ({ place, number }));
  return {
    rarities: groups.map(({ rarity }) => rarity),
    typed: places.sort((a, b) => a.place - b.place).map(({ number }) => number),
    isNumber: groups.map((group) => group.isNumber),
    isUnit: groups.map((group) => group.isUnit),
  };
}

/** Of each hit the part of the best, better ones counting more, that share its most particular category. */
function categoryShares<Hit>(hits: readonly Hit[], view: BestHits<Hit>): number[] {
  const categories = hits.map(view.categories);
  const weights = new Map<string | number, number>();
  let total = 0;
  for (let i = 0; i < Math.min(LEADERS, hits.length); i++) {
    const words = view.words(hits[i]!);
    total += words;
    for (const category of categories[i] as (string | number)[])
      weights.set(category, (weights.get(category) ?? 0) + words);
  }
  return categories.map((each) => {
    if (total === 0) return 0;
    let least = 1;
    for (const category of each) least = Math.min(least, (weights.get(category) ?? 0) / total);
    return least;
  });
}

/**
 * Words that the titles of the best hits have and the catalog has not: relevance feedback (Lavrenko and Croft 2001) within
 * what was found anyway.
 */
function relatedWords<Hit>(hits: readonly Hit[], view: BestHits<Hit>): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  for (const hit of hits.slice(0, TITLE_LEADERS)) {
    const title = view.title(hit);
    title.forEach((code, place) => {
      if (code !== OTHER_WORD) return;
      const { term, rarity } = view.wordAt(hit, place);
      counted.set(term, (counted.get(term) ?? 0) + (view.words(hit) * rarity) / title.length);
    });
  }
  return new Map([...counted].sort((a, b) => b[1] - a[1]).slice(0, RELATED_WORDS));
}
