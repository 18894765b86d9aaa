import type { Analysis } from '../../../domain/analysis.ts';
import { Facts } from './facts.ts';
import { GrowingSegment, type Placed } from './growing-segment.ts';
import type { Segment } from './segment.ts';
import type { StoredSegment } from './stored-segment.ts';

/** Segments at once: their numbers have 8 bits, and 0 means none. */
const MEMBERS_MAX = 255;

/** A segment of the index, by a number that rows know it by. */
export type Member = { readonly number: number; readonly segment: Segment };

/** A document, to be found from now on. `store`: a fact, or -1. */
type Put = {
  readonly placed: Placed;
  readonly facts: readonly number[];
  readonly store: number;
  readonly analysis: Analysis;
};

/**
 * One step of how an index changes. The same steps in the same order make the same index wherever they are taken, so a
 * search sees all of a change or nothing of it.
 */
export type Step =
  | ({ readonly kind: 'put' } & Put)
  | { readonly kind: 'remove'; readonly rowId: number }
  | { readonly kind: 'stock'; readonly rowId: number; readonly isInStock: boolean }
  /** From here on documents go into another segment in memory. */
  | { readonly kind: 'grow' }
  /** A file takes the place of these members; of none when an index is opened. Null: nothing of them was alive. */
  | { readonly kind: 'replace'; readonly numbers: readonly number[]; readonly by: StoredSegment | null };

/** The segments of one index as they are searched, and where in them each row is. */
export class SegmentList {
  readonly facts = new Facts();
  /** Oldest first; the last one grows. */
  #members: Member[] = [];
  #growing = new GrowingSegment();
  /** By row: number of the segment and slot, in 8 and 24 bits. */
  #places = new Uint32Array(1024);

  get members(): readonly Member[] {
    return this.#members;
  }

  /** The segment that takes what is put. */
  get growing(): Segment {
    return this.#growing;
  }

  /** Newest first. */
  get searched(): Segment[] {
    return this.#members.map(({ segment }) => segment).reverse();
  }

  /** Documents that can be found. */
  get liveCount(): number {
    return this.#members.reduce((sum, { segment }) => sum + segment.states.liveCount, 0);
  }

  /** Where a row is, unless it is gone. */
  placeOf(rowId: number): { readonly segment: Segment; readonly slot: number } | undefined {
    const place = this.#places[rowId] ?? 0;
    const member = place === 0 ? undefined : this.#members.find(({ number }) => number === place >>> 24);
    return member === undefined ? undefined : { segment: member.segment, slot: place & 0xff_ffff };
  }

  /** Whether a row can be found. */
  has(rowId: number): boolean {
    const place = this.placeOf(rowId);
    return place?.segment.states.isLive(place.slot) === true;
  }

  take(step: Step): void {
    switch (step.kind) {
      case 'put': {
        const { placed, facts, store, analysis } = step;
        this.#remove(placed.rowId);
        const slot = this.#growing.add(placed, facts, store, analysis);
        this.#place(placed.rowId, (this.#members.at(-1) as Member).number, slot);
        return;
      }
      case 'remove':
        this.#remove(step.rowId);
        return;
      case 'stock': {
        const place = this.placeOf(step.rowId);
        if (place === undefined) return;
        const { segment, slot } = place;
        segment.states.setInStock(slot, segment.columns.sets[slot]!, step.isInStock);
        return;
      }
      case 'grow':
        this.#growing = new GrowingSegment();
        this.#join(this.#growing, this.#members.length);
        return;
      case 'replace':
        this.#replace(step.numbers, step.by);
    }
  }

  close(): void {
    for (const { segment } of this.#members) segment.close();
  }

  #remove(rowId: number): void {
    const place = this.placeOf(rowId);
    if (place === undefined) return;
    const { segment, slot } = place;
    segment.states.kill(slot, segment.columns.sets[slot]!);
    this.#places[rowId] = 0;
  }

  #replace(numbers: readonly number[], by: StoredSegment | null): void {
    const first = this.#members.findIndex(({ number }) => number === numbers[0]);
    const replaced = this.#members.filter(({ number }) => numbers.includes(number));
    this.#members = this.#members.filter((member) => !replaced.includes(member));
    if (by !== null) {
      const number = this.#join(by, first === -1 ? this.#members.length : first);
      // Rows are told where their documents are now.
      for (let slot = by.slotCount - 1; slot >= 0; slot--)
        if (by.states.isLive(slot)) this.#place(by.columns.rowIds[slot]!, number, slot);
    }
    for (const { segment } of replaced) segment.close();
  }

  #place(rowId: number, number: number, slot: number): void {
    if (rowId >= this.#places.length) {
      const larger = new Uint32Array(Math.ceil(Math.max(rowId + 1, this.#places.length * 1.5)));
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[rowId] = number * 0x100_0000 + slot;
  }

  /** Answers the number that it has now. */
  #join(segment: Segment, at: number): number {
    const taken = new Set(this.#members.map(({ number }) => number));
    let number = 1;
    while (taken.has(number)) number++;
    if (number > MEMBERS_MAX) throw new Error('The search index has too many segments that could not be written.');
    this.#members.splice(at, 0, { number, segment });
    return number;
  }
}
