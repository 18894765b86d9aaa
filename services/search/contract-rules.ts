import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';

const Expression = z.string().trim().min(1).max(60);
const ListingId = idSchema('listing');

const Synonyms = z.array(z.array(Expression).min(2).max(10)).max(500).meta({
  description:
    'Words that mean the same. An expression of several words is understood in a query and stands for the single words beside it.',
});
const StopWords = z
  .array(Expression)
  .max(300)
  .meta({ description: 'Words that say nothing here, beside the usual ones.' });
const Curation = z.object({
  query: z.string().trim().min(1).max(200),
  /** Shown first, in this order, to whom asks this without filters. */
  pinnedListingIds: z.array(ListingId).max(10),
  hiddenListingIds: z.array(ListingId).max(50),
});

/** What the operators of a marketplace say of words and queries. */
export const SearchRules = z
  .object({
    synonyms: Synonyms,
    stopWords: StopWords,
    curations: z.array(Curation).max(500),
    version: z.int(),
  })
  .meta({ id: 'SearchRules' });
export type SearchRules = z.output<typeof SearchRules>;

const example: z.input<typeof SearchRules> = {
  synonyms: [['couch', 'sofa', 'settee']],
  stopWords: ['authentic'],
  curations: [{ query: 'gift', pinnedListingIds: ['lst_01k9w6x8f0e5rbq2m3n4p5q6r7'], hiddenListingIds: [] }],
  version: 2,
};

/** Words and results by hand. */
export const ruleOperations = {
  getSearchRules: operation({
    summary: 'Synonyms, stop words and curated results of the marketplace; version 0 before any were written',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/search-rules' },
    input: z.object({}),
    output: SearchRules,
    example: { input: {}, output: example },
  }),
  updateSearchRules: operation({
    summary: 'Replaces the parts that are given; in effect within seconds, for the next search',
    access: ['admin'],
    idempotent: true,
    route: { method: 'PATCH', path: '/admin/search-rules' },
    input: z.object({
      synonyms: Synonyms.optional(),
      stopWords: StopWords.optional(),
      curations: z.array(Curation).max(500).optional(),
      expectedVersion: z.int().optional(),
    }),
    output: SearchRules,
    example: { input: { synonyms: example.synonyms, expectedVersion: 1 }, output: example },
  }),
};
