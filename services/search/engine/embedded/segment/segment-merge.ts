import { crc32 } from 'node:zlib';
import { trigramsOf } from '../../../domain/spelling.ts';
import type { Pause } from '../../pause.ts';
import { Column } from './columns.ts';
import { FactSets } from './fact-sets.ts';
import type { Facts } from './facts.ts';
import { ID_NUMBERS } from './id-key.ts';
import { densePostings, isDense } from './postings.ts';
import { SectionWriter } from './section-writer.ts';
import type { Segment } from './segment.ts';
import { FORMAT, type SectionName, trigramNumber } from './segment-format.ts';

/** In a map of slots: the document was dead when the merge began. */
export const NO_SLOT = 0xffff_ffff;
/** Values of a column written at once. */
const CHUNK_VALUES = 16_384;
/** Words between two looks at the clock. */
const WORDS_BETWEEN = 32;

type Merge = {
  readonly sources: readonly Segment[];
  /** By source: the new slot of each old one. */
  readonly maps: readonly Uint32Array[];
  readonly slotCount: number;
  readonly facts: Facts;
  readonly pause: Pause;
};

/**
 * Writes the live documents of some segments as one into a file. Answers, by source, the new slot of each old one:
 * what died or sold out meanwhile is still to be told the new segment.
 */
export async function mergeSegments(
  path: string,
  sources: readonly Segment[],
  { facts, pause }: { readonly facts: Facts; readonly pause: Pause },
): Promise<{ readonly maps: readonly Uint32Array[]; readonly slotCount: number }> {
  let slotCount = 0;
  const maps = sources.map(({ slotCount: count, states }) => {
    const map = new Uint32Array(count).fill(NO_SLOT);
    for (let slot = 0; slot < count; slot++) if (states.isLive(slot)) map[slot] = slotCount++;
    return map;
  });
  const merge: Merge = { sources, maps, slotCount, facts, pause };
  const writer = new SectionWriter(path);
  try {
    const { wordCount, numbers } = await writeWords(writer, merge);
    await writeColumns(writer, merge);
    await writeTitles(writer, merge, numbers);
    await writer.finish({ format: FORMAT, slotCount, wordCount });
  } finally {
    writer.close();
  }
  return { maps, slotCount };
}

/** Postings and the table of words, in order of words. Answers how many there are, and the new number of each source's. */
async function writeWords(
  writer: SectionWriter,
  { sources, maps, slotCount, pause }: Merge,
): Promise<{ readonly wordCount: number; readonly numbers: readonly Uint32Array[] }> {
  const terms = new Column(new Uint8Array(4096));
  const starts = new Column(new Uint32Array(1024));
  const frequencies = new Column(new Uint32Array(1024));
  const places = new Column(new Uint32Array(1024));
  const spelling = { trigrams: new Column(new Uint32Array(1024)), words: new Column(new Uint32Array(1024)) };
  const gathered = new Uint32Array(slotCount);
  const cursors = sources.map((segment, i) => {
    const words = segment.inOrder()[Symbol.iterator]();
    const numbers = new Uint32Array(segment.wordCount);
    return { segment, map: maps[i]!, numbers, words, next: words.next() };
  });
  for (let turn = 1; ; turn++) {
    if (turn % WORDS_BETWEEN === 0) await pause();
    let key: string | undefined;
    for (const { next } of cursors)
      if (next.done !== true && (key === undefined || next.value.key < key)) key = next.value.key;
    if (key === undefined) break;
    let length = 0;
    let term = '';
    let surface = '';
    for (const cursor of cursors) {
      if (cursor.next.done === true || cursor.next.value.key !== key) continue;
      const { segment, map } = cursor;
      const { word } = cursor.next.value;
      // Also of words that only dead documents have: nothing asks for those.
      cursor.numbers[word] = frequencies.length;
      const before = length;
      length = gather(segment, word, { map, gathered, length });
      if (length > before && term === '') {
        term = segment.term(word);
        surface = segment.surface(word);
      }
      cursor.next = cursor.words.next();
    }
    if (length === 0) continue; // only dead documents had it
    const number = frequencies.length;
    starts.push(terms.length);
    for (let i = 0; i < key.length; i++) terms.push(key.charCodeAt(i));
    if (surface !== term) {
      terms.push(0);
      for (const byte of Buffer.from(surface, 'utf8')) terms.push(byte);
    }
    frequencies.push(length);
    places.push(length === 1 ? gathered[0]! : writePostings(writer, gathered.subarray(0, length), slotCount));
    if (!/\d/.test(key))
      for (const trigram of new Set(trigramsOf(term))) {
        spelling.trigrams.push(trigramNumber(trigram));
        spelling.words.push(number);
      }
  }
  starts.push(terms.length);
  const tables: readonly [SectionName, Column<Uint8Array> | Column<Uint32Array>][] = [
    ['terms', terms],
    ['termStarts', starts],
    ['frequencies', frequencies],
    ['places', places],
  ];
  for (const [name, { raw, length }] of tables) await writer.section(name, () => writer.write(raw.subarray(0, length)));
  await writeSpelling(writer, spelling, pause);
  return { wordCount: frequencies.length, numbers: cursors.map(({ numbers }) => numbers) };
}

