import type { Quantized } from '@plaza/runtime/models';
import { popcount } from '../engine/embedded/segment/bits.ts';

/** Numbers of a query that are smaller than this part of its root mean square say nothing about which side it is on. */
const TELLING_SHARE = 0.3;

/**
 * One bit a number of each vector: on which side of the middle of all vectors it lies. Vectors that point the same way
 * share most bits, and bits of a hundred thousand vectors are compared in milliseconds (Charikar 2002, with coordinates
 * for random planes).
 */
export class Sketches {
  readonly #dimensions: number;
  readonly #words: number;
  readonly #center: Float64Array;
  #bits: Uint32Array;
  #distances = new Uint16Array(0);

  /** `center`: the middle of the vectors as unit vectors. */
  constructor(center: Float64Array, capacity: number) {
    this.#dimensions = center.length;
    this.#words = Math.ceil(center.length / 32);
    this.#center = center;
    this.#bits = new Uint32Array(capacity * this.#words);
  }

  grow(capacity: number): void {
    const grown = new Uint32Array(capacity * this.#words);
    grown.set(this.#bits);
    this.#bits = grown;
  }

  put(slot: number, codes: Quantized, length: number): void {
    const from = slot * this.#words;
    this.#bits.fill(0, from, from + this.#words);
    for (let i = 0; i < this.#dimensions; i++)
      if (codes[i]! > this.#center[i]! * length)
        this.#bits[from + (i >>> 5)] = this.#bits[from + (i >>> 5)]! | (1 << (i & 31));
  }

  /** All slots below `slotCount`, in order of the bits that their vectors do not share with a query. */
  ordered(codes: Quantized, length: number, slotCount: number): Uint32Array {
    if (this.#distances.length < slotCount) this.#distances = new Uint16Array(slotCount * 2);
    const { sides, telling } = this.#asked(codes, length);
    const counts = this.#measure(sides, telling, slotCount);
    for (let distance = 1; distance < counts.length; distance++)
      counts[distance] = counts[distance]! + counts[distance - 1]!;
    const order = new Uint32Array(slotCount);
    for (let slot = slotCount - 1; slot >= 0; slot--) {
      const distance = this.#distances[slot]!;
      const place = counts[distance]! - 1;
      counts[distance] = place;
      order[place] = slot;
    }
    return order;
  }

  /** A query's bits, and which of them are compared: of a few words' hashes most numbers are nothing. */
  #asked(codes: Quantized, length: number): { sides: Uint32Array; telling: Uint32Array } {
    const sides = new Uint32Array(this.#words);
    const telling = new Uint32Array(this.#words);
    const offsets = Float64Array.from(codes, (code, i) => code - this.#center[i]! * length);
    const least = TELLING_SHARE * Math.sqrt(offsets.reduce((sum, each) => sum + each * each, 0) / this.#dimensions);
    offsets.forEach((offset, i) => {
      const bit = 1 << (i & 31);
      if (offset > 0) sides[i >>> 5] = sides[i >>> 5]! | bit;
      if (Math.abs(offset) >= least) telling[i >>> 5] = telling[i >>> 5]! | bit;
    });
    return { sides, telling };
  }

  /** Notes each slot's distance; answers how many there are of each. */
  #measure(sides: Uint32Array, telling: Uint32Array, slotCount: number): Uint32Array {
    const bits = this.#bits;
    const distances = this.#distances;
    const words = this.#words;
    const counts = new Uint32Array(this.#dimensions + 1);
    for (let slot = 0, at = 0; slot < slotCount; slot++) {
      let distance = 0;
      for (let word = 0; word < words; word++, at++) distance += popcount((bits[at]! ^ sides[word]!) & telling[word]!);
      distances[slot] = distance;
      counts[distance] = counts[distance]! + 1;
    }
    return counts;
  }
}
