import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../domain/analysis.ts';
import { STORE_KEY } from '../../../domain/document.ts';
import type { EngineDocument } from '../../engine.ts';
import { Ended, type Pause, slices } from '../../pause.ts';
import type { DocumentFile } from '../document-file.ts';
import { setBit, wordsFor } from './bits.ts';
import { Facts } from './facts.ts';
import { GrowingSegment } from './growing-segment.ts';
import { nextMerge } from './merge-policy.ts';
import { type Segment, SLOTS_MAX } from './segment.ts';
import { mergeSegments, NO_SLOT } from './segment-merge.ts';
import type { SlotBits } from './slot-states.ts';
import { StoredSegment } from './stored-segment.ts';

/** Segments at once: their numbers have 8 bits, and 0 means none. */
const MEMBERS_MAX = 255;

/** A segment of the index; without a name it is in memory only. */
type Member = { readonly number: number; readonly segment: Segment; readonly name: string | null };

/**
 * The segments of one index: one that grows, and those in files. Written and merged in slices of a few milliseconds while
 * searches go on; a finished file takes the place of what it was made of at once, with all that changed meanwhile.
 */
export class Segments {
  readonly facts = new Facts();
  readonly #file: DocumentFile;
  readonly #documentsMax: number;
  /** Oldest first; the last one grows. */
  #members: Member[] = [];
  #growing = new GrowingSegment();
  /** By row: number of the segment and slot, in 8 and 24 bits. */
  #places = new Uint32Array(1024);
  #flushing: Promise<void> | undefined;
  #merging: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  #isClosed = false;
  /** Changes since the last checkpoint that segments were written for. */
  #changes = 0;

  /** `documentsMax`: how many documents the growing segment takes before it is written. */
  private constructor(file: DocumentFile, documentsMax: number) {
    this.#file = file;
    this.#documentsMax = documentsMax;
  }

  /** Opens what a file remembers. Throws when a segment is missing or damaged. */
  static async open(file: DocumentFile, documentsMax: number): Promise<Segments> {
    const segments = new Segments(file, documentsMax);
    const rows = file.segments();
    const names = new Set(rows.map(({ name }) => name));
    // Files of work that did not end.
    for (const name of readdirSync(file.folder)) if (!names.has(name)) rmSync(path.join(file.folder, name));
    const pause = slices(() => false);
    for (const { name, ...bits } of rows) {
      const segment = await StoredSegment.open(path.join(file.folder, name), segments.facts, pause);
      segment.states.load(bits, segment.columns.sets);
      segments.#settle(segments.#join(segment, name));
    }
    segments.#beginGrowing();
    return segments;
  }

  /** Newest first. */
  get searched(): Segment[] {
    return this.#members.map(({ segment }) => segment).reverse();
  }

  /** Documents that can be found. */
  get liveCount(): number {
    return this.#members.reduce((sum, { segment }) => sum + segment.states.liveCount, 0);
  }

