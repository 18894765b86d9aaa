import type { SearchDocument } from '@plaza/catalog/contract';
import {
  listingDeleted,
  listingPaused,
  listingPublished,
  listingSold,
  listingUpdated,
  stockChanged,
  storeUpdated,
} from '@plaza/catalog/events';
import type { EventDefinition } from '@plaza/kernel';
import { absorbing, type Platform, type Reaction } from '@plaza/runtime';
import { engineDocument } from './domain/document.ts';
import type { SearchEngine } from './engine/engine.ts';

/** What the catalog announces becomes searchable. The engine compares versions, so order and repeats do not matter. */
export function searchReactions({
  marketplaces,
  engine,
}: Pick<Platform, 'marketplaces'> & { engine: SearchEngine }): Reaction[] {
  const indexing = (event: EventDefinition<string, typeof SearchDocument>): Reaction =>
    absorbing(event, async ({ events, context: { marketplaceId } }) => {
      const settings = marketplaces.get(marketplaceId);
      await engine.apply(
        marketplaceId,
        events.map(({ data }) => ({ kind: 'document', document: engineDocument(settings, data) })),
      );
    });
  return [
    indexing(listingPublished),
    indexing(listingUpdated),
    indexing(listingPaused),
    indexing(listingSold),
    indexing(listingDeleted),
    absorbing(stockChanged, async ({ events, context: { marketplaceId } }) => {
      await engine.apply(
        marketplaceId,
        events.map(({ data: { listingId: id, stockVersion, freeQuantity, isInStock } }) => ({
          kind: 'stock',
          stock: { id, stockVersion, freeQuantity, isInStock },
        })),
      );
    }),
    absorbing(storeUpdated, async ({ events, context: { marketplaceId } }) => {
      await engine.apply(
        marketplaceId,
        events.map(({ data: { storeId, version, name, slug } }) => ({
          kind: 'store',
          store: { storeId, version, name, slug },
        })),
      );
    }),
  ];
}
