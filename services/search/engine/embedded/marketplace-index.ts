import { DEFAULT_WEIGHTS, linearModel, type RankingModel } from '../../domain/ranking/model.ts';
import { wordsOf } from '../../domain/words.ts';
import {
  type Change,
  type EngineDocument,
  type EngineQuery,
  type EngineResult,
  type HeldDocument,
  type HeldRange,
  type IndexStatus,
  type Near,
  type StockNews,
  type StoreNews,
  type Suggestions,
  UNFILTERED,
} from '../engine.ts';
import { slices } from '../pause.ts';
import { DocumentFile, type Known } from './document-file.ts';
import { completionsOf } from './query/lexicon.ts';
import type { PlacedNear } from './query/near.ts';
import { searchSegments } from './query/search.ts';
import { DamagedSegment } from './segment/segment-format.ts';
import { Segments } from './segment/segments.ts';

/** Documents that a growing segment takes before it is written: read and cut into words again, they take a second. */
const DOCUMENTS_MAX = 8_192;
/** Rows looked through at once for what a rebuild has not seen. */
const ROWS_AT_ONCE = 2_000;

/** Answers kept until the next change; one of 20 cards is some 14 KB. */
const ANSWERS_KEPT_MAX = 500;

/** Documents put again at once when their store has another name. */
const RENAMED_AT_ONCE = 100;

/** One marketplace's index: its documents in a file, and the segments that they are searched by. */
export class MarketplaceIndex {
  #file: DocumentFile;
  #segments: Segments;
  #generation: number;
  /** Number of the last committed change. */
  #lastChange: number;
  /** Orders the best hits. */
  model: RankingModel = linearModel(DEFAULT_WEIGHTS);
  /** What was asked since the last change: people ask the same. The oldest is first. */
  readonly #answers = new Map<string, EngineResult>();
  readonly #freshFile: () => DocumentFile;
  readonly #documentsMax: number;

  private constructor(file: DocumentFile, segments: Segments, fresh: { file(): DocumentFile; documentsMax: number }) {
    this.#file = file;
    this.#segments = segments;
    this.#generation = Number(file.meta('generation') ?? 0);
    this.#lastChange = file.lastChange();
    this.#freshFile = fresh.file;
    this.#documentsMax = fresh.documentsMax;
  }

  /** Reads what there is. What is damaged is begun anew: without a build of its own the service fills it again. */
  static async open(folder: string, marketplaceId: string, documentsMax = DOCUMENTS_MAX): Promise<MarketplaceIndex> {
    const fresh = { file: () => new DocumentFile(folder, marketplaceId, { isFresh: true }), documentsMax };
    const file = new DocumentFile(folder, marketplaceId);
    try {
      const segments = await Segments.open(file, documentsMax);
      await replay(file, segments);
      const index = new MarketplaceIndex(file, segments, fresh);
      await segments.maintain(index.#lastChange);
      return index;
    } catch {
      file.close();
      const anew = fresh.file();
      return new MarketplaceIndex(anew, await Segments.open(anew, documentsMax), fresh);
    }
  }

  async apply(changes: readonly Change[]): Promise<void> {
    const renamed = this.#commit((changed, effects) =>
      changes.flatMap((change) => {
        if (change.kind === 'document') this.#applyDocument(change, changed, effects);
        else if (change.kind === 'stock') this.#applyStock(change.stock, changed, effects);
        else return this.#applyStore(change.store) ? change.store : [];
        return [];
      }),
    );
    await this.#segments.maintain(this.#lastChange);
    for (const store of renamed) await this.#rename(store);
  }

