import type { Near } from '../../engine.ts';
import { hasBit, setBit, wordsFor } from '../segment/bits.ts';
import type { Segment } from '../segment/segment.ts';
import { Batch } from './batch.ts';
import { type Ranked, Ranking } from './ranking.ts';

/** A listing near the query, where it is. */
export type PlacedNear = Omit<Near, 'id'> & { readonly segment: Segment; readonly slot: number };

const shown = new Batch();

/** What is near a query, as its hits are walked: those that no words find are walked after them. */
export class NearHits {
  /** Hits only for being near. */
  count = 0;
  readonly #ranking: Ranking;
  #isOnlyNear = false;
  readonly #bySegment = new Map<Segment, Map<number, PlacedNear>>();

  constructor(near: readonly PlacedNear[]) {
    this.#ranking = new Ranking('relevance', near.length, null);
    for (const each of near) {
      const known = this.#bySegment.get(each.segment) ?? new Map<number, PlacedNear>();
      this.#bySegment.set(each.segment, known.set(each.slot, each));
    }
  }

  /** How many there are, filters or not. */
  get size(): number {
    return [...this.#bySegment.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** All that pass the filters, with what words said of them. */
  get kept(): readonly Ranked[] {
    return this.#ranking.kept;
  }

  has({ segment, slot }: Ranked): boolean {
    return segment !== null && this.#bySegment.get(segment)?.has(slot) === true;
  }

  similarity({ segment, slot }: Ranked): number {
    return (segment === null ? undefined : this.#bySegment.get(segment)?.get(slot)?.similarity) ?? 0;
  }

  /** Walks what is near in a segment. All hits by words are told to `found` first; `add` gets those it was not told. */
  walk(segment: Segment): { found(batch: Batch): void; addTo(batch: Batch): void } | undefined {
    const near = this.#bySegment.get(segment);
    if (near === undefined) return undefined;
    const bits = new Uint32Array(wordsFor(segment.slotCount));
    for (const slot of near.keys()) setBit(bits, slot);
    const byWords = new Set<number>();
    return {
      found({ slots, count }) {
        for (let i = 0; i < count; i++) if (hasBit(bits, slots[i]!)) byWords.add(slots[i]!);
      },
      addTo: (batch) => {
        this.#isOnlyNear = true;
        for (const { slot, isHit } of near.values()) if (isHit && !byWords.has(slot)) batch.add(slot, 0);
        batch.flush();
        this.#isOnlyNear = false;
      },
    };
  }

  /** Shows it hits of one segment that passed the filters. */
  show(segment: Segment, batch: Batch): void {
    if (this.#isOnlyNear) this.count += batch.count;
    const near = this.#bySegment.get(segment);
    if (near === undefined) return;
    shown.begin((some) => {
      this.#ranking.show(segment, some);
      return true;
    });
    for (let i = 0; i < batch.count; i++) {
      const slot = batch.slots[i]!;
      if (near.has(slot)) shown.add(slot, batch.scores[i]!);
    }
    shown.flush();
  }
}
