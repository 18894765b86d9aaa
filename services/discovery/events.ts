import { defineEvent, idSchema, Money } from '@plaza/kernel';
import { z } from 'zod';
import { ActivityKind } from './contract/activity.ts';

/** Entries that one announcement carries. */
export const ENTRIES_MAX = 500;

/** `mem_…`, `vis_…`, or, for a purchase that may be tied to nobody, `ord_…`. */
const ActorId = z.union([idSchema('member'), idSchema('visitor'), idSchema('order')]);

/** Many at once: a marketplace has thousands of these a second. */
export const userActivity = defineEvent({
  type: 'user.activity',
  summary: 'Visitors did things. Each entry is told once, in no order; `id` tells repeats apart.',
  data: z.object({
    entries: z.array(
      z.object({
        id: z.string(),
        actorId: ActorId,
        kind: ActivityKind,
        listingId: idSchema('listing').nullable(),
        query: z.string().nullable(),
        resultCount: z.int().nullable(),
        position: z.int().nullable(),
        occurredTime: z.iso.datetime(),
      }),
    ),
  }),
});

export const activityErased = defineEvent({
  type: 'activity.erased',
  summary: 'Somebody asked to be forgotten: whoever kept what they did forgets it too.',
  data: z.object({ actorId: ActorId }),
});

export const activityImported = defineEvent({
  type: 'activity.imported',
  summary: 'An operator brought past activity in.',
  data: z.object({ imported: z.int() }),
});

/** Public: pages that are open hear of it. */
export const trendsChanged = defineEvent({
  type: 'trends.changed',
  summary: 'A window of five minutes has ended: this is what trended in it, the strongest first.',
  data: z.object({
    windowTime: z.iso.datetime(),
    listingIds: z.array(idSchema('listing')),
    queries: z.array(z.string()),
    categoryIds: z.array(z.string()),
  }),
});

/** Listings of one search that an announcement names; `count` says of how many. */
export const LISTINGS_TOLD_MAX = 10;
/** Searches of one digest. */
export const SEARCHES_TOLD_MAX = 20;

export const savedSearchFound = defineEvent({
  type: 'saved-search.found',
  summary: 'Saved searches of a member found listings that they are to be told of: of one at once, of all once a day.',
  data: z.object({
    memberId: idSchema('member'),
    /** Ends these mails for whoever has it. */
    mailKey: z.guid(),
    delivery: z.enum(['instant', 'daily']),
    searches: z
      .array(
        z.object({
          savedSearchId: idSchema('savedSearch'),
          name: z.string(),
          count: z.int(),
          listings: z
            .array(
              z.object({
                listingId: idSchema('listing'),
                slug: z.string(),
                title: z.string(),
                price: Money,
                /** Of one that costs less than before; null of a new one. */
                priceBefore: Money.nullable(),
              }),
            )
            .max(LISTINGS_TOLD_MAX),
        }),
      )
      .min(1)
      .max(SEARCHES_TOLD_MAX),
  }),
});
export type SavedSearchFound = z.output<(typeof savedSearchFound)['data']>;

export const discoveryEvents = [
  userActivity,
  activityErased,
  activityImported,
  trendsChanged,
  savedSearchFound,
] as const;
