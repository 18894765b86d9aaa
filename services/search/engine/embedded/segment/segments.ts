import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../domain/analysis.ts';
import { STORE_KEY } from '../../../domain/document.ts';
import type { EngineDocument } from '../../engine.ts';
import { Ended, type Pause, slices } from '../../pause.ts';
import type { DocumentFile } from '../document-file.ts';
import { setBit, wordsFor } from './bits.ts';
import { nextMerge } from './merge-policy.ts';
import { type Segment, SLOTS_MAX } from './segment.ts';
import type { Member, SegmentList, Step } from './segment-list.ts';
import { mergeSegments, NO_SLOT } from './segment-merge.ts';
import type { SlotBits } from './slot-states.ts';
import { StoredSegment } from './stored-segment.ts';

/** Who is told how an index changes: what searches it here, and in other threads. */
export type Audience = {
  take(step: Step): void;
  /** Resolves when every one of them has taken all that it was told. */
  caughtUp(): Promise<void>;
};

/** `documentsMax`: how many documents the growing segment takes before it is written. */
type Keeping = { readonly documentsMax: number; readonly list: SegmentList; readonly audience: Audience };

/**
 * Keeps the segments of one index in files. Written and merged in slices of a few milliseconds while searches go on; a
 * finished file takes the place of what it was made of at once, with all that changed meanwhile.
 */
export class Segments {
  readonly #file: DocumentFile;
  readonly #documentsMax: number;
  readonly #list: SegmentList;
  readonly #audience: Audience;
  #flushing: Promise<void> | undefined;
  #merging: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  #isClosed = false;
  /** Changes since the last checkpoint that segments were written for. */
  #changes = 0;

  private constructor(file: DocumentFile, { documentsMax, list, audience }: Keeping) {
    this.#file = file;
    this.#documentsMax = documentsMax;
    this.#list = list;
    this.#audience = audience;
  }

  /** Opens what a file remembers. Throws when a segment is missing or damaged. */
  static async open(file: DocumentFile, keeping: Keeping): Promise<Segments> {
    const rows = file.segments();
    const names = new Set(rows.map(({ name }) => name));
    // Files of work that did not end.
    for (const name of readdirSync(file.folder)) if (!names.has(name)) rmSync(path.join(file.folder, name));
    const pause = slices(() => false);
    const { list, audience } = keeping;
    for (const { name, ...bits } of rows) {
      const segment = await StoredSegment.open(path.join(file.folder, name), list.facts, pause);
      segment.states.load(bits, segment.columns.sets);
      audience.take({ kind: 'replace', numbers: [], by: segment });
    }
    audience.take({ kind: 'grow' });
    return new Segments(file, keeping);
  }

  put(rowId: number, document: EngineDocument, storeName: string): void {
    this.#changes++;
    const { facts } = this.#list;
    const { id, priceMinor, publishedMs, point, isInStock, tokens, texts } = document;
    const stores = tokens.filter((token) => token.startsWith(`${STORE_KEY}:`));
    this.#audience.take({
      kind: 'put',
      placed: { id, rowId, priceMinor, publishedMs, point, isInStock },
      facts: tokens.filter((token) => !stores.includes(token)).map((token) => facts.idOf(token)),
      store: stores[0] === undefined ? -1 : facts.idOf(stores[0]),
      analysis: analyze(texts, storeName),
    });
  }

  remove(rowId: number): void {
    this.#changes++;
    this.#audience.take({ kind: 'remove', rowId });
  }

  setInStock(rowId: number, isInStock: boolean): void {
    this.#changes++;
    this.#audience.take({ kind: 'stock', rowId, isInStock });
  }

  /**
   * Writes what is due, in the background. Resolves at once, unless more has come than is written: then when it is.
   * `lastChange` is the last change that the segments were told.
   */
  async maintain(lastChange: number): Promise<void> {
    const { slotCount } = this.#list.growing;
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
      return isOne || this.#list.liveCount >= SLOTS_MAX ? [] : stored;
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
  }

  #stored(): Member[] {
    return this.#list.members.filter(({ segment }) => segment.name !== null);
  }

  /** Writes the growing segment and begins another; then merges what has become many. */
  #flush(lastChange: number): Promise<void> {
    if (this.#flushing !== undefined) return this.#flushing;
    const flushing = this.#run(async (pause) => {
      if (this.#list.growing.slotCount > 0) this.#audience.take({ kind: 'grow' });
      this.#changes = 0;
      // Also those of writing that failed before.
      const { members, growing } = this.#list;
      const frozen = members.filter(({ segment }) => segment.name === null && segment !== growing);
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
        const { maps, slotCount } = await mergeSegments(file, sources, { facts: this.#list.facts, pause });
        merged = await StoredSegment.open(file, this.#list.facts, pause);
        merged.states.load(bitsOf(sources, maps, slotCount), merged.columns.sets);
      }
      // From here until all are told nothing else runs.
      const others = this.#stored().filter((member) => !members.includes(member));
      const dirty = others.map(({ segment }) => segment).filter(({ states }) => states.isDirty);
      this.#file.checkpoint({
        saved: [...dirty, ...(merged === undefined ? [] : [merged])].map(({ name: of, states: { live, inStock } }) => ({
          name: of as string,
          live,
          inStock,
        })),
        gone: sources.flatMap((segment) => segment.name ?? []),
        flushed,
      });
      for (const { states } of dirty) states.isDirty = false;
    } catch (error) {
      merged?.close();
      rmSync(file, { force: true });
      throw error;
    }
    this.#audience.take({ kind: 'replace', numbers: members.map(({ number }) => number), by: merged ?? null });
    // Whoever searches the new one has opened it, and what it was made of is read no more.
    await this.#audience.caughtUp();
    for (const { name: old } of sources) if (old !== null) rmSync(path.join(this.#file.folder, old), { force: true });
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
    const map = maps[source]!;
    for (let slot = 0; slot < count; slot++) {
      const moved = map[slot]!;
      if (moved === NO_SLOT || !states.isLive(slot)) continue;
      setBit(bits.live, moved);
      if (states.isInStock(slot)) setBit(bits.inStock, moved);
    }
  });
  return bits;
}
