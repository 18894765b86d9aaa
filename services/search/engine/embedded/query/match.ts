import type { EngineSort } from '../../engine.ts';
import { NO_POSTINGS } from '../segment/postings.ts';
import type { Segment } from '../segment/segment.ts';
import { type CollectedGroup, collect } from './collect.ts';
import { intersect } from './intersect.ts';
import type { QueryPlan } from './query-plan.ts';

/**
 * The part of the query's total rarity that a hit's words must have, or of its rarest word's: in a long query one telling
 * word is little of the whole, and enough. A word that is everywhere ("new") only orders. Sorted by price or age nobody sees
 * the score, so more must match there.
 */
const RARITY_SHARE = { relevance: 0.3, other: 0.7 } as const;
const RAREST_SHARE = 0.75;
/** Sums of rarities are rounded: so much of what is needed is enough. */
const ROUNDING = 0.9999;
/**
 * When so many listings have all the words, those with only some are not wanted: nobody pages to them, and counting
 * them would cost as much as the catalog is large.
 */
const ENOUGH = 200;
/** The same holds for those with nearly all of what the words tell, and so on down. */
const ENOUGH_SHARES = [0.7, 0.5];

/** Visits the hits of one segment with their scores; false ends the walk. */
export type MatchSegment = (segment: Segment, visit: (slot: number, score: number) => boolean) => boolean;

/**
 * Decides what is a hit: listings with all the words when there are many, else those with enough of them. Answers how to
 * visit those of each segment.
 */
export function hitsOf(segments: readonly Segment[], plan: QueryPlan, sort: EngineSort): MatchSegment {
  // A phrase that nobody has is searched for by its words.
  if (plan.isStrict && reaches(1, segments, matching(plan, 1))) return matching(plan, 1);
  if (plan.groups.length === 1 || reaches(ENOUGH, segments, matching(plan, 1))) return matching(plan, 1);
  const strict = matching(plan, RARITY_SHARE.other);
  if (sort !== 'relevance' && reaches(1, segments, strict)) return strict;
  for (const share of ENOUGH_SHARES) {
    const match = matching(plan, share);
    if (reaches(ENOUGH, segments, match)) return match;
  }
  return matching(plan, RARITY_SHARE.relevance);
}

/** Whether there are so many; no more are counted. */
function reaches(enough: number, segments: readonly Segment[], match: MatchSegment): boolean {
  let count = 0;
  for (const segment of segments) if (!match(segment, () => ++count < enough)) return true;
  return false;
}

/**
 * Hits that have this share of the query's rarity. What a hit has of it counts by its square root, so that one with all the
 * words comes before one that has a single word often.
 */
function matching({ groups, rarityTotal }: QueryPlan, share: number): MatchSegment {
  const rarest = groups[0]?.rarity ?? 0;
  const isAny = share === RARITY_SHARE.relevance;
  const needed = (isAny ? Math.min(rarityTotal * share, rarest * RAREST_SHARE) : rarityTotal * share) * ROUNDING;
  const isSimple = groups.every(({ terms }) => terms.length <= 1);
  return (segment, visit) => {
    const found = groups.map(
      ({ rarity, terms }): CollectedGroup => ({
        rarity,
        terms: terms.flatMap(({ term, share: of }) => {
          const word = segment.find(term);
          return word === -1 ? [] : { postings: segment.postings(word), weight: (rarity * of) / 255 };
        }),
      }),
    );
    const { live } = segment.states;
    const { slotCount } = segment;
    if (share === 1 && isSimple)
      return intersect(
        found.map(({ terms }) => terms[0] ?? { postings: NO_POSTINGS, weight: 0 }),
        live,
        visit,
      );
    return collect(found, needed, {
      slotCount,
      live,
      visit: (slot, score, rarity) => visit(slot, score * Math.sqrt(rarity / rarityTotal)),
    });
  };
}
