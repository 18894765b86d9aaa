import { LocalizedText, Money, operation, PageQuery, Price, pageOf } from '@plaza/kernel';
import { AssetId } from '@plaza/media/contract';
import { z } from 'zod';
import { errors } from '../errors.ts';
import {
  Attributes,
  CategoryId,
  Condition,
  exampleCard,
  Handle,
  ListingId,
  ListingImage,
  ListingKind,
  ListingState,
  Location,
  MemberId,
  ReleaseId,
  SellerCard,
  ShippingOption,
  StoreId,
  VariantId,
} from './common.ts';

const OptionChoice = z.object({ name: z.string().trim().min(1).max(60), value: z.string().trim().min(1).max(120) });

export const Variant = z
  .object({
    id: VariantId,
    sku: z.string().nullable(),
    /** Its option values joined: `Red / M`; empty for a listing with one variant. */
    title: z.string(),
    options: z.array(OptionChoice),
    price: Money,
    compareAtPrice: Money.nullable(),
    /** What can be bought now. Null: unlimited. */
    freeQuantity: z.int().nullable(),
    /** Counted pieces; only the seller sees them. */
    onHand: z.int().nullable().optional(),
    reserved: z.int().optional(),
    weightGrams: z.int().nullable(),
    imageUrl: z.string().nullable(),
    /** For digital listings: which license option of the release this variant sells. */
    licenseCode: z.string().nullable(),
    externalId: z.string().nullable(),
  })
  .meta({ id: 'Variant' });
export type Variant = z.output<typeof Variant>;

