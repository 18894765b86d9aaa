/** A candidate in the order of its score. */
export type Ranked = {
  readonly id: string;
  readonly storeId: string;
  readonly categoryId: string;
  readonly score: number;
  readonly isFresh: boolean;
};

/** Listings of one store among the first twenty, and so on down the list. */
const STORE_MAX_PER_PAGE = 4;
const PAGE = 20;
/** Each of a category that stands among the last eight makes the next one count less. */
const SAME_CATEGORY = 0.85;
const LOOKED_BACK = 8;
/** Every so many places one is for something new that nobody has judged yet. */
const EXPLORED_EVERY = 8;
/** Candidates looked at for each place: the best are near the front. */
const LOOKED_AHEAD = 60;

/**
 * Puts candidates (best first) in an order people like to scroll: not the same kind again and again, no store all over the
 * place, and now and then something new, chosen by chance among the fresh. `chance` is asked for each such place, so that the
 * same seed gives the same list.
 */
export function arrange<Candidate extends Ranked>(
  candidates: readonly Candidate[],
  limit: number,
  chance: () => number,
): Candidate[] {
  const left = [...candidates];
  const arranged: Candidate[] = [];
  while (arranged.length < limit && left.length > 0) {
    const isExploring = (arranged.length + 1) % EXPLORED_EVERY === 0;
    const at = (isExploring ? freshPlace(left, chance) : undefined) ?? bestPlace(left, arranged);
    arranged.push(...left.splice(at, 1));
  }
  return arranged;
}

function freshPlace(left: readonly Ranked[], chance: () => number): number | undefined {
  const fresh = left.flatMap(({ isFresh }, place) => (isFresh ? [place] : []));
  return fresh[Math.floor(chance() * fresh.length)];
}

function bestPlace(left: readonly Ranked[], arranged: readonly Ranked[]): number {
  const page = arranged.slice(arranged.length - (arranged.length % PAGE));
  const before = arranged.slice(-LOOKED_BACK);
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [place, { storeId, categoryId, score }] of left.slice(0, LOOKED_AHEAD).entries()) {
    const ofStore = page.filter((each) => each.storeId === storeId).length;
    const alike = before.filter((each) => each.categoryId === categoryId).length;
    // A store that has had its share comes last, yet before nothing at all.
    const value = score * SAME_CATEGORY ** alike - (ofStore >= STORE_MAX_PER_PAGE ? 1_000 : 0);
    if (value > bestScore) [best, bestScore] = [place, value];
  }
  return best;
}