  /** Whether a row can be found. */
  has(rowId: number): boolean {
    let isLive = false;
    this.#at(rowId, ({ states }, slot) => {
      isLive = states.isLive(slot);
    });
    return isLive;
  }

  put(rowId: number, document: EngineDocument, storeName: string): void {
    this.remove(rowId);
    const stores = document.tokens.filter((token) => token.startsWith(`${STORE_KEY}:`));
    const facts = document.tokens.filter((token) => !stores.includes(token)).map((token) => this.facts.idOf(token));
    const store = stores[0] === undefined ? -1 : this.facts.idOf(stores[0]);
    const slot = this.#growing.add({ ...document, rowId }, facts, store, analyze(document.texts, storeName));
    this.#place(rowId, (this.#members.at(-1) as Member).number, slot);
  }

  remove(rowId: number): void {
    this.#changes++;
    this.#at(rowId, ({ states, columns }, slot) => states.kill(slot, columns.sets[slot] as number));
    if (rowId < this.#places.length) this.#places[rowId] = 0;
  }

  setInStock(rowId: number, isInStock: boolean): void {
    this.#changes++;
    this.#at(rowId, ({ states, columns }, slot) => states.setInStock(slot, columns.sets[slot] as number, isInStock));
  }

  /**
   * Writes what is due, in the background. Resolves at once, unless more has come than is written: then when it is.
   * `lastChange` is the last change that the segments were told.
   */
  async maintain(lastChange: number): Promise<void> {
    const { slotCount } = this.#growing;
    if (slotCount >= this.#documentsMax || this.#changes >= this.#documentsMax * 4) this.#flush(lastChange);
    if (slotCount >= this.#documentsMax * 2) await this.#flushing;
  }

  /** Writes all into one segment. Resolves when it is done; searching goes on meanwhile. */
  compact(lastChange: number): Promise<void> {
    this.#compacting = handled(this.#compact(lastChange));
    return this.#compacting;
  }

  async #compact(lastChange: number): Promise<void> {
    await this.#settled();
    await this.#flush(lastChange);
    await this.#settled();
    await this.#merge(() => {
      const stored = this.#stored();
      const isOne = stored.length === 1 && stored[0]?.segment.states.liveCount === stored[0]?.segment.slotCount;
      return isOne || this.liveCount >= SLOTS_MAX ? [] : stored;
    });
  }

  /** Resolves when nothing is being written, whatever came of it. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#compacting]);
    await this.#settled().catch(() => {});
  }

  /** Stops work in the background; what it has not finished is read from the documents at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([this.#compacting, this.#flushing, this.#merging]);
    for (const { segment } of this.#members) segment.close();
  }

  /** Where a row is, unless it is gone. */
  placeOf(rowId: number): { readonly segment: Segment; readonly slot: number } | undefined {
    let found: { segment: Segment; slot: number } | undefined;
    this.#at(rowId, (segment, slot) => {
      found = { segment, slot };
    });
    return found;
  }

  #at(rowId: number, work: (segment: Segment, slot: number) => void): void {
    const place = this.#places[rowId] ?? 0;
    const member = place === 0 ? undefined : this.#members.find(({ number }) => number === place >>> 24);
    if (member !== undefined) work(member.segment, place & 0xff_ffff);
  }

  #place(rowId: number, number: number, slot: number): void {
    if (rowId >= this.#places.length) {
      const larger = new Uint32Array(Math.ceil(Math.max(rowId + 1, this.#places.length * 1.5)));
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[rowId] = number * 0x100_0000 + slot;
  }

  #join(segment: Segment, name: string | null, before = this.#members.length): Member {
    const taken = new Set(this.#members.map(({ number }) => number));
    let number = 1;
    while (taken.has(number)) number++;
    if (number > MEMBERS_MAX) throw new Error('The search index has too many segments that could not be written.');
    const member = { number, segment, name };
    this.#members.splice(before, 0, member);
    return member;
  }

  #beginGrowing(): void {
    this.#growing = new GrowingSegment();
    this.#join(this.#growing, null);
  }

  /** Tells rows where their documents are now. */
  #settle({ number, segment: { slotCount, columns, states } }: Member): void {
    for (let slot = slotCount - 1; slot >= 0; slot--)
      if (states.isLive(slot)) this.#place(columns.rowIds[slot] as number, number, slot);
  }

  #stored(): Member[] {
    return this.#members.filter(({ name }) => name !== null);
  }

  /** Writes the growing segment and begins another; then merges what has become many. */
  #flush(lastChange: number): Promise<void> {
    if (this.#flushing !== undefined) return this.#flushing;
    const flushing = this.#run(async (pause) => {
      if (this.#growing.slotCount > 0) this.#beginGrowing();
      this.#changes = 0;
      // Also those of writing that failed before.
      const frozen = this.#members.filter(({ name, segment }) => name === null && segment !== this.#growing);
      await this.#replace(frozen, lastChange, pause);
    }).finally(() => {
      this.#flushing = undefined;
      this.#merge(() => nextMerge(this.#stored(), { smallest: this.#documentsMax, largest: SLOTS_MAX }));
    });
    this.#flushing = handled(flushing);
    return flushing;
  }

  #merge(next: () => readonly Member[]): Promise<void> {
    if (this.#merging !== undefined) return this.#merging;
    const merging = this.#run(async (pause) => {
      for (let members = next(); members.length > 0; members = next()) await this.#replace(members, null, pause);
    }).finally(() => {
      this.#merging = undefined;
    });
    this.#merging = handled(merging);
    return merging;
  }

  async #settled(): Promise<void> {
    while (this.#flushing !== undefined || this.#merging !== undefined) await (this.#flushing ?? this.#merging);
  }

  async #run(work: (pause: Pause) => Promise<void>): Promise<void> {
    try {
      await work(slices(() => this.#isClosed));
    } catch (error) {
      if (error instanceof Ended) return;
      process.emitWarning(`The search index could not be written: ${error instanceof Error ? error.message : error}`);
      throw error;
    }
  }

  /** Puts one segment file in the place of these members, and remembers all. */
  async #replace(members: readonly Member[], flushed: number | null, pause: Pause): Promise<void> {
    const sources = members.map(({ segment }) => segment);
    const isEmpty = sources.every(({ states }) => states.liveCount === 0);
    const name = `${Date.now().toString(36)}-${process.pid}-${++lastName}.segment`;
    const file = path.join(this.#file.folder, name);
    let merged: StoredSegment | undefined;
    try {
      if (!isEmpty) {
        const { maps, slotCount } = await mergeSegments(file, sources, { facts: this.facts, pause });
        merged = await StoredSegment.open(file, this.facts, pause);
        merged.states.load(bitsOf(sources, maps, slotCount), merged.columns.sets);
      }
      // From here to the end nothing else runs.
      const others = this.#members.filter((member) => member.name !== null && !members.includes(member));
      const dirty = others.filter(({ segment: { states } }) => states.isDirty);
      this.#file.checkpoint({
        saved: [
          ...dirty.map((member) => ({ name: member.name as string, states: member.segment.states })),
          ...(merged === undefined ? [] : [{ name, states: merged.states }]),
        ].map(({ name: of, states: { live, inStock } }) => ({ name: of, live, inStock })),
        gone: members.flatMap((member) => member.name ?? []),
        flushed,
      });
      for (const { segment } of dirty) segment.states.isDirty = false;
    } catch (error) {
      merged?.close();
      rmSync(file, { force: true });
      throw error;
    }
    const at = members[0] === undefined ? 0 : this.#members.indexOf(members[0]);
    this.#members = this.#members.filter((member) => !members.includes(member));
    if (merged !== undefined) this.#settle(this.#join(merged, name, at));
    for (const { segment, name: old } of members) {
      segment.close();
      if (old !== null) rmSync(path.join(this.#file.folder, old), { force: true });
    }
  }
}

let lastName = 0;

/** Failures in the background were told by a warning; nobody may be waiting for them. They are tried again later. */
function handled(work: Promise<void>): Promise<void> {
  work.catch(() => {});
  return work;
}

/** What of the sources is live and in stock now, by new slots. */
function bitsOf(sources: readonly Segment[], maps: readonly Uint32Array[], slotCount: number): SlotBits {
  const bits = { live: new Uint32Array(wordsFor(slotCount)), inStock: new Uint32Array(wordsFor(slotCount)) };
  sources.forEach(({ slotCount: count, states }, source) => {
    const map = maps[source] as Uint32Array;
    for (let slot = 0; slot < count; slot++) {
      const moved = map[slot] as number;
      if (moved === NO_SLOT || !states.isLive(slot)) continue;
      setBit(bits.live, moved);
      if (states.isInStock(slot)) setBit(bits.inStock, moved);
    }
  });
  return bits;
}