export const Listing = z
  .object({
    id: ListingId,
    slug: z.string(),
    handle: z.string(),
    state: ListingState,
    kind: ListingKind,
    title: z.string(),
    /** Plain text, or HTML of a few harmless tags. */
    description: z.string(),
    categoryId: z.string(),
    /** Categories from the root to its own, with names. */
    categoryPath: z.array(z.object({ id: z.string(), name: LocalizedText })),
    attributes: Attributes,
    condition: Condition.nullable(),
    location: Location.nullable(),
    tags: z.array(z.string()),
    images: z.array(ListingImage),
    /** Option names with their values in order, for pickers. */
    options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    variants: z.array(Variant),
    price: Money,
    priceMax: Money,
    taxClass: z.string(),
    isOfferAllowed: z.boolean(),
    externalId: z.string().nullable(),
    store: z.object({
      id: StoreId,
      name: z.string(),
      slug: z.string(),
      logoUrl: z.string().nullable(),
      ownerMemberId: MemberId,
      shippingOptions: z.array(ShippingOption),
      location: Location.nullable(),
    }),
    currentReleaseId: ReleaseId.nullable(),
    version: z.int(),
    createdTime: z.iso.datetime(),
    updatedTime: z.iso.datetime(),
    publishedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Listing' });
export type Listing = z.output<typeof Listing>;

export const VariantInput = z.object({
  /** Names an existing variant in an update; else matched by SKU, then by options. */
  id: VariantId.optional(),
  sku: z.string().trim().min(1).max(100).optional(),
  options: z.array(OptionChoice).max(5).default([]),
  price: Price,
  compareAtPrice: Price.nullable().optional(),
  /** Pieces counted. Null: unlimited. In an update, absent keeps the count. */
  onHand: z.int().min(0).max(1_000_000_000).nullable().optional(),
  weightGrams: z.int().min(0).max(10_000_000).nullable().optional(),
  imageAssetId: AssetId.nullable().optional(),
  licenseCode: z.string().max(50).nullable().optional(),
  externalId: z.string().max(200).nullable().optional(),
});
export type VariantInput = z.output<typeof VariantInput>;

const ImageInput = z.object({ assetId: AssetId, alt: z.string().max(300).nullable().optional() });

const ListingFields = {
  title: z.string().trim().min(3).max(200),
  description: z.string().max(50_000),
  categoryId: CategoryId,
  attributes: Attributes,
  condition: Condition.nullable(),
  location: Location.nullable(),
  tags: z.array(z.string().trim().min(1).max(50)).max(30),
  images: z.array(ImageInput).max(30),
  variants: z.array(VariantInput).min(1).max(250),
  taxClass: z.string().min(1).max(50),
  isOfferAllowed: z.boolean(),
  externalId: z.string().max(200).nullable(),
  handle: Handle,
};

export const exampleListing: z.input<typeof Listing> = {
  id: exampleCard.id,
  slug: exampleCard.slug,
  handle: 'vintage-lamp',
  state: 'published',
  kind: 'physical',
  title: 'Vintage lamp',
  description: 'Brass, 1960s, works.',
  categoryId: 'lighting',
  categoryPath: [
    { id: 'home', name: { en: 'Home' } },
    { id: 'lighting', name: { en: 'Lighting' } },
  ],
  attributes: { material: 'brass' },
  condition: 'good',
  location: { city: 'Portland', region: 'Oregon', countryCode: 'US' },
  tags: ['lamp'],
  images: [],
  options: [],
  variants: [
    {
      id: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7',
      sku: 'LAMP-1',
      title: '',
      options: [],
      price: { amountMinor: 4500, currency: 'USD' },
      compareAtPrice: null,
      freeQuantity: 1,
      weightGrams: 1200,
      imageUrl: null,
      licenseCode: null,
      externalId: null,
    },
  ],
  price: { amountMinor: 4500, currency: 'USD' },
  priceMax: { amountMinor: 4500, currency: 'USD' },
  taxClass: 'standard',
  isOfferAllowed: true,
  externalId: null,
  store: {
    id: exampleCard.storeId,
    name: 'Old Light',
    slug: 'old-light',
    logoUrl: null,
    ownerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
    shippingOptions: [],
    location: null,
  },
  currentReleaseId: null,
  version: 3,
  createdTime: '2026-11-21T06:00:00.000Z',
  updatedTime: '2026-11-21T06:00:00.000Z',
  publishedTime: '2026-11-21T06:00:00.000Z',
};

const ListingTarget = z.object({ listingId: ListingId, expectedVersion: z.int().optional() });
const moveErrors = [errors.LISTING_NOT_FOUND, errors.ILLEGAL_TRANSITION];

/** A sub-resource that moves a listing to another state. */
function move(summary: string, path: string, access: 'seller' | 'moderation', state: z.output<typeof ListingState>) {
  return operation({
    summary,
    access: access === 'seller' ? ['seller'] : ['moderator', 'admin'],
    idempotent: true,
    route: { method: 'POST', path: `/listings/{listingId}/${path}`, status: 200 },
    input: ListingTarget,
    output: Listing,
    errors: state === 'published' ? [...moveErrors, errors.LISTING_LIMIT_REACHED] : moveErrors,
    example: { input: { listingId: exampleListing.id }, output: { ...exampleListing, state } },
  });
}

/** Listings as their seller works on them, and as operators watch over them. */
export const listingOperations = {
  createListing: operation({
    summary: 'Drafts a listing in your store',
    access: ['seller'],
    idempotent: true,
    route: { method: 'POST', path: '/listings' },
    input: z.object({
      storeId: StoreId,
      kind: ListingKind.default('physical'),
      title: ListingFields.title,
      description: ListingFields.description.default(''),
      categoryId: CategoryId,
      attributes: Attributes.default({}),
      condition: ListingFields.condition.default(null),
      location: ListingFields.location.default(null),
      tags: ListingFields.tags.default([]),
      images: ListingFields.images.default([]),
      variants: ListingFields.variants,
      taxClass: ListingFields.taxClass.default('standard'),
      isOfferAllowed: z.boolean().default(false),
      externalId: ListingFields.externalId.default(null),
      handle: Handle.optional().meta({ description: 'Made from the title when absent.' }),
    }),
    output: Listing,
    errors: [errors.STORE_NOT_FOUND, errors.HANDLE_TAKEN, errors.SKU_TAKEN],
    example: {
      input: {
        storeId: exampleListing.store.id,
        title: 'Vintage lamp',
        categoryId: 'lighting',
        attributes: { material: 'brass' },
        condition: 'good',
        variants: [{ sku: 'LAMP-1', price: { amountMinor: 4500, currency: 'USD' }, onHand: 1 }],
      },
      output: { ...exampleListing, state: 'draft', publishedTime: null, version: 1 },
    },
  }),
  updateListing: operation({
    summary: 'Changes your listing; what is absent stays. `variants` replaces the whole list',
    access: ['seller'],
    idempotent: true,
    route: { method: 'PATCH', path: '/listings/{listingId}' },
    input: z.object({ ...ListingTarget.shape, ...z.object(ListingFields).partial().shape }),
    output: Listing,
    errors: [errors.LISTING_NOT_FOUND, errors.HANDLE_TAKEN, errors.SKU_TAKEN, errors.STOCK_BELOW_RESERVED],
    example: {
      input: { listingId: exampleListing.id, expectedVersion: 3, title: 'Vintage brass lamp' },
      output: { ...exampleListing, title: 'Vintage brass lamp', version: 4 },
    },
  }),
  publishListing: move('Puts a listing on sale', 'publication', 'seller', 'published'),
  pauseListing: move('Takes a listing off sale for a while', 'pause', 'seller', 'paused'),
  markListingSold: move('Marks a listing as sold elsewhere', 'sale', 'seller', 'sold'),
  deleteListing: operation({
    summary: 'Deletes a listing; orders of it keep what they need',
    access: ['seller'],
    idempotent: true,
    route: { method: 'DELETE', path: '/listings/{listingId}' },
    input: ListingTarget,
    output: Listing,
    errors: moveErrors,
    example: { input: { listingId: exampleListing.id }, output: { ...exampleListing, state: 'deleted' } },
  }),
  suspendListing: operation({
    summary: 'Takes a listing off sale as an operator; its seller cannot put it back',
    access: ['moderator', 'admin'],
    idempotent: true,
    route: { method: 'POST', path: '/listings/{listingId}/suspension', status: 200 },
    input: z.object({ ...ListingTarget.shape, reason: z.string().min(3).max(1000) }),
    output: Listing,
    errors: moveErrors,
    example: {
      input: { listingId: exampleListing.id, reason: 'Counterfeit goods.' },
      output: { ...exampleListing, state: 'suspended' },
    },
  }),
  reinstateListing: move(
    'Lifts a suspension; the listing is paused until its seller publishes it',
    'reinstatement',
    'moderation',
    'paused',
  ),
  getMyListing: operation({
    summary: 'Your listing in any state, with counted and reserved stock',
    access: ['seller'],
    route: { method: 'GET', path: '/me/listings/{listingId}' },
    input: z.object({ listingId: ListingId }),
    output: Listing,
    errors: [errors.LISTING_NOT_FOUND],
    example: { input: { listingId: exampleListing.id }, output: exampleListing },
  }),
  listAllListings: operation({
    summary: 'Listings of every store and state, last changed first',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/listings' },
    input: z.object({ state: ListingState.optional(), storeId: StoreId.optional(), ...PageQuery }),
    output: pageOf(SellerCard),
    example: {
      input: { state: 'published' },
      output: {
        items: [
          {
            ...exampleCard,
            state: 'published',
            handle: 'vintage-lamp',
            version: 3,
            updatedTime: '2026-11-21T06:00:00.000Z',
          },
        ],
        nextCursor: null,
      },
    },
  }),
};
