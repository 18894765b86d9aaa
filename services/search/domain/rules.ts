import type { RankingSettings, SearchRules } from '../contract/rules.ts';
import type { Alternative, EngineQuery } from '../engine/engine.ts';
import type { RankingRules } from './ranking/ranking-rules.ts';
import { wordsOf } from './words.ts';

/** The rules of a marketplace, ready for queries. */
export type PreparedRules = {
  readonly stopWords: readonly string[];
  /** Expressions as terms, by their first one, with the single words that mean the same. */
  readonly expressions: ReadonlyMap<
    string,
    readonly { readonly terms: readonly string[]; readonly others: readonly string[] }[]
  >;
  readonly curations: ReadonlyMap<string, { readonly pinned: readonly string[]; readonly hidden: readonly string[] }>;
  readonly ranking: RankingSettings;
  readonly boosts: SearchRules['boosts'];
};

export function preparedRules({ synonyms, stopWords, curations, ranking, boosts }: SearchRules): PreparedRules {
  const expressions = new Map<string, { terms: string[]; others: string[] }[]>();
  for (const set of synonyms) {
    const singles = set.filter((each) => wordsOf(each).length === 1);
    for (const each of set) {
      const terms = wordsOf(each).map(({ term }) => term);
      const others = singles.filter((other) => other !== each);
      if (terms[0] !== undefined) expressions.set(terms[0], [...(expressions.get(terms[0]) ?? []), { terms, others }]);
    }
  }
  return {
    stopWords: stopWords.flatMap((each) => wordsOf(each).map(({ surface }) => surface)),
    expressions,
    curations: new Map(
      curations.map(({ query, pinnedListingIds, hiddenListingIds }) => [
        keyOf(query),
        { pinned: pinnedListingIds, hidden: hiddenListingIds },
      ]),
    ),
    ranking,
    boosts,
  };
}

const DAY_MS = 86_400_000;

/** How hits are ordered. Time goes by days, so that the pages of one search agree. */
export function rankingRules({ ranking, boosts }: PreparedRules, nowMs: number): RankingRules {
  return {
    fields: { title: ranking.titlePercent / 100, category: ranking.categoryPercent / 100 },
    signals: {
      cap: ranking.signalCapPercent / 100,
      completeness: ranking.completenessPercent / 100,
      freshness: ranking.freshnessPercent / 100,
      nearness: ranking.nearnessPercent / 100,
      rating: ranking.ratingPercent / 100,
      nowMs: Math.floor(nowMs / DAY_MS) * DAY_MS,
    },
    boosts: Object.fromEntries(
      boosts
        .filter(({ untilTime }) => untilTime === null || Date.parse(untilTime) > nowMs)
        .map(({ subjectId, percent }) => [subjectId, percent / 100]),
    ),
  };
}

/** What of the rules concerns a query. Pins are for who asks without filters: who filters wants what fits. */
export function rulesFor(
  rules: PreparedRules,
  text: string,
  { isFiltered }: { readonly isFiltered: boolean },
): Pick<EngineQuery, 'alternatives' | 'stopWords' | 'pinned' | 'hidden'> {
  if (text.trim() === '') return {};
  const words = wordsOf(text);
  const terms = words.map(({ term }) => term);
  const alternatives: Alternative[] = [];
  terms.forEach((term, i) => {
    for (const expression of rules.expressions.get(term) ?? [])
      if (expression.terms.every((each, place) => terms[i + place] === each))
        for (let place = 0; place < expression.terms.length; place++)
          alternatives.push({ word: words[i + place]?.surface ?? '', others: expression.others });
  });
  const { pinned = [], hidden = [] } = rules.curations.get(terms.join(' ')) ?? {};
  return { alternatives, stopWords: rules.stopWords, pinned: isFiltered ? [] : pinned, hidden };
}

function keyOf(query: string): string {
  return wordsOf(query)
    .map(({ term }) => term)
    .join(' ');
}
