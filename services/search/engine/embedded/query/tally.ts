import type { EngineQuery, EngineResult } from '../../engine.ts';
import { hasBit } from '../segment/bits.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import { spotsWithin } from './around.ts';
import type { Batch } from './batch.ts';
import { addSet, type Counts, countsOf, rowsWorthwhile } from './counts.ts';
import { FAILS, Filters, PASSES } from './filters.ts';
import { HitBits } from './hit-bits.ts';

/** Values told of one facet. */
const FACET_VALUES_MAX = 20;
/** Facts to filter by have keys that begin so: nobody is shown counts of them. */
const UNTOLD = '@';

/** Rows that are no hits; and the only ones that are, null: any. */
export type Rows = { readonly hidden: ReadonlySet<number>; readonly only: ReadonlySet<number> | null };

/** What a query counts on the way: total, price range, and how many hits have each fact. */
export class Tally {
  total = 0;
  /** Lowest and highest price so far; in an array, so that the loops below write numbers and no objects. */
  readonly #range = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  readonly filters: Filters;
  readonly #facts: Facts;
  readonly #query: EngineQuery;
  /** Hits by fact. */
  readonly #byFact: Uint32Array;
  readonly #hidden: ReadonlySet<number>;
  /** Whether the sets of facts alone say what is a hit, prices and places apart. */
  readonly #isBySets: boolean;
  /** Whether all that matches the words is a hit. */
  readonly #isPlain: boolean;
  readonly #only: ReadonlySet<number> | null;
  readonly #isWithin: ((spot: number) => boolean) | null;
  readonly #judging: { readonly facts: Facts; readonly filters: Filters };

  constructor(facts: Facts, query: EngineQuery, { hidden, only }: Rows) {
    this.#hidden = hidden;
    this.#only = only;
    this.#facts = facts;
    this.#query = query;
    this.#byFact = new Uint32Array(facts.count);
    this.filters = new Filters(facts, query.filters);
    this.#isWithin = spotsWithin(query.around);
    this.#judging = { facts, filters: this.filters };
    const isAnyRow = hidden.size === 0 && only === null;
    const isAnyPrice = query.priceMinimum === null && query.priceMaximum === null;
    const isAnyPlace = this.#isWithin === null && this.filters.stores === null;
    this.#isBySets = isAnyRow && isAnyPrice && isAnyPlace;
    this.#isPlain = this.#isBySets && query.isInStock === null && query.filters.length === 0;
  }

  get minimumPrice(): number {
    return this.#range[0]!;
  }

  get maximumPrice(): number {
    return this.#range[1]!;
  }

  /**
   * Counts one segment: within `work`, what is given to `sieve` is counted, and what is no hit taken out. Slots are live
   * and match the words.
   */
  count(segment: Segment, work: (sieve: (batch: Batch) => void) => void): void {
    if (this.#isPlain) {
      const hits = new HitBits(segment);
      work((batch) => {
        this.#widen(segment, batch);
        hits.addAll(batch);
      });
      hits.countFacts(this.#byFact);
      this.total += hits.count;
      return;
    }
    const counts = countsOf(segment, this.#judging);
    work((batch) => this.#sieve(segment, batch, counts));
    this.total += counts.finish(this.#byFact);
  }

  /** Whether a segment that is browsed is counted best at once, from what it knows of itself. */
  isCountedAtOnce(segment: Segment): boolean {
    return this.#isPlain || (this.#isBySets && rowsWorthwhile(segment) === null);
  }

  /** Counts all of a segment at once, from what it knows of itself. Only where `isCountedAtOnce`. */
  countAll(segment: Segment): void {
    const { inStockBySet, liveBySet, liveByFact, liveCount } = segment.states;
    const { isInStock } = this.#query;
    if (this.#isPlain) {
      liveByFact.forEach((count, fact) => {
        if (count > 0) this.#byFact[fact] = this.#byFact[fact]! + count;
      });
      this.total += liveCount;
      return;
    }
    const { count: setCount } = segment.sets;
    for (let set = 0; set < setCount; set++) {
      const inStock = inStockBySet[set]!;
      const live = liveBySet[set]!;
      const count = isInStock === null ? live : isInStock ? inStock : live - inStock;
      if (count === 0) continue;
      const verdict = this.filters.judge(segment.sets, set);
      if (verdict === PASSES) this.total += count;
      addSet(this.#byFact, { segment, set, verdict, count, judging: this.#judging });
    }
  }

  /** As `count`, for a segment that `countAll` has counted: only takes out what is no hit, and widens the price range. */
  look(segment: Segment, work: (sieve: (batch: Batch) => void) => void): void {
    if (this.#isPlain) {
      work((batch) => this.#widen(segment, batch));
      return;
    }
    const counts = countsOf(segment, this.#judging);
    work((batch) => this.#sieve(segment, batch, counts));
  }

  finish(): Pick<EngineResult, 'total' | 'priceRange' | 'facets'> {
    const byKey = new Map<number, { value: string; count: number }[]>();
    for (let fact = 0; fact < this.#byFact.length; fact++) {
      const count = this.#byFact[fact]!;
      if (count === 0) continue;
      const key = this.#facts.keyOf[fact]!;
      const value = { value: this.#facts.value(fact), count };
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [value]);
      else known.push(value);
    }
    return {
      total: this.total,
      priceRange:
        this.minimumPrice <= this.maximumPrice ? { minimum: this.minimumPrice, maximum: this.maximumPrice } : null,
      facets: [...byKey]
        .filter(([key]) => !this.#facts.key(key).startsWith(UNTOLD))
        .map(([key, values]) => ({
          key: this.#facts.key(key),
          values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES_MAX),
        })),
    };
  }

  /** Widens the price range to these hits. */
  #widen({ columns: { prices } }: Segment, { slots, count }: Batch): void {
    let lowest = this.minimumPrice;
    let highest = this.maximumPrice;
    for (let i = 0; i < count; i++) {
      const price = prices[slots[i]!]!;
      if (price < lowest) lowest = price;
      if (price > highest) highest = price;
    }
    this.#range[0] = lowest;
    this.#range[1] = highest;
  }

  #sieve({ columns, states }: Segment, batch: Batch, counts: Counts): void {
    const { isInStock, priceMinimum, priceMaximum } = this.#query;
    const { prices, stores, spots, rowIds } = columns;
    const hidden = this.#hidden.size === 0 ? null : this.#hidden;
    const only = this.#only;
    const { stores: wantedStores } = this.filters;
    const isWithin = this.#isWithin;
    const { inStock } = states;
    const lowest = priceMinimum ?? Number.NEGATIVE_INFINITY;
    const highest = priceMaximum ?? Number.POSITIVE_INFINITY;
    const range = this.#range;
    const { slots, scores, count } = batch;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      if (isInStock !== null && isInStock !== hasBit(inStock, slot)) continue;
      if (hidden?.has(rowIds[slot]!) === true) continue;
      if (only !== null && !only.has(rowIds[slot]!)) continue;
      if (wantedStores !== null && !wantedStores.has(stores[slot]!)) continue;
      if (isWithin !== null && !isWithin(spots[slot]!)) continue;
      const verdict = counts.verdict(slot);
      if (verdict === FAILS) continue;
      const price = prices[slot]!;
      if (verdict === PASSES) {
        if (price < range[0]!) range[0] = price;
        if (price > range[1]!) range[1] = price;
      }
      if (price < lowest || price > highest) continue;
      counts.count(slot, verdict);
      if (verdict !== PASSES) continue;
      slots[kept] = slot;
      scores[kept++] = scores[i]!;
    }
    batch.count = kept;
  }
}
