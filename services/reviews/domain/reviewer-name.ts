const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Of one word, letters as people count them. */
const LETTERS_MAX = 20;
const segmenter = new Intl.Segmenter();

/**
 * What others see of who wrote a review: the first name and an initial (`Ada Lovelace` is `Ada L.`). Names in Chinese
 * characters or kana begin with the family's and often have no space: of those only the first character (`山＊＊`). Empty where
 * there is no name.
 */
export function reviewerName(displayName: string): string {
  // Some take their address for a name.
  const [first, ...others] = displayName.replace(/@.*$/s, '').trim().split(/\s+/u) as [string, ...string[]];
  if (first === '') return '';
  if (CJK.test(first)) return `${lettersOf(first)[0]}＊＊`;
  const initial = lettersOf(others.at(-1) ?? '')[0];
  const name = lettersOf(first).slice(0, LETTERS_MAX).join('');
  return initial === undefined ? name : `${name} ${initial.toUpperCase()}.`;
}

function lettersOf(word: string): string[] {
  return [...segmenter.segment(word)].map(({ segment }) => segment);
}
