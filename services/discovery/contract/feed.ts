import { exampleCard, ListingCard, ListingId } from '@plaza/catalog/contract';
import { operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

/**
 * Why something is suggested: it goes with what was looked at (`related`), is of a store that was bought from or nearly so,
 * is near, reads like what was looked at, is popular now, or is new.
 */
export const ReasonCode = z.enum(['related', 'store', 'nearby', 'similar', 'popular', 'fresh']);
export type ReasonCode = z.output<typeof ReasonCode>;

export const FeedItem = z
  .object({
    /** With what another system calls it, so that suggestions can be compared with a log of elsewhere. */
    listing: ListingCard.extend({ externalId: z.string().nullable() }),
    reason: z.object({
      code: ReasonCode,
      /** What it goes with, or reads like; null for the other reasons. */
      because: z.object({ id: ListingId, slug: z.string(), title: z.string() }).nullable(),
    }),
  })
  .meta({ id: 'FeedItem' });
export type FeedItem = z.output<typeof FeedItem>;

/** Listings of a row beside another listing. */
const RowLimit = z.int().min(1).max(40).default(10);
const Beside = z.object({ listingId: ListingId, limit: RowLimit });
const Row = z.object({ items: z.array(ListingCard) });

/** A row of listings that go with one. Nobody's own: guests are answered from memory. */
function beside(summary: string, path: string) {
  return operation({
    summary,
    access: 'public',
    guestCacheSeconds: 30,
    route: { method: 'GET', path: `/listings/{listingId}/${path}` },
    input: Beside,
    output: Row,
    errors: [errors.LISTING_NOT_FOUND],
    example: { input: { listingId: exampleCard.id, limit: 10 }, output: { items: [exampleCard] } },
  });
}

/** Suggestions. */
export const feedOperations = {
  getFeed: operation({
    summary: 'Listings for this visitor, best first, each with the reason why',
    description:
      'Leaves out what they bought, dismissed, or have just seen. Somebody who is not known gets what is popular and new. `explore=off` asks plainly, for measurement: no exploration, no caps, nothing for freshness.',
    access: 'public',
    readsVisit: true,
    route: { method: 'GET', path: '/feed' },
    input: z.object({
      ...PageQuery,
      // It names what was shown.
      cursor: z.string().max(2_500).optional().meta({ description: PageQuery.cursor.meta()?.description }),
      explore: z.enum(['on', 'off']).default('on'),
      userId: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'For admins: the feed of this user, as the imported log calls them.' }),
    }),
    output: pageOf(FeedItem),
    example: {
      input: { limit: 20 },
      output: {
        items: [{ listing: { ...exampleCard, externalId: null }, reason: { code: 'popular', because: null } }],
        nextCursor: null,
      },
    },
  }),
  dismissListing: operation({
    summary: 'Never suggests this listing to you again',
    access: 'public',
    idempotent: true,
    readsVisit: true,
    route: { method: 'POST', path: '/feed/dismissals' },
    input: z.object({ listingId: ListingId }),
    output: z.object({ listingId: ListingId }),
    errors: [errors.LISTING_NOT_FOUND, errors.VISITOR_UNKNOWN],
    example: { input: { listingId: exampleCard.id }, output: { listingId: exampleCard.id } },
  }),
  listRecentlyViewed: operation({
    summary: 'What you looked at last and can still be bought',
    access: 'public',
    readsVisit: true,
    route: { method: 'GET', path: '/feed/recently-viewed' },
    input: z.object({ limit: RowLimit }),
    output: Row,
    example: { input: { limit: 10 }, output: { items: [exampleCard] } },
  }),
  listSimilar: beside('Listings that people look at beside this one, or that read like it', 'similar'),
  listBoughtTogether: beside('Listings that were bought with this one', 'bought-together'),
  listSet: beside('What completes a set with this: of the same store and kind, bought or seen with it first', 'set'),
};
