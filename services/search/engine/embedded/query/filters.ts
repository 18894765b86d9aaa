import { STORE_KEY } from '../../../domain/document.ts';
import type { EngineQuery } from '../../engine.ts';
import type { FactSets } from '../segment/fact-sets.ts';
import type { Facts } from '../segment/facts.ts';

/** A set of facts passes all filters; fails some; or fails only the filter of this number and those above it. */
export const PASSES = 1;
export const FAILS = 2;
const FAILS_ONLY = 3;

/** The filters of one query, judged once for each set of facts instead of for each document. */
export class Filters {
  /** Facts of the wanted stores, and one more each, as segments have them; null for any store. */
  readonly stores: ReadonlySet<number> | null;
  /** How many properties are filtered by, stores apart. */
  readonly groupCount: number;
  readonly #groupKeys: readonly number[];
  readonly #all: number;
  /** By fact: the bit of the filter it satisfies. */
  readonly #bitOf: Uint32Array;

  constructor(facts: Facts, filters: EngineQuery['filters']) {
    const stores = filters.filter(({ key }) => key === STORE_KEY);
    const groups = filters.filter(({ key }) => key !== STORE_KEY);
    this.stores =
      stores.length === 0 ? null : new Set(stores.flatMap((filter) => facts.matching(filter)).map((fact) => fact + 1));
    this.groupCount = groups.length;
    this.#groupKeys = groups.map(({ key }) => facts.keyId(key));
    this.#all = (1 << groups.length) - 1;
    this.#bitOf = new Uint32Array(groups.length === 0 ? 0 : facts.count);
    groups.forEach((filter, group) => {
      for (const fact of facts.matching(filter)) this.#bitOf[fact] = 1 << group;
    });
  }

  /** By fact and one more, as rows of facts have them: the bit of the filter it satisfies. */
  bitsByRow(factCount: number): Uint32Array {
    const bits = new Uint32Array(factCount + 1);
    bits.set(this.#bitOf, 1);
    return bits;
  }

  /** `PASSES`, `FAILS`, or a greater number for `keyCounted`. */
  judge({ pool, starts }: FactSets, set: number): number {
    if (this.#all === 0) return PASSES;
    const bitOf = this.#bitOf;
    const end = starts[set + 1]!;
    let held = 0;
    for (let i = starts[set]!; i < end; i++) held |= bitOf[pool[i]!]!;
    return this.verdictOf(held);
  }

  /** As `judge`, by the bits of the filters that are satisfied. */
  verdictOf(held: number): number {
    const failed = this.#all & ~held;
    if (failed === 0) return PASSES;
    return (failed & (failed - 1)) === 0 ? FAILS_ONLY + 31 - Math.clz32(failed) : FAILS;
  }

  /** Of documents that fail exactly one filter only that filter's own key is counted. */
  keyCounted(verdict: number): number {
    return this.#groupKeys[this.groupOf(verdict)]!;
  }

  /** The one filter that such a verdict says is failed, from 0. */
  groupOf(verdict: number): number {
    return verdict - FAILS_ONLY;
  }

  /** The key of a filter. */
  keyOfGroup(group: number): number {
    return this.#groupKeys[group]!;
  }
}
