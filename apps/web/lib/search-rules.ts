import type { SearchRules } from '@plaza/search/contract';

/** A query's results by hand as it is written in a line; what names listings is an id or an address. */
export type WrittenCuration = { readonly query: string; readonly pinned: string[]; readonly hidden: string[] };

/** How hits are ordered, in the order of the form; each a percentage. */
export const RANKING_FIELDS = [
  'signalCapPercent',
  'completenessPercent',
  'freshnessPercent',
  'nearnessPercent',
  'ratingPercent',
  'titlePercent',
  'categoryPercent',
] as const satisfies readonly (keyof SearchRules['ranking'])[];

/** Sets of words, one a line. */
export function readSynonyms(text: string): string[][] {
  return lines(text)
    .map((line) => readWords(line))
    .filter((set) => set.length > 1);
}

/** Words apart by commas or lines. */
export function readWords(text: string): string[] {
  return text
    .split(/[,、，\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** `gift: +/en/l/lamp-1a2b3c4d -lst_…`; a line without a colon names nothing and is left out. */
export function readCurations(text: string): WrittenCuration[] {
  return lines(text).flatMap((line) => {
    const end = line.search(/[:：]\s*[+-]/);
    if (end === -1) return [];
    const marked = line
      .slice(end + 1)
      .trim()
      .split(/\s+/);
    const named = (mark: string) =>
      marked.flatMap((each) =>
        each.startsWith(mark)
          ? (each
              .slice(1)
              .replace(/[?#].*$/, '')
              .split('/')
              .findLast((part) => part !== '') ?? [])
          : [],
      );
    return [{ query: line.slice(0, end).trim(), pinned: named('+'), hidden: named('-') }];
  });
}

export function writeSynonyms(synonyms: SearchRules['synonyms']): string {
  return synonyms.map((set) => set.join(', ')).join('\n');
}

export function writeCurations(curations: SearchRules['curations']): string {
  return curations
    .map(({ query, pinnedListingIds, hiddenListingIds }) =>
      [`${query}:`, ...pinnedListingIds.map((id) => `+${id}`), ...hiddenListingIds.map((id) => `-${id}`)].join(' '),
    )
    .join('\n');
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
