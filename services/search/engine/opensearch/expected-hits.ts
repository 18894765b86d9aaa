import type { QueryPlan } from '../../domain/query-plan.ts';

/** Words that are looked at: the rarest, as each may be there or not. */
const WORDS_MAX = 10;

/** About how many of so many listings have words of the needed rarity, were the words independent of each other. */
export function expectedHits({ groups, rarityTotal }: QueryPlan, needed: number, liveCount: number): number {
  const shareFrom = (place: number, missing: number, left: number): number => {
    const group = groups[place];
    if (missing <= 0) return 1;
    if (group === undefined || place === WORDS_MAX || left < missing) return 0;
    // A rarity is the logarithm of the share of listings that have the word.
    const share = group.terms.length === 0 ? 0 : Math.exp(-group.rarity);
    const after = left - group.rarity;
    return (
      share * shareFrom(place + 1, missing - group.rarity, after) + (1 - share) * shareFrom(place + 1, missing, after)
    );
  };
  return liveCount * shareFrom(0, needed, rarityTotal);
}
