import { BrowseFilters, ListingId } from '@plaza/catalog/contract';
import { operation } from '@plaza/kernel';
import { z } from 'zod';

/** Listings and searches of one call. */
export const MATCHED_LISTINGS_MAX = 200;
export const MATCHED_SEARCHES_MAX = 100;

const exampleListing = 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7';

/** What search filters by: what the catalog does, versions, and where things are. */
export const SearchFilters = {
  ...BrowseFilters,
  ratingMin: z.int().min(1).max(5).optional().meta({ description: 'So many stars and up, as their buyers say.' }),
  worksWith: z
    .string()
    .trim()
    .max(60)
    .optional()
    .meta({
      description: 'A program and a version: only what says that it works with it, where listings say such things.',
      examples: ['Unity 2022.3'],
    }),
  near: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .meta({
      description:
        'Where from distances are told: a place of the marketplace, or latitude and longitude, which count to two decimals.',
      examples: ['13.75,100.50'],
    }),
  withinKm: z.int().min(1).max(500).optional().meta({
    description: 'Only what is so near, in kilometers. Needs `near`. What says nowhere where it is, is left out.',
  }),
};

/** What somebody searches for, but for the page of it. */
export const SearchedFor = z.object({ q: z.string().max(300).optional(), ...SearchFilters });
export type SearchedFor = z.output<typeof SearchedFor>;

/** For searches that are saved: which of a few listings each would find. */
export const matchingOperations = {
  getIndexedVersions: operation({
    summary: 'The versions of listings that can be searched, of those that left sale too; what is unknown is left out',
    access: 'service',
    input: z.object({ listingIds: z.array(ListingId).max(MATCHED_LISTINGS_MAX) }),
    output: z.object({ items: z.array(z.object({ listingId: ListingId, version: z.int() })) }),
    example: {
      input: { listingIds: [exampleListing] },
      output: { items: [{ listingId: exampleListing, version: 3 }] },
    },
  }),
  matchListings: operation({
    summary: 'Which of these listings each of these searches finds, among everything that is on sale',
    description:
      'A filter that the marketplace does not have any more finds nothing. Costs a search each, so ask of many listings at once.',
    access: 'service',
    input: z.object({
      listingIds: z.array(ListingId).min(1).max(MATCHED_LISTINGS_MAX),
      searches: z.array(SearchedFor).max(MATCHED_SEARCHES_MAX),
    }),
    output: z.object({ items: z.array(z.object({ listingIds: z.array(ListingId) })) }),
    example: {
      input: { listingIds: [exampleListing], searches: [{ q: 'brass lamp' }, { q: 'bicycle' }] },
      output: { items: [{ listingIds: [exampleListing] }, { listingIds: [] }] },
    },
  }),
};