  async search(query: EngineQuery): Promise<EngineResult> {
    // Asked once by a saved search, and not again by people.
    if (query.only !== undefined) return this.#answer(query);
    const key = JSON.stringify(query);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    try {
      const answer = this.#answer(query);
      if (this.#answers.size >= ANSWERS_KEPT_MAX) this.#answers.delete(this.#answers.keys().next().value as string);
      this.#answers.set(key, answer);
      return answer;
    } catch (error) {
      if (error instanceof DamagedSegment) await this.#beginAnew();
      throw error;
    }
  }

  #answer(query: EngineQuery): EngineResult {
    const pinned = query.sort === 'relevance' ? this.#rowsOf(query.pinned ?? []) : [];
    const hidden = new Set([...this.#rowsOf(query.hidden ?? []), ...pinned]);
    const first = query.after === null ? pinned.slice(0, query.limit - 1) : [];
    const limit = query.limit - first.length;
    const { rowIds, lastKeys, total, features, ...result } = searchSegments(this.#segments, {
      query: { ...query, limit },
      model: this.model,
      hidden,
      near: this.#placesOf(query.near ?? []),
      only: query.only === undefined ? null : new Set(this.#rowsOf(query.only)),
    });
    const cards = this.#file.cards([...first, ...rowIds]);
    const last = rowIds.length === 0 ? undefined : cards.at(-1);
    return {
      cards: cards.map(({ card }) => card),
      nextKeys: lastKeys === null || last === undefined ? null : [...lastKeys, last.id],
      total: total + pinned.length,
      ...result,
      ...(query.isExplained === true ? { features: [...first.map(() => null), ...features] } : {}),
    };
  }

  async suggest(text: string, limit: number): Promise<Suggestions> {
    const last = wordsOf(text).at(-1);
    if (last === undefined) return { queries: [], cards: [] };
    const before = text.trim().split(/\s+/).slice(0, -1).join(' ');
    const completions = completionsOf(this.#segments.searched, last)
      .map(({ surface }) => surface)
      .filter((surface) => surface.startsWith(last.surface) && !/\d{4}/.test(surface));
    const queries = [...new Set(completions)].slice(0, limit);
    const { cards } = await this.search({ ...UNFILTERED, text, sort: 'relevance', limit });
    return { queries: queries.map((word) => (before === '' ? word : `${before} ${word}`)), cards };
  }

  cards(listingIds: readonly string[]): string[] {
    return this.#rowsOf(listingIds).map((rowId) => this.#file.card(rowId));
  }

  versions(ids: readonly string[]): Record<string, number> {
    return Object.fromEntries(
      ids.flatMap((id) => {
        const known = this.#file.find(id);
        return known === undefined ? [] : [[id, known.version]];
      }),
    );
  }

  status(): IndexStatus {
    return { documentCount: this.#segments.liveCount, buildId: this.#file.meta('buildId') ?? null };
  }

  held(range: HeldRange): HeldDocument[] {
    return this.#file.listed(range).map(({ row_id, listing_id, version, stock_version }) => ({
      id: listing_id,
      version,
      stockVersion: stock_version,
      isFindable: this.#segments.has(row_id),
    }));
  }

  beginRebuild(): void {
    this.#generation++;
    this.#file.setMeta('generation', String(this.#generation));
  }

  async finishRebuild(buildId: string): Promise<IndexStatus> {
    const pause = slices(() => false);
    const lastRow = this.#file.lastRow();
    for (let fromRow = 0; fromRow <= lastRow; fromRow += ROWS_AT_ONCE) {
      const forgotten = this.#file.transaction(() =>
        this.#file.forgetBefore(this.#generation, { fromRow, rows: ROWS_AT_ONCE }),
      );
      for (const rowId of forgotten) this.#segments.remove(rowId);
      this.#answers.clear();
      await pause();
    }
    this.#file.setMeta('buildId', buildId);
    // Goes on after the answer: what is in one segment is found fastest.
    void this.#segments.compact(this.#lastChange);
    return this.status();
  }

  /** Resolves when nothing is being written in the background. */
  settle(): Promise<void> {
    return this.#segments.settle();
  }

  async close(): Promise<void> {
    await this.#segments.close();
    this.#file.close();
  }

