import type { SearchRules } from '@plaza/search/contract';
import type { z } from 'zod';

type RulesSent = z.input<typeof SearchRules>;

/** A query's results by hand as it is written in a line; what names listings is an id or an address. */
export type WrittenCuration = { readonly query: string; readonly pinned: string[]; readonly hidden: string[] };

/** A boost as it is written in a line: an id, or the last part of a listing's or a store's address. */
export type WrittenBoost = {
  readonly named: string;
  readonly isStore: boolean;
  readonly percent: number;
  readonly untilTime: string | null;
};

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
      marked.flatMap((each) => (each.startsWith(mark) ? lastPart(each.slice(1)) || [] : []));
    return [{ query: line.slice(0, end).trim(), pinned: named('+'), hidden: named('-') }];
  });
}

/** `/en/s/north-lights 50 2026-12-24`: of whom, by how much, and until when, if it is to end by itself. */
export function readBoosts(text: string): WrittenBoost[] {
  return lines(text).map((line) => {
    const [subject = '', percent = '', until] = line.trim().split(/\s+/);
    return {
      named: lastPart(subject),
      isStore: /\/s\/[^/]*$/.test(subject.replace(/[?#].*$/, '')),
      percent: Number(percent.replace(/%$/, '')),
      untilTime: until === undefined ? null : until.includes('T') ? until : `${until}T00:00:00.000Z`,
    };
  });
}

export function writeSynonyms(synonyms: SearchRules['synonyms']): string {
  return synonyms.map((set) => set.join(', ')).join('\n');
}

export function writeCurations(curations: RulesSent['curations']): string {
  return curations
    .map(({ query, pinnedListingIds, hiddenListingIds }) =>
      [`${query}:`, ...pinnedListingIds.map((id) => `+${id}`), ...hiddenListingIds.map((id) => `-${id}`)].join(' '),
    )
    .join('\n');
}

export function writeBoosts(boosts: RulesSent['boosts']): string {
  return boosts
    .map(({ subjectId, percent, untilTime }) =>
      [subjectId, percent, ...(untilTime === null ? [] : [untilTime])].join(' '),
    )
    .join('\n');
}

/** Lines, from 1, of which nothing is understood: they would be lost without a word. */
export function unreadLines(text: string, read: (line: string) => readonly unknown[]): number[] {
  return text.split(/\r?\n/).flatMap((line, at) => (line.trim() !== '' && read(line).length === 0 ? [at + 1] : []));
}

/** Of an address what names a listing or a store; an id stays. */
function lastPart(address: string): string {
  const parts = address.replace(/[?#].*$/, '').split('/');
  return parts.findLast((part) => part !== '') ?? '';
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
