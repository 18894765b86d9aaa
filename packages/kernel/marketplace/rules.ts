import { z } from 'zod';
import { LocalizedText } from '../localized.ts';
import { Currency } from '../money.ts';
import { ListingKind, Slug } from './category.ts';

export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as MX');
const RateBp = z.int('must be whole basis points: 16 % is 1600').min(0).max(10_000);
const AmountMinor = z.int('must be whole minor units, e.g. cents').min(0).max(1_000_000_000_000);

/**
 * A tax on what is sold, in basis points (1600 = 16 %). Of a marketplace's rules the first that matches applies, so
 * exceptions stand before the rule they are an exception of; when none matches there is no tax.
 */
export const TaxRule = z.strictObject({
  name: LocalizedText,
  country: CountryCode,
  /** ISO 3166-2 subdivision without the country, e.g. `CA` of US-CA. Left out: the whole country. */
  region: z.string().max(10).optional(),
  /** This category and all below it. Left out: every category. */
  category: Slug.optional(),
  kind: ListingKind.optional(),
  rateBp: RateBp,
  /** Whether listed prices contain it already. */
  inclusive: z.boolean(),
});
export type TaxRule = z.output<typeof TaxRule>;

/** An outside engine that computes taxes instead of the table `tax`, which then is only the estimate before an address is known. */
export const TaxEngineSettings = z.strictObject({
  provider: z.enum(['stripe-tax']),
  /** Whether listed prices contain the tax. */
  pricesIncludeTax: z.boolean(),
  /** How long a buyer waits for it. */
  timeoutMs: z.int().min(100).max(10_000).default(3_000),
  /** When it does not answer: the checkout is refused for now, or the table is used and the quote says so. */
  onFailure: z.enum(['refuse', 'table']),
});

/** What the marketplace keeps of a sale. The first rule that matches applies; every marketplace ends with a rule for all. */
export const CommissionRule = z.strictObject({
  category: Slug.optional(),
  /** Slug of one store, for an agreement with it. */
  store: Slug.optional(),
  kind: ListingKind.optional(),
  /** Applies to lines of at least this amount. */
  fromMinor: AmountMinor.optional(),
  rateBp: RateBp,
  minMinor: AmountMinor.optional(),
  maxMinor: AmountMinor.optional(),
  /** VAT the marketplace owes on its commission, charged to the seller on top. */
  vatBp: RateBp.default(0),
});
export type CommissionRule = z.output<typeof CommissionRule>;

export const ShippingKind = z.enum(['parcel', 'express', 'meet-up', 'pick-up']);

/** A way to get a parcel to the buyer; new stores begin with these and may change them. */
export const ShippingMethod = z.strictObject({
  id: Slug,
  name: LocalizedText,
  kind: ShippingKind,
  priceMinor: AmountMinor,
  /** Free when the store's part of the cart reaches this amount. */
  freeOverMinor: AmountMinor.optional(),
  estimatedDays: z.strictObject({ minimum: z.int().min(0).max(90), maximum: z.int().min(0).max(90) }),
});
export type ShippingMethod = z.output<typeof ShippingMethod>;

const Carrier = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(60),
  /** Where a parcel is followed; `{number}` is the tracking number. */
  trackingUrl: z
    .url()
    .refine((url) => url.includes('{number}'), 'must contain {number}')
    .optional(),
});

