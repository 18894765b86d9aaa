import {
  type AskedWords,
  BREAK_WORD,
  BREAK_WORDS,
  FEATURES,
  featuresOf,
  OTHER_NUMBER,
  OTHER_WORD,
} from '../../../domain/ranking/features.ts';
import type { RankingModel } from '../../../domain/ranking/model.ts';
import { isNumber } from '../../../domain/units.ts';
import type { SortKeys } from '../../engine.ts';
import type { Facts } from '../segment/facts.ts';
import { idKey } from '../segment/id-key.ts';
import type { Segment } from '../segment/segment.ts';
import type { QueryPlan } from './query-plan.ts';
import { compare, type Ranked, SCORE_SCALE, SOLD_OUT_SHARE } from './ranking.ts';

/** Hits that are ordered anew; those after them stay as the first ranking has them. */
export const RERANKED = 100;
/** Added to the scores of these, so that a cursor tells the two orders apart, even of scores below nothing. */
const RERANKED_FROM = 1e12;
const CURSORS_FROM = RERANKED_FROM / 2;
/** Best hits whose categories and titles speak for others like them. */
const LEADERS = 20;
const TITLE_LEADERS = 10;
/** Words taken from the titles of the best. */
const RELATED_WORDS = 20;

type Reranked = {
  readonly hit: Ranked;
  readonly segment: Segment;
  readonly titleCodes: readonly number[];
  readonly words: number;
  score: number;
  features?: readonly number[];
};

/** What orders the hits of an index. `isExplained`: whether their features are kept. */
type Ordering = {
  readonly facts: Facts;
  readonly model: RankingModel;
  readonly segments: readonly Segment[];
  readonly isExplained: boolean;
};

/** Whether a cursor is of a page of reranked hits. */
export function isReranked(after: SortKeys): boolean {
  return after[0] >= CURSORS_FROM;
}

/** Orders the best hits anew by what their titles, categories and neighbors say. */
export function rerank(
  best: readonly Ranked[],
  plan: QueryPlan,
  { facts, model, segments, isExplained }: Ordering,
): Ranked[] {
  if (best.length === 0) return [];
  const asked = askedWords(plan);
  const codes = new Map(segments.map((segment) => [segment, codesOf(segment, plan)]));
  const hasNumbers = asked.isNumber.includes(true);
  const hits = best.map((hit): Reranked => {
    const segment = hit.segment as Segment;
    const stock = segment.states.isInStock(hit.slot) ? 1 : SOLD_OUT_SHARE;
    return {
      hit,
      segment,
      titleCodes: titleCodes(segment, hit.slot, codes.get(segment) as ReadonlyMap<number, number>, hasNumbers),
      words: hit.primary / SCORE_SCALE / stock / plan.rarityTotal,
      score: 0,
    };
  });
  const categoryOf = categoryShares(hits, facts);
  const relatedOf = relatedShares(hits, segments);
  const features = new Float64Array(FEATURES.length);
  let related = 0;
  for (const each of hits) related = Math.max(related, relatedOf(each));
  for (const each of hits) {
    const { titleCodes: title, words, segment, hit } = each;
    const candidate = {
      words,
      title,
      category: categoryOf(each),
      related: related === 0 ? 0 : relatedOf(each) / related,
    };
    featuresOf(asked, candidate, features);
    const score = model(features);
    // Trees may answer less than nothing: what is sold out comes later all the same.
    each.score = segment.states.isInStock(hit.slot) ? score : score - Math.abs(score) * (1 - SOLD_OUT_SHARE);
    if (isExplained) each.features = [...features];
  }
  return hits
    .map(({ hit, score, features: own }) => ({
      ...hit,
      primary: RERANKED_FROM + Math.round(score * 1e6),
      ...(own === undefined ? {} : { features: own }),
    }))
    .sort((a, b) => compare(b, a));
}

