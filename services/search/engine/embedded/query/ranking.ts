import { SOLD_OUT_SHARE } from '../../../domain/match-rule.ts';
import type { EngineSort, SortKeys } from '../../engine.ts';
import { compareIdKeys, idKey } from '../segment/id-key.ts';
import type { Segment, SegmentColumns } from '../segment/segment.ts';
import type { Batch } from './batch.ts';

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

  /** Shows it hits of one segment. */
  show(segment: Segment, { slots, scores, count }: Batch): void {
    const { columns } = segment;
    if (this.#sort !== 'relevance') {
      for (let i = 0; i < count; i++) this.#show(segment, columns, slots[i]!, 0);
      return;
    }
    const { published } = columns;
    for (let i = 0; i < count; i++) {
      // Most hits are none of the best: they must cost nothing but this.
      const score = scores[i]!;
      const most = score * SCORE_SCALE + 0.5;
      if (most < this.#leastPrimary) continue;
      const slot = slots[i]!;
      if (most < this.#leastPrimary + 1 && published[slot]! < this.#leastPublished) continue;
      this.#show(segment, columns, slot, score);
    }
  }

  #show(segment: Segment, columns: SegmentColumns, slot: number, score: number): void {
    const { published: dates, idKeys, rowIds } = columns;
    const primary = this.#primaryOf(segment, slot, score);
    if (primary < this.#leastPrimary) return;
    const published = dates[slot]!;
    if (primary === this.#leastPrimary && this.#least !== undefined) {
      // Many are equal in a catalog that was imported at once: they must cost nothing here.
      if (published < this.#leastPublished) return;
      if (published === this.#leastPublished && compareIdKeys(idKeys, slot, this.#least.idKeys, this.#least.slot) < 0)
        return;
    }
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

  /** What the sort looks at first: the greater comes first. */
  #primaryOf(segment: Segment, slot: number, score: number): number {
    const { prices, spots } = segment.columns;
    switch (this.#sort) {
      case 'relevance':
        return Math.round(score * (segment.states.isInStock(slot) ? SCORE_SCALE : SCORE_SCALE * SOLD_OUT_SHARE));
      case 'price_asc':
        return -prices[slot]!;
      case 'price_desc':
        return prices[slot]!;
      case 'rating':
        return this.#measures.ratedOf(segment, slot);
      case 'distance':
        return -this.#measures.metersOf(spots[slot]!);
      case 'newest':
        return 0;
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
