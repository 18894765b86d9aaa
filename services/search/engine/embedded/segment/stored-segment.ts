import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { trigramsOf } from '../../../domain/spelling.ts';
import type { Pause } from '../../pause.ts';
import { type FactRows, factRows } from './fact-rows.ts';
import { FactSets } from './fact-sets.ts';
import type { Facts } from './facts.ts';
import { denseSizes, isDense, type Postings } from './postings.ts';
import { PostingsCache } from './postings-cache.ts';
import { type Segment, type SegmentColumns, type Zones, zonesOf } from './segment.ts';
import {
  DamagedSegment,
  FORMAT,
  type Footer,
  SECTIONS,
  type SectionName,
  TRAILER_BYTES,
  TRAILER_WORD,
  trigramNumber,
} from './segment-format.ts';
import { type SlotBits, SlotStates } from './slot-states.ts';

/** Bytes read ahead when all postings are read one after the other. */
const WINDOW_BYTES = 1024 * 1024;

/** Words that are looked up are written here: making a buffer takes as long as finding one. */
const lookedUp = Buffer.alloc(1024);

function bytesOf(term: string): Buffer {
  // A character has at most three bytes.
  if (term.length * 3 > lookedUp.length) return Buffer.from(term, 'utf8');
  return lookedUp.subarray(0, lookedUp.write(term, 'utf8'));
}

/** What another thread needs to search a segment too: its file, and what was read of it, in memory that both share. */
export type SharedSegment = SlotBits & { readonly path: string; readonly footer: Footer; readonly parts: Parts };

/** A segment in a file: columns and words in memory, postings read as they are asked for. */
export class StoredSegment implements Segment {
  readonly name: string;
  readonly slotCount: number;
  readonly columns: SegmentColumns;
  readonly zones: Zones;
  readonly sets: FactSets;
  readonly factRows: FactRows | null;
  readonly states: SlotStates;
  readonly #path: string;
  readonly #file: number;
  readonly #footer: Footer;
  readonly #parts: Parts;
  readonly #terms: Buffer;
  readonly #termStarts: Uint32Array;
  readonly #frequencies: Uint32Array;
  readonly #places: Uint32Array;
  readonly #cache = new PostingsCache();
  #window: { from: number; bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) };
  #spelling: { trigrams: Uint32Array; starts: Uint32Array; words: Uint32Array } | undefined;

  private constructor(file: number, { path: at, footer, parts }: Omit<SharedSegment, keyof SlotBits>) {
    this.#path = at;
    this.#file = file;
    this.#footer = footer;
    this.#parts = parts;
    this.name = path.basename(at);
    this.slotCount = footer.slotCount;
    this.columns = parts.columns;
    this.#terms = Buffer.from(parts.terms.buffer);
    this.#termStarts = parts.termStarts;
    this.#frequencies = parts.frequencies;
    this.#places = parts.places;
    this.sets = new FactSets(parts.setPool, parts.setStarts);
    this.factRows = parts.factRows;
    this.states = new SlotStates(this.slotCount, this.sets);
    this.zones = parts.zones;
  }

