import { DEFAULT_WEIGHTS, linearModel, type RankingModel } from '../../domain/ranking/model.ts';
import type {
  Change,
  EngineDocument,
  EngineQuery,
  EngineResult,
  HeldDocument,
  HeldRange,
  IndexStatus,
  StockNews,
  StoreNews,
  Suggestions,
} from '../engine.ts';
import { slices } from '../pause.ts';
import { DocumentFile } from './document-file.ts';
import type { Known, RowCard } from './document-reads.ts';
import { IndexReader } from './index-reader.ts';
import { DamagedSegment } from './segment/segment-format.ts';
import { type Audience, Segments } from './segment/segments.ts';
import { type Follower, Telling } from './telling.ts';

/** Documents that a growing segment takes before it is written: read and cut into words again, they take a second. */
const DOCUMENTS_MAX = 8_192;
/** Rows looked through at once for what a rebuild has not seen. */
const ROWS_AT_ONCE = 2_000;

/** Changes told to other threads at once when an index is opened. */
const REPLAYED_AT_ONCE = 200;

/** Documents put again at once when their store has another name. */
const RENAMED_AT_ONCE = 100;

/** `followers`: other threads that search what is written here. */
export type IndexOptions = {
  readonly documentsMax?: number;
  readonly model?: RankingModel;
  readonly followers?: readonly Follower[];
};

/** One marketplace's index: its documents in a file, the segments that they are searched by, and who searches them. */
export class MarketplaceIndex {
  readonly #open: () => Promise<Opened>;
  #file: DocumentFile;
  #segments: Segments;
  #reader: IndexReader;
  #telling: Telling;
  #generation: number;
  /** Number of the last committed change. */
  #lastChange: number;

  private constructor(opened: Opened, openAnew: () => Promise<Opened>) {
    this.#open = openAnew;
    this.#file = opened.file;
    this.#segments = opened.segments;
    this.#reader = opened.reader;
    this.#telling = opened.telling;
    this.#generation = Number(opened.file.meta('generation') ?? 0);
    this.#lastChange = opened.file.lastChange();
  }

  /** Reads what there is. What is damaged is begun anew: without a build of its own the service fills it again. */
  static async open(folder: string, marketplaceId: string, options: IndexOptions = {}): Promise<MarketplaceIndex> {
    const openWith = (isFresh: boolean) =>
      opened(new DocumentFile(folder, marketplaceId, { isFresh }), marketplaceId, options);
    const openAnew = () => openWith(true);
    const index = new MarketplaceIndex(await openWith(false).catch(openAnew), openAnew);
    await index.#segments.maintain(index.#lastChange);
    return index;
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
    await this.#telling.caughtUp();
    await this.#segments.maintain(this.#lastChange);
    for (const store of renamed) await this.#rename(store);
  }

  search(query: EngineQuery): Promise<EngineResult> {
    return this.#read((reader) => reader.search(query));
  }

  suggest(text: string, limit: number): Promise<Suggestions> {
    return this.#read((reader) => reader.suggest(text, limit));
  }

  cards(listingIds: readonly string[]): string[] {
    return this.#reader.cards(listingIds);
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
    return { documentCount: this.#reader.list.liveCount, buildId: this.#file.meta('buildId') ?? null };
  }

  held(range: HeldRange): HeldDocument[] {
    return this.#file.listed(range).map(({ row_id, listing_id, version, stock_version }) => ({
      id: listing_id,
      version,
      stockVersion: stock_version,
      isFindable: this.#reader.list.has(row_id),
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
      await this.#telling.caughtUp();
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
    await this.#telling.end();
    this.#reader.close();
  }

  async #read<Answer>(answer: (reader: IndexReader) => Answer): Promise<Answer> {
    try {
      return answer(this.#reader);
    } catch (error) {
      if (error instanceof DamagedSegment) await this.#beginAnew();
      throw error;
    }
  }

  async #beginAnew(): Promise<void> {
    await this.close();
    const { file, segments, reader, telling } = await this.#open();
    this.#file = file;
    this.#segments = segments;
    this.#reader = reader;
    this.#telling = telling;
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
    const [found] = this.#file.reads.cards([known.row_id]);
    const { freeQuantity, isInStock } = JSON.parse((found as RowCard).card) as StockNews;
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
      await this.#telling.caughtUp();
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
    return result;
  }
}

type Opened = {
  readonly file: DocumentFile;
  readonly segments: Segments;
  readonly reader: IndexReader;
  readonly telling: Telling;
};

/** Opens a file and its segments, and tells them what changed since they were written. Closes what it cannot open. */
async function opened(
  file: DocumentFile,
  marketplaceId: string,
  { documentsMax = DOCUMENTS_MAX, model = linearModel(DEFAULT_WEIGHTS), followers = [] }: IndexOptions,
): Promise<Opened> {
  const reader = new IndexReader(file.reads, model);
  const { list } = reader;
  const telling = new Telling(followers, marketplaceId, list.facts);
  try {
    await telling.begin(file.path);
    const audience: Audience = {
      take(step) {
        reader.take(step);
        telling.tell(step);
      },
      caughtUp: () => telling.caughtUp(),
    };
    const segments = await Segments.open(file, { documentsMax, list, audience });
    await replay(file, segments, audience.caughtUp);
    await telling.ready();
    return { file, segments, reader, telling };
  } catch (error) {
    await telling.end();
    reader.close();
    throw error;
  }
}

/** Tells the segments what changed since they were written, and `caughtUp` who else searches them. */
async function replay(file: DocumentFile, segments: Segments, caughtUp: () => Promise<void>): Promise<void> {
  const pause = slices(() => false);
  let count = 0;
  for (const change of file.changedSince(Number(file.meta('flushed') ?? 0))) {
    if (change.kind === 'gone') segments.remove(change.rowId);
    else if (change.kind === 'stock') segments.setInStock(change.rowId, change.isInStock);
    else segments.put(change.rowId, change.document, change.document.storeName);
    if (++count % REPLAYED_AT_ONCE === 0) await caughtUp();
    await pause();
  }
}

/** A card that says something else. */
function cardWith(card: string, news: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(card), ...news });
}
