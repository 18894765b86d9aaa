import { analyze } from '../../domain/analysis.ts';
import { QUALITY_KEY, rankFrom } from '../../domain/rating.ts';
import type { EngineDocument, StockNews, StoreNews } from '../engine.ts';
import { spotFields } from './around.ts';

/** A listing as its index holds it. A tombstone has the first four only, and what news said of its stock since. */
export type HeldListing = {
  readonly id: string;
  readonly version: number;
  readonly stockVersion: number;
  /** The rebuild that last saw it. */
  readonly generation: number;
} & (
  | { readonly isListed: false; readonly early?: Omit<StockNews, 'id'> }
  | ({ readonly isListed: true } & ListedFields)
);

type ListedFields = Omit<EngineDocument, 'id' | 'version' | 'stockVersion' | 'isListed' | 'tokens'> & {
  readonly facts: readonly string[];
  /** Null until it is written: cutting words takes time, and a later change may make others of them. */
  readonly foundBy: IndexedWords | null;
};

/** What a listing is found by. */
export type IndexedWords = {
  readonly impacts: Readonly<Record<string, number>>;
  readonly terms: readonly string[];
  readonly words: readonly string[];
  readonly titleTerms: readonly string[];
};

/** A store's latest name. */
export type HeldStore = StoreNews & {
  /** Whether all of its listings have this name. */
  readonly isTold: boolean;
};

/** A change of one listing: of its document, of its stock, or that it is to have its store's latest name. */
export type ListingChange =
  | { readonly kind: 'document'; readonly id: string; readonly document: EngineDocument; readonly isAgain?: boolean }
  | { readonly kind: 'stock'; readonly id: string; readonly stock: StockNews }
  | { readonly kind: 'name'; readonly id: string; readonly storeId: string };

/** What a change makes of a listing; the same object when nothing. Versions decide, so order and repeats do not matter. */
export function changed(
  held: HeldListing | undefined,
  change: ListingChange,
  { generation, store }: { readonly generation: number; readonly store: HeldStore | undefined },
): HeldListing | undefined {
  if (change.kind === 'stock') return withStock(held ?? unknown(change.id, generation), change.stock);
  if (change.kind === 'name') return held === undefined ? undefined : withName(held, store);
  const { document, isAgain = false } = change;
  const isNews = held === undefined || held.version < document.version;
  if (!isNews && !(isAgain && held.version === document.version))
    return withStock(held.generation === generation ? held : { ...held, generation }, document);
  const { id, version, stockVersion, isListed } = document;
  if (!isListed) return { id, version, stockVersion, generation, isListed, ...earlyOf(held) };
  const { tokens, ...rest } = document;
  const fresh: HeldListing = { ...rest, isListed, generation, facts: tokens, foundBy: null };
  const news = held?.isListed === true ? held : held?.early;
  return withName(news === undefined ? fresh : withStock(fresh, news), store);
}

/** What news make of what is held of a store; the same object when they are old. */
export function changedStore(held: HeldStore | undefined, news: StoreNews): HeldStore {
  if (held !== undefined && held.version >= news.version) return held;
  const isTold = held?.isTold === true && held.name === news.name && held.slug === news.slug;
  return { ...news, isTold };
}

/** A listing as it is written. */
export function sourceOf(listing: HeldListing): object {
  if (!listing.isListed) return listing;
  const { foundBy, ...fields } = listing;
  return {
    ...fields,
    ...spotFields(fields.point),
    rated: ratedIn(fields.facts),
    ...(foundBy ?? indexedWords(listing)),
  };
}

/** What the facts say of how well it is rated, to sort by. */
function ratedIn(facts: readonly string[]): number {
  const fact = facts.find((each) => each.startsWith(`${QUALITY_KEY}:`));
  return fact === undefined ? 0 : rankFrom(fact.slice(QUALITY_KEY.length + 1));
}

/** A listing as it was written. */
export function listingFrom(source: unknown): HeldListing {
  const {
    impacts,
    terms,
    words,
    titleTerms,
    spot: _,
    spotText: __,
    rated: ___,
    ...fields
  } = source as HeldListing & IndexedWords & { spot?: object; spotText?: string; rated?: number };
  return fields.isListed ? { ...fields, foundBy: { impacts, terms, words, titleTerms } } : fields;
}

/** A listing's words by their terms, with what OpenSearch completes and counts. */
function indexedWords({ texts, storeName }: Pick<EngineDocument, 'texts' | 'storeName'>): IndexedWords {
  const { terms, surfaces, impacts, title } = analyze(texts, storeName);
  return {
    impacts: Object.fromEntries(terms.map((term, i) => [featureOf(term), impacts[i] as number])),
    terms,
    words: terms.map((term, i) => `${term} ${surfaces[i]}`),
    titleTerms: title.map((place) => terms[place] as string),
  };
}

/** A term as the name of a feature, in which a dot would be a path. */
export function featureOf(term: string): string {
  return term.replaceAll('.', '·');
}

function withStock<Held extends HeldListing>(held: Held, news: Omit<StockNews, 'id'>): HeldListing {
  const { stockVersion, freeQuantity, isInStock } = news;
  if (held.stockVersion >= stockVersion) return held;
  if (held.isListed)
    return { ...held, stockVersion, freeQuantity, isInStock, card: cardWith(held.card, { freeQuantity, isInStock }) };
  if (held.early !== undefined && held.early.stockVersion >= stockVersion) return held;
  return { ...held, early: { stockVersion, freeQuantity, isInStock } };
}

/** A listing whose stock is told before itself. */
function unknown(id: string, generation: number): HeldListing {
  return { id, version: 0, stockVersion: 0, generation, isListed: false };
}

function earlyOf(held: HeldListing | undefined): { readonly early?: Omit<StockNews, 'id'> } {
  return held?.isListed === false && held.early !== undefined ? { early: held.early } : {};
}

function withName(held: HeldListing, store: HeldStore | undefined): HeldListing {
  if (!held.isListed || store === undefined) return held;
  const { name: storeName, slug: storeSlug } = store;
  if (held.storeName === storeName && held.storeSlug === storeSlug) return held;
  return { ...held, storeName, storeSlug, foundBy: null, card: cardWith(held.card, { storeName, storeSlug }) };
}

function cardWith(card: string, news: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(card), ...news });
}
