import type { Analysis } from './analysis.ts';
import { Column } from './columns.ts';
import { Dictionary } from './dictionary.ts';
import { Facts } from './facts.ts';

/** What a document is in memory besides its words and facts. */
export type Placed = {
  readonly id: string;
  /** Its row in the file, where its card is. */
  readonly rowId: number;
  readonly priceMinor: number;
  readonly publishedMs: number;
  readonly isInStock: boolean;
};

/**
 * The searchable part of one marketplace's index: columns of numbers by slot. A changed document takes a new slot and
 * leaves its old one dead; when many are dead the index is read anew from its file.
 */
export class MemoryIndex {
  readonly dictionary = new Dictionary();
  readonly facts = new Facts();
  readonly ids: string[] = [];
  readonly rowIds = new Column(new Float64Array(64));
  readonly prices = new Column(new Float64Array(64));
  readonly published = new Column(new Float64Array(64));
  /** 0: dead, 1: listed and sold out, 2: listed and in stock. */
  readonly states = new Column(new Uint8Array(64));
  readonly #slots = new Map<string, number>();

  /** Slots ever taken. */
  get slotCount(): number {
    return this.ids.length;
  }

  /** Documents that can be found. */
  get liveCount(): number {
    return this.#slots.size;
  }

  get isWorn(): boolean {
    return this.slotCount > this.liveCount * 1.5 + 1_000;
  }

  put(placed: Placed, tokens: readonly string[], { terms, surfaces, impacts }: Analysis): void {
    this.remove(placed.id);
    const slot = this.ids.length;
    this.ids.push(placed.id);
    this.rowIds.push(placed.rowId);
    this.prices.push(placed.priceMinor);
    this.published.push(placed.publishedMs);
    this.states.push(placed.isInStock ? 2 : 1);
    this.facts.push(tokens);
    for (let i = 0; i < terms.length; i++)
      this.dictionary.add(terms[i] as string, surfaces[i] as string, slot, impacts[i] as number);
    this.#slots.set(placed.id, slot);
  }

  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.states.set(slot, 0);
    this.#slots.delete(id);
  }

  setInStock(id: string, isInStock: boolean): void {
    const slot = this.#slots.get(id);
    if (slot !== undefined) this.states.set(slot, isInStock ? 2 : 1);
  }
}
