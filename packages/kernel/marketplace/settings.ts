import { z } from 'zod';
import { Locale, LocalizedText } from '../localized.ts';
import { Currency } from '../money.ts';
import { Category, ListingKind, Slug } from './category.ts';
import { Company, Documents } from './documents.ts';
import type { Place } from './places.ts';
import type { Plans } from './plans.ts';
import {
  CommissionRule,
  CountryCode,
  LicenseTerms,
  NotificationPolicy,
  PaymentMethod,
  PayoutPolicy,
  Shipping,
  TaxEngineSettings,
  TaxRule,
  WalletSettings,
} from './rules.ts';
import type { SearchWords } from './search-words.ts';
import type { Theme } from './theme.ts';

const Word = z.string().min(1).max(200);

/** What a marketplace calls things, in one language, as they stand in menus and on buttons (`words/<locale>.yaml`). */
export const Words = z.strictObject({
  listing: Word,
  listings: Word,
  store: Word,
  stores: Word,
  seller: Word,
  buyer: Word,
  cart: Word,
  order: Word,
  orders: Word,
  library: Word,
  studio: Word,
  sell: Word,
  buyNow: Word,
  addToCart: Word,
  makeOffer: Word,
  searchPlaceholder: Word,
  heroTitle: Word,
  heroText: Word,
});
export type Words = z.output<typeof Words>;

/** The condition of a thing that is sold. The ids are the catalog's; a marketplace chooses among them and words them. */
const Condition = z.strictObject({
  id: z.enum(['new', 'refurbished', 'like_new', 'good', 'fair', 'for_parts']),
  label: LocalizedText,
  hint: LocalizedText.optional(),
});

/** The process (`processes/<name>.yaml`) that a sale of each kind runs by. */
const Processes = z.strictObject({
  physical: Slug.optional(),
  digital: Slug.optional(),
  service: Slug.optional(),
  offer: Slug.optional(),
  /** A sale of physical things that is paid at the door. */
  cashOnDelivery: Slug.optional(),
});

/** `marketplace.yaml`. */
export const MarketplaceFile = z.strictObject({
  name: LocalizedText,
  tagline: LocalizedText,
  description: LocalizedText,
  /** Domains it answers at, besides `<id>.<anything>`, e.g. `www.jaikod.com`. */
  hosts: z.array(z.string().regex(/^[a-z0-9.-]+$/, 'must be a host name without scheme or port')).default([]),
  /** Languages, the first is what a visitor gets whose own is not among them. */
  locales: z.array(Locale).min(1),
  currency: Currency,
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Bangkok'),
  /** Countries it delivers to (ISO 3166-1), the first is preselected. */
  countries: z.array(CountryCode).min(1),
  listingKinds: z.array(ListingKind).min(1),
  conditions: z.array(Condition).max(20).default([]),
  licenses: z.array(LicenseTerms).max(20).default([]),
  processes: Processes,
  tax: z.array(TaxRule).max(500).default([]),
  taxEngine: TaxEngineSettings.optional(),
  commission: z.array(CommissionRule).min(1).max(500),
  payout: PayoutPolicy.prefault({}),
  shipping: Shipping.default({ methods: [], carriers: [], meetUp: { allowed: false, safePoints: [] } }),
  paymentMethods: z.array(PaymentMethod).min(1).max(20),
  /** Left out: documents name the marketplace alone. */
  company: Company.optional(),
  documents: Documents.prefault({}),
  wallet: WalletSettings.optional(),
  checkout: z.strictObject({
    guestAllowed: z.boolean(),
    /** How long stock is held for a checkout before money is asked for. */
    reservationMinutes: z.int().min(1).max(1440),
  }),
  refunds: z.strictObject({ windowDays: z.int().min(0).max(365) }),
  seo: z.strictObject({
    /** `{title}` is the page's own title. */
    titleTemplate: z.string().refine((text) => text.includes('{title}'), 'must contain {title}'),
    keywords: z.array(z.string()).default([]),
    indexed: z.boolean().default(true),
  }),
  supportEmail: z.email(),
  features: z.strictObject({
    offers: z.boolean().default(false),
    escrow: z.boolean().default(false),
    reviews: z.boolean().default(true),
    chat: z.boolean().default(false),
    socialSignIn: z.array(z.enum(['google', 'apple', 'line', 'phone'])).default([]),
  }),
  reviews: z
    .strictObject({
      /** Days after a purchase was completed when its buyer is asked for a review, once. Null: nobody is asked. */
      askAfterDays: z.int().min(0).max(60).nullable().default(5),
    })
    .prefault({}),
  notifications: NotificationPolicy,
});

/** A legal or help page of a marketplace, Markdown by language (`policies/<name>.<locale>.md`). */
export type Policy = { readonly name: string; readonly title: LocalizedText; readonly body: LocalizedText };

/** Everything that makes one marketplace differ from another; what `loadMarketplaces` read from its folder. */
export type MarketplaceSettings = z.output<typeof MarketplaceFile> & {
  /** The name of its folder, e.g. `jaikod`. */
  readonly id: string;
  readonly words: Readonly<Partial<Record<Locale, Words>>>;
  readonly theme: Theme;
  /** What stores may subscribe to (`plans.yaml`); none: nobody is limited. */
  readonly plans: Plans;
  /** What search begins with (`search.yaml`). */
  readonly search: SearchWords;
  readonly categories: Category[];
  /** Where people may look near (`places.yaml`); none: distance is no matter here. */
  readonly places: readonly Place[];
  readonly policies: readonly Policy[];
};

/** `categories.yaml`. */
export const CategoriesFile = z.strictObject({ categories: z.array(Category).min(1).max(100) });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false; // Intl has no other way to ask
  }
}
