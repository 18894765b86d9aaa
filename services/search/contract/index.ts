import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';

const Count = z.int().min(0);

/** What came of comparing the index with the catalog. What differed was mended by the same check. */
export const IndexCheck = z
  .object({
    startedTime: z.iso.datetime(),
    completedTime: z.iso.datetime(),
    /** Listings on sale that were looked up in the index. */
    listingCount: Count,
    /** On sale, and could not be found. */
    missing: Count,
    /** Found as they, or their stock, were before. */
    outdated: Count,
    /** Shown, though no longer on sale. */
    extra: Count,
    /** Some of those that differed. */
    listingIds: z.array(idSchema('listing')),
  })
  .meta({ id: 'IndexCheck' });
export type IndexCheck = z.output<typeof IndexCheck>;

const example: z.input<typeof IndexCheck> = {
  startedTime: '2026-11-22T03:00:00.000Z',
  completedTime: '2026-11-22T03:00:02.000Z',
  listingCount: 1200,
  missing: 1,
  outdated: 0,
  extra: 0,
  listingIds: ['lst_01k9w6x8f0e5rbq2m3n4p5q6r7'],
};

/** Whether the index has what the catalog has. */
export const indexOperations = {
  checkSearchIndex: operation({
    summary: 'Compares the index with the catalog, listing by listing, and mends what differs',
    description:
      'Listings changed within the last minute are left to their own events. It also runs by itself, a few times a day.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/search-index-checks' },
    input: z.object({}),
    output: IndexCheck,
    example: { input: {}, output: example },
  }),
  getSearchIndexCheck: operation({
    summary: 'The last comparison of the index with the catalog; null before the first',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/search-index-checks/last' },
    input: z.object({}),
    output: z.object({ check: IndexCheck.nullable() }),
    example: { input: {}, output: { check: example } },
  }),
};
