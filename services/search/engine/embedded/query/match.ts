import { neededRarity, type Strictness, waysToMatch } from '../../../domain/match-rule.ts';
import type { QueryPlan } from '../../../domain/query-plan.ts';
import type { EngineSort } from '../../engine.ts';
import { NO_POSTINGS } from '../segment/postings.ts';
import type { Segment } from '../segment/segment.ts';
import type { Batch } from './batch.ts';
import { type CollectedGroup, collect } from './collect.ts';
import { intersect } from './intersect.ts';

/** Adds the hits of one segment with their scores to a batch; false: the batch ended the walk. */
export type MatchSegment = (segment: Segment, into: Batch) => boolean;

/**
 * Decides what is a hit: listings with all the words when there are many, else those with enough of them. Answers how to
 * visit those of each segment.
 */
export function hitsOf(
  segments: readonly Segment[],
  plan: QueryPlan,
  { sort, batch }: { readonly sort: EngineSort; readonly batch: Batch },
): MatchSegment {
  const groupsOf = groupsIn(plan);
  for (const { strictness, enough } of waysToMatch(plan, sort)) {
    const match = matching(plan, strictness, groupsOf);
    if (reaches(enough, { segments, match, batch })) return match;
  }
  return matching(plan, 'any', groupsOf);
}

type GroupsOf = (segment: Segment) => readonly CollectedGroup[];

/** The query's words in a segment, looked up once. */
function groupsIn({ groups }: QueryPlan): GroupsOf {
  const known = new Map<Segment, readonly CollectedGroup[]>();
  return (segment) => {
    let found = known.get(segment);
    if (found === undefined) {
      found = groups.map(({ rarity, terms }) => ({
        rarity,
        terms: terms.flatMap(({ term, share: of }) => {
          const word = segment.find(term);
          return word === -1 ? [] : { postings: segment.postings(word), weight: (rarity * of) / 255 };
        }),
      }));
      known.set(segment, found);
    }
    return found;
  };
}

/** Whether there are so many; no more are counted. */
function reaches(
  enough: number,
  {
    segments,
    match,
    batch,
  }: { readonly segments: readonly Segment[]; readonly match: MatchSegment; readonly batch: Batch },
): boolean {
  if (enough === 0) return true;
  let count = 0;
  batch.begin((full) => {
    count += full.count;
    return count < enough;
  }, enough);
  return segments.some((segment) => !match(segment, batch) || !batch.flush());
}

/** Hits that have enough of the query's rarity. */
function matching(plan: QueryPlan, strictness: Strictness, groupsOf: GroupsOf): MatchSegment {
  const { groups, rarityTotal } = plan;
  const needed = neededRarity(plan, strictness);
  const isSimple = groups.every(({ terms }) => terms.length <= 1);
  return (segment, into) => {
    const found = groupsOf(segment);
    const { live } = segment.states;
    const { slotCount } = segment;
    if (strictness === 'all' && isSimple)
      return intersect(
        found.map(({ terms }) => terms[0] ?? { postings: NO_POSTINGS, weight: 0 }),
        live,
        into,
      );
    return collect(found, { needed, total: rarityTotal }, { slotCount, live, into });
  };
}
