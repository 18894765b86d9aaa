/** What somebody did with a listing, as far as a model needs it. */
export type Interaction = { readonly item: string; readonly weight: number; readonly atMs: number };

/** A listing that goes with others, how strongly, and with which of them most. */
export type Related = { readonly item: string; readonly score: number; readonly because: string };

/** What a model bets on. Which bet is right differs by marketplace: `tuning.ts` asks its own log. */
export type Tuning = {
  /** An event this much older counts half. */
  readonly halfLifeMs: number;
  /** Of an actor's history so many of the latest listings are paired with a new one. */
  readonly historyMax: number;
  /** Evidence that a pair must have before its cosine is believed by half. */
  readonly shrinkage: number;
  /** How much less a pair counts the further apart its listings were seen: to the power of the distance. */
  readonly distanceExponent: number;
  /** How much less a listing of a history counts the further back it is: to the power of its place. */
  readonly recencyExponent: number;
  /**
   * How much of a listing's popularity is taken out of its cosine with another: the square root on both sides as the cosine has
   * it, or less of what is suggested than of what was seen (F. Aiolli, Efficient top-N recommendation for very large scale
   * binary rated datasets, RecSys 2013). What is seen has the rest to 1.
   */
  readonly suggestedExponent: number;
};

export type CoOccurrenceOptions = Tuning & {
  /** Pairs kept in all; when there are more, the weakest half of each listing's go. */
  readonly pairsMax: number;
  readonly actorsMax: number;
};

const DAY_MS = 86_400_000;

/** A shop whose visitors look at things in sessions: order tells, and tastes drift. */
export const BROWSING: Tuning = {
  halfLifeMs: 150 * DAY_MS,
  historyMax: 50,
  shrinkage: 0.2,
  distanceExponent: 0.4,
  recencyExponent: 0.35,
  suggestedExponent: 0.42,
};

const LIMITS = { pairsMax: 3_000_000, actorsMax: 200_000 };

/** Pairs of one listing. Beyond it the weaker half of them goes: what everybody sees goes with everything. */
const ITEM_PAIRS_MAX = 800;
/** As many pairs every listing keeps. */
const FEW_PAIRS = 4;
/** A model's scale is renewed before its numbers grow beyond this. */
const SCALE_MAX = 1e60;

type History = { readonly items: number[]; readonly strengths: number[] };

/**
 * Which listings the same people deal with, learned event by event: a cosine between listings over people, shrunk where
 * there is little evidence, older events counting less by forward decay (G. Cormode et al., Forward decay, ICDE 2009: an
 * event's weight is fixed when it comes, so nothing is ever recomputed), and listings that somebody saw one after the other
 * counting more than those far apart. Bounded in pairs and in actors: whoever was not seen for the longest goes.
 */
export class CoOccurrence {
  readonly #options: CoOccurrenceOptions;
  readonly #numbers = new Map<string, number>();
  readonly #items: string[] = [];
  /** Weighted number of people of each listing, in the model's own scale. */
  readonly #mass: number[] = [];
  readonly #pairs: Map<number, number>[] = [];
  readonly #histories = new Map<string, History>();
  /** What a pair counts by its distance. */
  readonly #shares: readonly number[];
  #pairCount = 0;
  /** The number of pairs at which the weak ones go. */
  #prunedAt: number;
  /** The time from which weights are counted, and the latest one seen. */
  #originMs: number | undefined;
  #latestMs = Number.NEGATIVE_INFINITY;
  #factor = 1;

  constructor(options: Partial<CoOccurrenceOptions> = {}) {
    this.#options = { ...BROWSING, ...LIMITS, ...options };
    this.#prunedAt = this.#options.pairsMax;
    this.#shares = Array.from(
      { length: this.#options.historyMax + 1 },
      (_, distance) => distance ** -this.#options.distanceExponent,
    );
  }

  get itemCount(): number {
    return this.#items.length;
  }

  get pairCount(): number {
    return this.#pairCount;
  }

  /** The time of the newest event, by which the age of others is judged: a log of the past is as good as today's. */
  get latestMs(): number {
    return this.#latestMs;
  }

