import { type Word, wordsOf } from '../../domain/words.ts';
import type { MemoryIndex } from './memory-index.ts';

/** Words of a query that are looked at. */
const WORDS_MAX = 16;
/** A last word that fewer documents have than this is also taken for the beginning of longer ones. */
const PREFIX_BELOW = 5;
/** What a completion of the last word counts, against the word itself. */
const COMPLETION_SHARE = 0.6;
/**
 * The part of the query's total rarity that a hit's words must have. Any telling word is enough, while a word that is
 * everywhere ("the", "new") only orders. Sorted by price or age nobody sees the score, so more must match there.
 */
export const RARITY_SHARE = { relevance: 0.3, other: 0.7 } as const;

/** Looking a slot up among sorted postings costs about as much as reading so many. */
const LOOKUP_COST = 16;

/** The words of a query with what stands for each in the index. */
export type QueryPlan = {
  readonly groups: readonly { readonly rarity: number; readonly terms: readonly { id: number; share: number }[] }[];
  readonly rarityTotal: number;
  readonly correctedText: string | null;
};

/** Looks the words up: themselves, completions of the last, the nearest spelling of an unknown one. */
export function planQuery(index: MemoryIndex, text: string): QueryPlan {
  const { dictionary } = index;
  const words = distinct(wordsOf(text)).slice(0, WORDS_MAX);
  const isLastOpen = /[\p{L}\p{M}\p{N}]$/u.test(text);
  let isCorrected = false;
  const surfaces: string[] = [];
  const groups = words.map(({ term, surface }, i) => {
    const exact = dictionary.find(term);
    const terms: { id: number; share: number }[] = exact === undefined ? [] : [{ id: exact, share: 1 }];
    if (
      isLastOpen &&
      i === words.length - 1 &&
      term.length > 1 &&
      (exact === undefined || dictionary.frequency(exact) < PREFIX_BELOW)
    ) {
      for (const id of dictionary.beginningWith(term)) if (id !== exact) terms.push({ id, share: COMPLETION_SHARE });
    }
    if (terms.length === 0) {
      const nearest = dictionary.nearest(term);
      if (nearest !== undefined) {
        terms.push({ id: nearest, share: 0.8 });
        isCorrected = true;
        surfaces.push(dictionary.surface(nearest));
        return { rarity: rarityOf(index, terms), terms };
      }
    }
    surfaces.push(surface);
    return { rarity: rarityOf(index, terms), terms };
  });
  return {
    groups,
    rarityTotal: groups.reduce((sum, { rarity }) => sum + rarity, 0),
    correctedText: isCorrected ? surfaces.join(' ') : null,
  };
}

/** BM25's inverse document frequency; an unknown word counts as the rarest, so that it dilutes chance matches. */
function rarityOf({ dictionary, liveCount }: MemoryIndex, terms: readonly { id: number }[]): number {
  const having = Math.min(
    liveCount,
    terms.reduce((sum, { id }) => sum + dictionary.frequency(id), 0),
  );
  // Words nobody uses weigh little: "fantastisk lamp" should find lamps.
  if (having === 0) return 0.1;
  return Math.log(1 + (liveCount - having + 0.5) / (having + 0.5));
}

/** Scores by slot, kept between queries so that none allocates; only touched slots are cleaned. */
export class Scores {
  scores = new Float32Array(0);
  rarities = new Float32Array(0);
  #best = new Float32Array(0);
  #stamps = new Uint8Array(0);
  touched = new Uint32Array(0);
  touchedCount = 0;

