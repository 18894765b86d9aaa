import type { Alternative } from '../engine/engine.ts';
import type { Lexicon } from './lexicon.ts';
import { STOP_WORDS } from './stop-words.ts';
import { isNumber, unitOf } from './units.ts';
import { stem, type Word, wordsOf } from './words.ts';

/** Words of a query that are looked up, and those that are searched: of a longer query the rarest. */
const WORDS_READ_MAX = 64;
const WORDS_MAX = 24;
/** A longer text is not read to its end, so that no query is much work. The service takes no longer ones anyway. */
const TEXT_LENGTH_MAX = 1_000;
/** A last word that fewer documents have than this is also taken for the beginning of longer ones. */
const PREFIX_BELOW = 5;
/** What stands for a word counts less than the word itself: a completion of the last, the nearest spelling, another ending. */
const COMPLETION_SHARE = 0.6;
const SPELLING_SHARE = 0.8;
const ENDING_SHARE = 0.85;
const ALTERNATIVE_SHARE = 0.9;
/** Shortest part that an unknown word is cut into. */
const PART_LENGTH_MIN = 3;

/** A word of a query: how much it tells, and what stands for it in the index. */
export type QueryGroup = {
  readonly rarity: number;
  readonly terms: readonly { readonly term: string; readonly share: number }[];
  /** Its place among the words as they were typed. */
  readonly place: number;
  readonly isNumber: boolean;
  readonly isUnit: boolean;
};

/** The words of a query, those that tell most first. */
export type QueryPlan = {
  readonly groups: readonly QueryGroup[];
  readonly rarityTotal: number;
  readonly correctedText: string | null;
  readonly unknownWords: readonly string[];
  /** Whether hits must have every word: something is in quotes. */
  readonly isStrict: boolean;
};

/** What the marketplace says of words. */
export type WordRules = {
  readonly alternatives?: readonly Alternative[];
  readonly stopWords?: readonly string[];
};

type Group = { frequency: number; terms: { term: string; share: number }[]; surface: string; isUnit: boolean };

