import { clearBit, hasBit, setBit, wordsFor } from './bits.ts';
import type { FactSets } from './fact-sets.ts';

/** A bit a slot: whether it is live, and whether in stock. */
export type SlotBits = { readonly live: Uint32Array; readonly inStock: Uint32Array };

/**
 * What of a segment can still change: which slots are live, which of them in stock, and how many of each every set of
 * facts has, and every fact, so that browsing without words counts nothing.
 */
export class SlotStates {
  live: Uint32Array;
  inStock: Uint32Array;
  /** Live documents by set of facts, and those of them in stock. */
  liveBySet: Uint32Array;
  inStockBySet: Uint32Array;
  /** Live documents by fact. */
  liveByFact: Uint32Array = new Uint32Array(16);
  liveCount = 0;
  /** Changed since it was last saved. */
  isDirty = false;
  readonly #sets: FactSets;

  /** `sets`: those of the segment. */
  constructor(slotCount: number, sets: FactSets) {
    const { count: setCount } = sets;
    this.#sets = sets;
    this.live = new Uint32Array(wordsFor(slotCount));
    this.inStock = new Uint32Array(wordsFor(slotCount));
    this.liveBySet = new Uint32Array(setCount);
    this.inStockBySet = new Uint32Array(setCount);
  }

  /** Takes over which slots are live and in stock; `sets` says each slot's set of facts. */
  load({ live, inStock }: SlotBits, sets: Uint32Array): void {
    this.live.set(live);
    this.inStock.set(inStock);
    for (let slot = 0; slot < sets.length; slot++) {
      if (!this.isLive(slot)) continue;
      const set = sets[slot]!;
      this.liveCount++;
      this.liveBySet[set] = this.liveBySet[set]! + 1;
      if (this.isInStock(slot)) this.inStockBySet[set] = this.inStockBySet[set]! + 1;
    }
    for (let set = 0; set < this.liveBySet.length; set++) this.#countFacts(set, this.liveBySet[set]!);
  }

  isLive(slot: number): boolean {
    return hasBit(this.live, slot);
  }

  isInStock(slot: number): boolean {
    return hasBit(this.inStock, slot);
  }

  /** A slot comes to life; it was not alive before. */
  revive(slot: number, set: number, isInStock: boolean): void {
    this.#growTo(slot, set);
    setBit(this.live, slot);
    this.liveCount++;
    this.liveBySet[set] = this.liveBySet[set]! + 1;
    this.#countFacts(set, 1);
    if (isInStock) {
      setBit(this.inStock, slot);
      this.inStockBySet[set] = this.inStockBySet[set]! + 1;
    }
    this.isDirty = true;
  }

  kill(slot: number, set: number): void {
    this.setInStock(slot, set, false);
    clearBit(this.live, slot);
    this.liveCount--;
    this.liveBySet[set] = this.liveBySet[set]! - 1;
    this.#countFacts(set, -1);
    this.isDirty = true;
  }

  setInStock(slot: number, set: number, isInStock: boolean): void {
    if (this.isInStock(slot) === isInStock) return;
    if (isInStock) setBit(this.inStock, slot);
    else clearBit(this.inStock, slot);
    this.inStockBySet[set] = this.inStockBySet[set]! + (isInStock ? 1 : -1);
    this.isDirty = true;
  }

  #countFacts(set: number, change: number): void {
    const { pool, starts } = this.#sets;
    for (let i = starts[set]!; i < starts[set + 1]!; i++) {
      const fact = pool[i]!;
      if (fact >= this.liveByFact.length) this.liveByFact = grown(this.liveByFact, fact + 1);
      this.liveByFact[fact] = this.liveByFact[fact]! + change;
    }
  }

  #growTo(slot: number, set: number): void {
    if (slot >>> 5 >= this.live.length) {
      this.live = grown(this.live, (slot >>> 5) + 1);
      this.inStock = grown(this.inStock, (slot >>> 5) + 1);
    }
    if (set >= this.liveBySet.length) {
      this.liveBySet = grown(this.liveBySet, set + 1);
      this.inStockBySet = grown(this.inStockBySet, set + 1);
    }
  }
}

function grown(numbers: Uint32Array, length: number): Uint32Array {
  const larger = new Uint32Array(Math.max(16, length, numbers.length * 2));
  larger.set(numbers);
  return larger;
}
