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
import { type Platform, type Reaction, reaction } from '@plaza/runtime';
import { engineDocument } from './domain/document.ts';
import type { SearchEngine } from './engine/engine.ts';

/** What the catalog announces becomes searchable. The engine compares versions, so order and repeats do not matter. */
export function searchReactions({
  marketplaces,
  engine,
}: Pick<Platform, 'marketplaces'> & { engine: SearchEngine }): Reaction[] {
  const indexing = (event: EventDefinition<string, typeof SearchDocument>): Reaction =>
    reaction(event, async ({ event: { data }, context: { marketplaceId } }) => {
      const document = engineDocument(marketplaces.get(marketplaceId), data);
      await engine.apply(marketplaceId, [{ kind: 'document', document }]);
    });
  return [
    indexing(listingPublished),
    indexing(listingUpdated),
    indexing(listingPaused),
    indexing(listingSold),
    indexing(listingDeleted),
    reaction(stockChanged, async ({ event: { data }, context: { marketplaceId } }) => {
      const { listingId, stockVersion, freeQuantity, isInStock } = data;
      const stock = { id: listingId, stockVersion, freeQuantity, isInStock };
      await engine.apply(marketplaceId, [{ kind: 'stock', stock }]);
    }),
    reaction(storeUpdated, async ({ event: { data }, context: { marketplaceId } }) => {
      const { storeId, version, name, slug } = data;
      await engine.apply(marketplaceId, [{ kind: 'store', store: { storeId, version, name, slug } }]);
    }),
  ];
}
