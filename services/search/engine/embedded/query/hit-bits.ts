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
    const { live, liveCount, liveByFact } = this.#segment.states;
    if (this.#count * 2 <= liveCount) {
      this.#addFacts(byFact, (word) => bits[word] as number, 1);
      return;
    }
    const { length } = byFact;
    for (let fact = 0; fact < Math.min(length, liveByFact.length); fact++)
      byFact[fact] = (byFact[fact] as number) + (liveByFact[fact] as number);
    if (this.#count < liveCount) this.#addFacts(byFact, (word) => (live[word] as number) & ~(bits[word] as number), -1);
  }

  #addFacts(byFact: Uint32Array, bitsAt: (word: number) => number, sign: 1 | -1): void {
    const { slotCount, factRows, sets, columns } = this.#segment;
    const add = factRows === null ? adderBySet(sets, columns.sets) : adderByRow(factRows);
    const words = wordsFor(slotCount);
    for (let word = 0; word < words; word++)
      for (let rest = bitsAt(word); rest !== 0; rest &= rest - 1)
        add(byFact, word * 32 + 31 - Math.clz32(rest & -rest), sign);
  }
}

type Adder = (byFact: Uint32Array, slot: number, sign: 1 | -1) => void;

function adderByRow({ numbers, stride }: FactRows): Adder {
  return (byFact, slot, sign) => {
    const end = (slot + 1) * stride;
    for (let i = slot * stride; i < end; i++) {
      const fact = (numbers[i] as number) - 1;
      if (fact === -1) return;
      byFact[fact] = (byFact[fact] as number) + sign;
    }
  };
}

function adderBySet({ pool, starts }: FactSets, setOf: Uint32Array): Adder {
  return (byFact, slot, sign) => {
    const set = setOf[slot] as number;
    const end = starts[set + 1] as number;
    for (let i = starts[set] as number; i < end; i++) {
      const fact = pool[i] as number;
      byFact[fact] = (byFact[fact] as number) + sign;
    }
  };
}
