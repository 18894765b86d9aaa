import { wordsOf } from './words.ts';

/** A part of a text, in UTF-16 code units as JavaScript counts them: from `start` up to, not with, `end`. */
export type TextRange = { readonly start: number; readonly end: number };

const RUNS = /[\p{L}\p{M}\p{N}]+(?:[.,'’/-](?=\p{N}|\p{L})[\p{L}\p{M}\p{N}]+)*/gu;
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

/**
 * Where a text has one of the terms that were searched for. Ranges, not marked text: whoever shows it escapes as always.
 * Neighbors become one range.
 */
export function rangesOf(text: string, terms: ReadonlySet<string>): TextRange[] {
  const ranges: TextRange[] = [];
  const mark = (start: number, end: number): void => {
    const last = ranges.at(-1);
    if (last !== undefined && last.end === start) ranges[ranges.length - 1] = { start: last.start, end };
    else ranges.push({ start, end });
  };
  let before = '';
  for (const match of text.matchAll(RUNS)) {
    const [run] = match;
    // The word before tells whether "ft" is a unit.
    const words = wordsOf(`${before} ${run}`).slice(before === '' ? 0 : wordsOf(before).length);
    before = run;
    if (!words.some(({ term }) => terms.has(term))) continue;
    const pieces = /[\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(run)
      ? [...segmenter.segment(run)].map(({ segment, index }) => ({ segment, index }))
      : [{ segment: run, index: 0 }];
    for (const { segment, index } of pieces)
      if (pieces.length === 1 || wordsOf(segment).some(({ term }) => terms.has(term)))
        mark(match.index + index, match.index + index + segment.length);
  }
  return ranges;
}
