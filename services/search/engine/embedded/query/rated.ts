import { QUALITY_KEY, rankFrom } from '../../../domain/rating.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';

/** How well what is in a slot is rated, 0 where nobody reviewed it: read of the facts, once for each set of them. */
export function ratedBy(facts: Facts): (segment: Segment, slot: number) => number {
  const key = facts.keyId(QUALITY_KEY);
  const ranks = new Map<Segment, Float64Array>();
  const rankOfSets = ({ sets: { count, starts, pool } }: Segment): Float64Array => {
    const found = new Float64Array(count);
    for (let set = 0; set < count; set++)
      for (let at = starts[set]!; at < starts[set + 1]!; at++) {
        const fact = pool[at]!;
        if (facts.keyOf[fact] === key) found[set] = rankFrom(facts.value(fact));
      }
    return found;
  };
  return (segment, slot) => {
    if (key === -1) return 0;
    const known = ranks.get(segment) ?? rankOfSets(segment);
    ranks.set(segment, known);
    return known[segment.columns.sets[slot]!]!;
  };
}
