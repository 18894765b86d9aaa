import { COMPLETENESS_KEY, completenessFrom } from '../../domain/completeness.ts';
import type { Around } from '../../domain/distance.ts';
import { STORE_KEY } from '../../domain/document.ts';
import { SOLD_OUT_SHARE } from '../../domain/match-rule.ts';
import type { QueryPlan } from '../../domain/query-plan.ts';
import { BREAK_WORD, BREAK_WORDS, OTHER_NUMBER, OTHER_WORD } from '../../domain/ranking/features.ts';
import type { RankingModel } from '../../domain/ranking/model.ts';
import type { RankingRules } from '../../domain/ranking/ranking-rules.ts';
import { type BestHits, type Rank, rankedAnew, TITLE_LEADERS } from '../../domain/ranking/rerank.ts';
import { STANDING_KEY, standingFrom } from '../../domain/rating.ts';
import { isNumber } from '../../domain/units.ts';
import type { SortKeys } from '../engine.ts';
import { kmFrom } from './around.ts';
import type { WordCounts } from './word-counts.ts';
import { exactScore, groupNamed } from './words-query.ts';

/** A hit as OpenSearch tells it. */
export type Hit = {
  readonly _score: number | null;
  readonly sort: readonly (number | string)[];
  readonly matched_queries?: readonly string[];
  readonly fields: {
    readonly card: readonly [string];
    readonly titleTerms?: readonly string[];
    readonly spotText?: readonly string[];
    readonly facts?: readonly string[];
    readonly isInStock?: readonly [boolean];
  };
};

/** A hit of a page, with its place. */
export type PlacedHit = {
  readonly keys: SortKeys;
  readonly card: string;
  /** Of hits that were ordered anew, when they are to be explained. */
  readonly features: readonly number[] | null;
};

/** Fields that are read of hits that are to be ordered anew. */
export const RANKED_FIELDS = {
  stored_fields: ['card', 'titleTerms', 'spotText'],
  docvalue_fields: ['facts', 'isInStock'],
};

type BestHit = {
  readonly hit: Hit;
  readonly words: number;
  readonly titleTerms: readonly string[];
  readonly title: readonly number[];
  readonly isInStock: boolean;
  readonly first: number;
};

/** What the hits are ordered by, and how often each of these words is in the index. */
export type Ordering = {
  readonly plan: QueryPlan;
  readonly model: RankingModel;
  readonly rules: RankingRules | undefined;
  readonly around: Around | null | undefined;
  /** Whether a hit may lack words. */
  readonly isPartial: boolean;
  readonly isExplained: boolean;
  /** How near the query a hit is, 0 when that is not known. */
  similarityOf(hit: Hit): number;
  countsOf(terms: readonly string[]): Promise<WordCounts>;
};

/** Orders the best hits anew by what their titles, categories and neighbors say. */
export async function orderedAnew(
  hits: readonly Hit[],
  { plan, model, rules, around, isPartial, isExplained, similarityOf, countsOf }: Ordering,
): Promise<PlacedHit[]> {
  if (hits.length === 0) return [];
  const boosts = rules?.boosts ?? {};
  const codes = codesOf(plan);
  const hasNumbers = plan.groups.some((group) => group.isNumber);
  const best = hits
    .map((hit): BestHit => {
      const titleTerms = hit.fields.titleTerms ?? [];
      const isInStock = hit.fields.isInStock?.[0] !== false;
      const stockShare = isInStock ? 1 : SOLD_OUT_SHARE;
      const has = isPartial ? groupsOf(hit, plan) : null;
      const words = exactScore(plan, (hit._score ?? 0) / stockShare, has) / plan.rarityTotal;
      return {
        hit,
        words,
        first: words * stockShare,
        titleTerms,
        title: titleTerms.map((term) => codes.get(term) ?? (hasNumbers && isNumber(term) ? OTHER_NUMBER : OTHER_WORD)),
        isInStock,
      };
    })
    .sort((a, b) => b.first - a.first);
  const otherTerms = best
    .slice(0, TITLE_LEADERS)
    .flatMap(({ titleTerms, title }) => titleTerms.filter((_, place) => title[place] === OTHER_WORD));
  const { liveCount, of: counts } = await countsOf([...new Set(otherTerms)]);
  const view: BestHits<BestHit> = {
    words: ({ words }) => words,
    title: ({ title }) => title,
    similarity: ({ hit }) => similarityOf(hit),
    categories: ({ hit }) => (hit.fields.facts ?? []).filter((fact) => fact.startsWith('category:')),
    signals({ hit }) {
      const valueOfKey = (key: string) =>
        hit.fields.facts?.find((each) => each.startsWith(`${key}:`))?.slice(key.length + 1);
      const [complete, standing] = [valueOfKey(COMPLETENESS_KEY), valueOfKey(STANDING_KEY)];
      return {
        completeness: complete === undefined ? null : completenessFrom(complete),
        rating: standing === undefined ? null : standingFrom(standing),
        publishedMs: agedBy(hit)[0],
        distanceKm: kmFrom(around, hit.fields.spotText?.[0]),
        boost: Math.max(boosts[idOf(hit)] ?? 0, boosts[valueOfKey(STORE_KEY) ?? ''] ?? 0),
      };
    },
    wordAt({ titleTerms }, place) {
      const term = titleTerms[place] as string;
      return { term, rarity: Math.log(1 + liveCount / (1 + (counts.get(term) ?? 0))) };
    },
    worthBy:
      (weights) =>
      ({ titleTerms }) =>
        titleTerms.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0),
  };
  const ranks = rankedAnew(best, plan, { model, rules, view, isExplained });
  return best
    .map(({ hit }, i): PlacedHit => {
      const { primary, features } = ranks[i] as Rank;
      return { card: hit.fields.card[0], keys: [primary, ...agedBy(hit)], features: features ?? null };
    })
    .sort((a, b) => compare(b.keys, a.keys));
}

/** Every sort ends with the id. */
export function idOf({ sort }: Hit): string {
  return String(sort.at(-1));
}

/** A hit as it was sorted. */
export function placed(hit: Hit): PlacedHit {
  const [primary] = hit.sort.length === 3 ? hit.sort : [0];
  return { keys: [Number(primary), ...agedBy(hit)], card: hit.fields.card[0], features: null };
}

/** Positive when `a` comes first. */
export function compare(a: SortKeys, b: SortKeys): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}

function agedBy({ sort }: Hit): [number, string] {
  const [published, id] = sort.slice(-2);
  return [Number(published), String(id)];
}

/** The query's words that a hit has: it is told which it lacks nothing of. */
function groupsOf({ matched_queries: names = [] }: Hit, { groups }: QueryPlan): ReadonlySet<number> {
  return new Set(names.map(groupNamed).filter((number) => number < groups.length));
}

/** By term: the query's word that it stands for, or that it ends the head of a title. */
function codesOf({ groups }: QueryPlan): ReadonlyMap<string, number> {
  const codes = new Map<string, number>(BREAK_WORDS.map((word) => [word, BREAK_WORD]));
  groups.forEach(({ terms }, number) => {
    for (const { term } of terms) codes.set(term, number);
  });
  return codes;
}
