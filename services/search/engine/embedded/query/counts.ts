import type { FactRows } from '../segment/fact-rows.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import { BATCH_SLOTS, type Batch } from './batch.ts';
import { FAILS, type Filters, PASSES } from './filters.ts';
import { HitBits } from './hit-bits.ts';
import { SeenSets } from './seen-sets.ts';

/** Judges the slots of one segment by the filters, and counts the facts of those that pass, or that fail one filter only. */
export type Counts = {
  /** What the filters say of each slot of a batch, in its order: valid until the next one. */
  judge(batch: Batch): Uint8Array;
  /** Slots that pass. */
  addPassing(batch: Batch): void;
  /** One more slot that fails a single filter, as this verdict says. */
  addFailing(slot: number, verdict: number): void;
  /** Adds to `byFact` how many slots have each fact, and answers how many passed. */
  finish(byFact: Uint32Array): number;
};

type Judging = { readonly facts: Facts; readonly filters: Filters };

const sets = new SeenSets();
const verdicts = new Uint8Array(BATCH_SLOTS);

/** By sets of facts where many slots share each, else by rows of facts. */
export function countsOf(segment: Segment, judging: Judging): Counts {
  const rows = rowsWorthwhile(segment);
  return rows === null ? new CountsBySet(segment, judging) : new CountsByRow(segment, rows, judging);
}

/** The rows of a segment in which hardly two slots have all the same facts: there judging sets saves nothing. */
export function rowsWorthwhile({ sets: { count }, slotCount, factRows }: Segment): FactRows | null {
  return count * 2 > slotCount ? factRows : null;
}

/** A set is judged and counted once, however many slots have it. */
class CountsBySet implements Counts {
  readonly #segment: Segment;
  readonly #setOf: Uint32Array;
  readonly #judging: Judging;

  constructor(segment: Segment, judging: Judging) {
    this.#segment = segment;
    this.#setOf = segment.columns.sets;
    this.#judging = judging;
    sets.begin(segment.sets.count);
  }

  judge({ slots, count }: Batch): Uint8Array {
    for (let i = 0; i < count; i++) {
      const set = this.#setOf[slots[i]!]!;
      let verdict = sets.verdicts[set]!;
      if (verdict === 0) {
        verdict = this.#judging.filters.judge(this.#segment.sets, set);
        sets.verdicts[set] = verdict;
        sets.seen[sets.length++] = set;
      }
      verdicts[i] = verdict;
    }
    return verdicts;
  }

  addPassing({ slots, count }: Batch): void {
    for (let i = 0; i < count; i++) this.#add(slots[i]!);
  }

  /** The set's verdict is known. */
  addFailing(slot: number): void {
    this.#add(slot);
  }

  #add(slot: number): void {
    const set = this.#setOf[slot]!;
    sets.counts[set] = sets.counts[set]! + 1;
  }

  finish(byFact: Uint32Array): number {
    let passed = 0;
    for (let i = 0; i < sets.length; i++) {
      const set = sets.seen[i]!;
      const verdict = sets.verdicts[set]!;
      const count = sets.counts[set]!;
      addSet(byFact, { segment: this.#segment, set, verdict, count, judging: this.#judging });
      if (verdict === PASSES) passed += count;
    }
    return passed;
  }
}

type Counted = {
  readonly segment: Segment;
  readonly set: number;
  readonly verdict: number;
  /** How many hits have it. */
  readonly count: number;
  readonly judging: Judging;
};

/** Adds the facts of a set: all of one that passes, and of one that fails a single filter those of that filter's key. */
export function addSet(byFact: Uint32Array, { segment, set, verdict, count, judging }: Counted): void {
  if (verdict === FAILS || count === 0) return;
  const { pool, starts } = segment.sets;
  const { keyOf } = judging.facts;
  const key = verdict === PASSES ? -1 : judging.filters.keyCounted(verdict);
  const end = starts[set + 1]!;
  for (let i = starts[set]!; i < end; i++) {
    const fact = pool[i]!;
    if (key === -1 || keyOf[fact] === key) byFact[fact] = byFact[fact]! + count;
  }
}

/** Slots are judged by their rows, and kept as bits until all are known. */
class CountsByRow implements Counts {
  readonly #numbers: Uint16Array;
  readonly #stride: number;
  readonly #judging: Judging;
  readonly #bitOf: Uint32Array;
  readonly #passing: HitBits;
  /** By filter: the slots that fail it and no other. */
  readonly #failing: readonly HitBits[];

  constructor(segment: Segment, { numbers, stride }: FactRows, judging: Judging) {
    const { facts, filters } = judging;
    this.#numbers = numbers;
    this.#stride = stride;
    this.#judging = judging;
    this.#bitOf = filters.bitsByRow(facts.count);
    this.#passing = new HitBits(segment);
    this.#failing = Array.from({ length: filters.groupCount }, (_, group) => new HitBits(segment, group + 1));
  }

  judge({ slots, count }: Batch): Uint8Array {
    if (this.#failing.length === 0) return verdicts.fill(PASSES, 0, count);
    const numbers = this.#numbers;
    const bitOf = this.#bitOf;
    const stride = this.#stride;
    const { filters } = this.#judging;
    for (let i = 0; i < count; i++) {
      const start = slots[i]! * stride;
      let held = 0;
      for (let at = start; at < start + stride; at++) held |= bitOf[numbers[at]!]!;
      verdicts[i] = filters.verdictOf(held);
    }
    return verdicts;
  }

  addPassing(batch: Batch): void {
    this.#passing.addAll(batch);
  }

  addFailing(slot: number, verdict: number): void {
    this.#failing[this.#judging.filters.groupOf(verdict)]!.add(slot);
  }

  finish(byFact: Uint32Array): number {
    const { facts, filters } = this.#judging;
    this.#passing.countFacts(byFact);
    this.#failing.forEach((failing, group) => {
      if (failing.count === 0) return;
      const counts = new Uint32Array(byFact.length);
      failing.countFacts(counts);
      const key = filters.keyOfGroup(group);
      for (let fact = 0; fact < counts.length; fact++)
        if (facts.keyOf[fact] === key) byFact[fact] = byFact[fact]! + counts[fact]!;
    });
    return this.#passing.count;
  }
}