  learn(actor: string, { item, weight, atMs }: Interaction): void {
    const number = this.#numberOf(item);
    const now = this.#weightAt(atMs);
    const strength = strengthOf(weight);
    const history = this.#historyOf(actor);
    const known = history.items.indexOf(number);
    const before = known < 0 ? 0 : history.strengths[known]!;
    if (known >= 0) {
      history.items.splice(known, 1);
      history.strengths.splice(known, 1);
    }
    // Seeing it again adds only what the stronger act says more than the weaker.
    const added = Math.max(0, strength - before);
    if (added > 0) {
      this.#mass[number] = this.#mass[number]! + now * (strength * strength - before * before);
      for (let at = history.items.length - 1; at >= 0; at--) {
        const other = history.items[at]!;
        const distance = history.items.length - at;
        const share = now * added * history.strengths[at]! * this.#shares[distance]!;
        this.#addPair(number, other, share);
        this.#addPair(other, number, share);
      }
    }
    history.items.push(number);
    history.strengths.push(Math.max(strength, before));
    if (history.items.length > this.#options.historyMax) {
      history.items.shift();
      history.strengths.shift();
    }
    if (this.#pairCount > this.#prunedAt) this.#prune();
  }

  /** No more is learned from this actor's past; what was learned stays in sums that name nobody, until the model is made anew. */
  forget(actor: string): void {
    this.#histories.delete(actor);
  }

  /** Listings that go with this one, best first. */
  relatedTo(item: string, limit: number): Related[] {
    const number = this.#numbers.get(item);
    if (number === undefined) return [];
    return this.#neighbors(number)
      .sort(([, a], [, b]) => b - a)
      .slice(0, limit)
      .map(([other, score]) => ({ item: this.#items[other]!, score, because: item }));
  }

  /**
   * What goes with a history (newest first): the sum over its listings, each counting less the further back it is. Listings of
   * the history itself are left out.
   */
  suggestFor(history: readonly Interaction[], limit: number): Related[] {
    const seen = new Set(history.map(({ item }) => this.#numbers.get(item)));
    const scores = new Map<number, { score: number; most: number; because: number }>();
    for (const [at, { item, weight }] of history.entries()) {
      const number = this.#numbers.get(item);
      if (number === undefined) continue;
      const own = strengthOf(weight) / (1 + at) ** this.#options.recencyExponent;
      for (const [other, similarity] of this.#neighbors(number)) {
        if (seen.has(other)) continue;
        const share = own * similarity;
        const known = scores.get(other);
        if (known === undefined) scores.set(other, { score: share, most: share, because: number });
        else {
          known.score += share;
          if (share > known.most) Object.assign(known, { most: share, because: number });
        }
      }
    }
    return [...scores]
      .sort(([, a], [, b]) => b.score - a.score)
      .slice(0, limit)
      .map(([other, { score, because }]) => ({
        item: this.#items[other]!,
        score,
        because: this.#items[because]!,
      }));
  }

  /** Those it has pairs with, and how well they go together. */
  #neighbors(number: number): [number, number][] {
    const pairs = this.#pairs[number] as Map<number, number>;
    const { shrinkage, suggestedExponent } = this.#options;
    const scale = this.#weightAt(this.#latestMs);
    const own = this.#mass[number]! / scale;
    const found: [number, number][] = [];
    for (const [other, weight] of pairs) {
      const support = weight / scale;
      const mass = this.#mass[other]! / scale;
      const cosine = support / (own ** (1 - suggestedExponent) * mass ** suggestedExponent);
      found.push([other, (cosine * support) / (support + shrinkage)]);
    }
    return found;
  }

  #numberOf(item: string): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    const number = this.#items.length;
    this.#numbers.set(item, number);
    this.#items.push(item);
    this.#mass.push(0);
    this.#pairs.push(new Map());
    return number;
  }

  /** The actor's history, which is from now on the last to be given up. */
  #historyOf(actor: string): History {
    const known = this.#histories.get(actor);
    const history = known ?? { items: [], strengths: [] };
    if (known !== undefined) this.#histories.delete(actor);
    else if (this.#histories.size >= this.#options.actorsMax)
      this.#histories.delete(this.#histories.keys().next().value as string);
    this.#histories.set(actor, history);
    return history;
  }

  #addPair(of: number, other: number, weight: number): void {
    const pairs = this.#pairs[of] as Map<number, number>;
    const known = pairs.get(other);
    if (known === undefined) this.#pairCount++;
    pairs.set(other, (known ?? 0) + weight);
    if (pairs.size > ITEM_PAIRS_MAX) this.#keepStrongest(of, ITEM_PAIRS_MAX / 2);
  }

  /** Forward decay: twice as much for each half-life that passed since the first event. */
  #weightAt(atMs: number): number {
    this.#originMs ??= atMs;
    this.#latestMs = Math.max(this.#latestMs, atMs);
    const weight = this.#factor * 2 ** ((atMs - this.#originMs) / this.#options.halfLifeMs);
    if (weight < SCALE_MAX) return weight;
    this.#rescale(1 / weight);
    return 1;
  }

  #rescale(by: number): void {
    this.#factor *= by;
    for (let at = 0; at < this.#mass.length; at++) this.#mass[at] = this.#mass[at]! * by;
    for (const pairs of this.#pairs) for (const [other, weight] of pairs) pairs.set(other, weight * by);
  }

  /** Keeps the stronger half of each listing's pairs, and all of those that have few. */
  #prune(): void {
    for (const [number, pairs] of this.#pairs.entries()) {
      if (pairs.size <= FEW_PAIRS) continue;
      this.#keepStrongest(number, Math.ceil(pairs.size / 2));
    }
    // So many listings with a few pairs each stay as they are: it is not tried again at every event.
    this.#prunedAt = Math.max(this.#options.pairsMax, this.#pairCount * 1.25);
  }

  #keepStrongest(number: number, count: number): void {
    const pairs = this.#pairs[number] as Map<number, number>;
    const kept = [...pairs].sort(([, a], [, b]) => b - a).slice(0, count);
    this.#pairCount -= pairs.size - kept.length;
    this.#pairs[number] = new Map(kept);
  }
}

/** A look counts 1, a purchase (6) some 2.8: acts say more, but not as much more as they are rarer. */
function strengthOf(weight: number): number {
  return Math.log2(1 + weight);
}
