import { type Word, wordsOf } from './words.ts';

/** A word of an index. */
export type KnownWord = {
  readonly term: string;
  /** The word as people write it. */
  readonly surface: string;
  /** How many documents have it. */
  readonly frequency: number;
};

/** What a query asks of an index before it is searched: which words there are. */
export type Lexicon = {
  /** Documents that can be found. */
  readonly liveCount: number;
  /** How many documents have the word. */
  frequencyOf(term: string): number;
  /**
   * Words that what was typed may be the beginning of, most frequent first. Stems are shorter than words ("dining" is
   * `dine`), so words are also looked for by fewer letters, and told by how they are written.
   */
  completionsOf(word: Word): readonly KnownWord[];
  /**
   * The known word nearest to an unknown one, the more frequent among equals; undefined when none is near enough. Words with
   * digits are never meant: a part number is right or wrong.
   */
  nearestTo(word: string): (KnownWord & { readonly distance: number }) | undefined;
};

/** Completions looked at for one beginning. */
export const COMPLETIONS_MAX = 64;
/** Letters of a typed word that a stem may lack. */
const ENDING_LETTERS = 2;
/** Letters and digits of a model's name that people search for, as `galaxys24`. */
const MODEL_LENGTH_MAX = 10;

/** What the stem of a word that was typed in part may begin with; undefined when it is too short to leave any out. */
export function shorterBeginning(surface: string): string | undefined {
  return surface.length < ENDING_LETTERS + 2 ? undefined : surface.slice(0, -ENDING_LETTERS);
}

/** A part number, as `LAMP-FIREFLY-1` of one listing, which is one word without its signs. */
function isPartNumber({ surface, frequency }: KnownWord): boolean {
  return /\d{4}/.test(surface) || (frequency === 1 && surface.length > MODEL_LENGTH_MAX && /\d/.test(surface));
}

/** What was typed, with each of the words that may be meant by its last one; a part number is not guessed. */
export function completedTexts(text: string, completions: readonly KnownWord[], limit: number): string[] {
  const typed = wordsOf(text).at(-1)?.surface;
  if (typed === undefined) return [];
  const before = text.trim().split(/\s+/).slice(0, -1);
  const surfaces = completions
    .filter((each) => each.surface.startsWith(typed) && !isPartNumber(each))
    .map(({ surface }) => surface);
  return [...new Set(surfaces)].slice(0, limit).map((surface) => [...before, surface].join(' '));
}
