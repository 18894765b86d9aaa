import { type Quantized, quantized } from '@plaza/runtime/models';
import { Sketches } from './sketches.ts';

/** Up to so many vectors are compared one by one; of more, those whose sketches are nearest. */
const COMPARED_MAX = 8_192;
/** Vectors compared exactly after their sketches: for each that is wanted, and at least. */
const COMPARED_EACH = 20;
const COMPARED_LEAST = 1_000;
const CAPACITY_LEAST = 256;
/** A query with fewer numbers than this part that are not 0 (a few words' hashes) is compared with all: sides tell little of it, and it is soon done. */
const SPARSE_SHARE = 0.3;

export type Neighbor = {
  readonly id: string;
  /** Cosine, from −1 to 1. */
  readonly similarity: number;
};

/** Vectors by id, and which of them point the way another does. */
export type VectorIndex = {
  readonly dimensions: number;
  readonly size: number;
  /** Over an older one. A vector of zeros is near nothing. Throws for another number of dimensions. */
  put(id: string, vector: Float32Array | Quantized): void;
  remove(id: string): void;
  /** As it is kept. */
  find(id: string): Quantized | undefined;
  /** The nearest, nearest first; of those that `accepts` says yes to, if it is given. */
  nearest(vector: Float32Array | Quantized, count: number, accepts?: (id: string) => boolean): Neighbor[];
};

/**
 * An index in memory: a byte a number, an eighth of one for sketches, and the id. Exact up to 8,192 vectors; of more, the
 * thousand with the nearest sketches are compared, which in 100,000 takes some milliseconds and finds nearly all of the
 * nearest (vector-index.test.ts).
 */
export function createVectorIndex(dimensions: number): VectorIndex {
  return new SlottedIndex(dimensions);
}

class SlottedIndex implements VectorIndex {
  readonly dimensions: number;
  readonly #slots = new Map<string, number>();
  /** By slot; undefined: free. */
  readonly #ids: (string | undefined)[] = [];
  readonly #free: number[] = [];
  #codes: Int8Array;
  #lengths = new Float64Array(CAPACITY_LEAST);
  #sketches: Sketches | undefined;
  /** When there are so many, the middle is looked for anew. */
  #centeredAt = COMPARED_MAX;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#codes = new Int8Array(CAPACITY_LEAST * dimensions);
  }

  get size(): number {
    return this.#slots.size;
  }

  put(id: string, vector: Float32Array | Quantized): void {
    const codes = this.#codesOf(vector);
    const slot = this.#slots.get(id) ?? this.#free.pop() ?? this.#ids.length;
    if (slot >= this.#lengths.length) this.#grow();
    this.#slots.set(id, slot);
    this.#ids[slot] = id;
    this.#codes.set(codes, slot * this.dimensions);
    this.#lengths[slot] = lengthOf(codes);
    this.#sketches?.put(slot, codes, this.#lengths[slot]!);
    if (this.size > this.#centeredAt) this.#sketchAll();
  }

  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#ids[slot] = undefined;
    this.#free.push(slot);
  }

  find(id: string): Quantized | undefined {
    const slot = this.#slots.get(id);
    return slot === undefined ? undefined : this.#at(slot).slice();
  }

  nearest(vector: Float32Array | Quantized, count: number, accepts?: (id: string) => boolean): Neighbor[] {
    const codes = this.#codesOf(vector);
    const length = lengthOf(codes);
    if (length === 0 || count === 0) return [];
    const best: Neighbor[] = [];
    let compared = 0;
    const telling = Uint16Array.from(codes.keys()).filter((at) => codes[at] !== 0);
    const isSparse = telling.length < this.dimensions * SPARSE_SHARE;
    const isSketched = this.#sketches !== undefined && this.size > COMPARED_MAX && !isSparse;
    const most = isSketched ? Math.max(COMPARED_LEAST, count * COMPARED_EACH) : Number.POSITIVE_INFINITY;
    const order = isSketched ? this.#sketches?.ordered(codes, length, this.#ids.length) : undefined;
    for (let place = 0; place < this.#ids.length && compared < most; place++) {
      const slot = order === undefined ? place : order[place]!;
      const id = this.#ids[slot];
      if (id === undefined) continue;
      // Without sketches most are far: they are not asked about.
      if (isSketched && accepts?.(id) === false) continue;
      compared++;
      const similarity = this.#product(slot, codes, telling) / (length * this.#lengths[slot]! || 1);
      if (best.length === count && similarity <= best[count - 1]!.similarity) continue;
      if (!isSketched && accepts?.(id) === false) continue;
      insert(best, { id, similarity }, count);
    }
    return best;
  }

  /** `telling`: where the codes are not 0. */
  #product(slot: number, codes: Quantized, telling: Uint16Array): number {
    const all = this.#codes;
    const from = slot * this.dimensions;
    let sum = 0;
    for (let i = 0; i < telling.length; i++) {
      const at = telling[i]!;
      sum += all[from + at]! * codes[at]!;
    }
    return sum;
  }

  #at(slot: number): Quantized {
    return this.#codes.subarray(slot * this.dimensions, (slot + 1) * this.dimensions);
  }

  #codesOf(vector: Float32Array | Quantized): Quantized {
    if (vector.length !== this.dimensions)
      throw new RangeError(`A vector has ${vector.length} dimensions, not ${this.dimensions}.`);
    return vector instanceof Int8Array ? vector : quantized(vector);
  }

  #grow(): void {
    const capacity = this.#lengths.length * 2;
    const codes = new Int8Array(capacity * this.dimensions);
    codes.set(this.#codes);
    this.#codes = codes;
    const lengths = new Float64Array(capacity);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
    this.#sketches?.grow(capacity);
  }

  /** Sketches all anew, from their present middle: of some models all vectors point one way, and only what is left tells. */
  #sketchAll(): void {
    const center = new Float64Array(this.dimensions);
    for (const slot of this.#slots.values()) {
      const length = this.#lengths[slot]! || 1;
      this.#at(slot).forEach((code, i) => {
        center[i] = center[i]! + code / length / this.size;
      });
    }
    const sketches = new Sketches(center, this.#lengths.length);
    for (const slot of this.#slots.values()) sketches.put(slot, this.#at(slot), this.#lengths[slot]!);
    this.#sketches = sketches;
    this.#centeredAt = this.size * 2;
  }
}

/** Euclidean. */
function lengthOf(vector: Quantized): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! ** 2;
  return Math.sqrt(sum);
}

/** Puts one into a list of the best, best first, of at most so many. */
function insert(best: Neighbor[], one: Neighbor, most: number): void {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (best[middle]!.similarity >= one.similarity) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, one);
  if (best.length > most) best.pop();
}
