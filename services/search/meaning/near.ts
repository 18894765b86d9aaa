import type { Near } from '../engine/engine.ts';
import type { Neighbor } from '../vectors/vector-index.ts';

/** Listings near a query that its search hears of. */
export const NEAR_MAX = 100;
/** Those of them that are hits without its words: so many, and at least half of the way from the farthest to the nearest. */
const JOINING_MAX = 20;
const JOINING_LEAST = 0.5;

/**
 * What is near as the engines take it: cosines of one model lie between 0.1 and 0.6, of another between 0.75 and 0.9, so
 * they are told as parts of the way from the farthest of these to the nearest.
 */
export function nearOf(neighbors: readonly Neighbor[]): Near[] {
  const [most, least] = [neighbors[0]?.similarity ?? 0, neighbors.at(-1)?.similarity ?? 0];
  return neighbors.map(({ id, similarity: cosine }, place) => {
    const similarity = most === least ? 1 : (cosine - least) / (most - least);
    return { id, similarity, isHit: place < JOINING_MAX && similarity >= JOINING_LEAST };
  });
}