  /**
   * Adds up, for each slot that can reach `neededRarity`, how well it matches. The best of a group's terms counts.
   * The rarest words come first: once those left cannot reach what is needed together, they open no new slots but are
   * looked up for the slots at hand (MaxScore, Turtle and Flood 1995). So a telling word beside a word of half the
   * catalog costs what the telling one does.
   */
  collect(index: MemoryIndex, { groups, rarityTotal }: QueryPlan, neededRarity: number): void {
    this.#growTo(index.slotCount);
    const states = index.states.raw;
    let reachable = rarityTotal;
    groups
      .toSorted((a, b) => b.rarity - a.rarity)
      .forEach(({ rarity, terms }, groupIndex) => {
        const opens = reachable >= neededRarity;
        const slotsAtHand = this.touchedCount;
        const stamp = groupIndex + 1;
        for (const { id, share } of terms) {
          const postings = index.dictionary.postings(id);
          const raw = postings.raw;
          const weight = (rarity * share) / 255;
          if (!opens && slotsAtHand * LOOKUP_COST < postings.length) {
            for (let i = 0; i < slotsAtHand; i++) {
              const slot = this.touched[i] as number;
              const posting = postingOf(slot, raw, postings.length);
              if (posting !== undefined) this.#add(slot, (posting & 255) * weight, stamp, rarity);
            }
            continue;
          }
          for (let i = 0; i < postings.length; i++) {
            const posting = raw[i] as number;
            const slot = posting >>> 8;
            if (states[slot] === 0 || (!opens && this.#stamps[slot] === 0)) continue;
            this.#add(slot, (posting & 255) * weight, stamp, rarity);
          }
        }
        reachable -= rarity;
      });
  }

  /**
   * Collects only the slots that have every word, by walking the sorted postings side by side: what is read lies in a
   * row, so this costs a tenth of collecting all that have any. Answers how many. Only for words that stand for themselves.
   */
  intersect(index: MemoryIndex, { groups, rarityTotal }: QueryPlan): number {
    this.#growTo(index.slotCount);
    const states = index.states.raw;
    const lists = groups
      .map(({ rarity, terms }) => {
        const { raw, length } = index.dictionary.postings((terms[0] as { id: number }).id);
        return { raw, length, weight: rarity / 255, at: 0 };
      })
      .sort((a, b) => a.length - b.length);
    const [rarest, ...others] = lists;
    if (rarest === undefined) return 0;
    next: for (let i = 0; i < rarest.length; i++) {
      const posting = rarest.raw[i] as number;
      const slot = posting >>> 8;
      let score = (posting & 255) * rarest.weight;
      for (const other of others) {
        const same =
          other.length > rarest.length * LOOKUP_COST ? postingOf(slot, other.raw, other.length) : walkTo(slot, other);
        if (same === undefined) continue next;
        score += (same & 255) * other.weight;
      }
      if (states[slot] === 0) continue;
      this.touched[this.touchedCount++] = slot;
      this.scores[slot] = score;
      this.rarities[slot] = rarityTotal;
    }
    return this.touchedCount;
  }

  /** How many of the collected slots reach a rarity. */
  reaching(rarity: number): number {
    let count = 0;
    for (let i = 0; i < this.touchedCount; i++)
      if ((this.rarities[this.touched[i] as number] as number) >= rarity) count++;
    return count;
  }

  #add(slot: number, score: number, stamp: number, rarity: number): void {
    const seen = this.#stamps[slot] as number;
    if (seen === stamp) {
      const better = score - (this.#best[slot] as number);
      if (better <= 0) return;
      this.scores[slot] = (this.scores[slot] as number) + better;
      this.#best[slot] = score;
      return;
    }
    if (seen === 0) this.touched[this.touchedCount++] = slot;
    this.#stamps[slot] = stamp;
    this.#best[slot] = score;
    this.scores[slot] = (this.scores[slot] as number) + score;
    this.rarities[slot] = (this.rarities[slot] as number) + rarity;
  }

  #growTo(slotCount: number): void {
    if (this.scores.length >= slotCount) return;
    const size = Math.ceil(slotCount * 1.5);
    this.scores = new Float32Array(size);
    this.rarities = new Float32Array(size);
    this.#best = new Float32Array(size);
    this.#stamps = new Uint8Array(size);
    this.touched = new Uint32Array(size);
  }

  clean(): void {
    for (let i = 0; i < this.touchedCount; i++) {
      const slot = this.touched[i] as number;
      this.scores[slot] = 0;
      this.rarities[slot] = 0;
      this.#stamps[slot] = 0;
    }
    this.touchedCount = 0;
  }
}

/** The posting of a slot, from where the walk stands on: slots are asked for in rising order. */
function walkTo(
  slot: number,
  list: { readonly raw: Uint32Array; readonly length: number; at: number },
): number | undefined {
  const { raw, length } = list;
  while (list.at < length && (raw[list.at] as number) >>> 8 < slot) list.at++;
  const posting = list.at < length ? (raw[list.at] as number) : 0;
  return list.at < length && posting >>> 8 === slot ? posting : undefined;
}

/** The posting of a slot, by halves: slots rise. */
function postingOf(slot: number, raw: Uint32Array, length: number): number | undefined {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((raw[middle] as number) >>> 8 < slot) low = middle + 1;
    else high = middle;
  }
  const posting = low < length ? (raw[low] as number) : 0;
  return low < length && posting >>> 8 === slot ? posting : undefined;
}

function distinct(words: readonly Word[]): Word[] {
  // The joined form of a hyphenated word is for documents; in a query the parts say the same.
  return [...new Map(words.map((word) => [word.term, word])).values()];
}
