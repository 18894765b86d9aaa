import type { EngineSort } from '../engine/engine.ts';
import type { QueryPlan } from './query-plan.ts';

/** How much of a query a hit must have: all words, or a part of what they tell. */
export type Strictness = 'all' | 'most' | 'half' | 'any';

/**
 * The part of the query's total rarity that a hit's words must have, or of its rarest word's: in a long query one telling
 * word is little of the whole, and enough. A word that is everywhere ("new") only orders. Sorted by price or age nobody sees
 * the score, so more must match there.
 */
const RARITY_SHARE: Readonly<Record<Strictness, number>> = { all: 1, most: 0.7, half: 0.5, any: 0.3 };
const RAREST_SHARE = 0.75;
/** Sums of rarities are rounded: so much of what is needed is enough. */
const ROUNDING = 0.9999;
/**
 * When so many listings have all the words, those with only some are not wanted: nobody pages to them, and counting
 * them would cost as much as the catalog is large. The same holds for those with nearly all of what the words tell, and so on down.
 */
const ENOUGH = 200;
/** Sold-out listings stay findable but come after equal ones that can be bought. */
export const SOLD_OUT_SHARE = 0.8;

/** What may be a hit, the strictest first: the first that finds enough is taken, or else `any`. */
export function waysToMatch(
  plan: QueryPlan,
  sort: EngineSort,
): { readonly strictness: Strictness; readonly enough: number }[] {
  const { groups, isStrict, rarityTotal } = plan;
  if (groups.length === 1) return [{ strictness: 'all', enough: 0 }];
  const leastRarity = groups.at(-1)?.rarity ?? 0;
  // When no word may be missing, it would find what was too little before.
  const isWider = (strictness: Strictness) => rarityTotal - leastRarity >= neededRarity(plan, strictness);
  return [
    // A phrase that nobody has is searched for by its words.
    { strictness: 'all', enough: isStrict ? 1 : ENOUGH } as const,
    { strictness: 'most', enough: sort === 'relevance' ? ENOUGH : 1 } as const,
    { strictness: 'half', enough: ENOUGH } as const,
  ].filter(({ strictness, enough }) => strictness === 'all' || enough < ENOUGH || isWider(strictness));
}

/** The rarity that a hit's words must have together. */
export function neededRarity({ groups, rarityTotal }: QueryPlan, strictness: Strictness): number {
  const rarest = groups[0]?.rarity ?? 0;
  const needed = rarityTotal * RARITY_SHARE[strictness];
  return (strictness === 'any' ? Math.min(needed, rarest * RAREST_SHARE) : needed) * ROUNDING;
}
