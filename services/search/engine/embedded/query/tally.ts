import type { EngineQuery, EngineResult } from '../../engine.ts';
import { hasBit } from '../segment/bits.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import type { Batch } from './batch.ts';
import { FAILS, Filters, PASSES } from './filters.ts';

/** Values told of one facet. */
const FACET_VALUES_MAX = 20;
/** Facts to filter by that nobody is shown counts of. */
const UNTOLD = new Set(['@kind']);

// By set of facts of the segment at hand; kept between queries so that none allocates. Only seen sets are cleaned.
let verdicts = new Uint8Array(1024);
let counts = new Uint32Array(1024);

/** What a query counts on the way: total, price range, and how many hits have each fact. */
export class Tally {
  total = 0;
  /** Lowest and highest price so far; in an array, so that the loops below write numbers and no objects. */
  readonly #range = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  readonly filters: Filters;
  readonly #facts: Facts;
  readonly #query: EngineQuery;
  readonly #byFact = new Map<number, number>();
  readonly #hidden: ReadonlySet<number>;

  /** `hidden`: rows that are no hits. */
  constructor(facts: Facts, query: EngineQuery, hidden: ReadonlySet<number>) {
    this.#hidden = hidden;
    this.#facts = facts;
    this.#query = query;
    this.filters = new Filters(facts, query.filters);
  }

  get minimumPrice(): number {
    return this.#range[0] as number;
  }

  get maximumPrice(): number {
    return this.#range[1] as number;
  }

  /**
   * Counts one segment: within `work`, what is given to `sieve` is counted, and what is no hit taken out. Slots are live
   * and match the words.
   */
  count(segment: Segment, work: (sieve: (batch: Batch) => void) => void): void {
    const seen: number[] = [];
    grow(segment.sets.count);
    work((batch) => this.#sieve(segment, batch, seen));
    for (const set of seen) {
      this.#addSet(segment, set, verdicts[set] as number, counts[set] as number);
      verdicts[set] = 0;
      counts[set] = 0;
    }
  }

  /** Counts all of a segment at once, from what it knows of itself. Prices and stores must not be filtered by. */
  countAll(segment: Segment): void {
    const { isInStock } = this.#query;
    const { sets, states } = segment;
    for (let set = 0; set < sets.count; set++) {
      const inStock = states.inStockBySet[set] as number;
      const live = states.liveBySet[set] as number;
      const count = isInStock === null ? live : isInStock ? inStock : live - inStock;
      if (count > 0) this.#addSet(segment, set, this.filters.judge(sets, set), count);
    }
  }

  /** As `count`, for a segment that `countAll` has counted: only takes out what is no hit, and widens the price range. */
  look(segment: Segment, work: (sieve: (batch: Batch) => void) => void): void {
    const seen: number[] = [];
    grow(segment.sets.count);
    work((batch) => this.#sieve(segment, batch, seen));
    for (const set of seen) {
      verdicts[set] = 0;
      counts[set] = 0;
    }
  }

  finish(): Pick<EngineResult, 'total' | 'priceRange' | 'facets'> {
    const byKey = new Map<number, { value: string; count: number }[]>();
    for (const [fact, count] of this.#byFact) {
      const key = this.#facts.keyOf[fact] as number;
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
        .filter(([key]) => !UNTOLD.has(this.#facts.key(key)))
        .map(([key, values]) => ({
          key: this.#facts.key(key),
          values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES_MAX),
        })),
    };
  }

  #sieve({ columns, states, sets }: Segment, batch: Batch, seen: number[]): void {
    const { isInStock, priceMinimum, priceMaximum } = this.#query;
    const { prices, sets: setOf, stores, rowIds } = columns;
    const hidden = this.#hidden.size === 0 ? null : this.#hidden;
    const { stores: wantedStores } = this.filters;
    const { inStock } = states;
    const lowest = priceMinimum ?? Number.NEGATIVE_INFINITY;
    const highest = priceMaximum ?? Number.POSITIVE_INFINITY;
    const range = this.#range;
    const verdictOf = verdicts;
    const countOf = counts;
    const { slots, scores, count } = batch;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      if (isInStock !== null && isInStock !== hasBit(inStock, slot)) continue;
      if (hidden?.has(rowIds[slot] as number) === true) continue;
      if (wantedStores !== null && !wantedStores.has(stores[slot] as number)) continue;
      const set = setOf[slot] as number;
      let verdict = verdictOf[set] as number;
      if (verdict === 0) {
        verdict = this.filters.judge(sets, set);
        verdictOf[set] = verdict;
        seen.push(set);
      }
      if (verdict === FAILS) continue;
      const price = prices[slot] as number;
      if (verdict === PASSES) {
        if (price < (range[0] as number)) range[0] = price;
        if (price > (range[1] as number)) range[1] = price;
      }
      if (price < lowest || price > highest) continue;
      countOf[set] = (countOf[set] as number) + 1;
      if (verdict !== PASSES) continue;
      slots[kept] = slot;
      scores[kept++] = scores[i] as number;
    }
    batch.count = kept;
  }

  #addSet({ sets: { pool, starts } }: Segment, set: number, verdict: number, count: number): void {
    if (verdict === FAILS || count === 0) return;
    if (verdict === PASSES) this.total += count;
    const key = this.filters.keyCounted(verdict);
    for (let i = starts[set] as number; i < (starts[set + 1] as number); i++) {
      const fact = pool[i] as number;
      if (this.filters.isToldOf(fact, key)) this.#byFact.set(fact, (this.#byFact.get(fact) ?? 0) + count);
    }
  }
}

function grow(setCount: number): void {
  if (verdicts.length >= setCount) return;
  verdicts = new Uint8Array(setCount * 2);
  counts = new Uint32Array(setCount * 2);
}