/** What of these comes after a cursor. */
export function following(ranked: readonly Ranked[], after: SortKeys | null): readonly Ranked[] {
  if (after === null) return ranked;
  const last: Ranked = {
    primary: after[0],
    published: after[1],
    idKeys: idKey(after[2]),
    segment: null,
    slot: 0,
    rowId: 0,
  };
  return ranked.filter((hit) => compare(hit, last) < 0);
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

/** By word of a segment: the query's word that it stands for, or that it ends the head of a title. */
function codesOf(segment: Segment, { groups }: QueryPlan): Map<number, number> {
  const codes = new Map<number, number>();
  for (const text of BREAK_WORDS) {
    const word = segment.find(text);
    if (word !== -1) codes.set(word, BREAK_WORD);
  }
  groups.forEach(({ terms }, number) => {
    for (const { term } of terms) {
      const word = segment.find(term);
      if (word !== -1) codes.set(word, number);
    }
  });
  return codes;
}

function titleCodes(segment: Segment, slot: number, codes: ReadonlyMap<number, number>, hasNumbers: boolean): number[] {
  const { titleStarts, titleWords } = segment.columns;
  const title: number[] = [];
  for (let at = titleStarts[slot] as number; at < (titleStarts[slot + 1] as number); at++) {
    const word = titleWords[at] as number;
    title.push(codes.get(word) ?? (hasNumbers && isNumber(segment.term(word)) ? OTHER_NUMBER : OTHER_WORD));
  }
  return title;
}

/** The part of the best hits, better ones counting more, that share a hit's most particular category. */
function categoryShares(hits: readonly Reranked[], facts: Facts): (hit: Reranked) => number {
  const categoryKey = facts.keyId('category');
  const categoriesOf = ({ hit, segment: { columns, sets } }: Reranked): number[] => {
    const set = columns.sets[hit.slot] as number;
    const found: number[] = [];
    for (let at = sets.starts[set] as number; at < (sets.starts[set + 1] as number); at++)
      if (facts.keyOf[sets.pool[at] as number] === categoryKey) found.push(sets.pool[at] as number);
    return found;
  };
  const weights = new Map<number, number>();
  let total = 0;
  for (const hit of hits.slice(0, LEADERS)) {
    total += hit.words;
    for (const category of categoriesOf(hit)) weights.set(category, (weights.get(category) ?? 0) + hit.words);
  }
  if (total === 0) return () => 0;
  return (hit) => {
    let least = 1;
    for (const category of categoriesOf(hit)) least = Math.min(least, (weights.get(category) ?? 0) / total);
    return least;
  };
}

/**
 * How much a title has of the words that the titles of the best hits have and the catalog has not: relevance feedback
 * (Lavrenko and Croft 2001) within what was found anyway.
 */
function relatedShares(hits: readonly Reranked[], segments: readonly Segment[]): (hit: Reranked) => number {
  const counted = new Map<string, number>();
  for (const { segment, hit, titleCodes: title, words } of hits.slice(0, TITLE_LEADERS)) {
    const { titleStarts, titleWords } = segment.columns;
    const start = titleStarts[hit.slot] as number;
    title.forEach((code, i) => {
      if (code !== OTHER_WORD) return;
      const word = titleWords[start + i] as number;
      const rarity = Math.log(1 + segment.slotCount / (1 + segment.frequency(word)));
      const term = segment.term(word);
      counted.set(term, (counted.get(term) ?? 0) + (words * rarity) / title.length);
    });
  }
  const related = [...counted].sort((a, b) => b[1] - a[1]).slice(0, RELATED_WORDS);
  const bySegment = new Map(
    segments.map((segment) => [
      segment,
      new Map(related.map(([term, weight]): [number, number] => [segment.find(term), weight])),
    ]),
  );
  return ({ segment, hit }) => {
    const { titleStarts, titleWords } = segment.columns;
    const weights = bySegment.get(segment) as ReadonlyMap<number, number>;
    let sum = 0;
    for (let at = titleStarts[hit.slot] as number; at < (titleStarts[hit.slot + 1] as number); at++)
      sum += weights.get(titleWords[at] as number) ?? 0;
    return sum;
  };
}
