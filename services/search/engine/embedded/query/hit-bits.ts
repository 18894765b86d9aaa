import { setBit, wordsFor } from '../segment/bits.ts';
import type { FactRows } from '../segment/fact-rows.ts';
import type { FactSets } from '../segment/fact-sets.ts';
import type { Segment } from '../segment/segment.ts';
import type { Batch } from './batch.ts';

// Of the segment at hand; kept between queries so that none allocates.
let bits = new Uint32Array(1024);

/** Which slots of a segment are hits, a bit each: nothing is counted before it is known whether most are. There is one at a time. */
export class HitBits {
  readonly #segment: Segment;
  #count = 0;

  constructor(segment: Segment) {
    this.#segment = segment;
    const words = wordsFor(segment.slotCount);
    if (bits.length < words) bits = new Uint32Array(words * 2);
    else bits.fill(0, 0, words);
  }

  get count(): number {
    return this.#count;
  }

  add({ slots, count }: Batch): void {
    for (let i = 0; i < count; i++) setBit(bits, slots[i] as number);
    this.#count += count;
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
      byFact[fact] = (byFact[fact] as number) + (liveByFact[fact] as number);
    if (this.#count === liveCount) return;
    const words = wordsFor(slotCount);
    for (let word = 0; word < words; word++) bits[word] = (live[word] as number) & ~(bits[word] as number);
    this.#addFacts(byFact, -1);
  }

  #addFacts(byFact: Uint32Array, sign: 1 | -1): void {
    const { slotCount, factRows, sets, columns } = this.#segment;
    const words = wordsFor(slotCount);
    if (factRows === null) addBySet(byFact, { sets, setOf: columns.sets, words, sign });
    else addByRow(byFact, { rows: factRows, words, sign });
  }
}

function addByRow(
  byFact: Uint32Array,
  {
    rows: { numbers, stride },
    words,
    sign,
  }: { readonly rows: FactRows; readonly words: number; readonly sign: 1 | -1 },
): void {
  // What is 0 in a row is counted too, and not looked at: asking would take longer than counting.
  const counts = new Uint32Array(byFact.length + 1);
  for (let word = 0; word < words; word++)
    for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1) {
      const start = (word * 32 + 31 - Math.clz32(rest & -rest)) * stride;
      for (let i = start; i < start + stride; i++) {
        const number = numbers[i] as number;
        counts[number] = (counts[number] as number) + 1;
      }
    }
  for (let fact = 0; fact < byFact.length; fact++)
    byFact[fact] = (byFact[fact] as number) + sign * (counts[fact + 1] as number);
}

function addBySet(
  byFact: Uint32Array,
  {
    sets: { pool, starts },
    setOf,
    words,
    sign,
  }: { readonly sets: FactSets; readonly setOf: Uint32Array; readonly words: number; readonly sign: 1 | -1 },
): void {
  for (let word = 0; word < words; word++)
    for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1) {
      const set = setOf[word * 32 + 31 - Math.clz32(rest & -rest)] as number;
      const end = starts[set + 1] as number;
      for (let i = starts[set] as number; i < end; i++) {
        const fact = pool[i] as number;
        byFact[fact] = (byFact[fact] as number) + sign;
      }
    }
}