/** Adds a word's postings of one source, by their new slots; answers how many there are then. */
function gather(
  segment: Segment,
  word: number,
  { map, gathered, length }: { map: Uint32Array; gathered: Uint32Array; length: number },
): number {
  const postings = segment.scanPostings(word);
  let count = length;
  const add = (slot: number, impact: number): void => {
    const moved = map[slot]!;
    if (moved !== NO_SLOT) gathered[count++] = moved * 256 + impact;
  };
  if (postings.kind === 'sparse') {
    for (let i = 0; i < postings.length; i++) add(postings.raw[i]! >>> 8, postings.raw[i]! & 255);
    return count;
  }
  let rank = 0;
  for (let i = 0; i < postings.words.length; i++)
    for (let bits = postings.words[i]!; bits !== 0; bits &= bits - 1)
      add(i * 32 + 31 - Math.clz32(bits & -bits), postings.impacts[rank++]!);
  return count;
}

/** Answers the place. */
function writePostings(writer: SectionWriter, gathered: Uint32Array, slotCount: number): number {
  writer.align(4);
  const place = writer.position / 4;
  const parts: (Uint8Array | Uint32Array)[] = [gathered];
  if (isDense(gathered.length, slotCount)) {
    const { words, ranks, impacts } = densePostings(gathered, gathered.length, slotCount);
    parts.splice(0, 1, words, ranks, impacts);
  }
  const crc = parts.reduce((sum, part) => crc32(Buffer.from(part.buffer, part.byteOffset, part.byteLength), sum), 0);
  writer.write(Uint32Array.of(crc));
  for (const part of parts) writer.write(part);
  return place;
}

/** Words by trigram, trigrams rising. */
async function writeSpelling(
  writer: SectionWriter,
  { trigrams, words }: { trigrams: Column<Uint32Array>; words: Column<Uint32Array> },
  pause: Pause,
): Promise<void> {
  const counts = new Map<number, number>();
  for (let i = 0; i < trigrams.length; i++) {
    if (i % CHUNK_VALUES === 0) await pause();
    counts.set(trigrams.at(i), (counts.get(trigrams.at(i)) ?? 0) + 1);
  }
  const distinct = Uint32Array.from(counts.keys()).sort();
  const starts = new Uint32Array(distinct.length + 1);
  const next = new Map<number, number>();
  distinct.forEach((trigram, i) => {
    next.set(trigram, starts[i]!);
    starts[i + 1] = starts[i]! + (counts.get(trigram) as number);
  });
  const sorted = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    if (i % CHUNK_VALUES === 0) await pause();
    const at = next.get(trigrams.at(i)) as number;
    sorted[at] = words.at(i);
    next.set(trigrams.at(i), at + 1);
  }
  await writer.section('trigrams', () => writer.write(distinct));
  await writer.section('trigramStarts', () => writer.write(starts));
  await writer.section('trigramWords', () => writer.write(sorted));
}