  /** Rows of those that can be found. */
  #rowsOf(listingIds: readonly string[]): number[] {
    return listingIds.flatMap((id) => {
      const known = this.#file.find(id);
      return known?.is_listed === 1 ? known.row_id : [];
    });
  }

  #placesOf(near: readonly Near[]): PlacedNear[] {
    return near.flatMap(({ id, ...rest }) => {
      const [rowId] = this.#rowsOf([id]);
      const place = rowId === undefined ? undefined : this.#segments.placeOf(rowId);
      return place === undefined ? [] : { ...place, ...rest };
    });
  }

  async #beginAnew(): Promise<void> {
    this.#answers.clear();
    await this.close();
    this.#file = this.#freshFile();
    this.#segments = await Segments.open(this.#file, this.#documentsMax);
    this.#generation = 0;
    this.#lastChange = 0;
  }

  #applyDocument(
    { document, isAgain = false }: Extract<Change, { kind: 'document' }>,
    changed: number,
    effects: (() => void)[],
  ): void {
    const known = this.#file.find(document.id);
    const isNews = known === undefined || known.version < document.version;
    if (!isNews && !(isAgain && known.version === document.version)) {
      this.#file.touch(known.row_id, this.#generation);
      this.#applyStock(document, changed, effects);
      return;
    }
    if (!document.isListed) {
      const rowId = this.#file.bury(document, { generation: this.#generation, changed });
      effects.push(() => this.#segments.remove(rowId));
      return;
    }
    const news = known?.is_listed === 1 ? this.#stockOf(known, document) : this.#file.earlyStock.take(document.id);
    if (news === undefined || news.stockVersion <= document.stockVersion) {
      this.#put(document, changed, effects);
      return;
    }
    const { stockVersion, freeQuantity, isInStock } = news;
    const card = cardWith(document.card, { freeQuantity, isInStock });
    this.#put({ ...document, card, stockVersion, freeQuantity, isInStock }, changed, effects);
  }

  #put(document: EngineDocument, changed: number, effects: (() => void)[]): void {
    const { storeName, storeSlug } = document;
    const { name, slug } = this.#file.findStore(document.storeId) ?? { name: storeName, slug: storeSlug };
    const isNamedSo = name === storeName && slug === storeSlug;
    const card = isNamedSo ? document.card : cardWith(document.card, { storeName: name, storeSlug: slug });
    const rowId = this.#file.put({ ...document, card }, { generation: this.#generation, changed });
    effects.push(() => this.#segments.put(rowId, document, name));
  }

  #applyStock(stock: StockNews, changed: number, effects: (() => void)[]): void {
    const known = this.#file.find(stock.id);
    if (known !== undefined && known.stock_version >= stock.stockVersion) return;
    if (known === undefined || known.is_listed === 0) {
      this.#file.earlyStock.keep(stock);
      return;
    }
    this.#file.setStock(known.row_id, stock, changed);
    effects.push(() => this.#segments.setInStock(known.row_id, stock.isInStock));
  }

  /** Stock of a listed row, as its card has it, when it is newer than this. */
  #stockOf(known: Known, { id, stockVersion }: { id: string; stockVersion: number }): StockNews | undefined {
    if (known.stock_version <= stockVersion) return undefined;
    const { freeQuantity, isInStock } = JSON.parse(this.#file.card(known.row_id)) as StockNews;
    return { id, stockVersion: known.stock_version, freeQuantity, isInStock };
  }

  /** Answers whether the store's documents are to be told its name. */
  #applyStore(store: StoreNews): boolean {
    const known = this.#file.findStore(store.storeId);
    if (
      known !== undefined &&
      (known.version > store.version || (known.version === store.version && known.is_told === 1))
    )
      return false;
    const isTold = known?.is_told === 1 && known.name === store.name && known.slug === store.slug;
    this.#file.putStore(store, isTold);
    return !isTold;
  }

  /** Puts a store's documents again, some at a time. What a crash leaves to do is done when the same news comes again. */
  async #rename(store: StoreNews): Promise<void> {
    const pause = slices(() => false);
    const next = (afterRow: number): number | undefined =>
      this.#commit((changed, effects) => {
        const found = this.#file.documentsOf(store.storeId, afterRow, RENAMED_AT_ONCE);
        for (const { document } of found)
          if (document.storeName !== store.name || document.storeSlug !== store.slug)
            this.#put(document, changed, effects);
        return found.at(-1)?.rowId;
      });
    for (let row = next(0); row !== undefined; row = next(row)) {
      await this.#segments.maintain(this.#lastChange);
      await pause();
    }
    if (this.#file.findStore(store.storeId)?.version === store.version) this.#file.putStore(store, true);
  }

  /** One transaction. The file may refuse it; what is searched hears of it when it is taken. */
  #commit<T>(work: (changed: number, effects: (() => void)[]) => T): T {
    const effects: (() => void)[] = [];
    const changed = this.#lastChange + 1;
    const result = this.#file.transaction(() => work(changed, effects));
    this.#lastChange = changed;
    for (const effect of effects) effect();
    this.#answers.clear();
    return result;
  }
}

/** Tells the segments what changed since they were written. */
async function replay(file: DocumentFile, segments: Segments): Promise<void> {
  const pause = slices(() => false);
  for (const change of file.changedSince(Number(file.meta('flushed') ?? 0))) {
    if (change.kind === 'gone') segments.remove(change.rowId);
    else if (change.kind === 'stock') segments.setInStock(change.rowId, change.isInStock);
    else segments.put(change.rowId, change.document, change.document.storeName);
    await pause();
  }
}

/** A card that says something else. */
function cardWith(card: string, news: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(card), ...news });
}
