import { SOLD_OUT_SHARE } from '../../../domain/match-rule.ts';
import type { EngineSort, SortKeys } from '../../engine.ts';
import { hasBit } from '../segment/bits.ts';
import { compareIdKeys, idKey } from '../segment/id-key.ts';
import type { Segment } from '../segment/segment.ts';
import { BATCH_SLOTS, type Batch } from './batch.ts';

/** Scores are kept as whole numbers of so many parts, so that a cursor can name them. */
export const SCORE_SCALE = 10_000;

/** One hit of the page, with the two numbers it was sorted by. */
export type Ranked = {
  readonly primary: number;
  readonly published: number;
  readonly idKeys: Uint32Array;
  /** Where it was found; null for the last one of an earlier page. */
  readonly segment: Segment | null;
  readonly slot: number;
  readonly rowId: number;
  /** Of hits that were ordered anew, when they are to be explained. */
  readonly features?: readonly number[];
};

/** What is sorted by that no column says: how far a spot is, and how well a slot is rated. */
export type Measures = {
  readonly metersOf: (spot: number) => number;
  readonly ratedOf: (segment: Segment, slot: number) => number;
};

/** Of the batch at hand, in its order; kept so that no query allocates. */
const primaries = new Float64Array(BATCH_SLOTS);

const NO_MEASURES: Measures = { metersOf: () => 0, ratedOf: () => 0 };

/** Keeps the best `limit` of all hits it is shown, after those of earlier pages, and knows whether there are more. */
export class Ranking {
  readonly #sort: EngineSort;
  readonly #limit: number;
  readonly #measures: Measures;
  readonly #after: Ranked | null;
  readonly #best: Ranked[] = [];
  /** The last one kept; what comes after it is not wanted. None until all places are taken. */
  #least: Ranked | undefined;
  #leastPrimary = Number.NEGATIVE_INFINITY;
  #leastPublished = Number.NEGATIVE_INFINITY;

  constructor(sort: EngineSort, limit: number, after: SortKeys | null, measures: Measures = NO_MEASURES) {
    this.#sort = sort;
    this.#measures = measures;
    this.#limit = limit;
    this.#after =
      after === null
        ? null
        : { primary: after[0], published: after[1], idKeys: idKey(after[2]), segment: null, slot: 0, rowId: 0 };
  }

  /** What may still be among the best has this much at least: a price, a date, as the sort has it. */
  get threshold(): { readonly primary: number; readonly published: number } {
    return { primary: this.#leastPrimary, published: this.#leastPublished };
  }

  /** Shows it hits of one segment. Most are none of the best, and many are equal: they must cost nothing but these loops. */
  show(segment: Segment, batch: Batch): void {
    if (this.#sort === 'relevance') this.#showByScore(segment, batch);
    else this.#showByMeasure(segment, batch);
  }

  #showByScore(segment: Segment, { slots, scores, count }: Batch): void {
    const { published } = segment.columns;
    const { inStock } = segment.states;
    let leastPrimary = this.#leastPrimary;
    for (let i = 0; i < count; i++) {
      const score = scores[i]!;
      const most = score * SCORE_SCALE + 0.5;
      if (most < leastPrimary) continue;
      const slot = slots[i]!;
      if (most < leastPrimary + 1 && published[slot]! < this.#leastPublished) continue;
      const primary = Math.round(score * (hasBit(inStock, slot) ? SCORE_SCALE : SCORE_SCALE * SOLD_OUT_SHARE));
      if (primary < leastPrimary) continue;
      this.#keep(segment, slot, primary);
      leastPrimary = this.#leastPrimary;
    }
  }

  #showByMeasure(segment: Segment, batch: Batch): void {
    this.#fillPrimaries(segment, batch);
    const { published } = segment.columns;
    const { slots, count } = batch;
    let leastPrimary = this.#leastPrimary;
    for (let i = 0; i < count; i++) {
      const primary = primaries[i]!;
      if (primary < leastPrimary) continue;
      const slot = slots[i]!;
      if (primary === leastPrimary && published[slot]! < this.#leastPublished) continue;
      this.#keep(segment, slot, primary);
      leastPrimary = this.#leastPrimary;
    }
  }

  #keep(segment: Segment, slot: number, primary: number): void {
    const { published: dates, idKeys, rowIds } = segment.columns;
    const published = dates[slot]!;
    if (primary === this.#leastPrimary && published === this.#leastPublished && this.#least !== undefined)
      if (compareIdKeys(idKeys, slot, this.#least.idKeys, this.#least.slot) < 0) return;
    const hit: Ranked = { primary, published, idKeys, segment, slot, rowId: rowIds[slot]! };
    if (this.#after !== null && compare(hit, this.#after) >= 0) return;
    let low = 0;
    let high = this.#best.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#best[middle]!, hit) > 0) low = middle + 1;
      else high = middle;
    }
    // One more than the page is kept: then there is a next one.
    if (low > this.#limit) return;
    this.#best.splice(low, 0, hit);
    if (this.#best.length <= this.#limit) return;
    if (this.#best.length > this.#limit + 1) this.#best.pop();
    const least = this.#best[this.#limit]!;
    this.#least = least;
    this.#leastPrimary = least.primary;
    this.#leastPublished = least.published;
  }

  /** What the sort looks at first, where it is not the score: the greater comes first. */
  #fillPrimaries(segment: Segment, { slots, count }: Batch): void {
    const { prices, spots } = segment.columns;
    const { metersOf, ratedOf } = this.#measures;
    switch (this.#sort) {
      case 'price_asc':
        for (let i = 0; i < count; i++) primaries[i] = -prices[slots[i]!]!;
        return;
      case 'price_desc':
        for (let i = 0; i < count; i++) primaries[i] = prices[slots[i]!]!;
        return;
      case 'rating':
        for (let i = 0; i < count; i++) primaries[i] = ratedOf(segment, slots[i]!);
        return;
      case 'distance':
        for (let i = 0; i < count; i++) primaries[i] = -metersOf(spots[slots[i]!]!);
        return;
      case 'newest':
        primaries.fill(0, 0, count);
    }
  }

  /** All that were kept, best first. */
  get kept(): readonly Ranked[] {
    return this.#best;
  }
}

/** Rows of a page, and the last one's sort keys without its id; null when nothing follows. */
export type Page = {
  readonly rowIds: readonly number[];
  readonly lastKeys: readonly [number, number] | null;
  readonly features: readonly (readonly number[] | null)[];
};

export function pageOf(ranked: readonly Ranked[], limit: number): Page {
  const last = ranked[limit - 1];
  return {
    rowIds: ranked.slice(0, limit).map(({ rowId }) => rowId),
    features: ranked.slice(0, limit).map(({ features }) => features ?? null),
    lastKeys: ranked.length > limit && last !== undefined ? [last.primary, last.published] : null,
  };
}

/** Positive when `a` comes first. */
export function compare(a: Ranked, b: Ranked): number {
  return a.primary - b.primary || a.published - b.published || compareIdKeys(a.idKeys, a.slot, b.idKeys, b.slot);
}
