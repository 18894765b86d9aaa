/*
 * A segment file: postings in order of words, then the other sections, then a footer (JSON) that says where each is, and
 * a trailer: the footer's length and checksum and a last word. What is torn has no trailer. Sections begin at multiples
 * of 8 bytes. Numbers are little-endian, as processors that run Node have them.
 */

/** Raised whenever words, facts or the layout are made otherwise than before: older files are then made anew. */
export const FORMAT = 8;

export const TRAILER_BYTES = 16;
export const TRAILER_WORD = 0x5a_41_4c_50;

/** Sections read into memory at start. Postings stay in the file and are read when a word is asked for. */
export const SECTIONS = [
  'rowIds',
  'idKeys',
  'prices',
  'published',
  'sets',
  'stores',
  'spots',
  'titleStarts',
  /** Titles in order of slots: the number of each word. */
  'titleWords',
  /** The words in order, each with a zero and its written form when that is another. */
  'terms',
  'termStarts',
  'frequencies',
  /** Where a word's postings begin, in numbers of 32 bits; the posting itself when it has one. */
  'places',
  /** JSON: facts by their number in this file. */
  'facts',
  'setPool',
  'setStarts',
] as const;

/** Sections of spelling, read when they are needed first. */
export const SPELLING_SECTIONS = ['trigrams', 'trigramStarts', 'trigramWords'] as const;

export type SectionName = (typeof SECTIONS)[number] | (typeof SPELLING_SECTIONS)[number];

export type Footer = {
  readonly format: number;
  readonly slotCount: number;
  readonly wordCount: number;
  readonly sections: Readonly<
    Record<SectionName, { readonly at: number; readonly length: number; readonly crc: number }>
  >;
};

/** A file that is torn, altered or of another format: the index is made anew. */
export class DamagedSegment extends Error {}

/** A piece of three letters as a number. Two pieces may share one: spelling compares the words themselves. */
export function trigramNumber(trigram: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < trigram.length; i++) hash = Math.imul(hash ^ trigram.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
