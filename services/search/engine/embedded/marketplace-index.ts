import { wordsOf } from '../../domain/words.ts';
import type {
  Change,
  EngineDocument,
  EngineQuery,
  EngineResult,
  IndexStatus,
  StockNews,
  StoreNews,
  Suggestions,
} from '../engine.ts';
import { analyze } from './analysis.ts';
import { DocumentFile } from './document-file.ts';
import { MemoryIndex } from './memory-index.ts';
import { searchIndex } from './search.ts';

/** One marketplace's index: its file, and what of it is kept in memory to be searched. */
export class MarketplaceIndex {
  #file: DocumentFile;
  #memory: MemoryIndex;
  #generation: number;

  constructor(folder: string | null, marketplaceId: string) {
    this.#file = new DocumentFile(folder, marketplaceId);
    try {
      this.#memory = this.#load();
    } catch {
      // A damaged file: it is only an index, and without a build of its own the service fills it again.
      this.#file.close();
      this.#file = new DocumentFile(folder, marketplaceId, { isFresh: true });
      this.#memory = new MemoryIndex();
    }
    this.#generation = Number(this.#file.meta('generation') ?? 0);
  }

  apply(changes: readonly Change[]): void {
    try {
      this.#file.transaction(() => {
        for (const change of changes) {
          if (change.kind === 'document') this.#applyDocument(change.document);
          else if (change.kind === 'stock') this.#applyStock(change.stock);
          else this.#applyStore(change.store);
        }
      });
    } catch (error) {
      // The file took none of the batch, memory may have some: the file is right.
      this.#memory = this.#load();
      throw error;
    }
    if (this.#memory.isWorn) this.#memory = this.#load();
  }

  search(query: EngineQuery): EngineResult {
    const { slots, ...result } = searchIndex(this.#memory, query);
    return { cards: slots.map((slot) => this.#file.card(this.#memory.rowIds.at(slot))), ...result };
  }

  suggest(text: string, limit: number): Suggestions {
    const { dictionary } = this.#memory;
    const last = wordsOf(text).at(-1);
    if (last === undefined) return { queries: [], cards: [] };
    const before = text.trim().split(/\s+/).slice(0, -1).join(' ');
    const completions = dictionary
      .beginningWith(last.term)
      .map((id) => dictionary.surface(id))
      .filter((surface) => surface.startsWith(last.surface) && !/\d{4}/.test(surface));
    const queries = [...new Set(completions)].slice(0, limit);
    const { cards } = this.search({
      text,
      filters: [],
      priceMinimum: null,
      priceMaximum: null,
      isInStock: null,
      sort: 'relevance',
      limit,
      after: null,
    });
    return { queries: queries.map((word) => (before === '' ? word : `${before} ${word}`)), cards };
  }

  status(): IndexStatus {
    return { documentCount: this.#memory.liveCount, buildId: this.#file.meta('buildId') ?? null };
  }

  beginRebuild(): void {
    this.#generation++;
    this.#file.setMeta('generation', String(this.#generation));
  }

  finishRebuild(buildId: string): IndexStatus {
    this.#file.transaction(() => {
      for (const id of this.#file.forgetBefore(this.#generation)) this.#memory.remove(id);
      this.#file.setMeta('buildId', buildId);
    });
    if (this.#memory.isWorn) this.#memory = this.#load();
    return this.status();
  }

  close(): void {
    this.#file.close();
  }

  #applyDocument(document: EngineDocument): void {
    const known = this.#file.find(document.id);
    if (known !== undefined && known.version >= document.version) {
      this.#file.touch(known.row_id, this.#generation);
      this.#applyStock(document);
      return;
    }
    if (!document.isListed) {
      this.#file.bury(document, this.#generation);
      this.#memory.remove(document.id);
      return;
    }
    const held = known?.is_listed === 1 && known.stock_version > document.stockVersion ? known : undefined;
    if (held === undefined) {
      this.#put(document);
      return;
    }
    const { freeQuantity, isInStock } = JSON.parse(this.#file.card(held.row_id)) as StockNews;
    const card = changed(document.card, { freeQuantity, isInStock });
    this.#put({ ...document, card, stockVersion: held.stock_version, freeQuantity, isInStock });
  }

  #put(document: EngineDocument): void {
    const { storeName, storeSlug } = document;
    const { name, slug } = this.#file.findStore(document.storeId) ?? { name: storeName, slug: storeSlug };
    const isNamedSo = name === storeName && slug === storeSlug;
    const card = isNamedSo ? document.card : changed(document.card, { storeName: name, storeSlug: slug });
    const analysis = analyze(document.texts, name);
    const rowId = this.#file.put(document, card, analysis, this.#generation);
    this.#memory.put({ ...document, rowId }, document.tokens, analysis);
  }

  #applyStock(stock: StockNews): void {
    const known = this.#file.find(stock.id);
    if (known === undefined || known.is_listed === 0 || known.stock_version >= stock.stockVersion) return;
    this.#file.setStock(known.row_id, stock);
    this.#memory.setInStock(stock.id, stock.isInStock);
  }

  #applyStore(store: StoreNews): void {
    const known = this.#file.findStore(store.storeId);
    if (known !== undefined && known.version >= store.version) return;
    this.#file.putStore(store);
    if (known !== undefined && known.name === store.name && known.slug === store.slug) return;
    for (const document of this.#file.documentsOf(store.storeId)) this.#put(document);
  }

  #load(): MemoryIndex {
    const memory = new MemoryIndex();
    for (const { placed, tokens, analysis } of this.#file.load()) memory.put(placed, tokens, analysis);
    return memory;
  }
}

/** A card that says something else. */
function changed(card: string, news: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(card), ...news });
}