/** Looks the words up: themselves, written together or apart, completions of the last, the nearest spelling of an unknown one. */
export function planQuery(
  lexicon: Lexicon,
  asked: string,
  { alternatives = [], stopWords = [] }: WordRules = {},
): QueryPlan {
  const text = asked.slice(0, TEXT_LENGTH_MAX);
  // Marks at the edges of words; those of inches stand behind a number.
  const phrases = [...text.matchAll(/(?<=^|\s)["“]([^"“”]{2,}?)["”](?=\s|$)/g)].map((match) => match[1]!);
  const quoted = new Set(phrases.flatMap((phrase) => wordsOf(phrase).map(({ term }) => term)));
  const plain = phrases.length === 0 ? text : text.replace(/(?<=^|\s)["“]|["”](?=\s|$)/g, ' ');
  const words = tellingWords(wordsOf(plain), { kept: quoted, stopWords }).slice(0, WORDS_READ_MAX);
  const isLastOpen = /[\p{L}\p{M}\p{N}]$/u.test(text);
  let isCorrected = false;
  const found = words.flatMap(({ term, surface }, i): Group[] => {
    const group: Group = { frequency: 0, terms: [], surface, isUnit: unitOf(term) !== undefined };
    const add = (other: string, share: number): void => {
      const frequency = lexicon.frequencyOf(other);
      if (frequency === 0 || group.terms.some((known) => known.term === other)) return;
      group.frequency += frequency;
      group.terms.push({ term: other, share });
    };
    add(term, 1);
    if (quoted.has(term)) return [group];
    for (const joined of joinedWith(words, i)) add(joined, 1);
    for (const { word, others } of alternatives)
      if (stem(word) === term)
        for (const other of others) for (const each of wordsOf(other)) add(each.term, ALTERNATIVE_SHARE);
    if (/^[a-z]{3,}[ao]$/.test(term)) add(term.slice(0, -1) + (term.endsWith('a') ? 'o' : 'a'), ENDING_SHARE);
    if (isLastOpen && i === words.length - 1 && term.length > 1 && group.frequency < PREFIX_BELOW)
      for (const longer of lexicon.completionsOf({ term, surface })) add(longer.term, COMPLETION_SHARE);
    if (group.terms.length > 0) return [group];
    const parts = partsOf(lexicon, term, surface);
    const nearest = lexicon.nearestTo(term);
    if (parts !== undefined && (nearest === undefined || nearest.distance > 1))
      return parts.map((part) => ({ ...part, terms: [{ term: part.term, share: 1 }], isUnit: false }));
    if (nearest === undefined) return [group];
    isCorrected = true;
    return [
      {
        ...group,
        frequency: nearest.frequency,
        terms: [{ term: nearest.term, share: SPELLING_SHARE }],
        surface: nearest.surface,
      },
    ];
  });
  const groups = found
    .map(
      ({ frequency, terms, surface, isUnit }, place): QueryGroup => ({
        rarity: rarityOf(frequency, lexicon.liveCount),
        terms,
        place,
        isNumber: isNumber(surface),
        isUnit,
      }),
    )
    .sort((a, b) => b.rarity - a.rarity)
    .slice(0, WORDS_MAX);
  return {
    groups,
    rarityTotal: groups.reduce((sum, { rarity }) => sum + rarity, 0),
    correctedText: isCorrected ? found.map(({ surface }) => surface).join(' ') : null,
    unknownWords: found.filter(({ terms }) => terms.length === 0).map(({ surface }) => surface),
    isStrict: quoted.size > 0,
  };
}

/** BM25's inverse document frequency; words nobody uses weigh little: "fantastisk lamp" should find lamps. */
function rarityOf(frequency: number, liveCount: number): number {
  const having = Math.min(liveCount, frequency);
  if (having === 0) return 0.1;
  return Math.log(1 + (liveCount - having + 0.5) / (having + 0.5));
}

/** Each word once, without those that say nothing, unless there are no others. */
function tellingWords(
  words: readonly Word[],
  { kept, stopWords }: { readonly kept: ReadonlySet<string>; readonly stopWords: readonly string[] },
): Word[] {
  const each = [...new Map(words.map((word) => [word.term, word])).values()];
  const telling = each.filter(
    ({ term, surface }) => kept.has(term) || !(STOP_WORDS.has(surface) || stopWords.includes(surface)),
  );
  return telling.length > 0 ? telling : each;
}

/** A word together with its neighbors: "night stand" is also found as "nightstand". */
function joinedWith(words: readonly Word[], i: number): string[] {
  const own = words[i]!.surface;
  const [before, after] = [words[i - 1]?.surface, words[i + 1]?.surface];
  return [...(before === undefined ? [] : [stem(before + own)]), ...(after === undefined ? [] : [stem(own + after)])];
}

/** Two known words that an unknown one is written together of, those that are most frequent. */
function partsOf(
  lexicon: Lexicon,
  term: string,
  surface: string,
): { term: string; surface: string; frequency: number }[] | undefined {
  let best: { term: string; surface: string; frequency: number }[] | undefined;
  let bestFrequency = 0;
  for (let cut = 1; cut < surface.length; cut++) {
    const parts = [surface.slice(0, cut), surface.slice(cut)];
    const isCode = /\d/.test(surface) && /[a-z]$/.test(parts[0]!) && /^\d/.test(parts[1]!);
    if (!isCode && (/\d/.test(surface) || parts.some((part) => part.length < PART_LENGTH_MIN))) continue;
    const known = parts.map((part) => ({
      term: stem(part),
      surface: part,
      frequency: lexicon.frequencyOf(stem(part)),
    }));
    const rarest = Math.min(...known.map(({ frequency }) => frequency));
    if (rarest > bestFrequency) {
      bestFrequency = rarest;
      best = known;
    }
  }
  return term.length < 2 ? undefined : best;
}
