import { idSchema, Money, Price } from '@plaza/kernel';
import { ListingKind } from '@plaza/kernel/marketplace';
import { AssetId } from '@plaza/media/contract';
import { z } from 'zod';

export const StoreId = idSchema('store');
export const ListingId = idSchema('listing');
export const VariantId = idSchema('variant');
export const ReleaseId = idSchema('release');
export const CheckoutId = idSchema('checkout');
export const MemberId = idSchema('member');

/** Lower-case words joined by hyphens, in any script: `vintage-lamp`, `โคมไฟ-เก่า`. Part of addresses. */
export const Handle = z
  .string()
  .min(1)
  .max(150)
  .regex(/^[\p{L}\p{M}\p{N}]+(?:[-_][\p{L}\p{M}\p{N}]+)*$/u, 'must be lower-case words joined by hyphens')
  // Not part of the pattern: few of the tools that read the API's description know the classes of letters it would need.
  .refine((text) => text === text.toLowerCase(), 'must be lower-case words joined by hyphens')
  .meta({ examples: ['vintage-lamp'] });

/** A category's id: its slug in the marketplace's category tree, e.g. `phones`. */
export const CategoryId = z
  .string()
  .min(1)
  .max(100)
  .meta({ examples: ['phones'] });

export { ListingKind };

export const ListingState = z.enum(['draft', 'published', 'paused', 'sold', 'suspended', 'deleted']);
export type ListingState = z.output<typeof ListingState>;

/** The state of the thing sold: an id among the marketplace's conditions, e.g. `new`, `like-new`. */
export const Condition = z
  .string()
  .min(1)
  .max(60)
  .meta({ examples: ['good'] });
export type Condition = z.output<typeof Condition>;

/** What the category's schema asks for: text, a number in its unit, yes or no, one option, or several. */
export const AttributeValue = z.union([
  z.string().max(2000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(50),
]);
export type AttributeValue = z.output<typeof AttributeValue>;

/** Attribute values by the attribute's key. Checked against the category's schema. */
export const Attributes = z.record(z.string().max(100), AttributeValue);
export type Attributes = z.output<typeof Attributes>;

/** Roughly where the thing is. Never an exact address: others see coordinates to two decimals, about a kilometer. */
export const Location = z
  .object({
    city: z.string().max(100).optional(),
    region: z.string().max(100).optional(),
    countryCode: z.string().length(2).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
  })
  .meta({ id: 'Location' });
export type Location = z.output<typeof Location>;

export const ListingImage = z
  .object({
    assetId: AssetId,
    alt: z.string().nullable(),
    thumbUrl: z.string(),
    cardUrl: z.string(),
    url: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
  })
  .meta({ id: 'ListingImage' });
export type ListingImage = z.output<typeof ListingImage>;

/** A way to ship: flat price, free above an amount of that store's goods. */
export const ShippingOption = z
  .object({
    id: z.string().min(1).max(50),
    name: z.string().min(1).max(100),
    price: Price,
    freeOver: Price.optional(),
    /** Working days until it arrives. */
    estimatedDays: z.object({ min: z.int().min(0).max(365), max: z.int().min(0).max(365) }),
  })
  .meta({ id: 'ShippingOption' });
export type ShippingOption = z.output<typeof ShippingOption>;

/** A listing as lists and search results show it. */
export const ListingCard = z
  .object({
    id: ListingId,
    slug: z.string(),
    title: z.string(),
    kind: ListingKind,
    categoryId: z.string(),
    condition: Condition.nullable(),
    /** The lowest price of its variants. */
    price: Money,
    /** The highest; equal to `price` when all variants cost the same. */
    priceMax: Money,
    compareAtPrice: Money.nullable(),
    imageUrl: z.string().nullable(),
    imageAlt: z.string().nullable(),
    /** Pieces that can be bought now, over all variants. Null: unlimited. */
    freeQuantity: z.int().nullable(),
    variantCount: z.int(),
    location: Location.nullable(),
    storeId: StoreId,
    storeName: z.string(),
    storeSlug: z.string(),
    publishedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ListingCard' });
export type ListingCard = z.output<typeof ListingCard>;

/** The card with what only its seller and the operators see. */
export const SellerCard = ListingCard.extend({
  state: ListingState,
  handle: z.string(),
  version: z.int(),
  updatedTime: z.iso.datetime(),
}).meta({ id: 'SellerCard' });
export type SellerCard = z.output<typeof SellerCard>;

export const exampleCard: z.input<typeof ListingCard> = {
  id: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
  slug: 'vintage-lamp-4p5q6r7s',
  title: 'Vintage lamp',
  kind: 'physical',
  categoryId: 'lighting',
  condition: 'good',
  price: { amountMinor: 4500, currency: 'USD' },
  priceMax: { amountMinor: 4500, currency: 'USD' },
  compareAtPrice: null,
  imageUrl: '/files/bazaar/renditions/9f86d081/card.webp',
  imageAlt: 'A brass lamp',
  freeQuantity: 1,
  variantCount: 1,
  location: { city: 'Portland', region: 'Oregon', countryCode: 'US' },
  storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
  storeName: 'Old Light',
  storeSlug: 'old-light',
  publishedTime: '2026-11-21T06:00:00.000Z',
};
