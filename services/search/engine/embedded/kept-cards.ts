import type { RowCard } from './document-reads.ts';

/**
 * Cards by row, those asked for last: between `max / 2` and `max` of them. Two maps instead of one that is kept in order:
 * nothing is taken out one by one, which leaves holes that every look at the oldest would pass.
 */
export class KeptCards {
  readonly #halfMax: number;
  #recent = new Map<number, RowCard>();
  #older = new Map<number, RowCard>();

  constructor(max: number) {
    this.#halfMax = max >> 1;
  }

  get(rowId: number): RowCard | undefined {
    const recent = this.#recent.get(rowId);
    if (recent !== undefined) return recent;
    const older = this.#older.get(rowId);
    if (older !== undefined) this.keep(rowId, older);
    return older;
  }

  keep(rowId: number, card: RowCard): void {
    if (this.#recent.size >= this.#halfMax) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(rowId, card);
  }

  forget(rowId: number): void {
    this.#recent.delete(rowId);
    this.#older.delete(rowId);
  }
}