  /**
   * Opens a file, all of its slots dead until `states` are told. Reads section by section, so that others need not wait.
   * Throws `DamagedSegment`, or the system's error when there is no such file.
   */
  static async open(at: string, facts: Facts, pause: Pause): Promise<StoredSegment> {
    const file = openSync(at, 'r');
    try {
      const footer = readFooter(file);
      const bytes = new Map<SectionName, Buffer>();
      for (const name of SECTIONS) {
        bytes.set(name, readSection(file, footer, name));
        await pause();
      }
      const parts = partsOf((name) => bytes.get(name) as Buffer, facts, footer.slotCount);
      await pause();
      return new StoredSegment(file, { path: at, footer, parts });
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** Opens what another thread has open. Facts must have the same numbers here. */
  static openShared({ live, inStock, ...shared }: SharedSegment): StoredSegment {
    const segment = new StoredSegment(openSync(shared.path, 'r'), shared);
    segment.states.load({ live, inStock }, segment.columns.sets);
    return segment;
  }

  /** For another thread, as it is now. */
  share(): SharedSegment {
    const { live, inStock } = this.states;
    return {
      path: this.#path,
      footer: this.#footer,
      parts: this.#parts,
      live: live.slice(),
      inStock: inStock.slice(),
    };
  }

  get wordCount(): number {
    return this.#footer.wordCount;
  }

  find(term: string): number {
    const key = bytesOf(term);
    const at = this.#firstFrom(key);
    return at < this.#footer.wordCount && this.#compare(at, key) === 0 ? at : -1;
  }

  frequency(word: number): number {
    return this.#frequencies[word]!;
  }

  postings(word: number): Postings {
    const length = this.frequency(word);
    // Half of the words of a large catalog are of one document (numbers, codes): their posting is in the table.
    if (length === 1) return { kind: 'sparse', length, raw: this.#places.subarray(word, word + 1) };
    return this.#cache.get(word, () =>
      this.#parse(word, (at, bytes) => readExactly(this.#file, at, new ArrayBuffer(bytes))),
    );
  }

  scanPostings(word: number): Postings {
    const length = this.frequency(word);
    if (length === 1) return { kind: 'sparse', length, raw: this.#places.subarray(word, word + 1) };
    return this.#parse(word, (at, bytes) => this.#readAhead(at, bytes));
  }

  term(word: number): string {
    const { start, middle } = this.#bounds(word);
    return this.#terms.toString('utf8', start, middle);
  }

  surface(word: number): string {
    const { start, middle, end } = this.#bounds(word);
    return middle === end ? this.#terms.toString('utf8', start, end) : this.#terms.toString('utf8', middle + 1, end);
  }

  beginningWith(prefix: string, max: number): number[] {
    const key = Buffer.from(prefix, 'utf8');
    const found: number[] = [];
    for (let word = this.#firstFrom(key); word < this.#footer.wordCount && found.length < max; word++) {
      const { start, middle } = this.#bounds(word);
      if (middle - start < key.length || this.#terms.compare(key, 0, key.length, start, start + key.length) !== 0)
        break;
      found.push(word);
    }
    return found;
  }

  similarTo(text: string): Set<number> {
    this.#spelling ??= {
      trigrams: numbersOf(readSection(this.#file, this.#footer, 'trigrams')),
      starts: numbersOf(readSection(this.#file, this.#footer, 'trigramStarts')),
      words: numbersOf(readSection(this.#file, this.#footer, 'trigramWords')),
    };
    const { trigrams, starts, words } = this.#spelling;
    const found = new Set<number>();
    for (const trigram of trigramsOf(text)) {
      const number = trigramNumber(trigram);
      let low = 0;
      let high = trigrams.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (trigrams[middle]! < number) low = middle + 1;
        else high = middle;
      }
      if (trigrams[low] !== number) continue;
      for (let i = starts[low]!; i < starts[low + 1]!; i++) found.add(words[i]!);
    }
    return found;
  }

  *inOrder(): Iterable<{ key: string; word: number }> {
    for (let word = 0; word < this.#footer.wordCount; word++) {
      const { start, middle } = this.#bounds(word);
      yield { key: this.#terms.toString('latin1', start, middle), word };
    }
  }

  close(): void {
    this.#cache.clear();
    closeSync(this.#file);
  }

  /** Where a word's bytes begin, where its written form is split off, and where both end. */
  #bounds(word: number): { start: number; middle: number; end: number } {
    const start = this.#termStarts[word]!;
    const end = this.#termStarts[word + 1]!;
    let middle = start;
    while (middle < end && this.#terms[middle] !== 0) middle++;
    return { start, middle, end };
  }

  /** Positive when the word comes after the key. */
  #compare(word: number, key: Buffer): number {
    const start = this.#termStarts[word]!;
    const end = this.#termStarts[word + 1]!;
    for (let i = 0; ; i++) {
      const byte = start + i < end ? this.#terms[start + i]! : 0;
      if (i === key.length) return byte;
      const difference = byte - key[i]!;
      if (difference !== 0) return difference;
    }
  }

  #firstFrom(key: Buffer): number {
    let low = 0;
    let high = this.#footer.wordCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #parse(word: number, read: (at: number, bytes: number) => Buffer): Postings {
    const length = this.frequency(word);
    const isBitmap = isDense(length, this.slotCount);
    const sizes = denseSizes(length, this.slotCount);
    const size = isBitmap ? sizes.words + sizes.ranks + sizes.impacts : length * 4;
    const bytes = read(this.#places[word]! * 4, 4 + size);
    if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4)))
      throw new DamagedSegment('postings are not what was written');
    const from = bytes.byteOffset + 4;
    if (!isBitmap) return { kind: 'sparse', length, raw: new Uint32Array(bytes.buffer, from, length) };
    return {
      kind: 'dense',
      length,
      words: new Uint32Array(bytes.buffer, from, sizes.words / 4),
      ranks: new Uint32Array(bytes.buffer, from + sizes.words, sizes.ranks / 4),
      impacts: new Uint8Array(bytes.buffer, from + sizes.words + sizes.ranks, length),
    };
  }

  /** Bytes of a window that moves on: valid until the next call. */
  #readAhead(at: number, length: number): Buffer {
    const { from, bytes } = this.#window;
    if (at < from || at + length > from + bytes.length) {
      const rest = fstatSync(this.#file).size - at;
      this.#window = {
        from: at,
        bytes: readExactly(this.#file, at, new ArrayBuffer(Math.min(rest, Math.max(length, WINDOW_BYTES)))),
      };
    }
    const start = at - this.#window.from;
    return this.#window.bytes.subarray(start, start + length);
  }
}

/** What is made of the sections, in memory that threads can share. */
type Parts = {
  readonly columns: SegmentColumns;
  readonly zones: Zones;
  readonly setPool: Uint32Array;
  readonly setStarts: Uint32Array;
  readonly factRows: FactRows | null;
  readonly terms: Uint8Array;
  readonly termStarts: Uint32Array;
  readonly frequencies: Uint32Array;
  readonly places: Uint32Array;
};

function partsOf(section: (name: SectionName) => Buffer, facts: Facts, slotCount: number): Parts {
  const columns = {
    rowIds: numbersOf(section('rowIds')),
    idKeys: numbersOf(section('idKeys')),
    prices: new Float64Array(section('prices').buffer),
    published: new Float64Array(section('published').buffer),
    sets: numbersOf(section('sets')),
    stores: numbersOf(section('stores')),
    spots: numbersOf(section('spots')),
    titleStarts: numbersOf(section('titleStarts')),
    titleWords: numbersOf(section('titleWords')),
  };
  // Facts have one number in the whole index, and another in each file.
  const tokens = JSON.parse(section('facts').toString('utf8')) as string[];
  const numberOf = Uint32Array.from(tokens, (token) => facts.idOf(token));
  const pool = numbersOf(section('setPool'));
  for (let i = 0; i < pool.length; i++) pool[i] = numberOf[pool[i]!]!;
  const setStarts = numbersOf(section('setStarts'));
  const { stores } = columns;
  for (let i = 0; i < stores.length; i++) if (stores[i] !== 0) stores[i] = numberOf[stores[i]! - 1]! + 1;
  return {
    columns,
    zones: zonesOf(columns, slotCount),
    setPool: pool,
    setStarts,
    factRows: factRows(new FactSets(pool, setStarts), columns.sets, slotCount),
    terms: section('terms'),
    termStarts: numbersOf(section('termStarts')),
    frequencies: numbersOf(section('frequencies')),
    places: numbersOf(section('places')),
  };
}

function numbersOf(bytes: Buffer): Uint32Array {
  return new Uint32Array(bytes.buffer);
}

function readSection(file: number, footer: Footer, name: SectionName): Buffer {
  const { at, length, crc } = footer.sections[name];
  const bytes = readExactly(file, at, new SharedArrayBuffer(length));
  if (crc32(bytes) !== crc) throw new DamagedSegment(`section ${name} is not what was written`);
  return bytes;
}

function readFooter(file: number): Footer {
  const { size } = fstatSync(file);
  if (size < TRAILER_BYTES) throw new DamagedSegment('no trailer');
  const trailer = readExactly(file, size - TRAILER_BYTES, new ArrayBuffer(TRAILER_BYTES));
  const length = trailer.readUInt32LE(0);
  if (trailer.readUInt32LE(8) !== TRAILER_WORD || length > size - TRAILER_BYTES) throw new DamagedSegment('no trailer');
  const bytes = readExactly(file, size - TRAILER_BYTES - length, new ArrayBuffer(length));
  if (crc32(bytes) !== trailer.readUInt32LE(4)) throw new DamagedSegment('the footer is not what was written');
  const footer = JSON.parse(bytes.toString('utf8')) as Footer;
  if (footer.format !== FORMAT) throw new DamagedSegment(`format ${footer.format}`);
  return footer;
}

/** Fills a buffer; it begins with the bytes. */
function readExactly(file: number, at: number, into: ArrayBufferLike): Buffer {
  const bytes = Buffer.from(into);
  const { length } = bytes;
  let count = 0;
  while (count < length) {
    const read = readSync(file, bytes, count, length - count, at + count);
    if (read === 0) throw new DamagedSegment('the file is shorter than it says');
    count += read;
  }
  return bytes;
}
