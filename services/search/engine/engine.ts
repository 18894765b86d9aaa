import type { Point } from '@plaza/kernel';
import type { Compatibility } from '../domain/compatibility.ts';
import type { Around } from '../domain/distance.ts';
import type { RankingRules } from '../domain/ranking/ranking-rules.ts';

/** What can be searched for a listing: its card, opaque to the engine, its texts, and what it is filtered and sorted by. */
export type EngineDocument = {
  readonly id: string;
  /** Applied only over a lower one. */
  readonly version: number;
  /** Orders news of stock on its own: it changes without the document. */
  readonly stockVersion: number;
  /** False: a tombstone; what is held of it is forgotten, its version remembered. */
  readonly isListed: boolean;
  /** JSON of the hit, its stock in it; handed back as it is, but for later news of stock and of the store's name. */
  readonly card: string;
  readonly texts: {
    readonly title: string;
    readonly body: string;
    readonly tags: readonly string[];
    readonly skus: readonly string[];
    readonly categoryNames: readonly string[];
    readonly attributes: readonly string[];
  };
  readonly storeId: string;
  /** As the card has them. */
  readonly storeName: string;
  readonly storeSlug: string;
  /** `key:value` facts to filter and count by, for example `color:red`, `@category:phones`. */
  readonly tokens: readonly string[];
  readonly priceMinor: number;
  /** Milliseconds since 1970. */
  readonly publishedMs: number;
  /** Where it is, to about a kilometer; null: nowhere. */
  readonly point: Point | null;
  readonly freeQuantity: number | null;
  readonly isInStock: boolean;
};

export type StockNews = {
  readonly id: string;
  readonly stockVersion: number;
  readonly freeQuantity: number | null;
  readonly isInStock: boolean;
};

export type StoreNews = {
  readonly storeId: string;
  readonly version: number;
  readonly name: string;
  readonly slug: string;
};

export type Change =
  /** `isAgain`: applied over the same version too, because what is held of it may be harmed. */
  | { readonly kind: 'document'; readonly document: EngineDocument; readonly isAgain?: boolean }
  | { readonly kind: 'stock'; readonly stock: StockNews }
  | { readonly kind: 'store'; readonly store: StoreNews };

export type ApplyOptions = {
  /** For what a rebuild hands over: it is searchable some seconds later, and at the latest when the rebuild is finished. */
  readonly mayWait?: boolean;
};

/** One property's filter: any of these values, or within any of these ranges. */
export type TokenFilter = {
  readonly key: string;
  readonly values: readonly string[];
  readonly ranges: readonly { readonly minimum: number | null; readonly maximum: number | null }[];
  /** Or ranges of versions, `unity 2022.3..`, that hold this one. */
  readonly works?: Compatibility;
};

/** `rating`: by the fact that says how good a listing is held to be (`domain/rating.ts`); those without it come last. */
export type EngineSort = 'relevance' | 'newest' | 'price_asc' | 'price_desc' | 'distance' | 'rating';

/** Sort keys of a hit: what the sort asks for, then age, then id. */
export type SortKeys = readonly [number, number, string];

export type EngineQuery = {
  readonly text: string;
  readonly filters: readonly TokenFilter[];
  readonly priceMinimum: number | null;
  readonly priceMaximum: number | null;
  readonly isInStock: boolean | null;
  /** Where it is searched near; what is nowhere is within no distance, and comes last by distance. */
  readonly around?: Around | null;
  readonly sort: EngineSort;
  readonly limit: number;
  readonly after: SortKeys | null;
  /** What else a word of the query may be called; only those that this query needs. */
  readonly alternatives?: readonly Alternative[];
  /** Further words that say nothing, of the marketplace's own. */
  readonly stopWords?: readonly string[];
  /**
   * Listings that come first, in this order, whether words or filters fit or not; only sorted by relevance. What the first page
   * has no place for (one is kept for what is found) stands where its words put it.
   */
  readonly pinned?: readonly string[];
  /** Listings that are not shown. */
  readonly hidden?: readonly string[];
  /** How the best hits are ordered besides how well they fit; absent: by that alone. */
  readonly ranking?: RankingRules;
  /**
   * Listings whose texts are near the query's, ordered among the best. Only sorted by relevance, and not with words in
   * quotes, nor mended ones: the text that was compared is not what is searched for then.
   */
  readonly near?: readonly Near[];
  /** Of all the hits only these are answered. What is a hit is decided as if everything were: as somebody who searches sees it. */
  readonly only?: readonly string[];
  /** Whether to answer the features of the hits, to learn from. */
  readonly isExplained?: boolean;
};

