import { popcount } from '../engine/embedded/segment/bits.ts';

/** What a picture is known again by (services/media/domain/look): its shapes in gray, and its colors in 4 × 4 cells. */
export type Marks = {
  /** 256 bits, and 256 that say which of them are sure. */
  readonly hash: Uint8Array;
  /** OKLab's a and b of each cell. */
  readonly tint: Int8Array;
};

const HASH_WORDS = 8;
/** Words of the bits, and of those that say which are sure. */
const WORDS = 2 * HASH_WORDS;
const TINT_SIDE = 4;
const TINT_NUMBERS = TINT_SIDE * TINT_SIDE * 2;

/**
 * Share of the bits sure in both that may differ between two copies of one picture. Of unlike pictures half differ; goods of
 * one shape are nearer. Measured in docs/benchmarks.md.
 */
export const SAME_SHARE_MAX = 0.25;
/** And fewer than chance would make of as many coins, by this many of its standard deviations: one pair in a thousand million. */
const DEVIATIONS = 6;
/**
 * Share of the bits of the lowest frequencies from which on the others are not looked at. Of two copies these bits differ least;
 * of unlike pictures, 19 of 20 are put aside by them, which is most of what a comparison costs.
 */
const FIRST_SHARE_MAX = 0.35;
const FIRST_WORDS = 2;
/** How far the colors of the cells may be apart on average, of 127: re-encoding makes 1 of it, another color 20. */
export const SAME_TINT_MAX = 6;

/** A picture found, and the share of its bits that differ. */
export type Found = { readonly id: string; readonly apart: number };

/** The marks of many pictures, compared one by one: a hundred thousand take some milliseconds. */
export class MarksTable {
  readonly #slots = new Map<string, number>();
  /** By slot. */
  readonly #ids: string[] = [];
  #hashes = new Uint32Array(256 * WORDS);
  #tints = new Int8Array(256 * TINT_NUMBERS);

  get size(): number {
    return this.#slots.size;
  }

  put(id: string, { hash, tint }: Marks): void {
    const slot = this.#slots.get(id) ?? this.#ids.length;
    if ((slot + 1) * WORDS > this.#hashes.length) this.#grow();
    this.#slots.set(id, slot);
    this.#ids[slot] = id;
    this.#hashes.set(wordsOf(hash), slot * WORDS);
    this.#tints.set(tint, slot * TINT_NUMBERS);
  }

  find(id: string): Marks | undefined {
    const slot = this.#slots.get(id);
    if (slot === undefined) return undefined;
    const words = this.#hashes.slice(slot * WORDS, (slot + 1) * WORDS);
    return {
      hash: new Uint8Array(words.buffer),
      tint: this.#tints.slice(slot * TINT_NUMBERS, (slot + 1) * TINT_NUMBERS),
    };
  }

  /** Pictures that have any of these marks, or have them in the mirror, nearest first. */
  same(marks: readonly Marks[]): Found[] {
    const asked = marks
      .flatMap((one) => [one, mirrored(one)])
      .map(({ hash, tint }) => ({ words: wordsOf(hash), tint }));
    const found: Found[] = [];
    for (const [slot, id] of this.#ids.entries()) {
      const apart = Math.min(...asked.map(({ words, tint }) => this.#apart(slot, words, tint)));
      if (apart <= SAME_SHARE_MAX) found.push({ id, apart });
    }
    return found.sort((a, b) => a.apart - b.apart);
  }

  /** Share of the sure bits that differ; 1 when the colors are others, or too little is sure. */
  #apart(slot: number, words: Uint32Array, tint: Int8Array): number {
    let bits = 0;
    let sure = 0;
    for (let i = 0, at = slot * WORDS; i < HASH_WORDS; i++, at++) {
      const both = this.#hashes[at + HASH_WORDS]! & words[i + HASH_WORDS]!;
      bits += popcount((this.#hashes[at]! ^ words[i]!) & both);
      sure += popcount(both);
      if (i === FIRST_WORDS - 1 && bits > sure * FIRST_SHARE_MAX) return 1;
    }
    if (bits > Math.min(sure * SAME_SHARE_MAX, (sure - DEVIATIONS * Math.sqrt(sure)) / 2)) return 1;
    let apart = 0;
    for (let i = 0, at = slot * TINT_NUMBERS; i < TINT_NUMBERS; i++, at++) apart += (this.#tints[at]! - tint[i]!) ** 2;
    return Math.sqrt((2 * apart) / TINT_NUMBERS) > SAME_TINT_MAX ? 1 : bits / sure;
  }

  #grow(): void {
    const [hashes, tints] = [new Uint32Array(this.#hashes.length * 2), new Int8Array(this.#tints.length * 2)];
    hashes.set(this.#hashes);
    tints.set(this.#tints);
    [this.#hashes, this.#tints] = [hashes, tints];
  }
}

/**
 * The marks of a picture in the mirror: cosines of odd frequencies across change their sign, so every other bit is the other
 * (those that were about to be either are not sure), and cells change sides.
 */
export function mirrored({ hash, tint }: Marks): Marks {
  return {
    hash: Uint8Array.from(hash, (byte, i) => (i < hash.length / 2 ? byte ^ 0b01010101 : byte)),
    tint: Int8Array.from(tint, (_, i) => {
      const [cell, axis] = [i >> 1, i & 1];
      const [row, column] = [Math.floor(cell / TINT_SIDE), cell % TINT_SIDE];
      return tint[(row * TINT_SIDE + TINT_SIDE - 1 - column) * 2 + axis]!;
    }),
  };
}

function wordsOf(hash: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(hash).buffer);
}
