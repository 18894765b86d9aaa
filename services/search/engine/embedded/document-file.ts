import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { EngineDocument, StockNews, StoreNews } from '../engine.ts';
import type { Analysis } from './analysis.ts';
import type { Placed } from './memory-index.ts';

/** Raised whenever words or facts are made otherwise than before: older files are then made anew. */
const FORMAT = 1;

const SCHEMA = `
  create table document (
    row_id integer primary key, listing_id text not null unique, version integer not null, stock_version integer not null,
    generation integer not null, store_id text, card text, texts text, tokens text, terms text, surfaces text,
    impacts blob, price_minor real, published_ms real, is_in_stock integer) strict;
  create index document_store on document (store_id);
  create table store (store_id text primary key, version integer not null, name text not null, slug text not null) strict;
  create table meta (key text primary key, value text not null) strict;
  pragma user_version = ${FORMAT};`;

/** Cards kept in memory: those asked for last. A card is about 600 bytes. */
const CARDS_KEPT_MAX = 4_000;

/** What a card says that is known here too. */
type Shown = Pick<EngineDocument, 'freeQuantity' | 'storeName' | 'storeSlug'>;
type Known = { row_id: number; version: number; stock_version: number; is_listed: number };
type LoadedRow = {
  row_id: number;
  listing_id: string;
  tokens: string;
  terms: string;
  surfaces: string;
  impacts: Uint8Array;
  price_minor: number;
  published_ms: number;
  is_in_stock: number;
};

/**
 * What one marketplace's index holds, in a SQLite file: cards, and words already cut, so that a start reads them
 * instead of analyzing every text again. A killed process loses nothing that was committed (WAL).
 */
