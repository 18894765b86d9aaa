import type { SearchDocument } from '@plaza/catalog/contract';
import type { AlertKind } from '../contract/saved-searches.ts';

/** What is held of a listing before a document of it is applied. */
export type HeldListing = { readonly version: number; readonly priceMinor: number };

export type ListingNews = {
  readonly document: SearchDocument;
  readonly kind: AlertKind;
  readonly priceBeforeMinor: number | null;
};

/**
 * What a document tells those who saved a search: the first one of a listing that it is new, a later one with a lower
 * price than the last that it costs less. Anything else, older, or of a listing that cannot be bought is no news.
 */
export function newsOf(document: SearchDocument, held: HeldListing | undefined): ListingNews | undefined {
  if (document.state !== 'published') return undefined;
  if (held === undefined) return { document, kind: 'new', priceBeforeMinor: null };
  if (document.version <= held.version || document.price.amountMinor >= held.priceMinor) return undefined;
  return { document, kind: 'price_drop', priceBeforeMinor: held.priceMinor };
}

/** News of documents in the order of their versions, each compared with the one before it. */
export function newsAmong(
  documents: readonly SearchDocument[],
  held: ReadonlyMap<string, HeldListing>,
): readonly ListingNews[] {
  const known = new Map(held);
  return documents
    .toSorted((a, b) => a.version - b.version)
    .flatMap((document) => {
      const before = known.get(document.id);
      if (before === undefined || before.version < document.version)
        known.set(document.id, { version: document.version, priceMinor: document.price.amountMinor });
      return newsOf(document, before) ?? [];
    });
}
