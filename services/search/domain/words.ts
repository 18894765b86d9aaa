/** Longest word kept: longer ones are hashes and base64, not words. */
const WORD_LENGTH_MAX = 40;

/** Scripts written without spaces; ICU's dictionaries cut them into words. */
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const RUNS =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\u0e4d]+|(?:(?![\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}])+(?:-(?:[a-z0-9])+)*/gu;

/** Runs of folded text in plain ASCII, which most is: what RUNS finds there, in a tenth of the time. */
const ASCII_RUNS = /[a-z0-9]+(?:-[a-z0-9]+)*/g;
const ASCII = /^[\x20-\x7e\s]*$/;

const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

/**
 * A word as the index knows it, and as people write it: `lamp` for "Lamps". Folded: lower case, without accents of
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
 * by "shirt" and by "tshirt".
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const add = (surface: string): void => {
    if (surface.length <= WORD_LENGTH_MAX) words.push({ term: stem(surface), surface });
  };
  const folded = fold(text).replace(/['’]/g, '');
  const isPlain = ASCII.test(folded);
  for (const run of folded.match(isPlain ? ASCII_RUNS : RUNS) ?? []) {
    if (!isPlain && UNSPACED.test(run)) {
      for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) add(segment);
    } else if (run.includes('-')) {
      for (const part of run.split('-')) add(part);
      add(run.replaceAll('-', ''));
    } else {
      add(run);
    }
  }
  return words;
}

/**
 * Drops plural endings of English and Spanish, nothing more: "lamps" and "lamp", "relojes" and "reloj", "berries" and
 * "berry" meet. After Harman's S stemmer (1991), with a final "e" dropped so that both readings of "-es" agree.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-zñ]+$/.test(word)) return word;
  let base = word;
  if (base.endsWith('ies') && base.length > 4) base = `${base.slice(0, -3)}y`;
  else if (base.endsWith('s') && !base.endsWith('ss') && !base.endsWith('us')) base = base.slice(0, -1);
  if (base.length > 3 && base.endsWith('e')) base = base.slice(0, -1);
  return base;
}
