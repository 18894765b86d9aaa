import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StockNews } from '../engine.ts';

const SCHEMA = `
  create table if not exists early_stock (listing_id text primary key, stock_version integer not null, free_quantity integer,
    is_in_stock integer not null) strict;`;

/** Stock of listings that are not listed, or not yet: events that are sent again may overtake their listing's own. */
export class EarlyStock {
  readonly #keep: StatementSync;
  readonly #take: StatementSync;
  /** Whether there may be any: mostly there is none, and then none is looked for. */
  #hasAny: boolean;

  constructor(database: DatabaseSync) {
    database.exec(SCHEMA);
    this.#hasAny = database.prepare('select 1 from early_stock limit 1').get() !== undefined;
    this.#keep = database.prepare(
      `insert into early_stock (listing_id, stock_version, free_quantity, is_in_stock) values (?, ?, ?, ?)
       on conflict (listing_id) do update set stock_version = excluded.stock_version, free_quantity = excluded.free_quantity,
         is_in_stock = excluded.is_in_stock where excluded.stock_version > early_stock.stock_version`,
    );
    this.#take = database.prepare('delete from early_stock where listing_id = ? returning *');
  }

  keep({ id, stockVersion, freeQuantity, isInStock }: StockNews): void {
    this.#hasAny = true;
    this.#keep.run(id, stockVersion, freeQuantity, isInStock ? 1 : 0);
  }

  /** What was kept of it, once. */
  take(id: string): StockNews | undefined {
    const row = this.#hasAny ? this.#take.get(id) : undefined;
    if (row === undefined) return undefined;
    return {
      id,
      stockVersion: row.stock_version as number,
      freeQuantity: row.free_quantity as number | null,
      isInStock: row.is_in_stock === 1,
    };
  }
}
