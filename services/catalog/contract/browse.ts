import { LocalizedText, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { CategoryId, Condition, exampleCard, ListingCard, ListingId, ListingKind, StoreId } from './common.ts';
import { exampleListing, Listing } from './listing.ts';

export const ListingSort = z.enum(['newest', 'price_asc', 'price_desc']);
export type ListingSort = z.output<typeof ListingSort>;

/** What `listListings` filters by; search takes the same names. */
export const BrowseFilters = {
  categoryId: CategoryId.optional().meta({ description: 'This category and all below it.' }),
  storeId: StoreId.optional(),
  kind: ListingKind.optional(),
  condition: z.array(Condition).max(20).optional(),
  attribute: z
    .array(z.string().max(300))
    .max(20)
    .optional()
    .meta({
      description:
        'Attribute filters `key:value`; several values of one key mean any of them; numbers take ranges `ram:8..16`, `ram:8..`, `ram:..16`.',
      examples: [['color:red', 'ram:8..16']],
    }),
  priceMinorMin: z.int().min(0).optional(),
  priceMinorMax: z.int().min(0).optional(),
  isInStock: z.boolean().optional().meta({ description: 'True: only what can be bought now.' }),
};

/** How many matching listings each value of a filterable attribute has. */
export const Facet = z
  .object({
    /** An attribute's key, or `condition`. */
    key: z.string(),
    name: LocalizedText,
    values: z.array(
      z.object({
        value: z.string().meta({ description: 'As in the filter: an option, `true`, or a range `8..9`.' }),
        name: LocalizedText,
        count: z.int(),
      }),
    ),
  })
  .meta({ id: 'Facet' });
export type Facet = z.output<typeof Facet>;

export const CategoryNode = z
  .object({
    id: z.string(),
    parentId: z.string().nullable(),
    name: LocalizedText,
    /** Published listings in it and below; a few seconds old. */
    listingCount: z.int(),
  })
  .meta({ id: 'CategoryNode' });

/** What any visitor may read. */
export const browseOperations = {
  listListings: operation({
    summary: 'Published listings by category, attributes, price, condition, store',
    description:
      'With `includeFacets` also counts by attribute value. Unfiltered counts are maintained and exact within seconds; filtered ones are counted over at most 2,000 matches, and `isExact` tells when that was not all.',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/listings' },
    input: z.object({
      ...BrowseFilters,
      sort: ListingSort.default('newest'),
      includeFacets: z.boolean().default(false),
      ...PageQuery,
    }),
    output: pageOf(ListingCard).extend({
      /** Present with `includeFacets`. */
      total: z.int().optional(),
      isExact: z.boolean().optional(),
      facets: z.array(Facet).optional(),
    }),
    errors: [errors.CATEGORY_NOT_FOUND],
    example: {
      input: { categoryId: 'lighting', sort: 'newest', attribute: ['material:brass'], limit: 20 },
      output: { items: [exampleCard], nextCursor: null },
    },
  }),
  getListing: operation({
    summary: 'A published listing by its id or slug, with its variants',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/listings/{listingId}' },
    input: z.object({ listingId: z.string().min(1).max(200).meta({ description: 'The id, or the slug.' }) }),
    output: Listing,
    errors: [errors.LISTING_NOT_FOUND],
    example: { input: { listingId: 'vintage-lamp-4p5q6r7s' }, output: exampleListing },
  }),
  listCategories: operation({
    summary: 'The category tree, parents first, with numbers of published listings',
    access: 'public',
    guestCacheSeconds: 30,
    route: { method: 'GET', path: '/categories' },
    input: z.object({}),
    output: z.object({ items: z.array(CategoryNode) }),
    example: {
      input: {},
      output: { items: [{ id: 'home', parentId: null, name: { en: 'Home' }, listingCount: 12 }] },
    },
  }),
  listSitemapEntries: operation({
    summary: 'Slugs of all published listings, for sitemaps',
    access: 'public',
    guestCacheSeconds: 300,
    route: { method: 'GET', path: '/sitemap-entries' },
    input: z.object({ limit: z.int().min(1).max(10_000).default(1000), cursor: PageQuery.cursor }),
    output: pageOf(
      z.object({
        listingId: ListingId,
        slug: z.string(),
        updatedTime: z.iso.datetime(),
        imageUrl: z.string().nullable(),
      }),
    ),
    example: {
      input: { limit: 1000 },
      output: {
        items: [
          {
            listingId: exampleCard.id,
            slug: exampleCard.slug,
            updatedTime: '2026-11-21T06:00:00.000Z',
            imageUrl: null,
          },
        ],
        nextCursor: null,
      },
    },
  }),
};
