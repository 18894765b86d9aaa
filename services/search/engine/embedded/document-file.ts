import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { EngineDocument, HeldRange, StockNews, StoreNews } from '../engine.ts';
import { DocumentReads, type Known, READING } from './document-reads.ts';
import { EarlyStock } from './early-stock.ts';
import { FORMAT } from './segment/segment-format.ts';
import type { SlotBits } from './segment/slot-states.ts';
import { pointAt, spotOf } from './segment/spots.ts';

const SCHEMA = `
  create table document (
    row_id integer primary key, listing_id text not null unique, version integer not null, stock_version integer not null,
    generation integer not null, changed integer not null, placed integer not null, store_id text, card text, texts text, tokens text,
    price_minor real, published_ms real, spot integer, is_in_stock integer) strict;
  create index document_store on document (store_id);
  create index document_changed on document (changed);
  create table forgotten (row_id integer primary key) strict;
  create table segment (name text primary key, live blob not null, in_stock blob not null) strict;
  create table store (store_id text primary key, version integer not null, name text not null, slug text not null,
    is_told integer not null) strict;
  create table meta (key text primary key, value text not null) strict;
  pragma user_version = ${FORMAT};`;

const PRAGMAS = `pragma journal_mode = wal; pragma synchronous = normal; ${READING}`;

/** What a card says that is known here too. */
type Shown = Pick<EngineDocument, 'freeQuantity' | 'storeName' | 'storeSlug'>;
type Listed = { row_id: number; listing_id: string; version: number; stock_version: number };
type KnownStore = { version: number; name: string; slug: string; is_told: number };

/** A segment as it is remembered between two starts. */
export type SegmentRow = { readonly name: string } & SlotBits;

/** A row that changed since the segments were written: it is gone, only its stock is new, or its words are too. */
export type Changed = { readonly rowId: number } & (
  | { readonly kind: 'gone' }
  | { readonly kind: 'stock'; readonly isInStock: boolean }
  | { readonly kind: 'document'; readonly document: EngineDocument }
);

/**
 * What one marketplace's index holds, in a SQLite file: documents with their cards and texts, and which segment files are
 * of it. A killed process loses nothing that was committed (WAL): what no segment has yet is read from here again.
 */
export class DocumentFile {
  readonly path: string;
  /** Where the segment files are. */
  readonly folder: string;
  readonly reads: DocumentReads;
  readonly earlyStock: EarlyStock;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** A file that cannot be opened or is of another format is begun anew. */
  constructor(folder: string, marketplaceId: string, { isFresh = false } = {}) {
    this.folder = path.join(folder, marketplaceId);
    this.path = path.join(folder, `${marketplaceId}.sqlite`);
    mkdirSync(folder, { recursive: true });
    const found = isFresh ? undefined : openOrUndefined(this.path);
    if (found === undefined) rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    this.#database = found ?? begin(this.path);
    this.reads = new DocumentReads(this.#database);
    this.earlyStock = new EarlyStock(this.#database);
  }

  transaction<T>(work: () => T): T {
    this.#database.exec('begin immediate');
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    }
  }

  find(listingId: string): Known | undefined {
    return this.reads.find(listingId);
  }

  /** Stores a document over any older one, as of this change; answers its row. */
  put(document: EngineDocument, { generation, changed }: { generation: number; changed: number }): number {
    const { id, version, stockVersion, storeId, card, texts, tokens, priceMinor, publishedMs, point, isInStock } =
      document;
    const { row_id } = this.#prepare(
      `insert into document (listing_id, version, stock_version, generation, changed, placed, store_id, card, texts,
         tokens, price_minor, published_ms, spot, is_in_stock) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (listing_id) do update set version = excluded.version, stock_version = excluded.stock_version,
         generation = excluded.generation, changed = excluded.changed, placed = excluded.placed,
         store_id = excluded.store_id, card = excluded.card, texts = excluded.texts, tokens = excluded.tokens, price_minor = excluded.price_minor,
         published_ms = excluded.published_ms, spot = excluded.spot, is_in_stock = excluded.is_in_stock
       returning row_id`,
    ).get(
      id,
      version,
      stockVersion,
      generation,
      changed,
      changed,
      storeId,
      card,
      JSON.stringify(texts),
      tokens.join('\n'),
      priceMinor,
      publishedMs,
      spotOf(point),
      isInStock ? 1 : 0,
    ) as { row_id: number };
    return row_id;
  }

