import { Locale, operation, PageQuery, pageOf } from '@plaza/kernel';
import { AssetId } from '@plaza/media/contract';
import { z } from 'zod';
import { errors } from '../errors.ts';
import {
  exampleCard,
  Handle,
  ListingState,
  Location,
  MemberId,
  SellerCard,
  ShippingOption,
  StoreId,
} from './common.ts';

const Policies = z.object({
  returns: z.string().max(5000).optional(),
  shipping: z.string().max(5000).optional(),
  contact: z.string().max(1000).optional(),
});

export const Store = z
  .object({
    id: StoreId,
    ownerMemberId: MemberId,
    name: z.string(),
    slug: z.string(),
    description: z.string(),
    logoUrl: z.string().nullable(),
    policies: Policies,
    shippingOptions: z.array(ShippingOption),
    location: Location.nullable(),
    locale: Locale,
    version: z.int(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Store' });
export type Store = z.output<typeof Store>;

const StoreFields = {
  name: z.string().trim().min(2).max(100),
  slug: Handle,
  description: z.string().max(5000),
  logoAssetId: AssetId.nullable(),
  policies: Policies,
  shippingOptions: z.array(ShippingOption).max(20),
  location: Location.nullable(),
  locale: Locale,
};

export const exampleStore: z.input<typeof Store> = {
  id: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
  ownerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
  name: 'Old Light',
  slug: 'old-light',
  description: 'Lamps with a past.',
  logoUrl: null,
  policies: { returns: 'Within 14 days.' },
  shippingOptions: [
    {
      id: 'standard',
      name: 'Standard parcel',
      price: { amountMinor: 500, currency: 'USD' },
      freeOver: { amountMinor: 5000, currency: 'USD' },
      estimatedDays: { min: 2, max: 5 },
    },
  ],
  location: { city: 'Portland', countryCode: 'US' },
  locale: 'en',
  version: 1,
  createdTime: '2026-11-21T06:00:00.000Z',
};

/** Stores: a seller's shop. */
/** A listing on sale with so many free pieces or fewer runs low. The database knows it too: migrations/0004_low_stock.sql. */
const LOW_STOCK_MAX = 3;

export const storeOperations = {
  createStore: operation({
    summary: 'Opens a store; the member becomes a seller',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/stores' },
    input: z.object({
      name: StoreFields.name,
      slug: Handle.optional().meta({ description: 'Made from the name when absent.' }),
      description: StoreFields.description.default(''),
      logoAssetId: AssetId.optional(),
      policies: Policies.default({}),
      /** Absent: the marketplace's. */
      shippingOptions: StoreFields.shippingOptions.optional(),
      location: Location.optional(),
      locale: Locale.optional(),
      /** For seeds: only a service may open a store for someone else. */
      ownerMemberId: MemberId.optional(),
    }),
    output: Store,
    errors: [errors.STORE_SLUG_TAKEN],
    example: { input: { name: 'Old Light', shippingOptions: exampleStore.shippingOptions }, output: exampleStore },
  }),
  updateStore: operation({
    summary: 'Changes your store',
    access: ['seller'],
    idempotent: true,
    route: { method: 'PATCH', path: '/stores/{storeId}' },
    input: z.object({
      storeId: StoreId,
      expectedVersion: z.int().optional(),
      ...z.object(StoreFields).partial().shape,
    }),
    output: Store,
    errors: [errors.STORE_NOT_FOUND, errors.STORE_SLUG_TAKEN],
    example: {
      input: { storeId: exampleStore.id, expectedVersion: 1, name: 'Old Light' },
      output: { ...exampleStore, version: 2 },
    },
  }),
  getStore: operation({
    summary: 'A store by its id',
    access: 'public',
    guestCacheSeconds: 15,
    route: { method: 'GET', path: '/stores/{storeId}' },
    input: z.object({ storeId: StoreId }),
    output: Store,
    errors: [errors.STORE_NOT_FOUND],
    example: { input: { storeId: exampleStore.id }, output: exampleStore },
  }),
  getStoreBySlug: operation({
    summary: 'A store by its address',
    access: 'public',
    guestCacheSeconds: 15,
    route: { method: 'GET', path: '/stores/by-slug/{slug}' },
    input: z.object({ slug: z.string().max(150) }),
    output: Store,
    errors: [errors.STORE_NOT_FOUND],
    example: { input: { slug: 'old-light' }, output: exampleStore },
  }),
  getMyStores: operation({
    summary: 'The stores you own, oldest first',
    access: 'member',
    route: { method: 'GET', path: '/me/stores' },
    input: z.object({}),
    output: z.object({ items: z.array(Store) }),
    example: { input: {}, output: { items: [exampleStore] } },
  }),
  listStores: operation({
    summary: 'Stores of the marketplace, newest first',
    access: 'public',
    guestCacheSeconds: 30,
    route: { method: 'GET', path: '/stores' },
    input: z.object({ ...PageQuery }),
    output: pageOf(Store),
    example: { input: { limit: 20 }, output: { items: [exampleStore], nextCursor: null } },
  }),
  getStores: operation({
    summary: 'Several stores at once; unknown ids are left out',
    access: 'service',
    input: z.object({ storeIds: z.array(StoreId).max(1000) }),
    output: z.object({ items: z.array(Store) }),
    example: { input: { storeIds: [exampleStore.id] }, output: { items: [exampleStore] } },
  }),
  listStoreListings: operation({
    summary: 'Listings of your store in every state, last changed first',
    description: `With \`isLowStock\` only what is on sale and running low, fewest pieces first: ${LOW_STOCK_MAX} free or fewer, over all variants.`,
    access: ['seller'],
    route: { method: 'GET', path: '/stores/{storeId}/listings' },
    input: z.object({
      storeId: StoreId,
      state: ListingState.optional(),
      isLowStock: z.boolean().optional(),
      ...PageQuery,
    }),
    output: pageOf(SellerCard),
    errors: [errors.STORE_NOT_FOUND],
    example: {
      input: { storeId: exampleStore.id, state: 'published' },
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
