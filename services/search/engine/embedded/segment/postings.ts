import { hasBit, popcount, setBit, wordsFor } from './bits.ts';

/** A word of one in so many documents or more is kept as a bitmap. */
const DENSE_SHARE = 32;
/** Small segments need no bitmaps: their lists fit a processor's cache. */
const DENSE_SLOTS_MIN = 2_048;
/** A rank is remembered for every so many words of a bitmap, as a power of two. */
const RANK_SHIFT = 4;

/** Postings of a rarer word: `slot × 256 + impact`, slots rising. */
export type SparsePostings = { readonly kind: 'sparse'; readonly length: number; readonly raw: Uint32Array };

/**
 * Postings of a frequent word: a bit a slot, how many bits are set before every 512th, and the impacts of the set ones
 * in their order. Two such words are intersected 32 slots at a time; whether a slot has the word is one look.
 */
export type DensePostings = {
  readonly kind: 'dense';
  readonly length: number;
  readonly words: Uint32Array;
  readonly ranks: Uint32Array;
  readonly impacts: Uint8Array;
};

/** The documents of one segment that have a word, and how much each is about it (1 to 255). */
export type Postings = SparsePostings | DensePostings;

export const NO_POSTINGS: Postings = { kind: 'sparse', length: 0, raw: new Uint32Array(0) };

/** Whether a word of so many documents is kept as a bitmap. */
export function isDense(length: number, slotCount: number): boolean {
  return slotCount >= DENSE_SLOTS_MIN && length * DENSE_SHARE >= slotCount;
}

/** The bitmap form of the first `length` sparse postings. */
export function densePostings(raw: Uint32Array, length: number, slotCount: number): DensePostings {
  const words = new Uint32Array(wordsFor(slotCount));
  const ranks = new Uint32Array((words.length >>> RANK_SHIFT) + 1);
  const impacts = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const posting = raw[i]!;
    setBit(words, posting >>> 8);
    impacts[i] = posting & 255;
  }
  let rank = 0;
  for (let i = 0; i < words.length; i++) {
    if ((i & ((1 << RANK_SHIFT) - 1)) === 0) ranks[i >>> RANK_SHIFT] = rank;
    rank += popcount(words[i]!);
  }
  return { kind: 'dense', length, words, ranks, impacts };
}

/** Bytes of each part of a bitmap of so many slots. */
export function denseSizes(length: number, slotCount: number): { words: number; ranks: number; impacts: number } {
  const words = wordsFor(slotCount);
  return { words: words * 4, ranks: ((words >>> RANK_SHIFT) + 1) * 4, impacts: length };
}

/** How many set bits are before this one. */
export function rankOf({ words, ranks }: DensePostings, slot: number): number {
  const word = slot >>> 5;
  let rank = ranks[word >>> RANK_SHIFT]!;
  for (let i = (word >>> RANK_SHIFT) << RANK_SHIFT; i < word; i++) rank += popcount(words[i]!);
  return rank + popcount(words[word]! & ((1 << (slot & 31)) - 1));
}

/** The impact of a word in a slot; 0 when it does not have it. */
export function impactOf(postings: Postings, slot: number): number {
  if (postings.kind === 'dense') return hasBit(postings.words, slot) ? postings.impacts[rankOf(postings, slot)]! : 0;
  const at = firstFrom(postings, slot);
  const posting = at < postings.length ? postings.raw[at]! : 0;
  return at < postings.length && posting >>> 8 === slot ? posting & 255 : 0;
}

/** Where the first posting of this slot or a later one is. */
export function firstFrom({ raw, length }: SparsePostings, slot: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (raw[middle]! >>> 8 < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}
