import { Actor, idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import type { publicSettings } from '@plaza/kernel/marketplace';
import { z } from 'zod';

/** What can be asked by its id what it is called. */
const NAMED = ['member', 'store', 'coupon', 'payment', 'refund'] as const;

/** One accountable act, linked to the one before it by hash. */
export const AuditEntry = z
  .object({
    id: idSchema('audit'),
    sequence: z.int(),
    action: z.string(),
    subject: z.string(),
    actor: Actor,
    details: z.record(z.string(), z.unknown()),
    time: z.iso.datetime(),
    /** SHA-256 over the entry and the hash before it, in hexadecimal. */
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.output<typeof AuditEntry>;

const MarketplaceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be the id of a marketplace');
const Locale = z
  .string()
  .regex(/^[a-z]{2}$/, 'must be a two-letter language code')
  .optional();

/** What anyone may know of a marketplace: its address, words, look, categories and rules, in one language. */
const PublicMarketplace = z.looseObject({
  id: z.string(),
  url: z.url().describe('Where people reach it, without a trailing slash.'),
  name: z.string(),
  tagline: z.string(),
  locale: z.string(),
  locales: z.array(z.string()),
  currency: z.string(),
});
export type PublicMarketplace = ReturnType<typeof publicSettings> & { readonly url: string };

const exampleEntry = {
  id: 'aud_01k9w6x8f0e5rbq2m3n4p5q6r7',
  sequence: 7,
  action: 'member.roles-set',
  subject: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
  actor: { kind: 'service' as const, service: 'identity' },
  details: { roles: ['buyer', 'seller'] },
  time: '2026-11-21T08:00:00.000Z',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};
const exampleMarketplace = {
  id: 'bazaar',
  url: 'https://bazaar.example.com',
  name: 'Bazaar',
  tagline: 'Buy and sell anything.',
  locale: 'en',
  locales: ['en', 'th', 'ja'],
  currency: 'USD',
};

/** What operators see across services, and what anyone may know of the marketplaces. */
export const adminContract = {
  listMarketplaces: operation({
    summary: 'Lists the marketplaces of this installation',
    access: 'public',
    isInstallationWide: true,
    route: { method: 'GET', path: '/marketplaces' },
    input: z.object({ locale: Locale }),
    output: z.object({ items: z.array(PublicMarketplace) }),
    guestCacheSeconds: 60,
    example: { input: {}, output: { items: [exampleMarketplace] } },
  }),
  getMarketplace: operation({
    summary: 'Returns one marketplace: words, look, categories with their attributes, rules',
    access: 'public',
    isInstallationWide: true,
    route: { method: 'GET', path: '/marketplaces/{marketplaceId}' },
    input: z.object({ marketplaceId: MarketplaceId, locale: Locale }),
    output: PublicMarketplace,
    guestCacheSeconds: 60,
    example: { input: { marketplaceId: 'bazaar', locale: 'en' }, output: exampleMarketplace },
  }),
  listNames: operation({
    summary: 'What members, stores, coupons, payments and refunds are called, by their ids; unknown ids are left out',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/names' },
    input: z.object({ id: z.array(z.union(NAMED.map((kind) => idSchema(kind)))).max(200) }),
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          email: z.string().nullable(),
          slug: z.string().nullable(),
          amount: Money.nullable(),
          orderId: idSchema('order').nullable(),
        }),
      ),
    }),
    example: {
      input: { id: [exampleEntry.subject] },
      output: {
        items: [
          { id: exampleEntry.subject, name: 'Ada', email: 'ada@example.com', slug: null, amount: null, orderId: null },
        ],
      },
    },
  }),
  listAuditEntries: operation({
    summary: 'Lists accountable acts, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/audit-entries' },
    input: z.object({ ...PageQuery, subject: z.string().max(100).optional() }),
    output: pageOf(AuditEntry),
    example: { input: { limit: 20 }, output: { items: [exampleEntry], nextCursor: null } },
  }),
  verifyAuditChain: operation({
    summary: 'Recomputes the hash chain of the audit log and names the first broken entry, if any',
    access: ['admin'],
    route: { method: 'GET', path: '/audit-entries/verification' },
    input: z.object({}),
    output: z.object({ entryCount: z.int(), isIntact: z.boolean(), firstBrokenSequence: z.int().nullable() }),
    example: { input: {}, output: { entryCount: 7, isIntact: true, firstBrokenSequence: null } },
  }),
};
