/**
 * How many people dealt with each listing lately, older ones counting less (exponential decay, kept by forward decay: the
 * weight of an event is fixed when it comes).
 */
export class Popularity {
  readonly #halfLifeMs: number;
  readonly #weights = new Map<string, number>();
  #originMs: number | undefined;
  #latestMs = Number.NEGATIVE_INFINITY;
  #best: readonly [string, number][] = [];
  #learnedSince = 1;

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs;
  }

  learn(item: string, weight: number, atMs: number): void {
    this.#originMs ??= atMs;
    this.#latestMs = Math.max(this.#latestMs, atMs);
    const halfLives = (atMs - this.#originMs) / this.#halfLifeMs;
    if (halfLives > 200) this.#rescale(halfLives, atMs);
    const share = weight * 2 ** ((atMs - this.#originMs) / this.#halfLifeMs);
    this.#weights.set(item, (this.#weights.get(item) ?? 0) + share);
    this.#learnedSince++;
  }

  /** In events as of now: 3 means as much as three events of this moment. */
  of(item: string): number {
    return (this.#weights.get(item) ?? 0) / this.#scale;
  }

  /** The most popular first, as of the last sorting: it is done again once as much as a hundredth was learned since. */
  top(limit: number): readonly [string, number][] {
    const isStale = this.#learnedSince * 100 > this.#weights.size;
    if (isStale || this.#best.length < Math.min(limit, this.#weights.size)) {
      const scale = this.#scale;
      this.#best = [...this.#weights]
        .sort(([, a], [, b]) => b - a)
        .slice(0, Math.max(limit, TOP_KEPT))
        .map(([item, weight]) => [item, weight / scale]);
      this.#learnedSince = 0;
    }
    return this.#best.slice(0, limit);
  }

  get #scale(): number {
    return this.#originMs === undefined ? 1 : 2 ** ((this.#latestMs - this.#originMs) / this.#halfLifeMs);
  }

  /** Moves the origin up to now, and forgets what has faded to nothing. */
  #rescale(halfLives: number, atMs: number): void {
    for (const [item, weight] of this.#weights) {
      const left = weight * 2 ** -halfLives;
      if (left < 1e-9) this.#weights.delete(item);
      else this.#weights.set(item, left);
    }
    this.#originMs = atMs;
  }
}

/** What is popular "lately": half of it is of the last week. */
export const POPULAR_HALF_LIFE_MS = 7 * 86_400_000;

/** Places that are kept sorted. */
const TOP_KEPT = 500;
