import { popcount } from '../segment/bits.ts';
import { type DensePostings, impactOf, type Postings, type SparsePostings } from '../segment/postings.ts';
import type { Batch } from './batch.ts';

/** Postings of a word with what a full impact of it counts. */
export type Weighted = { readonly postings: Postings; readonly weight: number };

/** Looking a slot up among sorted postings costs about as much as reading so many. */
const LOOKUP_COST = 16;

/**
 * Adds the live slots that have every word, last slot first. The rarest word leads; the others are asked, or walked beside
 * it. When all are frequent their bitmaps are put together, 32 slots at a time.
 */
export function intersect(lists: readonly Weighted[], live: Uint32Array, into: Batch): boolean {
  const sorted = lists.toSorted((a, b) => a.postings.length - b.postings.length);
  if (sorted[0] === undefined || sorted[0].postings.length === 0) return true;
  const rarest = sorted.find(({ postings }) => postings.kind === 'sparse');
  if (rarest !== undefined) {
    const others = sorted.filter((list) => list !== rarest);
    return intersectFrom(rarest.postings as SparsePostings, rarest.weight, { others, live, into });
  }
  const bitmaps = lists as readonly Bitmap[];
  return bitmaps.length === 1 ? walkBitmap(bitmaps[0]!, live, into) : intersectBitmaps(bitmaps, live, into);
}

function intersectFrom(
  { raw, length }: SparsePostings,
  weight: number,
  { others, live, into }: { others: readonly Weighted[]; live: Uint32Array; into: Batch },
): boolean {
  const walked = others.map(({ postings, weight: otherWeight }) => ({
    postings,
    weight: otherWeight,
    isWalked: postings.kind === 'sparse' && postings.length <= length * LOOKUP_COST,
    at: postings.length - 1,
  }));
  next: for (let i = length - 1; i >= 0; i--) {
    const posting = raw[i]!;
    const slot = posting >>> 8;
    let score = (posting & 255) * weight;
    for (const other of walked) {
      const impact = other.isWalked
        ? walkTo(slot, other as { postings: SparsePostings; at: number })
        : impactOf(other.postings, slot);
      if (impact === 0) continue next;
      score += impact * other.weight;
    }
    if (((live[slot >>> 5]! >>> (slot & 31)) & 1) === 0) continue;
    if (!into.add(slot, score)) return false;
  }
  return true;
}

/** The impact at a slot, from where the walk stands back: slots are asked for in falling order. */
function walkTo(slot: number, list: { readonly postings: SparsePostings; at: number }): number {
  const { raw } = list.postings;
  let { at } = list;
  while (at >= 0 && raw[at]! >>> 8 > slot) at--;
  list.at = at;
  const posting = at >= 0 ? raw[at]! : 0;
  return at >= 0 && posting >>> 8 === slot ? posting & 255 : 0;
}

type Bitmap = { readonly postings: DensePostings; readonly weight: number };

/** One word's slots: its impacts come one after the other, nothing is looked up. */
function walkBitmap({ postings, weight }: Bitmap, live: Uint32Array, into: Batch): boolean {
  const { words, impacts } = postings;
  let rank = postings.length;
  for (let at = words.length - 1; at >= 0; at--) {
    const alive = live[at]!;
    let rest = words[at]!;
    while (rest !== 0) {
      const bit = 31 - Math.clz32(rest);
      rest ^= 1 << bit;
      rank--;
      if (((alive >>> bit) & 1) !== 0 && !into.add(at * 32 + bit, impacts[rank]! * weight)) return false;
    }
  }
  return true;
}

/** Impacts lie in order of slots: how many set bits were passed says where. Two words at once; more are looked up. */
function intersectBitmaps([first, second, ...others]: readonly Bitmap[], live: Uint32Array, into: Batch): boolean {
  if (first === undefined || second === undefined) return true;
  const { words, impacts } = first.postings;
  const { words: secondWords, impacts: secondImpacts } = second.postings;
  const { weight } = first;
  const { weight: secondWeight } = second;
  /** How many bits are set up to the end of this word. */
  let rank = first.postings.length;
  let secondRank = second.postings.length;
  for (let at = words.length - 1; at >= 0; at--) {
    const bits = words[at]!;
    const secondBits = secondWords[at]!;
    let rest = bits & secondBits & live[at]!;
    for (const { postings } of others) rest &= postings.words[at]!;
    // Where each of these slots is visited, as many bits are passed as slots were visited.
    const isEach = (bits ^ rest) === 0 && (secondBits ^ rest) === 0;
    for (let visited = 0; rest !== 0; visited++) {
      const bit = 31 - Math.clz32(rest);
      rest ^= 1 << bit;
      // Shifted twice: a shift by 32 would be none.
      const passed = isEach ? visited : popcount((bits >>> bit) >>> 1);
      const secondPassed = isEach ? visited : popcount((secondBits >>> bit) >>> 1);
      let score = impacts[rank - passed - 1]! * weight;
      score += secondImpacts[secondRank - secondPassed - 1]! * secondWeight;
      const slot = at * 32 + bit;
      for (const { postings, weight: of } of others) score += impactOf(postings, slot) * of;
      if (!into.add(slot, score)) return false;
    }
    rank -= popcount(bits);
    secondRank -= popcount(secondBits);
  }
  return true;
}