export class DocumentFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** By row, as in the file; the one asked for longest ago is first. */
  readonly #cards = new Map<number, string>();

  /** `folder` null: in memory only. A file that cannot be opened or is of another format is begun anew. */
  constructor(folder: string | null, marketplaceId: string, { isFresh = false } = {}) {
    if (folder === null) {
      this.#database = new DatabaseSync(':memory:');
      this.#database.exec(SCHEMA);
      return;
    }
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${marketplaceId}.sqlite`);
    this.#database = (isFresh ? undefined : openOrUndefined(file)) ?? begin(file);
  }

  transaction<T>(work: () => T): T {
    this.#database.exec('begin immediate');
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      this.#cards.clear();
      this.#database.exec('rollback');
      throw error;
    }
  }

  find(listingId: string): Known | undefined {
    return this.#prepare(
      'select row_id, version, stock_version, card is not null as is_listed from document where listing_id = ?',
    ).get(listingId) as Known | undefined;
  }

  /** Stores a document over any older one; answers its row. */
  put(document: EngineDocument, card: string, analysis: Analysis, generation: number): number {
    const { id, version, stockVersion, storeId, texts, tokens, priceMinor, publishedMs, isInStock } = document;
    const row = this.#prepare(
      `insert into document (listing_id, version, stock_version, generation, store_id, card, texts, tokens, terms, surfaces,
         impacts, price_minor, published_ms, is_in_stock) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (listing_id) do update set version = excluded.version, stock_version = excluded.stock_version,
         generation = excluded.generation, store_id = excluded.store_id, card = excluded.card, texts = excluded.texts,
         tokens = excluded.tokens, terms = excluded.terms, surfaces = excluded.surfaces, impacts = excluded.impacts,
         price_minor = excluded.price_minor, published_ms = excluded.published_ms, is_in_stock = excluded.is_in_stock
       returning row_id`,
    ).get(
      id,
      version,
      stockVersion,
      generation,
      storeId,
      card,
      JSON.stringify(texts),
      tokens.join('\n'),
      analysis.terms.join(' '),
      analysis.surfaces.join(' '),
      analysis.impacts,
      priceMinor,
      publishedMs,
      isInStock ? 1 : 0,
    ) as { row_id: number };
    this.#cards.delete(row.row_id);
    return row.row_id;
  }

  /** Remembers only that this version is gone. */
  bury(document: Pick<EngineDocument, 'id' | 'version' | 'stockVersion'>, generation: number): void {
    const { row_id } = this.#prepare(
      `insert into document (listing_id, version, stock_version, generation) values (?, ?, ?, ?)
       on conflict (listing_id) do update set version = excluded.version, stock_version = excluded.stock_version,
         generation = excluded.generation, store_id = null, card = null, texts = null, tokens = null, terms = null,
         surfaces = null, impacts = null
       returning row_id`,
    ).get(document.id, document.version, document.stockVersion, generation) as { row_id: number };
    this.#cards.delete(row_id);
  }

  touch(rowId: number, generation: number): void {
    this.#prepare('update document set generation = ? where row_id = ?').run(generation, rowId);
  }

  setStock(rowId: number, stock: StockNews): void {
    this.#cards.delete(rowId);
    this.#prepare(
      `update document set stock_version = ?, is_in_stock = ?,
         card = json_set(card, '$.isInStock', json(?), '$.freeQuantity', json(?)) where row_id = ?`,
    ).run(stock.stockVersion, stock.isInStock ? 1 : 0, String(stock.isInStock), String(stock.freeQuantity), rowId);
  }

  findStore(storeId: string): { version: number; name: string; slug: string } | undefined {
    return this.#prepare('select version, name, slug from store where store_id = ?').get(storeId) as
      | { version: number; name: string; slug: string }
      | undefined;
  }

  putStore({ storeId, version, name, slug }: StoreNews): void {
    this.#prepare('insert or replace into store (store_id, version, name, slug) values (?, ?, ?, ?)').run(
      storeId,
      version,
      name,
      slug,
    );
  }

  /** A store's listed documents, as they were put. */
  *documentsOf(storeId: string): Iterable<EngineDocument> {
    const rows = this.#prepare('select * from document where store_id = ? and card is not null').all(storeId);
    for (const row of rows) {
      const card = row.card as string;
      const { freeQuantity, storeName, storeSlug } = JSON.parse(card) as Shown;
      yield {
        id: row.listing_id as string,
        version: row.version as number,
        stockVersion: row.stock_version as number,
        isListed: true,
        card,
        texts: JSON.parse(row.texts as string),
        storeId,
        storeName,
        storeSlug,
        tokens: (row.tokens as string).split('\n'),
        priceMinor: row.price_minor as number,
        publishedMs: row.published_ms as number,
        freeQuantity,
        isInStock: row.is_in_stock === 1,
      };
    }
  }

  /** The card of a row. Kept in memory: reading a page of them from the file takes as long as finding the page. */
  card(rowId: number): string {
    const kept = this.#cards.get(rowId);
    const card =
      kept ?? (this.#prepare('select card from document where row_id = ?').get(rowId) as { card: string }).card;
    if (kept !== undefined) this.#cards.delete(rowId);
    else if (this.#cards.size >= CARDS_KEPT_MAX) this.#cards.delete(this.#cards.keys().next().value as number);
    this.#cards.set(rowId, card);
    return card;
  }

  /** Every listed document with its words, in order of rows. */
  *load(): Iterable<{ placed: Placed; tokens: string[]; analysis: Analysis }> {
    const rows = this.#database
      .prepare(
        'select row_id, listing_id, tokens, terms, surfaces, impacts, price_minor, published_ms, is_in_stock from document where card is not null order by row_id',
      )
      .iterate() as Iterable<unknown> as Iterable<LoadedRow>;
    for (const row of rows) {
      yield {
        placed: {
          id: row.listing_id,
          rowId: row.row_id,
          priceMinor: row.price_minor,
          publishedMs: row.published_ms,
          isInStock: row.is_in_stock === 1,
        },
        tokens: row.tokens.split('\n'),
        analysis: { terms: row.terms.split(' '), surfaces: row.surfaces.split(' '), impacts: row.impacts },
      };
    }
  }

  /** Forgets what no rebuild has seen since this generation. Answers the listed ones among it. */
  forgetBefore(generation: number): string[] {
    const rows = this.#prepare('delete from document where generation < ? returning listing_id').all(generation);
    // SQLite gives the number of a deleted last row to the next one.
    this.#cards.clear();
    return rows.map((row) => row.listing_id as string);
  }

  meta(key: 'buildId' | 'generation'): string | undefined {
    const row = this.#prepare('select value from meta where key = ?').get(key) as { value: string } | undefined;
    return row?.value;
  }

  setMeta(key: 'buildId' | 'generation', value: string): void {
    this.#prepare('insert or replace into meta (key, value) values (?, ?)').run(key, value);
  }

  close(): void {
    this.#database.close();
  }

  #prepare(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#database.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}

function openOrUndefined(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    const found = database.prepare('pragma user_version').get() as { user_version: number };
    if (found.user_version === FORMAT) return database;
  } catch {
    // Not a database, or damaged: it is only an index, and is made anew from the catalog.
  }
  database.close();
  return undefined;
}

function begin(file: string): DatabaseSync {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = normal;');
  database.exec(SCHEMA);
  return database;
}
