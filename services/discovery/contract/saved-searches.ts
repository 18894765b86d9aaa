import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { searchContract } from '@plaza/search/contract';
import { z } from 'zod';
import { errors } from '../errors.ts';

export const SavedSearchId = idSchema('savedSearch');

/** What is told of a listing that a saved search finds: that it is new, or that it costs less than before. */
export const AlertKind = z.enum(['new', 'price_drop']);
export type AlertKind = z.output<typeof AlertKind>;

/**
 * How it is told: by mail at once (one mail a search in five minutes), by one mail a day at eight in the morning of the
 * marketplace's time zone, or only on the page of saved searches.
 */
export const AlertDelivery = z.enum(['instant', 'daily', 'none']);
export type AlertDelivery = z.output<typeof AlertDelivery>;

/** Words and filters, as `searchListings` takes them. */
export const SavedQuery = searchContract.searchListings.input
  .omit({ sort: true, limit: true, cursor: true })
  .meta({ id: 'SavedQuery' });
export type SavedQuery = z.output<typeof SavedQuery>;

const Name = z.string().trim().min(1).max(120);
const Alerts = z.array(AlertKind).max(2);

export const SavedSearch = z
  .object({
    id: SavedSearchId,
    name: z.string(),
    search: SavedQuery,
    alerts: z.array(AlertKind),
    delivery: AlertDelivery,
    /** Listings found since its member last looked, that can still be bought; counted up to 100. */
    newCount: z.int(),
    createdTime: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.output<typeof SavedSearch>;

const id = 'svs_01k9w6x8f0e5rbq2m3n4p5q6r7';
const search: z.input<typeof SavedQuery> = { q: 'brass lamp', condition: ['good'], priceMinorMax: 5000 };
const example: z.input<typeof SavedSearch> = {
  id,
  name: 'brass lamp · Good · ≤ $50.00',
  search,
  alerts: ['new', 'price_drop'],
  delivery: 'daily',
  newCount: 2,
  createdTime: '2026-11-22T08:00:00.000Z',
  version: 1,
};

/** Searches that a member keeps, and is told of what they find. */
export const savedSearchOperations = {
  createSavedSearch: operation({
    summary: 'Saves a search, to be told of new listings that it finds and of prices that drop',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/saved-searches' },
    input: z.object({
      search: SavedQuery,
      name: Name.optional().meta({ description: 'Absent: the search in words.' }),
      alerts: Alerts.default(['new', 'price_drop']),
      delivery: AlertDelivery.default('daily'),
    }),
    output: SavedSearch,
    errors: [errors.SEARCH_ALREADY_SAVED, errors.SAVED_SEARCH_LIMIT_REACHED],
    example: { input: { search }, output: { ...example, newCount: 0 } },
  }),
  listSavedSearches: operation({
    summary: 'Your saved searches, newest first, with how much is new in each',
    access: 'member',
    route: { method: 'GET', path: '/saved-searches' },
    input: z.object({ ...PageQuery }),
    output: pageOf(SavedSearch),
    example: { input: { limit: 20 }, output: { items: [example], nextCursor: null } },
  }),
  updateSavedSearch: operation({
    summary: 'Changes the name of a saved search, or what you are told of it, and how',
    access: 'member',
    idempotent: true,
    route: { method: 'PATCH', path: '/saved-searches/{savedSearchId}' },
    input: z.object({
      savedSearchId: SavedSearchId,
      name: Name.optional(),
      alerts: Alerts.optional(),
      delivery: AlertDelivery.optional(),
      expectedVersion: z.int().optional(),
    }),
    output: SavedSearch,
    errors: [errors.SAVED_SEARCH_NOT_FOUND],
    example: {
      input: { savedSearchId: id, delivery: 'instant' },
      output: { ...example, delivery: 'instant', version: 2 },
    },
  }),
  markSavedSearchSeen: operation({
    summary: 'Counts what a saved search has found so far as seen',
    access: 'member',
    idempotent: true,
    route: { method: 'PUT', path: '/saved-searches/{savedSearchId}/seen' },
    input: z.object({ savedSearchId: SavedSearchId }),
    output: SavedSearch,
    errors: [errors.SAVED_SEARCH_NOT_FOUND],
    example: { input: { savedSearchId: id }, output: { ...example, newCount: 0 } },
  }),
  deleteSavedSearch: operation({
    summary: 'Deletes a saved search and what it found',
    access: 'member',
    idempotent: true,
    route: { method: 'DELETE', path: '/saved-searches/{savedSearchId}' },
    input: z.object({ savedSearchId: SavedSearchId }),
    output: z.object({ isDone: z.literal(true) }),
    errors: [errors.SAVED_SEARCH_NOT_FOUND],
    example: { input: { savedSearchId: id }, output: { isDone: true } },
  }),
  stopSearchAlerts: operation({
    summary: 'Ends the mails of one saved search, or of all of a member, by the key that stands in these mails',
    description: 'Nobody need be signed in. The searches stay, and go on finding. An unknown key ends nothing.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/saved-searches/mail-stops/{mailKey}', status: 200 },
    input: z.object({ mailKey: z.guid(), savedSearchId: SavedSearchId.optional() }),
    output: z.object({ stopped: z.int() }),
    example: {
      input: { mailKey: '5a0b9a3e-6f4c-4a53-8a63-8b1fd4f9a3c2', savedSearchId: id },
      output: { stopped: 1 },
    },
  }),
};
