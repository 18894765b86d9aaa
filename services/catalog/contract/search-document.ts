import { idSchema, operation, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { Attributes, exampleCard, ListingCard, ListingId, ListingState, MemberId, StoreId } from './common.ts';

/**
 * Everything the search index holds about a listing. Carried by listing events, so that search never asks back.
 * Apply it only if `version` is higher than the one you hold.
 */
export const SearchDocument = ListingCard.extend({
  state: ListingState,
  version: z.int(),
  /** Plain text, at most 5,000 characters. */
  description: z.string(),
  /** Category ids from the root to its own. */
  categoryPath: z.array(z.string()),
  attributes: Attributes,
  tags: z.array(z.string()),
  skus: z.array(z.string()),
  externalId: z.string().nullable(),
  isInStock: z.boolean(),
  /** Orders stock news: `stock.changed` carries it too. */
  stockVersion: z.int(),
  isOfferAllowed: z.boolean(),
  sellerMemberId: MemberId,
  /** Its pictures, the first first. */
  imageAssetIds: z.array(idSchema('asset')).default([]),
  updatedTime: z.iso.datetime(),
}).meta({ id: 'SearchDocument' });
export type SearchDocument = z.output<typeof SearchDocument>;

export const exampleDocument: z.input<typeof SearchDocument> = {
  ...exampleCard,
  state: 'published',
  version: 3,
  description: 'Brass, 1960s, works.',
  categoryPath: ['home', 'lighting'],
  attributes: { material: 'brass' },
  tags: ['lamp'],
  skus: ['LAMP-1'],
  externalId: null,
  isInStock: true,
  stockVersion: 1,
  isOfferAllowed: true,
  sellerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
  imageAssetIds: ['ast_01k9w6x8f0e5rbq2m3n4p5q6r7'],
  updatedTime: '2026-11-21T06:00:00.000Z',
};

export const exportOperations = {
  exportSearchDocuments: operation({
    summary:
      'All published listings as search documents, page by page, to rebuild an index; or a store’s, or those of these ids',
    access: 'service',
    input: z.object({
      limit: z.int().min(1).max(1000).default(500),
      cursor: z.string().max(500).optional(),
      storeId: StoreId.optional(),
      listingIds: z.array(ListingId).max(1000).optional(),
    }),
    output: pageOf(SearchDocument),
    example: { input: { limit: 500 }, output: { items: [exampleDocument], nextCursor: null } },
  }),
};
