import { type Client, type Context, commonErrors, newId } from '@plaza/kernel';
import { mediaService } from '@plaza/media';
import type { AnyServiceDefinition } from '@plaza/runtime';
import { type Binding, startTestHost, type TestHost } from '@plaza/runtime/testing';
import type { catalogContract, Listing, Store } from '../contract.ts';
import { catalogService } from '../index.ts';

type Catalog = Client<typeof catalogContract>;

/** A catalog on its own database, with a seller who has a store. */
export type CatalogHost = AsyncDisposable & {
  readonly host: TestHost;
  readonly catalog: Catalog;
  readonly seller: Context;
  readonly store: Store;
};

/** Starts catalog and media; identity is a stand-in that notes who became a seller, payments one that may be away. */
export async function startCatalog(
  options: {
    binding?: Binding;
    more?: readonly AnyServiceDefinition[];
    sellers?: string[];
    isPayingAway?: boolean;
  } = {},
): Promise<CatalogHost> {
  const identity = {
    grantRole: async ({ memberId }: { memberId: string }) => void options.sellers?.push(memberId),
  };
  const payments = {
    openStoreAccount: async () => {
      if (options.isPayingAway) throw commonErrors.UNAVAILABLE({});
    },
  };
  const host = await startTestHost([mediaService, catalogService, ...(options.more ?? [])], {
    binding: options.binding ?? 'local',
    clients: { identity, payments },
  });
  const catalog = host.client<typeof catalogContract>('catalog');
  const seller = host.context({ roles: ['buyer', 'seller'] });
  const store = await catalog.createStore({ name: 'Old Light' }, seller);
  return { host, catalog, seller, store, [Symbol.asyncDispose]: () => host.close() };
}

/** A published listing with one variant, or several by `sizes`. */
export async function listingOf(
  { catalog, seller, store }: Pick<CatalogHost, 'catalog' | 'seller' | 'store'>,
  given: {
    title?: string;
    onHand?: number | null;
    sizes?: readonly string[];
    priceMinor?: number;
    categoryId?: string;
    attributes?: Listing['attributes'];
    condition?: string | null;
    isDraft?: boolean;
  } = {},
): Promise<Listing> {
  const price = { amountMinor: given.priceMinor ?? 4500, currency: 'USD' as const };
  const onHand = given.onHand === undefined ? 10 : given.onHand;
  const sizes = given.sizes?.map((value) => ({ options: [{ name: 'Size', value }], price, onHand }));
  const draft = await catalog.createListing(
    {
      storeId: store.id,
      title: given.title ?? 'Vintage lamp',
      categoryId: given.categoryId ?? 'home',
      attributes: given.attributes ?? {},
      condition: given.condition === undefined ? 'good' : given.condition,
      variants: sizes ?? [{ price, onHand }],
    },
    seller,
  );
  return given.isDraft ? draft : catalog.publishListing({ listingId: draft.id }, seller);
}

/** The only, or the n-th, variant's id. */
export function variantOf(listing: Listing, index = 0): Listing['variants'][number]['id'] {
  const variant = listing.variants[index];
  if (variant === undefined) throw new Error(`the listing has no variant ${index}`);
  return variant.id;
}

export const checkoutId = () => newId('checkout');
export const orderId = () => newId('order');
