import { Column } from './columns.ts';

/**
 * The distinct sets of facts that documents of one segment have. A document's facts are one number: many have the same
 * ones, so counting facets is counting sets, and a filter is judged once a set.
 */
export class FactSets {
  readonly #pool: Column<Uint32Array>;
  /** Where each set begins in the pool; one entry more than sets. */
  readonly #starts: Column<Uint32Array>;
  readonly #ids = new Map<string, number>();

  constructor(pool: Uint32Array = new Uint32Array(256), starts: Uint32Array = new Uint32Array([0])) {
    this.#pool = new Column(pool);
    this.#starts = new Column(starts);
    this.#starts.length = starts.length;
    this.#pool.length = starts[starts.length - 1]!;
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** Facts of all sets, one after the other: set `i` has those from `starts[i]` to `starts[i + 1]`. */
  get pool(): Uint32Array {
    return this.#pool.raw;
  }

  get starts(): Uint32Array {
    return this.#starts.raw;
  }

  /** The number of a set of facts, new or known since this object was made. */
  add(facts: readonly number[]): number {
    const key = facts.toSorted((a, b) => a - b).join(',');
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.count;
    for (const fact of facts) this.#pool.push(fact);
    this.#starts.push(this.#pool.length);
    this.#ids.set(key, id);
    return id;
  }

  facts(set: number): number[] {
    return Array.from(this.pool.subarray(this.starts[set], this.starts[set + 1]));
  }
}
