import { idSchema, operation } from '@plaza/kernel';
import { StopWords, Synonyms } from '@plaza/kernel/marketplace';
import { z } from 'zod';

const ListingId = idSchema('listing');

/** They go to the engine with every search. */
const BOOSTS_MAX = 200;

const Curation = z.object({
  query: z.string().trim().min(1).max(200),
  /** Shown first, in this order, to whom asks this without filters. */
  pinnedListingIds: z.array(ListingId).max(10),
  hiddenListingIds: z.array(ListingId).max(50),
});

const Boost = z.object({
  /** A listing, or a store: then all of its listings. */
  subjectId: z.union([idSchema('store'), ListingId]),
  percent: z.int().min(1).max(100).meta({
    description: 'Which part of the way up to `signalCapPercent` its hits are lifted; 100 is all of it.',
  }),
  /** When it ends by itself; null: when it is taken out. */
  untilTime: z.iso.datetime().nullable(),
});

const Percent = (most: number) => z.int().min(0).max(most);

/** How hits are ordered besides how well they fit. */
export const RankingSettings = z
  .object({
    signalCapPercent: Percent(20).meta({
      description: 'By how much completeness, freshness, nearness and stars may raise or lower a hit’s score at most.',
    }),
    completenessPercent: Percent(100).meta({
      description: 'How much a picture, a description and attributes say, beside freshness.',
    }),
    freshnessPercent: Percent(100).meta({ description: 'How much a late publication says; half of it after 30 days.' }),
    nearnessPercent: Percent(100).default(100).meta({
      description: 'How much nearness says where `near` is given; half of it at 20 km.',
    }),
    ratingPercent: Percent(100).default(50).meta({
      description:
        'How much the stars of buyers say, beside the others. A listing without reviews begins with its store’s; without any it is as it was.',
    }),
    titlePercent: Percent(200).meta({
      description: 'What words in the title count against otherwise (100), with the built-in weights.',
    }),
    categoryPercent: Percent(200).meta({ description: 'As `titlePercent`, for the category of the best hits.' }),
  })
  .meta({ id: 'RankingSettings' });
export type RankingSettings = z.output<typeof RankingSettings>;

/** What a marketplace begins with. The cap is small: it decides between hits that fit alike. */
export const DEFAULT_RANKING: RankingSettings = {
  signalCapPercent: 3,
  completenessPercent: 100,
  freshnessPercent: 50,
  nearnessPercent: 100,
  ratingPercent: 50,
  titlePercent: 100,
  categoryPercent: 100,
};

/** What the operators of a marketplace say of words and queries. */
export const SearchRules = z
  .object({
    synonyms: Synonyms,
    stopWords: StopWords,
    curations: z.array(Curation).max(500),
    ranking: RankingSettings,
    boosts: z.array(Boost).max(BOOSTS_MAX),
    version: z.int(),
  })
  .meta({ id: 'SearchRules' });
export type SearchRules = z.output<typeof SearchRules>;

const example: z.input<typeof SearchRules> = {
  synonyms: [['couch', 'sofa', 'settee']],
  stopWords: ['authentic'],
  curations: [{ query: 'gift', pinnedListingIds: ['lst_01k9w6x8f0e5rbq2m3n4p5q6r7'], hiddenListingIds: [] }],
  ranking: DEFAULT_RANKING,
  boosts: [{ subjectId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7', percent: 50, untilTime: '2026-12-24T00:00:00.000Z' }],
  version: 2,
};

/** Words and results by hand. */
export const ruleOperations = {
  getSearchRules: operation({
    summary:
      'Synonyms, stop words, curated results, ranking and boosts of the marketplace; version 0 before any were written',
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
      ranking: RankingSettings.optional(),
      boosts: z.array(Boost).max(BOOSTS_MAX).optional(),
      expectedVersion: z.int().optional(),
    }),
    output: SearchRules,
    example: { input: { synonyms: example.synonyms, expectedVersion: 1 }, output: example },
  }),
};