  /** Remembers only that this version is gone; answers its row. */
  bury(
    document: Pick<EngineDocument, 'id' | 'version' | 'stockVersion'>,
    { generation, changed }: { generation: number; changed: number },
  ): number {
    const { row_id } = this.#prepare(
      `insert into document (listing_id, version, stock_version, generation, changed, placed)
       values (?, ?, ?, ?, ?, 0)
       on conflict (listing_id) do update set version = excluded.version, stock_version = excluded.stock_version,
         generation = excluded.generation, changed = excluded.changed, store_id = null, card = null, texts = null,
         tokens = null
       returning row_id`,
    ).get(document.id, document.version, document.stockVersion, generation, changed) as { row_id: number };
    return row_id;
  }

  touch(rowId: number, generation: number): void {
    this.#prepare('update document set generation = ? where row_id = ? and generation <> ?').run(
      generation,
      rowId,
      generation,
    );
  }

  setStock(rowId: number, stock: StockNews, changed: number): void {
    this.#prepare(
      `update document set stock_version = ?, is_in_stock = ?, changed = ?,
         card = json_set(card, '$.isInStock', json(?), '$.freeQuantity', json(?)) where row_id = ?`,
    ).run(
      stock.stockVersion,
      stock.isInStock ? 1 : 0,
      changed,
      String(stock.isInStock),
      String(stock.freeQuantity),
      rowId,
    );
  }

  findStore(storeId: string): KnownStore | undefined {
    return this.#prepare('select version, name, slug, is_told from store where store_id = ?').get(storeId) as
      | KnownStore
      | undefined;
  }

  /** `isTold`: whether all of its documents have this name. */
  putStore({ storeId, version, name, slug }: StoreNews, isTold: boolean): void {
    this.#prepare('insert or replace into store (store_id, version, name, slug, is_told) values (?, ?, ?, ?, ?)').run(
      storeId,
      version,
      name,
      slug,
      isTold ? 1 : 0,
    );
  }

  /** Some of a store's listed documents, as they were put, in order of rows after one. */
  documentsOf(storeId: string, afterRow: number, limit: number): { rowId: number; document: EngineDocument }[] {
    return this.#prepare(
      'select * from document where store_id = ? and row_id > ? and card is not null order by row_id limit ?',
    )
      .all(storeId, afterRow, limit)
      .map((row) => ({ rowId: row.row_id as number, document: documentOf(row) }));
  }

  /** Listed documents in order of ids. */
  listed({ afterId, throughId, limit }: HeldRange): Listed[] {
    return this.#prepare(
      `select row_id, listing_id, version, stock_version from document
       where listing_id > ? and (? is null or listing_id <= ?) and card is not null order by listing_id limit ?`,
    ).all(afterId, throughId, throughId, limit) as Listed[];
  }

  /** The number of the last change that was committed. */
  lastChange(): number {
    const { last } = this.#prepare('select max(changed) as last from document').get() as { last: number | null };
    return Math.max(last ?? 0, Number(this.meta('flushed') ?? 0));
  }

  /** What changed since the segments were written, forgotten rows first: their numbers may have been given away again. */
  *changedSince(change: number): Iterable<Changed> {
    for (const { row_id } of this.#database.prepare('select row_id from forgotten').all())
      yield { rowId: row_id as number, kind: 'gone' };
    const rows = this.#database.prepare('select * from document where changed > ? order by changed').iterate(change);
    for (const row of rows) {
      const rowId = row.row_id as number;
      if (row.card === null) yield { rowId, kind: 'gone' };
      else if ((row.placed as number) <= change) yield { rowId, kind: 'stock', isInStock: row.is_in_stock === 1 };
      else yield { rowId, kind: 'document', document: documentOf(row) };
    }
  }

  /** Forgets, of so many rows from one on, what no rebuild has seen since this generation. Answers their numbers. */
  forgetBefore(generation: number, { fromRow, rows }: { fromRow: number; rows: number }): number[] {
    const found = this.#prepare(
      'delete from document where row_id >= ? and row_id < ? and generation < ? returning row_id',
    ).all(fromRow, fromRow + rows, generation);
    const forgotten = found.map((row) => row.row_id as number);
    for (const rowId of forgotten) this.#prepare('insert or ignore into forgotten (row_id) values (?)').run(rowId);
    return forgotten;
  }

  lastRow(): number {
    return (this.#prepare('select max(row_id) as last from document').get() as { last: number | null }).last ?? 0;
  }

  segments(): SegmentRow[] {
    return this.#prepare('select name, live, in_stock from segment order by rowid')
      .all()
      .map((row) => ({
        name: row.name as string,
        live: numbersOf(row.live as Uint8Array),
        inStock: numbersOf(row.in_stock as Uint8Array),
      }));
  }

  /**
   * Remembers which segments there are and what of them is live; `flushed` is the last change that is in them. Segments
   * that are not told stay as they were remembered. On the disk before it returns: replaced files are deleted after it.
   */
  checkpoint(state: { saved: readonly SegmentRow[]; gone: readonly string[]; flushed: number | null }): void {
    this.#database.exec('pragma synchronous = full');
    try {
      this.transaction(() => {
        for (const name of state.gone) this.#prepare('delete from segment where name = ?').run(name);
        for (const { name, live, inStock } of state.saved)
          this.#prepare(
            `insert into segment (name, live, in_stock) values (?, ?, ?)
             on conflict (name) do update set live = excluded.live, in_stock = excluded.in_stock`,
          ).run(name, bytesOf(live), bytesOf(inStock));
        if (state.flushed === null) return;
        this.#database.exec('delete from forgotten');
        this.setMeta('flushed', String(state.flushed));
      });
    } finally {
      this.#database.exec('pragma synchronous = normal');
    }
  }

  meta(key: 'buildId' | 'generation' | 'flushed'): string | undefined {
    const row = this.#prepare('select value from meta where key = ?').get(key) as { value: string } | undefined;
    return row?.value;
  }

  setMeta(key: 'buildId' | 'generation' | 'flushed', value: string): void {
    this.#prepare('insert or replace into meta (key, value) values (?, ?)').run(key, value);
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

function documentOf(row: Record<string, unknown>): EngineDocument {
  const card = row.card as string;
  const tokens = row.tokens as string;
  const { freeQuantity, storeName, storeSlug } = JSON.parse(card) as Shown;
  return {
    id: row.listing_id as string,
    version: row.version as number,
    stockVersion: row.stock_version as number,
    isListed: true,
    card,
    texts: JSON.parse(row.texts as string),
    storeId: row.store_id as string,
    storeName,
    storeSlug,
    tokens: tokens === '' ? [] : tokens.split('\n'),
    priceMinor: row.price_minor as number,
    publishedMs: row.published_ms as number,
    point: row.spot === 0 ? null : pointAt(row.spot as number),
    freeQuantity,
    isInStock: row.is_in_stock === 1,
  };
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** In a buffer of their own: SQLite's is not aligned. */
function numbersOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}

function openOrUndefined(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec(PRAGMAS);
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
  database.exec(PRAGMAS);
  database.exec(SCHEMA);
  return database;
}
