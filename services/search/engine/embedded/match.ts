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

  /** Adds up, for each slot with a word of the query, how well it matches. The best of a group's terms counts. */
  collect(index: MemoryIndex, { groups }: QueryPlan): void {
    if (this.scores.length < index.slotCount) {
      const size = Math.ceil(index.slotCount * 1.5);
      this.scores = new Float32Array(size);
      this.rarities = new Float32Array(size);
      this.#best = new Float32Array(size);
      this.#stamps = new Uint8Array(size);
      this.touched = new Uint32Array(size);
    }
    const { scores, rarities, touched } = this;
    const best = this.#best;
    const stamps = this.#stamps;
    const states = index.states.raw;
    let count = 0;
    groups.forEach(({ rarity, terms }, groupIndex) => {
      const stamp = groupIndex + 1;
      for (const { id, share } of terms) {
        const postings = index.dictionary.postings(id);
        const raw = postings.raw;
        const weight = (rarity * share) / 255;
        for (let i = 0; i < postings.length; i++) {
          const posting = raw[i] as number;
          const slot = posting >>> 8;
          if (states[slot] === 0) continue;
          const score = (posting & 255) * weight;
          const seen = stamps[slot] as number;
          if (seen === stamp) {
            if (score > (best[slot] as number)) {
              scores[slot] = (scores[slot] as number) + score - (best[slot] as number);
              best[slot] = score;
            }
            continue;
          }
          if (seen === 0) touched[count++] = slot;
          stamps[slot] = stamp;
          best[slot] = score;
          scores[slot] = (scores[slot] as number) + score;
          rarities[slot] = (rarities[slot] as number) + rarity;
        }
      }
    });
    this.touchedCount = count;
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

function distinct(words: readonly Word[]): Word[] {
  // The joined form of a hyphenated word is for documents; in a query the parts say the same.
  return [...new Map(words.map((word) => [word.term, word])).values()];
}