/** The parts of a query for its first page, through no filter. */
export const UNFILTERED = {
  filters: [],
  priceMinimum: null,
  priceMaximum: null,
  isInStock: null,
  around: null,
  after: null,
} satisfies Partial<EngineQuery>;

/** A listing near a query. */
export type Near = {
  readonly id: string;
  /** From 0 to 1. */
  readonly similarity: number;
  /** Whether it is a hit whatever words it has, if the filters fit. */
  readonly isHit: boolean;
};

/** A word of the query, and words that mean the same. */
export type Alternative = { readonly word: string; readonly others: readonly string[] };

export type EngineResult = {
  /** Cards as JSON. */
  readonly cards: readonly string[];
  readonly nextKeys: SortKeys | null;
  readonly total: number;
  /** How many of these are hits only for being near. */
  readonly nearTotal: number;
  readonly priceRange: { readonly minimum: number; readonly maximum: number } | null;
  /** Most frequent values first, at most 20 a key. */
  readonly facets: readonly {
    readonly key: string;
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }[];
  readonly correctedText: string | null;
  /** Words of the query that no listing has, and that none is spelled like. */
  readonly unknownWords: readonly string[];
  /** What was searched for, as `wordsOf` has it: terms to mark in a hit. */
  readonly terms: readonly string[];
  /** Of each card in order, when asked for: what `FEATURES` names; null for hits that were not ordered anew. */
  readonly features?: readonly (readonly number[] | null)[];
};

export type Suggestions = { readonly queries: readonly string[]; readonly cards: readonly string[] };

/** A listed document as the index holds it. `isFindable`: false when it is kept, but no search would show it. */
export type HeldDocument = {
  readonly id: string;
  readonly version: number;
  readonly stockVersion: number;
  readonly isFindable: boolean;
};

/** Part of an index in order of ids: what comes after one, up to another (null: to the end), at most so many. */
export type HeldRange = { readonly afterId: string; readonly throughId: string | null; readonly limit: number };

/** Which rebuild an index came from, so that an index of another database is noticed. */
export type IndexStatus = { readonly documentCount: number; readonly buildId: string | null };

/**
 * Finds listings by words. An index a marketplace; nothing ever crosses. Every adapter passes `engine.test.ts`.
 * Changes may come in any order and repeatedly: versions decide.
 */
export type SearchEngine = {
  /** Resolves when the changes are stored and, unless they may wait, searchable. */
  apply(marketplaceId: string, changes: readonly Change[], options?: ApplyOptions): Promise<void>;
  search(marketplaceId: string, query: EngineQuery): Promise<EngineResult>;
  suggest(marketplaceId: string, text: string, limit: number): Promise<Suggestions>;
  /** Cards of these listings, in this order, without those that are not listed. */
  cards(marketplaceId: string, listingIds: readonly string[]): Promise<readonly string[]>;
  /** The versions that the index knows of these listings, those that left sale too; none of what it never heard of. */
  versions(marketplaceId: string, ids: readonly string[]): Promise<Readonly<Record<string, number>>>;
  status(marketplaceId: string): Promise<IndexStatus>;
  /** What is listed, to be compared with the catalog. */
  held(marketplaceId: string, range: HeldRange): Promise<readonly HeldDocument[]>;
  /** From now on what is applied counts as seen. Searching goes on with what there is. */
  beginRebuild(marketplaceId: string): Promise<void>;
  /** Forgets what was not seen since `beginRebuild` and remembers the build by this name. */
  finishRebuild(marketplaceId: string, buildId: string): Promise<IndexStatus>;
  close(): Promise<void>;
};
