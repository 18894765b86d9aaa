import { COMPLETENESS_KEY, completenessFrom } from '../../../domain/completeness.ts';
import { distanceFrom } from '../../../domain/distance.ts';
import { STORE_KEY } from '../../../domain/document.ts';
import { SOLD_OUT_SHARE } from '../../../domain/match-rule.ts';
import type { QueryPlan } from '../../../domain/query-plan.ts';
import { BREAK_WORD, BREAK_WORDS, OTHER_NUMBER, OTHER_WORD } from '../../../domain/ranking/features.ts';
import type { RankingModel } from '../../../domain/ranking/model.ts';
import type { RankingRules } from '../../../domain/ranking/ranking-rules.ts';
import { type BestHits, type Rank, rankedAnew } from '../../../domain/ranking/rerank.ts';
import { STANDING_KEY, standingFrom } from '../../../domain/rating.ts';
import { isNumber } from '../../../domain/units.ts';
import type { SortKeys } from '../../engine.ts';
import type { Facts } from '../segment/facts.ts';
import { compareIdKeys, idKey } from '../segment/id-key.ts';
import type { Segment } from '../segment/segment.ts';
import { compare, type Ranked, SCORE_SCALE } from './ranking.ts';

type BestHit = {
  readonly hit: Ranked;
  readonly segment: Segment;
  readonly title: readonly number[];
  readonly words: number;
  readonly isInStock: boolean;
};

/** What orders the hits of an index. `isExplained`: whether their features are kept. */
type Ordering = {
  readonly facts: Facts;
  readonly model: RankingModel;
  readonly rules: RankingRules | undefined;
  readonly segments: readonly Segment[];
  /** How far a spot is from where it is searched. */
  metersOf(spot: number): number;
  /** How near the query a hit is, 0 when that is not known. */
  similarityOf(hit: Ranked): number;
  readonly isExplained: boolean;
};

/** Orders the best hits anew by what their titles, categories and neighbors say. */
export function rerank(
  best: readonly Ranked[],
  plan: QueryPlan,
  { facts, model, rules, segments, metersOf, similarityOf, isExplained }: Ordering,
): Ranked[] {
  if (best.length === 0) return [];
  const codes = new Map(segments.map((segment) => [segment, codesOf(segment, plan)]));
  const hasNumbers = plan.groups.some((group) => group.isNumber);
  const hits = best.map((hit): BestHit => {
    const segment = hit.segment as Segment;
    const isInStock = segment.states.isInStock(hit.slot);
    return {
      hit,
      segment,
      title: titleCodes(segment, hit.slot, codes.get(segment) as ReadonlyMap<number, number>, hasNumbers),
      words: hit.primary / SCORE_SCALE / (isInStock ? 1 : SOLD_OUT_SHARE) / plan.rarityTotal,
      isInStock,
    };
  });
  const view = { ...viewOf({ facts, rules, segments, metersOf }), similarity: ({ hit }: BestHit) => similarityOf(hit) };
  const ranks = rankedAnew(hits, plan, { model, rules, view, isExplained });
  return hits.map(({ hit }, i) => rankedAs(hit, ranks[i]!)).sort((a, b) => compare(b, a));
}

/** Property by property: a hundred copies of objects would take longer than ordering them. */
function rankedAs({ published, idKeys, segment, slot, rowId }: Ranked, { primary, features }: Rank): Ranked {
  const ranked = { primary, published, idKeys, segment, slot, rowId };
  return features === undefined ? ranked : { ...ranked, features };
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

function viewOf({
  facts,
  rules,
  segments,
  metersOf,
}: Pick<Ordering, 'facts' | 'rules' | 'segments' | 'metersOf'>): Omit<BestHits<BestHit>, 'similarity'> {
  const boostOf = boostsIn(facts, Object.entries(rules?.boosts ?? {}));
  const categoryKey = facts.keyId('category');
  const completeKey = facts.keyId(COMPLETENESS_KEY);
  const standingKey = facts.keyId(STANDING_KEY);
  const factsOf = ({ hit, segment: { columns, sets } }: BestHit, key: number): number[] => {
    const set = columns.sets[hit.slot]!;
    const found: number[] = [];
    for (let at = sets.starts[set]!; at < sets.starts[set + 1]!; at++)
      if (facts.keyOf[sets.pool[at]!] === key) found.push(sets.pool[at]!);
    return found;
  };
  return {
    words: ({ words }) => words,
    title: ({ title }) => title,
    categories: (hit) => factsOf(hit, categoryKey),
    signals(hit) {
      const [complete] = completeKey === -1 ? [] : factsOf(hit, completeKey);
      const [standing] = standingKey === -1 ? [] : factsOf(hit, standingKey);
      return {
        completeness: complete === undefined ? null : completenessFrom(facts.value(complete)),
        rating: standing === undefined ? null : standingFrom(facts.value(standing)),
        publishedMs: hit.hit.published,
        distanceKm: distanceFrom(metersOf(hit.segment.columns.spots[hit.hit.slot]!)),
        boost: boostOf(hit),
      };
    },
    wordAt({ hit, segment }, place) {
      const { titleStarts, titleWords } = segment.columns;
      const word = titleWords[titleStarts[hit.slot]! + place]!;
      const rarity = Math.log(1 + segment.slotCount / (1 + segment.frequency(word)));
      return { term: segment.term(word), rarity };
    },
    worthBy(weights) {
      const bySegment = new Map(
        segments.map((segment) => [
          segment,
          new Map([...weights].map(([term, weight]): [number, number] => [segment.find(term), weight])),
        ]),
      );
      return ({ segment, hit }) => {
        const { titleStarts, titleWords } = segment.columns;
        const known = bySegment.get(segment) as ReadonlyMap<number, number>;
        let sum = 0;
        for (let at = titleStarts[hit.slot]!; at < titleStarts[hit.slot + 1]!; at++)
          sum += known.get(titleWords[at]!) ?? 0;
        return sum;
      };
    },
  };
}

/** How much a hit is boosted, itself or with its store. */
function boostsIn(facts: Facts, boosts: readonly [string, number][]): (hit: BestHit) => number {
  if (boosts.length === 0) return () => 0;
  const ofStores = new Map(
    boosts.flatMap(([id, boost]) =>
      facts.matching({ key: STORE_KEY, values: [id], ranges: [] }).map((fact) => [fact + 1, boost] as const),
    ),
  );
  const ofListings = boosts.map(([id, boost]) => ({ key: idKey(id), boost }));
  return ({ hit, segment }) => {
    const own = ofListings.find(({ key }) => compareIdKeys(key, 0, hit.idKeys, hit.slot) === 0)?.boost ?? 0;
    return Math.max(own, ofStores.get(segment.columns.stores[hit.slot]!) ?? 0);
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
  for (let at = titleStarts[slot]!; at < titleStarts[slot + 1]!; at++) {
    const word = titleWords[at]!;
    title.push(codes.get(word) ?? (hasNumbers && isNumber(segment.term(word)) ? OTHER_NUMBER : OTHER_WORD));
  }
  return title;
}
