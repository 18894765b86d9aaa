import type { JudgedQuery } from '../judged-set.ts';
import { DEPTH, type System } from './system.ts';

/** A system that tells its scores. */
export type Scoring = System & { scored(text: string, limit: number): [string, number][] };

/** Candidates of each side. */
const CANDIDATES = 100;
/** The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009). */
const RRF_K = 60;

/** Two systems put together: by ranks (RRF), or by scores from 0 to 1 of which the second's count `share`. */
export class Fusion implements System {
  readonly name: string;
  readonly #sides: readonly [Scoring, Scoring];
  readonly #share: number | 'ranks';

  constructor(name: string, sides: readonly [Scoring, Scoring], share: number | 'ranks') {
    this.name = name;
    this.#sides = sides;
    this.#share = share;
  }

  async answer(queries: readonly JudgedQuery[]): Promise<string[][]> {
    return queries.map(({ text }) => {
      const fused = new Map<string, number>();
      this.#sides.forEach((side, place) => {
        const found = side.scored(text, CANDIDATES);
        const [highest, lowest] = [found[0]?.[1] ?? 0, found.at(-1)?.[1] ?? 0];
        found.forEach(([id, score], rank) => {
          const worth =
            this.#share === 'ranks'
              ? 1 / (RRF_K + rank + 1)
              : (place === 0 ? 1 - this.#share : this.#share) * ((score - lowest) / (highest - lowest || 1));
          fused.set(id, (fused.get(id) ?? 0) + worth);
        });
      });
      return [...fused]
        .sort((a, b) => b[1] - a[1])
        .slice(0, DEPTH)
        .map(([id]) => id);
    });
  }

  async close(): Promise<void> {
    // Its sides are closed by who opened them.
  }
}
