import { defineEvent } from '@plaza/kernel';
import { z } from 'zod';
import { ListingId, MemberId, StoreId } from './contract/common.ts';
import { SearchDocument } from './contract/search-document.ts';

const StoreFact = z.object({
  storeId: StoreId,
  ownerMemberId: MemberId,
  name: z.string(),
  slug: z.string(),
  version: z.int(),
});

export const storeCreated = defineEvent({ type: 'store.created', summary: 'A store was opened.', data: StoreFact });
export const storeUpdated = defineEvent({ type: 'store.updated', summary: 'A store changed.', data: StoreFact });

export const listingPublished = defineEvent({
  type: 'listing.published',
  summary: 'A listing went on sale.',
  data: SearchDocument,
});
export const listingUpdated = defineEvent({
  type: 'listing.updated',
  summary: 'A listing that is on sale changed.',
  data: SearchDocument,
});
export const listingPaused = defineEvent({
  type: 'listing.paused',
  summary: 'A listing left sale: paused, or suspended by an operator (see `state`).',
  data: SearchDocument,
});
export const listingSold = defineEvent({
  type: 'listing.sold',
  summary: 'A listing was marked as sold.',
  data: SearchDocument,
});
export const listingDeleted = defineEvent({
  type: 'listing.deleted',
  summary: 'A listing was deleted.',
  data: SearchDocument,
});

/** Announced when a listing sells out or can be bought again, and when its seller sets the stock; not at every sale. */
export const stockChanged = defineEvent({
  type: 'stock.changed',
  summary: 'A listing sold out, came back, or its seller counted its stock.',
  data: z.object({
    listingId: ListingId,
    storeId: StoreId,
    /** Null: unlimited. */
    freeQuantity: z.int().nullable(),
    isInStock: z.boolean(),
    /** Rises with every change of this listing's stock. */
    stockVersion: z.int(),
  }),
});

export const catalogEvents = [
  storeCreated,
  storeUpdated,
  listingPublished,
  listingUpdated,
  listingPaused,
  listingSold,
  listingDeleted,
  stockChanged,
] as const;