async function writeColumns(writer: SectionWriter, merge: Merge): Promise<void> {
  const { sources, facts } = merge;
  // Facts and their sets are numbered anew, so that what no live document has is left behind.
  const numbers = new Map<number, number>();
  const tokens: string[] = [];
  const numberOf = (fact: number): number => {
    let number = numbers.get(fact);
    if (number === undefined) {
      number = tokens.length;
      numbers.set(fact, number);
      tokens.push(facts.token(fact));
    }
    return number;
  };
  const sets = new FactSets();
  const moved = sources.map(({ sets: { count } }) => new Uint32Array(count).fill(NO_SLOT));
  const setOf = (source: number, set: number): number => {
    const known = moved[source]!;
    if (known[set] === NO_SLOT) known[set] = sets.add(sources[source]!.sets.facts(set).map(numberOf));
    return known[set]!;
  };
  await writeColumn(writer, 'rowIds', Uint32Array, merge, ({ rowIds }, slot) => rowIds[slot]!);
  for (const name of ['prices', 'published'] as const)
    await writeColumn(writer, name, Float64Array, merge, (columns, slot) => columns[name][slot]!);
  await writeColumn(writer, 'sets', Uint32Array, merge, ({ sets: of }, slot, source) => setOf(source, of[slot]!));
  await writeColumn(writer, 'stores', Uint32Array, merge, ({ stores }, slot) =>
    stores[slot] === 0 ? 0 : numberOf(stores[slot]! - 1) + 1,
  );
  await writeColumn(writer, 'spots', Uint32Array, merge, ({ spots }, slot) => spots[slot]!);
  await writeColumn(
    writer,
    'idKeys',
    Uint32Array,
    merge,
    ({ idKeys }, slot, _, part) => idKeys[slot * ID_NUMBERS + part]!,
    ID_NUMBERS,
  );
  await writer.section('facts', () => writer.write(Buffer.from(JSON.stringify(tokens))));
  await writer.section('setPool', () => writer.write(sets.pool.subarray(0, sets.starts[sets.count])));
  await writer.section('setStarts', () => writer.write(sets.starts.subarray(0, sets.count + 1)));
}

/** Titles of the live documents, in the new numbers of their words. */
async function writeTitles(
  writer: SectionWriter,
  { sources, maps, pause }: Merge,
  numbers: readonly Uint32Array[],
): Promise<void> {
  const starts = new Column(new Uint32Array([0]));
  starts.length = 1;
  await writer.section('titleWords', async () => {
    const chunk = new Column(new Uint32Array(CHUNK_VALUES));
    let written = 0;
    for (const [source, { slotCount, columns }] of sources.entries())
      for (let slot = 0; slot < slotCount; slot++) {
        if (maps[source]?.[slot] === NO_SLOT) continue;
        const { titleStarts, titleWords } = columns;
        for (let at = titleStarts[slot]!; at < titleStarts[slot + 1]!; at++)
          chunk.push(numbers[source]![titleWords[at]!]!);
        starts.push(written + chunk.length);
        if (chunk.length < CHUNK_VALUES) continue;
        writer.write(chunk.raw.subarray(0, chunk.length));
        written += chunk.length;
        chunk.length = 0;
        await pause();
      }
    writer.write(chunk.raw.subarray(0, chunk.length));
  });
  await writer.section('titleStarts', () => writer.write(starts.raw.subarray(0, starts.length)));
}

/** One column of the live documents, `parts` numbers each. */
async function writeColumn(
  writer: SectionWriter,
  name: SectionName,
  Kind: Uint32ArrayConstructor | Float64ArrayConstructor,
  { sources, maps, pause }: Merge,
  numberAt: (columns: Segment['columns'], slot: number, source: number, part: number) => number,
  parts = 1,
): Promise<void> {
  await writer.section(name, async () => {
    const chunk = new Kind(CHUNK_VALUES);
    let filled = 0;
    for (const [source, { slotCount, columns }] of sources.entries())
      for (let slot = 0; slot < slotCount; slot++) {
        if (maps[source]?.[slot] === NO_SLOT) continue;
        for (let part = 0; part < parts; part++) chunk[filled++] = numberAt(columns, slot, source, part);
        if (filled < CHUNK_VALUES) continue;
        writer.write(chunk);
        filled = 0;
        await pause();
      }
    writer.write(chunk.subarray(0, filled));
  });
}
