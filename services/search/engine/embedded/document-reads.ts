import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** How much of the file is read without asking the system for each page: cards are all over it. */
const MAPPED_BYTES = 256 * 1024 * 1024;
export const READING = `pragma mmap_size = ${MAPPED_BYTES};`;

/** What is held of a listing, or of one that is gone. */
export type Known = { row_id: number; version: number; stock_version: number; is_listed: number };

/** What a page shows of a row: its listing's id, and its card. */
export type RowCard = { readonly id: string; readonly card: string };

/** What searches read of the documents of one index. */
export class DocumentReads {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #cards: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare(
      'select row_id, version, stock_version, card is not null as is_listed from document where listing_id = ?',
    );
    this.#cards = database.prepare(
      `select row_id, listing_id, card from json_each(?) as asked cross join document on row_id = asked.value
       where card is not null`,
    );
    // An object a row would take longer than to find it.
    this.#cards.setReturnArrays(true);
  }

  /** Of a file that another thread writes. */
  static open(file: string): DocumentReads {
    const database = new DatabaseSync(file, { readOnly: true });
    database.exec(READING);
    return new DocumentReads(database);
  }

  find(listingId: string): Known | undefined {
    return this.#find.get(listingId) as Known | undefined;
  }

  /** The cards of some rows, read at once: one by one they take as long as finding the page. */
  cards(rowIds: readonly number[]): (RowCard & { readonly rowId: number })[] {
    const rows = this.#cards.all(`[${rowIds.join()}]`) as unknown as [number, string, string][];
    return rows.map(([rowId, id, card]) => ({ rowId, id, card }));
  }

  close(): void {
    this.#database.close();
  }
}
