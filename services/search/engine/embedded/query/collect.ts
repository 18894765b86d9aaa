import { popcount } from '../segment/bits.ts';
import { firstFrom, impactOf, type Postings, rankOf } from '../segment/postings.ts';
import type { Batch } from './batch.ts';

/** Slots worked on at once: their scores fit a processor's cache, and memory does not grow with the catalog. */
const WINDOW_SLOTS = 65_536;
/** Looking a slot up among sorted postings costs about as much as reading so many. */
const LOOKUP_COST = 16;

/** A word of the query in one segment: how much it tells, and the postings of what stands for it. */
export type CollectedGroup = {
  readonly rarity: number;
  readonly terms: readonly { readonly postings: Postings; readonly weight: number }[];
};

// Kept between queries so that none allocates; only touched slots are cleaned.
const scores = new Float32Array(WINDOW_SLOTS);
const rarities = new Float32Array(WINDOW_SLOTS);
const best = new Float32Array(WINDOW_SLOTS);
const stamps = new Uint8Array(WINDOW_SLOTS);
const touched = new Uint32Array(WINDOW_SLOTS);
let touchedCount = 0;

/** The rarity that a slot's words must have together, and that all of the query's have. */
export type Rarities = { readonly needed: number; readonly total: number };

/**
 * Adds the live slots whose words reach the needed rarity together, newest window of slots first. What a slot has of the
 * total counts by its square root, so that one with all the words comes before one that has a single word often. The best of a group's
 * terms counts. The rarest words come first: once those left cannot reach what is needed together, they open no new slots
 * but are looked up for the slots at hand (MaxScore, Turtle and Flood 1995). So a telling word beside a word of half the
 * catalog costs what the telling one does. Groups come rarest first.
 */
export function collect(
  groups: readonly CollectedGroup[],
  { needed, total }: Rarities,
  { slotCount, live, into }: { slotCount: number; live: Uint32Array; into: Batch },
): boolean {
  for (
    let from = Math.floor(Math.max(0, slotCount - 1) / WINDOW_SLOTS) * WINDOW_SLOTS;
    from >= 0;
    from -= WINDOW_SLOTS
  ) {
    try {
      collectWindow(groups, needed, { from, to: Math.min(slotCount, from + WINDOW_SLOTS), live });
      for (let i = touchedCount - 1; i >= 0; i--) {
        const at = touched[i]!;
        const rarity = rarities[at]!;
        if (rarity >= needed && !into.add(from + at, scores[at]! * Math.sqrt(rarity / total))) return false;
      }
    } finally {
      clean();
    }
  }
  return true;
}

type Window = { readonly from: number; readonly to: number; readonly live: Uint32Array };

function collectWindow(groups: readonly CollectedGroup[], neededRarity: number, window: Window): void {
  const { from, to, live } = window;
  let reachable = groups.reduce((sum, { rarity }) => sum + rarity, 0);
  groups.forEach(({ rarity, terms }, groupIndex) => {
    const opens = reachable >= neededRarity;
    const slotsAtHand = touchedCount;
    const stamp = groupIndex + 1;
    for (const { postings, weight } of terms) {
      if (!opens && slotsAtHand * LOOKUP_COST < postings.length) {
        for (let i = 0; i < slotsAtHand; i++) {
          const at = touched[i]!;
          const impact = impactOf(postings, from + at);
          if (impact !== 0) add(at, impact * weight, stamp, rarity);
        }
        continue;
      }
      if (postings.kind === 'sparse') {
        const { raw, length } = postings;
        for (let i = firstFrom(postings, from); i < length; i++) {
          const posting = raw[i]!;
          const slot = posting >>> 8;
          if (slot >= to) break;
          if (!opens && stamps[slot - from] === 0) continue;
          if (((live[slot >>> 5]! >>> (slot & 31)) & 1) !== 0)
            add(slot - from, (posting & 255) * weight, stamp, rarity);
        }
        continue;
      }
      const { words, impacts } = postings;
      let rank = rankOf(postings, from);
      for (let place = from >>> 5; place << 5 < to; place++) {
        const bits = words[place]!;
        let rest = bits & live[place]!;
        for (; rest !== 0; rest &= rest - 1) {
          const bit = 31 - Math.clz32(rest & -rest);
          const at = (place << 5) + bit - from;
          if (!opens && stamps[at] === 0) continue;
          add(at, impacts[rank + popcount(bits & ((1 << bit) - 1))]! * weight, stamp, rarity);
        }
        rank += popcount(bits);
      }
    }
    reachable -= rarity;
  });
}

function add(at: number, score: number, stamp: number, rarity: number): void {
  const seen = stamps[at]!;
  if (seen === stamp) {
    const better = score - best[at]!;
    if (better <= 0) return;
    scores[at] = scores[at]! + better;
    best[at] = score;
    return;
  }
  if (seen === 0) touched[touchedCount++] = at;
  stamps[at] = stamp;
  best[at] = score;
  scores[at] = scores[at]! + score;
  rarities[at] = rarities[at]! + rarity;
}

function clean(): void {
  for (let i = 0; i < touchedCount; i++) {
    const at = touched[i]!;
    scores[at] = 0;
    rarities[at] = 0;
    stamps[at] = 0;
  }
  touchedCount = 0;
}
