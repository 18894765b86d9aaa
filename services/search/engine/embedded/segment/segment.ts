import type { FactRows } from './fact-rows.ts';
import type { FactSets } from './fact-sets.ts';
import type { Postings } from './postings.ts';
import type { SlotStates } from './slot-states.ts';

/** Documents that one segment can hold: a slot has 24 bits beside the 8 of an impact. */
export const SLOTS_MAX = 0x100_0000;

/** What every slot of a segment has, a column each. A growing segment's columns are valid until its next document. */
export type SegmentColumns = {
  /** The document's row in the file, where its card is. */
  readonly rowIds: Uint32Array;
  /** Four numbers a slot, see `id-key.ts`. */
  readonly idKeys: Uint32Array;
  readonly prices: Float64Array;
  /** Milliseconds since 1970. */
  readonly published: Float64Array;
  /** Set of facts. */
  readonly sets: Uint32Array;
  /** The store as a fact, and one more; 0 for none. */
  readonly stores: Uint32Array;
  /** Where it is, see `spots.ts`. */
  readonly spots: Uint32Array;
  /** Where each slot's title begins in `titleWords`, and where the last ends. */
  readonly titleStarts: Uint32Array;
  /** Titles as numbers of their words, in order. */
  readonly titleWords: Uint32Array;
};

/** Lowest price, highest price and newest date of every `ZONE_SLOTS` slots: whole zones are passed over by them. */
export type Zones = {
  readonly minimumPrices: Float64Array;
  readonly maximumPrices: Float64Array;
  readonly newest: Float64Array;
};
export const ZONE_SLOTS = 4_096;

/**
 * Some of an index's documents, searchable by themselves. Words and documents of one never change; a document that does
 * gets a slot in a newer segment, and its old slot dies. Words are numbered within their segment.
 */
export type Segment = {
  /** Of its file; null: it is in memory only. */
  readonly name: string | null;
  readonly slotCount: number;
  /** Different words, numbered from 0. */
  readonly wordCount: number;
  readonly columns: SegmentColumns;
  /** Only of segments that do not grow. */
  readonly zones: Zones | null;
  readonly states: SlotStates;
  readonly sets: FactSets;
  /** The sets' facts by slot; only of segments that do not grow, and where they fit. */
  readonly factRows: FactRows | null;
  /** The number of a word; -1 when no document here has it. */
  find(term: string): number;
  /** How many slots have the word, dead ones counted. */
  frequency(word: number): number;
  postings(word: number): Postings;
  term(word: number): string;
  /** The word as people write it. */
  surface(word: number): string;
  /** Words that begin so, at most `max` of them. */
  beginningWith(prefix: string, max: number): number[];
  /** Words that share a piece of three letters with this one and have no digits: any of them may be meant. */
  similarTo(word: string): Iterable<number>;
  /** All words in order of their key, each with its number. */
  inOrder(): Iterable<{ readonly key: string; readonly word: number }>;
  /** As `postings`, for reading all words one after the other: nothing is kept. */
  scanPostings(word: number): Postings;
  close(): void;
};

/**
 * A word as text of one character a byte of its UTF-8. Compared so, words are in the same order in memory and in files
 * whatever their script.
 */
export function keyOf(term: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is its own key.
  return /^[\x00-\x7f]*$/.test(term) ? term : Buffer.from(term, 'utf8').toString('latin1');
}

/** Lowest and highest values of every zone. */
export function zonesOf({ prices, published }: SegmentColumns, slotCount: number): Zones {
  const count = Math.ceil(slotCount / ZONE_SLOTS);
  const minimumPrices = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const maximumPrices = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const newest = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let zone = 0; zone < count; zone++) {
    let minimum = Number.POSITIVE_INFINITY;
    let maximum = Number.NEGATIVE_INFINITY;
    let latest = Number.NEGATIVE_INFINITY;
    for (let slot = zone * ZONE_SLOTS; slot < Math.min(slotCount, (zone + 1) * ZONE_SLOTS); slot++) {
      const price = prices[slot]!;
      const time = published[slot]!;
      if (price < minimum) minimum = price;
      if (price > maximum) maximum = price;
      if (time > latest) latest = time;
    }
    minimumPrices[zone] = minimum;
    maximumPrices[zone] = maximum;
    newest[zone] = latest;
  }
  return { minimumPrices, maximumPrices, newest };
}
