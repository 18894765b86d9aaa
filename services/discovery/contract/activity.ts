import { ListingId, MemberId } from '@plaza/catalog/contract';
import { operation } from '@plaza/kernel';
import { z } from 'zod';

/** What a visitor did. `purchase` comes from paid orders alone, never from a caller. */
export const ActivityKind = z.enum(['view', 'search', 'click', 'favorite', 'cart', 'chat', 'purchase']);
export type ActivityKind = z.output<typeof ActivityKind>;

/** Events that one request may bring. */
export const EVENTS_MAX = 200;
/** Rows that one request of an operator may import. */
export const ROWS_MAX = 5_000;

const SearchedQuery = z.string().trim().min(1).max(300);

/** One thing a visitor did, as their device tells it. */
export const ActivityEvent = z
  .object({
    id: z.uuid().meta({ description: 'Made by the sender. An event sent again under its id counts once.' }),
    kind: ActivityKind.exclude(['purchase']),
    listingId: ListingId.optional().meta({ description: 'Needed for everything but a search.' }),
    query: SearchedQuery.optional().meta({ description: 'What was searched for; of a click, what led to it.' }),
    resultCount: z.int().min(0).max(1_000_000_000).optional().meta({ description: 'How many results a search had.' }),
    position: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .meta({ description: 'Where in a list the click was; the first is 1.' }),
    offsetMs: z
      .int()
      .min(0)
      .max(86_400_000)
      .default(0)
      .meta({ description: 'How long before the request it happened. The time itself is the server’s.' }),
  })
  .refine(({ kind, query }) => kind !== 'search' || query !== undefined, { path: ['query'], error: 'is missing' })
  .refine(({ kind, listingId }) => kind === 'search' || listingId !== undefined, {
    path: ['listingId'],
    error: 'is missing',
  });
export type ActivityEvent = z.output<typeof ActivityEvent>;

/** Why nothing was kept: nobody agreed, the browser asks not to be followed, a program reads the site, or too much at once. */
export const IgnoredBecause = z.enum(['no-consent', 'privacy-signal', 'automated', 'too-many']);
export type IgnoredBecause = z.output<typeof IgnoredBecause>;

export const ActivityConsent = z
  .object({
    choice: z.enum(['unset', 'allowed', 'refused']),
    updatedTime: z.iso.datetime().nullable(),
    /** For how long what a member did is kept. */
    keptDays: z.int(),
  })
  .meta({ id: 'ActivityConsent' });
export type ActivityConsent = z.output<typeof ActivityConsent>;

/** One row of a log from elsewhere. */
export const PastActivity = z.object({
  userId: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'A member’s id, or whatever the log calls its users; `GET /feed?userId=` takes the same.' }),
  kind: ActivityKind.default('view'),
  listingId: ListingId.optional(),
  externalId: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Of the listing, when its id is not known.' }),
  query: SearchedQuery.optional(),
  time: z.iso.datetime({ offset: true }),
});
export type PastActivity = z.output<typeof PastActivity>;

const ImportOutcome = z.object({
  imported: z.int(),
  /** Rows that were there already: the same user, thing, kind and time. */
  known: z.int(),
  /** Rows about listings that are not there, or in the future. */
  refused: z.int(),
  /** The first hundred of them, the first row being 1. */
  mistakes: z.array(z.object({ row: z.int(), reason: z.enum(['unknown-listing', 'in-the-future', 'unreadable']) })),
});
export type ImportOutcome = z.output<typeof ImportOutcome>;

const exampleListingId = 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7';
const exampleConsent: z.input<typeof ActivityConsent> = {
  choice: 'allowed',
  updatedTime: '2026-11-21T06:00:00.000Z',
  keptDays: 180,
};
const exampleOutcome: z.input<typeof ImportOutcome> = { imported: 1, known: 0, refused: 0, mistakes: [] };

