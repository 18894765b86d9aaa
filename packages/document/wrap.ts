/**
 * A text in lines of at most `width`, broken between words. Thai and Japanese put no spaces between words, so words are
 * found by the reader's language (Unicode's UAX 29 and ICU's dictionaries). A word wider than a line is cut.
 */
export function linesOf(text: string, locale: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of wordsOf(paragraph, locale)) {
      if (widthOf((line + word).trimEnd()) <= width) line += word;
      else {
        if (line.trim() !== '') lines.push(line.trimEnd());
        line = word.trimStart();
        for (; widthOf(line) > width && line.length > 1; line = line.slice(fitting(line, width, widthOf).length))
          lines.push(fitting(line, width, widthOf));
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Words with the punctuation behind them, so that no line begins with a comma. */
function wordsOf(text: string, locale: string): string[] {
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, segmenter);
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike === true || words.length === 0) words.push(segment);
    else words[words.length - 1] += segment;
  }
  return words;
}

/** The longest beginning that fits, at least one character. Marks stay with the letter they stand on. */
function fitting(text: string, width: number, widthOf: (text: string) => number): string {
  let taken = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (taken !== '' && widthOf(taken + segment) > width) break;
    taken += segment;
  }
  return taken;
}
