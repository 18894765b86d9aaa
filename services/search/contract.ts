import { exampleCard, Facet, ListingCard } from '@plaza/catalog/contract';
import { LocalizedText, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { indexOperations } from './contract/index.ts';
import { judgementOperations } from './contract/judgements.ts';
import { matchingOperations, SearchFilters } from './contract/matching.ts';
import { meaningOperations } from './contract/meaning.ts';
import { ruleOperations } from './contract/rules.ts';
import { visualOperations } from './contract/visual.ts';

export { IndexCheck } from './contract/index.ts';
export type { JudgedQuery, JudgedResults } from './contract/judgements.ts';
export { RelevanceMeasure } from './contract/judgements.ts';
export { MATCHED_LISTINGS_MAX, MATCHED_SEARCHES_MAX, SearchedFor } from './contract/matching.ts';
export { SearchRules } from './contract/rules.ts';
export { LookMatch } from './contract/visual.ts';

export const SearchSort = z.enum(['relevance', 'newest', 'price_asc', 'price_desc', 'distance', 'rating']);
export type SearchSort = z.output<typeof SearchSort>;

/** What someone typed. Any text is a query; nothing in it is syntax. */
const QueryText = z.string().max(300);

/** A listing as search results show it. */
export const SearchHit = ListingCard.extend({
  externalId: z.string().nullable(),
  isInStock: z.boolean(),
  /** Whole kilometers from `near`, at least one; null without `near`, or where nobody knows. */
  distanceKm: z.int().nullable(),
  /** Whether operators lift it among hits that fit alike (`boosts` of the search rules), which its buyers are told. */
  isBoosted: z.boolean().default(false),
  /** What buyers say of it in stars; null where nobody did. */
  rating: z.object({ mean: z.number(), count: z.int() }).nullable().default(null),
  /** Where the title has what was searched for, in UTF-16 code units, `end` not included. */
  titleMatches: z.array(z.object({ start: z.int(), end: z.int() })),
}).meta({ id: 'SearchHit' });
export type SearchHit = z.output<typeof SearchHit>;
/** A hit as the index has it. */
export type IndexedHit = Omit<SearchHit, 'titleMatches' | 'distanceKm' | 'isBoosted'>;

const CategoryName = z.object({ id: z.string(), name: LocalizedText });

const exampleHit: z.input<typeof SearchHit> = {
  ...exampleCard,
  externalId: null,
  isInStock: true,
  distanceKm: null,
  titleMatches: [],
};

/** Finding listings by words. */
export const searchContract = {
  searchListings: operation({
    summary: 'Listings that match words and filters, best first',
    description:
      'Any word may match; the rarer the matching words, the better the hit. With words in quotes hits must have all words, and those that have them together come first. The last word also matches as a beginning, an unknown word as its nearest known spelling (then `correctedQuery` says so). Sorted by `distance`, which needs `near`, the nearest come first, and last what says nowhere where it is; by `rating`, the best rated, by a mean that believes many reviews more than one, then those with more reviews, and last what nobody reviewed. Counts of a facet leave out the filter on that facet itself, so that they tell what another choice would find.',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/search' },
    input: z.object({
      q: QueryText.optional().meta({ description: 'Words. Absent: everything.', examples: ['brass lamp'] }),
      ...SearchFilters,
      sort: SearchSort.default('relevance'),
      ...PageQuery,
    }),
    output: pageOf(SearchHit).extend({
      total: z.int(),
      /** Lowest and highest price among all hits, whatever the price filter; null without hits. */
      priceRange: z.object({ minimumMinor: z.int(), maximumMinor: z.int() }).nullable(),
      /** Facets `category`, `rating` (so many stars and up), `condition` and the filterable attributes, at most 20 values each. */
      facets: z.array(Facet),
      /**
       * When no listing has the words: what the hits are close to them in. `meaning` is a model's, `letters` only tells that
       * words are spelled alike. Null: these are hits by words.
       */
      closeBy: z.enum(['meaning', 'letters']).nullable(),
      correctedQuery: z.string().nullable(),
      /** Words of the query that no listing has. */
      unknownWords: z.array(z.string()),
      /** When nothing has the words: what would be without filters, and categories whose names look like the query. */
      help: z.object({ totalWithoutFilters: z.int(), categories: z.array(CategoryName) }).nullable(),
    }),
    example: {
      input: { q: 'brass lamp', limit: 20 },
      output: {
        items: [exampleHit],
        nextCursor: null,
        total: 1,
        priceRange: { minimumMinor: 4500, maximumMinor: 4500 },
        facets: [
          { key: 'condition', name: { en: 'Condition' }, values: [{ value: 'good', name: { en: 'Good' }, count: 1 }] },
        ],
        closeBy: null,
        correctedQuery: null,
        unknownWords: [],
        help: null,
      },
    },
  }),
  suggest: operation({
    summary: 'Completions of what someone is typing: words, listings, categories and stores',
    access: 'public',
    guestCacheSeconds: 15,
    route: { method: 'GET', path: '/search/suggestions' },
    input: z.object({ q: QueryText, limit: z.int().min(1).max(10).default(6) }),
    output: z.object({
      queries: z.array(z.string()),
      listings: z.array(SearchHit.pick({ id: true, slug: true, title: true, price: true, imageUrl: true })),
      categories: z.array(CategoryName),
      stores: z.array(z.object({ slug: z.string(), name: z.string() })),
    }),
    example: {
      input: { q: 'bras' },
      output: {
        queries: ['brass'],
        categories: [],
        stores: [],
        listings: [
          {
            id: exampleCard.id,
            slug: exampleCard.slug,
            title: exampleCard.title,
            price: exampleCard.price,
            imageUrl: null,
          },
        ],
      },
    },
  }),
  ...ruleOperations,
  ...meaningOperations,
  ...matchingOperations,
  ...indexOperations,
  ...judgementOperations,
  ...visualOperations,
  rebuildSearchIndex: operation({
    summary: 'Reads every published listing from the catalog again; searching goes on meanwhile',
    access: 'service',
    input: z.object({}),
    output: z.object({ documentCount: z.int() }),
    example: { input: {}, output: { documentCount: 1200 } },
  }),
};
