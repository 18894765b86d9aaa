import { porterStem } from '../../../services/search/domain/porter.ts';

/** Lucene's stop words of English (EnglishAnalyzer.ENGLISH_STOP_WORDS_SET). */
const STOP_WORDS = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
);
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

/**
 * Words as a Lucene analyzer would make them, for the baselines: Unicode words, lower case, accents folded, Lucene's stop
 * words, Porter's stems; Thai is cut. None of ours, so that what ours gain by their own words counts for them.
 */
export function luceneWords(text: string): string[] {
  const folded = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/['’]s\b/g, '');
  return (folded.match(/[\p{L}\p{M}\p{N}]+(?:[.,'](?=\p{N})\p{N}+)*/gu) ?? []).flatMap((word) => {
    if (/\p{Script=Thai}/u.test(word))
      return [...segmenter.segment(word)].flatMap(({ segment, isWordLike }) => (isWordLike === true ? segment : []));
    return STOP_WORDS.has(word) ? [] : porterStem(word);
  });
}
