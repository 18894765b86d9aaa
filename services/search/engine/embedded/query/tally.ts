import type { EngineQuery, EngineResult, TokenFilter } from '../../engine.ts';
import { hasBit } from '../segment/bits.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import { spotsWithin } from './around.ts';
import type { Batch } from './batch.ts';
import { addSet, type Counts, countsOf, rowsWorthwhile } from './counts.ts';
import { filteredSlots } from './filtered-slots.ts';
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
  /** The filter, where there is one and nothing else says what is a hit. */
  readonly #onlyFilter: TokenFilter | null;
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
    const isByFilters = this.#isBySets && query.isInStock === null;
    this.#isPlain = isByFilters && query.filters.length === 0;
    this.#onlyFilter = isByFilters && query.filters.length === 1 ? query.filters[0]! : null;
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
    work(this.#sieveOf(segment, counts));
    this.total += counts.finish(this.#byFact);
  }

  /** Whether a segment that is browsed is counted best at once, from what it knows of itself. */
  isCountedAtOnce(segment: Segment): boolean {
    return this.#isPlain || this.#onlyFilter !== null || (this.#isBySets && rowsWorthwhile(segment) === null);
  }

  /** The slots of the only filter, where rows say what they are; null: any slot may be a hit. */
  slotsOfFilter(segment: Segment): Uint32Array | null {
    const rows = rowsWorthwhile(segment);
    if (rows === null || this.#onlyFilter === null) return null;
    return filteredSlots(rows, this.#onlyFilter, { filters: this.filters, factCount: this.#facts.count });
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
    const slots = this.slotsOfFilter(segment);
    if (slots !== null) {
      this.#countFiltered(segment, slots);
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

  /** Counts the live ones of these slots, which the only filter lets pass; of its own key, all that are live. */
  #countFiltered(segment: Segment, slots: Uint32Array): void {
    const hits = new HitBits(segment);
    hits.addLive(slots);
    const counts = new Uint32Array(this.#byFact.length);
    hits.countFacts(counts);
    const { liveByFact } = segment.states;
    const key = this.filters.keyOfGroup(0);
    for (let fact = 0; fact < counts.length; fact++) {
      const count = this.#facts.keyOf[fact] === key ? (liveByFact[fact] ?? 0) : counts[fact]!;
      this.#byFact[fact] = this.#byFact[fact]! + count;
    }
    this.total += hits.count;
  }

  /** As `count`, for a segment that `countAll` has counted: only takes out what is no hit, and widens the price range. */
  look(segment: Segment, work: (sieve: (batch: Batch) => void) => void): void {
    if (this.#isPlain || this.slotsOfFilter(segment) !== null) {
      work((batch) => this.#widen(segment, batch));
      return;
    }
    work(this.#sieveOf(segment, countsOf(segment, this.#judging)));
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

  /** What must hold of a slot besides filters and prices. */
  #conditionsOf({ columns, states }: Segment): ((slot: number) => boolean)[] {
    const { stores, spots, rowIds } = columns;
    const { inStock } = states;
    const { isInStock } = this.#query;
    const hidden = this.#hidden;
    const only = this.#only;
    const { stores: wantedStores } = this.filters;
    const isWithin = this.#isWithin;
    const conditions: ((slot: number) => boolean)[] = [];
    if (isInStock !== null) conditions.push((slot) => isInStock === hasBit(inStock, slot));
    if (hidden.size > 0) conditions.push((slot) => !hidden.has(rowIds[slot]!));
    if (only !== null) conditions.push((slot) => only.has(rowIds[slot]!));
    if (wantedStores !== null) conditions.push((slot) => wantedStores.has(stores[slot]!));
    if (isWithin !== null) conditions.push((slot) => isWithin(spots[slot]!));
    return conditions;
  }

  /** Takes out of each batch what is no hit. A price out of its bounds is told of in the price range all the same. */
  #sieveOf(segment: Segment, counts: Counts): (batch: Batch) => void {
    const { priceMinimum, priceMaximum } = this.#query;
    const { prices } = segment.columns;
    const conditions = this.#conditionsOf(segment);
    const lowest = priceMinimum ?? Number.NEGATIVE_INFINITY;
    const highest = priceMaximum ?? Number.POSITIVE_INFINITY;
    return (batch) => {
      for (const holds of conditions) batch.keep(holds);
      const verdicts = counts.judge(batch);
      const { slots, scores, count } = batch;
      let least = this.minimumPrice;
      let most = this.maximumPrice;
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const verdict = verdicts[i]!;
        if (verdict === FAILS) continue;
        const slot = slots[i]!;
        const price = prices[slot]!;
        const passes = verdict === PASSES;
        if (passes && price < least) least = price;
        if (passes && price > most) most = price;
        if (price < lowest || price > highest) continue;
        if (passes) {
          slots[kept] = slot;
          scores[kept++] = scores[i]!;
        } else counts.addFailing(slot, verdict);
      }
      batch.count = kept;
      this.#range[0] = least;
      this.#range[1] = most;
      counts.addPassing(batch);
    };
  }
}
