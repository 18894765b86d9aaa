import { type Word, wordsOf } from '../../../domain/words.ts';
import type { Segment } from '../segment/segment.ts';
import { beginningWith, frequencyOf, nearestTo } from './lexicon.ts';

/** Words of a query that are looked at. */
const WORDS_MAX = 16;
/** A last word that fewer documents have than this is also taken for the beginning of longer ones. */
const PREFIX_BELOW = 5;
/** What a completion of the last word counts, and what the nearest spelling does, against the word itself. */
const COMPLETION_SHARE = 0.6;
const SPELLING_SHARE = 0.8;

/** A word of a query: how much it tells, and what stands for it in the index. */
export type QueryGroup = {
  readonly rarity: number;
  readonly terms: readonly { readonly term: string; readonly share: number }[];
};

/** The words of a query, those that tell most first. */
export type QueryPlan = {
  readonly groups: readonly QueryGroup[];
  readonly rarityTotal: number;
  readonly correctedText: string | null;
};

/** Looks the words up: themselves, completions of the last, the nearest spelling of an unknown one. */
export function planQuery(segments: readonly Segment[], liveCount: number, text: string): QueryPlan {
  const words = distinct(wordsOf(text)).slice(0, WORDS_MAX);
  const isLastOpen = /[\p{L}\p{M}\p{N}]$/u.test(text);
  let isCorrected = false;
  const surfaces: string[] = [];
  const groups = words.map(({ term, surface }, i): QueryGroup => {
    let frequency = frequencyOf(segments, term);
    const terms = frequency === 0 ? [] : [{ term, share: 1 }];
    if (isLastOpen && i === words.length - 1 && term.length > 1 && frequency < PREFIX_BELOW) {
      for (const longer of beginningWith(segments, term)) {
        if (longer.term === term) continue;
        terms.push({ term: longer.term, share: COMPLETION_SHARE });
        frequency += longer.frequency;
      }
    }
    const nearest = terms.length === 0 ? nearestTo(segments, term) : undefined;
    surfaces.push(nearest?.surface ?? surface);
    if (nearest === undefined) return { rarity: rarityOf(frequency, liveCount), terms };
    isCorrected = true;
    return {
      rarity: rarityOf(nearest.frequency, liveCount),
      terms: [{ term: nearest.term, share: SPELLING_SHARE }],
    };
  });
  return {
    groups: groups.toSorted((a, b) => b.rarity - a.rarity),
    rarityTotal: groups.reduce((sum, { rarity }) => sum + rarity, 0),
    correctedText: isCorrected ? surfaces.join(' ') : null,
  };
}

/** BM25's inverse document frequency; an unknown word counts as the rarest, so that it dilutes chance matches. */
function rarityOf(frequency: number, liveCount: number): number {
  const having = Math.min(liveCount, frequency);
  // Words nobody uses weigh little: "fantastisk lamp" should find lamps.
  if (having === 0) return 0.1;
  return Math.log(1 + (liveCount - having + 0.5) / (having + 0.5));
}

function distinct(words: readonly Word[]): Word[] {
  // The joined form of a hyphenated word is for documents; in a query the parts say the same.
  return [...new Map(words.map((word) => [word.term, word])).values()];
}