/** What visitors do, kept with their agreement. */
export const activityOperations = {
  recordActivity: operation({
    summary: 'Records what a visitor did: views, searches, clicks, favorites, carts, chats',
    description:
      'A guest is recorded only under a visitor’s id, which they agreed to; a member unless they refused. Nothing is recorded of a browser that asks not to be followed, or of a crawler. Purchases come from orders.',
    access: 'public',
    idempotent: true,
    readsVisit: true,
    route: { method: 'POST', path: '/activity', status: 202 },
    input: z.object({ events: z.array(ActivityEvent).min(1).max(EVENTS_MAX) }),
    output: z.object({ accepted: z.int(), ignored: z.int(), ignoredBecause: IgnoredBecause.nullable() }),
    example: {
      input: {
        events: [
          { id: '0b8f1ad2-5c0c-4d34-9d0c-3c1f7a3f0b11', kind: 'search', query: 'brass lamp', resultCount: 12 },
          {
            id: '5a0b9a3e-6f4c-4a53-8a63-8b1fd4f9a3c2',
            kind: 'click',
            listingId: exampleListingId,
            query: 'brass lamp',
            position: 2,
            offsetMs: 1500,
          },
        ],
      },
      output: { accepted: 2, ignored: 0, ignoredBecause: null },
    },
  }),
  eraseMyActivity: operation({
    summary: 'Forgets everything you did here: a member, a visitor, or both',
    access: 'public',
    idempotent: true,
    readsVisit: true,
    route: { method: 'DELETE', path: '/activity' },
    input: z.object({}),
    output: z.object({ erased: z.int() }),
    example: { input: {}, output: { erased: 42 } },
  }),
  keepMyActivity: operation({
    summary: 'Brings along, after signing in, what this browser’s visitor did before',
    description:
      'From then on it is the member’s. Nothing happens where the member refused to be remembered, or the browser asks not to be followed.',
    access: 'member',
    idempotent: true,
    readsVisit: true,
    route: { method: 'POST', path: '/activity/joins', status: 200 },
    input: z.object({}),
    output: z.object({ kept: z.int() }),
    example: { input: {}, output: { kept: 12 } },
  }),
  eraseMemberActivity: operation({
    summary: 'Forgets everything a member did, and the searches they saved, at their request',
    access: ['admin'],
    idempotent: true,
    route: { method: 'DELETE', path: '/admin/members/{memberId}/activity' },
    input: z.object({ memberId: MemberId }),
    output: z.object({ erased: z.int() }),
    example: { input: { memberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7' }, output: { erased: 42 } },
  }),
  getActivityConsent: operation({
    summary: 'Whether you agreed that what you do here is remembered for suggestions',
    access: 'member',
    route: { method: 'GET', path: '/members/me/activity-consent' },
    input: z.object({}),
    output: ActivityConsent,
    example: { input: {}, output: exampleConsent },
  }),
  setActivityConsent: operation({
    summary: 'Agrees, or refuses, that what you do here is remembered for suggestions',
    access: 'member',
    idempotent: true,
    route: { method: 'PUT', path: '/members/me/activity-consent' },
    input: z.object({ isAllowed: z.boolean() }),
    output: ActivityConsent,
    example: { input: { isAllowed: true }, output: exampleConsent },
  }),
  importActivity: operation({
    summary: 'Imports past activity with its times',
    description: 'The same row imported again counts once. `plaza import-activity` takes files of any length.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/activity', status: 200 },
    input: z.object({ rows: z.array(PastActivity).min(1).max(ROWS_MAX) }),
    output: ImportOutcome,
    example: {
      input: {
        rows: [{ userId: 'u-17', externalId: 'SKU-1', kind: 'view', time: '2026-10-01T12:00:00Z' }],
      },
      output: exampleOutcome,
    },
  }),
  importActivityFile: operation({
    summary: 'Imports a CSV or NDJSON file of past activity from this machine',
    access: 'service',
    input: z.object({ path: z.string() }),
    output: ImportOutcome,
    example: { input: { path: '/srv/log.csv' }, output: exampleOutcome },
  }),
};