/** A public, watched place where strangers can hand things over safely. */
const SafePoint = z.strictObject({
  id: Slug,
  name: LocalizedText,
  address: LocalizedText,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

export const Shipping = z.strictObject({
  methods: z.array(ShippingMethod).max(20).default([]),
  carriers: z.array(Carrier).max(30).default([]),
  meetUp: z
    .strictObject({ allowed: z.boolean(), safePoints: z.array(SafePoint).max(200).default([]) })
    .default({ allowed: false, safePoints: [] }),
});

/** What another provider carries out: of this currency, from and up to these amounts. Left out: any. */
const ProviderRoute = z.strictObject({
  currency: Currency.optional(),
  fromMinor: AmountMinor.optional(),
  upToMinor: AmountMinor.optional(),
  provider: Slug,
});

/** Paying the courier: to whom it is offered. Stores join of their own accord; digital things and services never are. */
export const CashRules = z.strictObject({
  /** Countries that a parcel may go to. */
  countries: z.array(CountryCode).min(1),
  /** The most that a courier carries back, in minor units of the marketplace's currency, for all parcels of an order. */
  upToMinor: AmountMinor,
  /** Added to the shipping of each parcel; the seller's, who pays the courier. */
  feeMinor: AmountMinor.default(0),
  /** Parcels refused at the door within `refusedDays` after which a member is not offered it any more. */
  refusedMax: z.int().min(1).max(100).default(3),
  refusedDays: z.int().min(1).max(3650).default(365),
  /** A store that owes more than this does not collect cash until it has paid. */
  owedMaxMinor: AmountMinor.optional(),
});
export type CashRules = z.output<typeof CashRules>;

/** A way to pay. `provider` names the adapter of the payments service that carries it out, unless a route fits first. */
export const PaymentMethod = z.strictObject({
  id: Slug,
  label: LocalizedText,
  hint: LocalizedText.optional(),
  provider: Slug,
  kind: z.enum(['card', 'transfer', 'wallet', 'paypal', 'crypto', 'cash']),
  /** Of kind `cash`, and only of it. */
  cash: CashRules.optional(),
  routes: z.array(ProviderRoute).max(20).default([]),
});
export type PaymentMethod = z.output<typeof PaymentMethod>;

/** How often money that is owed is sent by itself; `manual`: only when it is asked for. */
export const PayoutCadence = z.enum(['manual', 'daily', 'weekly', 'monthly']);
export type PayoutCadence = z.output<typeof PayoutCadence>;

/** How sellers and members get their money. */
export const PayoutPolicy = z.strictObject({
  /** The smallest payout, in minor units of the marketplace's currency. */
  minimumMinor: AmountMinor.default(0),
  /** Days that money must have been available before it is paid out: time for what is wrong with a sale to show. */
  holdDays: z.int().min(0).max(90).default(0),
  /** What a store may choose among. */
  cadences: z.array(PayoutCadence).min(1).default(PayoutCadence.options),
  /** Hours that payouts wait after the bank account was changed: time to notice that somebody else did it. */
  accountChangeHours: z.int().min(0).max(720).default(24),
  /** How often a payout that the bank could not make is tried in all, before an operator must look at it. */
  attemptsMax: z.int().min(1).max(10).default(3),
  /** Payouts that an operator must approve: at least this amount, and the first ones of a store. */
  approval: z
    .strictObject({ fromMinor: AmountMinor.optional(), firstPayouts: z.int().min(0).max(100).default(0) })
    .prefault({}),
  /** Who carries payouts out, unless a route fits first and can reach the account. */
  provider: Slug.default('simulated-bank'),
  routes: z.array(ProviderRoute).max(20).default([]),
});
export type PayoutPolicy = z.output<typeof PayoutPolicy>;

/** What a wallet may hold, and what may move in any 24 hours, in minor units of the marketplace's currency. */
const WalletLimits = z.strictObject({
  balanceMinor: AmountMinor,
  topUpPerDayMinor: AmountMinor,
  payPerDayMinor: AmountMinor,
  withdrawPerDayMinor: AmountMinor,
});
export type WalletLimits = z.output<typeof WalletLimits>;

/** Money that members keep here to pay with. Left out: there are no wallets. */
export const WalletSettings = z.strictObject({
  /** What members call it. */
  name: LocalizedText,
  /** By verification level: nothing verified, e-mail address, phone too, identity too. */
  limits: z.tuple([WalletLimits, WalletLimits, WalletLimits, WalletLimits]),
  topUp: z.strictObject({
    minimumMinor: AmountMinor.min(1),
    /** Amounts to choose with one tap. */
    suggestedMinor: z.array(AmountMinor).min(1).max(6),
  }),
});

/** A license that digital listings are sold under. */
export const LicenseTerms = z.strictObject({
  id: Slug,
  name: LocalizedText,
  summary: LocalizedText,
  /** Seats the license allows; left out: no limit. */
  seats: z.int().min(1).max(1_000_000).optional(),
});
export type LicenseTerms = z.output<typeof LicenseTerms>;

/** What members are told of. */
export const NotificationTopic = z.enum([
  'orders',
  'payments',
  'offers',
  'reviews',
  'listings',
  'security',
  'marketing',
]);
export type NotificationTopic = z.output<typeof NotificationTopic>;

/** By what they are told. */
export const NotificationChannel = z.enum(['inbox', 'email', 'sms']);
export type NotificationChannel = z.output<typeof NotificationChannel>;

/** What members are told, and how. Topics not named go to the inbox alone. */
export const NotificationPolicy = z.strictObject({
  senderName: z.string().min(1).max(60),
  senderEmail: z.email(),
  topics: z.partialRecord(NotificationTopic, z.array(NotificationChannel)).default({}),
});
