import { exampleCard, ListingCard } from '@plaza/catalog/contract';
import { operation } from '@plaza/kernel';
import { z } from 'zod';

const Measure = {
  /** Different people in its window of five minutes. */
  people: z.int(),
  /** How many there were in one before, on average. */
  usual: z.number(),
};

/** What trends. */
export const trendOperations = {
  getTrends: operation({
    summary:
      'What trends: listings, searches and categories that far more people than usual deal with, of the last hour',
    description:
      'Counted in windows of five minutes against what is usual for each thing; people, not events, so that nobody makes a trend alone. Pages hear of a new window over Socket.IO at `/realtime`, event `trends.changed`.',
    access: 'public',
    guestCacheSeconds: 2,
    route: { method: 'GET', path: '/trends' },
    input: z.object({
      area: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'A region: what trends there. Searches are of everywhere.' }),
      limit: z.int().min(1).max(50).default(10),
    }),
    output: z.object({
      /** When the newest window that had a trend began; null without any. */
      windowTime: z.iso.datetime().nullable(),
      listings: z.array(z.object({ listing: ListingCard, ...Measure })),
      searches: z.array(z.object({ query: z.string(), ...Measure })),
      categories: z.array(z.object({ categoryId: z.string(), ...Measure })),
    }),
    example: {
      input: { limit: 10 },
      output: {
        windowTime: '2026-11-21T06:00:00.000Z',
        listings: [{ listing: exampleCard, people: 40, usual: 3.2 }],
        searches: [{ query: 'brass lamp', people: 25, usual: 1.5 }],
        categories: [{ categoryId: 'lighting', people: 61, usual: 20.4 }],
      },
    },
  }),
};
