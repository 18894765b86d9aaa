import { popcount, setBit, wordsFor } from '../segment/bits.ts';
import type { FactRows } from '../segment/fact-rows.ts';
import type { FactSets } from '../segment/fact-sets.ts';
import type { Segment } from '../segment/segment.ts';
import type { Batch } from './batch.ts';

// Of the segment at hand, by place; kept between queries so that none allocates.
const kept: Uint32Array[] = [];

function cleanBits(place: number, words: number): Uint32Array {
  const known = kept[place];
  if (known !== undefined && known.length >= words) return known.fill(0, 0, words);
  const larger = new Uint32Array(Math.max(1024, words * 2));
  kept[place] = larger;
  return larger;
}

/** Which slots of a segment are hits, a bit each: nothing is counted before it is known whether most are. One a place at a time. */
export class HitBits {
  readonly #segment: Segment;
  readonly #bits: Uint32Array;
  #count = 0;

  constructor(segment: Segment, place = 0) {
    this.#segment = segment;
    this.#bits = cleanBits(place, wordsFor(segment.slotCount));
  }

  get count(): number {
    return this.#count;
  }

  addAll({ slots, count }: Batch): void {
    for (let i = 0; i < count; i++) setBit(this.#bits, slots[i]!);
    this.#count += count;
  }

  /** All live slots among these. */
  addLive(slots: Uint32Array): void {
    const { live } = this.#segment.states;
    for (let word = 0; word < slots.length; word++) {
      const bits = slots[word]! & live[word]!;
      this.#bits[word] = bits;
      this.#count += popcount(bits);
    }
  }

  add(slot: number): void {
    setBit(this.#bits, slot);
    this.#count++;
  }

  /** Adds to `byFact` how many hits have each fact. Of more than half of a segment what is no hit is taken from all. */
  countFacts(byFact: Uint32Array): void {
    const { slotCount, states } = this.#segment;
    const { live, liveCount, liveByFact } = states;
    if (this.#count * 2 <= liveCount) {
      this.#addFacts(byFact, 1);
      return;
    }
    const { length } = byFact;
    for (let fact = 0; fact < Math.min(length, liveByFact.length); fact++)
      byFact[fact] = byFact[fact]! + liveByFact[fact]!;
    if (this.#count === liveCount) return;
    const bits = this.#bits;
    const words = wordsFor(slotCount);
    for (let word = 0; word < words; word++) bits[word] = live[word]! & ~bits[word]!;
    this.#addFacts(byFact, -1);
  }

  #addFacts(byFact: Uint32Array, sign: 1 | -1): void {
    const { slotCount, factRows, sets, columns } = this.#segment;
    const bits = this.#bits.subarray(0, wordsFor(slotCount));
    if (factRows === null) addBySet(byFact, { sets, setOf: columns.sets, bits, sign });
    else addByRow(byFact, { rows: factRows, bits, sign });
  }
}

function addByRow(
  byFact: Uint32Array,
  {
    rows: { numbers, stride },
    bits,
    sign,
  }: { readonly rows: FactRows; readonly bits: Uint32Array; readonly sign: 1 | -1 },
): void {
  // What is 0 in a row is counted too, and not looked at: asking would take longer than counting.
  const counts = new Uint32Array(byFact.length + 1);
  for (let word = 0; word < bits.length; word++)
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
      const start = (word * 32 + 31 - Math.clz32(rest & -rest)) * stride;
      for (let i = start; i < start + stride; i++) {
        const number = numbers[i]!;
        counts[number] = counts[number]! + 1;
      }
    }
  for (let fact = 0; fact < byFact.length; fact++) byFact[fact] = byFact[fact]! + sign * counts[fact + 1]!;
}

function addBySet(
  byFact: Uint32Array,
  {
    sets: { pool, starts },
    setOf,
    bits,
    sign,
  }: { readonly sets: FactSets; readonly setOf: Uint32Array; readonly bits: Uint32Array; readonly sign: 1 | -1 },
): void {
  for (let word = 0; word < bits.length; word++)
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
      const set = setOf[word * 32 + 31 - Math.clz32(rest & -rest)]!;
      const end = starts[set + 1]!;
      for (let i = starts[set]!; i < end; i++) {
        const fact = pool[i]!;
        byFact[fact] = byFact[fact]! + sign;
      }
    }
}
