import { porterStem } from './porter.ts';
import { isNumber, unitOf } from './units.ts';

/** Longest word kept: longer ones are hashes and base64, not words. */
const WORD_LENGTH_MAX = 40;

/** Scripts written without spaces; ICU's dictionaries cut them into words. */
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Numbers first, with their fractions: 2.5, 1,000, 1-1/2. */
const NUMBERS = '\\d+(?:-\\d+)?/\\d+|\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+\\.\\d+';
const RUNS = new RegExp(
  `${NUMBERS}|[\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\u0e4d]+|(?:(?![\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}])[\\p{L}\\p{M}\\p{N}])+(?:-(?:[a-z0-9])+)*`,
  'gu',
);

/** Runs of folded text in plain ASCII, which most is: what RUNS finds there, in a tenth of the time. */
const ASCII_RUNS = new RegExp(`${NUMBERS}|[a-z0-9]+(?:-[a-z0-9]+)*`, 'g');
const ASCII = /^[\x20-\x7e\s]*$/;
/** A number and what it is of, written together: 10ft. */
const MEASURE = /^(\d+)([a-z]+)$/;
/** Two or three numbers by each other: 2x4, 10x20x30. */
const BY = /^\d+(?:x\d+){1,2}$/;

const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

/**
 * A word as the index knows it, and as people write it: `lamp` for "Lamps", `foot` for the "ft" of
 * "10 ft". Folded: lower case, without accents of
 * Latin letters (Thai and other marks stay, they are letters there), full-width forms as plain ones.
 */
export type Word = { readonly term: string; readonly surface: string };

/** Lower case, NFC, without accents on Latin letters. */
export function fold(text: string): string {
  // Most text is plain ASCII and needs none of it.
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .replace(/[\uff01-\uffee\u3000]/g, (character) => character.normalize('NFKC'))
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

/**
 * The words of a text in order. A word with hyphens is its parts and itself without them, so that "t-shirt" is found
 * by "shirt" and by "tshirt". A measure is a number and a unit however it is written: 10ft, 10-foot, 10', 10 feet.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let isAfterNumber = false;
  const add = (surface: string): void => {
    if (surface.length > WORD_LENGTH_MAX) return;
    const unit = isAfterNumber ? unitOf(surface) : undefined;
    words.push({ term: unit ?? stem(surface), surface });
    isAfterNumber = isNumber(surface);
  };
  const addPlain = (run: string): void => {
    const measure = MEASURE.exec(run);
    if (measure !== null && unitOf(measure[2]!) !== undefined) {
      add(measure[1]!);
      add(measure[2]!);
    } else {
      if (BY.test(run)) for (const part of run.split('x')) add(part);
      add(run);
    }
  };
  const folded = withMarks(fold(text)).replace(/['’]/g, '');
  const isPlain = ASCII.test(folded);
  for (const run of folded.match(isPlain ? ASCII_RUNS : RUNS) ?? []) {
    if (!isPlain && UNSPACED.test(run)) {
      for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) add(segment);
    } else if (run.includes('-')) {
      const parts = run.split('-');
      for (const part of parts) addPlain(part);
      // "10-foot" is a measure, no word of its own.
      if (!parts.some((part) => unitOf(part) !== undefined) && !run.includes('/')) add(parts.join(''));
    } else addPlain(run.replaceAll(',', ''));
  }
  return words;
}

/** Marks of inches and feet as words: 6" and 5'. */
function withMarks(text: string): string {
  if (!/\d *["”″'’′]/.test(text)) return text;
  return text.replace(/(\d) ?(?:["”″]|''|’’)/g, '$1 in ').replace(/(\d)['’′](?![a-z0-9])/g, '$1 ft ');
}

/** Stems asked for before: a catalog has few different words. */
const stems = new Map<string, string>();
const STEMS_MAX = 50_000;

/** What a word and its relatives have in common (Porter 1980), which plurals of Spanish mostly share; other scripts stay. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = word === 'feet' ? 'foot' : porterStem(word);
  if (stems.size >= STEMS_MAX) stems.clear();
  stems.set(word, found);
  return found;
}
