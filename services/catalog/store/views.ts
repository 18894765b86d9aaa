import { type Currency, idFromUuid, type LocalizedText, money } from '@plaza/kernel';
import type { Listing, ListingCard, ListingKind, Location, SearchDocument, SellerCard, Variant } from '../contract.ts';
import type { ListingFace, ListingRecord } from '../domain/listing.ts';
import { roughLocation } from '../domain/location.ts';
import { plainText } from '../domain/safe-html.ts';
import { freeQuantityOf, optionPickers, type VariantRecord, variantTitle } from '../domain/variants.ts';
import { priceSpan } from './save-listings.ts';
import type { StoreFace } from './stores.ts';

/** Characters of a description that search reads. */
const DESCRIPTION_LENGTH_MAX = 5_000;

export type CardRow = {
  id: string;
  slug: string;
  title: string;
  kind: ListingKind;
  category_id: string;
  condition: string | null;
  currency: Currency;
  price_minor: number;
  price_max_minor: number;
  compare_at_minor: number | null;
  image_url: string | null;
  image_alt: string | null;
  free_quantity: number | null;
  variant_count: number;
  location: Location | null;
  store_id: string;
  store_name: string;
  store_slug: string;
  /** Milliseconds since 1970. Times as text cost more than all else of the page's statement. */
  published_ms: number | null;
};

export function cardView(row: CardRow): ListingCard {
  return {
    id: idFromUuid('listing', row.id),
    slug: row.slug,
    title: row.title,
    kind: row.kind,
    categoryId: row.category_id,
    condition: row.condition,
    price: { amountMinor: row.price_minor, currency: row.currency },
    priceMax: { amountMinor: row.price_max_minor, currency: row.currency },
    compareAtPrice:
      row.compare_at_minor === null ? null : { amountMinor: row.compare_at_minor, currency: row.currency },
    imageUrl: row.image_url,
    imageAlt: row.image_alt,
    freeQuantity: row.free_quantity,
    variantCount: row.variant_count,
    location: roughLocation(row.location),
    storeId: idFromUuid('store', row.store_id),
    storeName: row.store_name,
    storeSlug: row.store_slug,
    publishedTime: row.published_ms === null ? null : new Date(row.published_ms).toISOString(),
  };
}

export type SellerCardRow = CardRow & {
  state: SellerCard['state'];
  handle: string;
  version: number;
  updated_time: Date;
};

export function sellerCardView(row: SellerCardRow): SellerCard {
  return {
    ...cardView(row),
    state: row.state,
    handle: row.handle,
    version: row.version,
    updatedTime: row.updated_time.toISOString(),
  };
}

/** A listing as its page shows it. `withCounts`: with counted and reserved stock, for its seller. */
export function listingView(
  listing: ListingFace,
  store: StoreFace,
  categoryPath: readonly { id: string; name: LocalizedText }[],
  { withCounts }: { withCounts: boolean },
): Listing {
  const currency = listing.currency as Currency;
  const { lowest, highest } = priceSpan(listing.variants);
  return {
    id: idFromUuid('listing', listing.id),
    slug: listing.slug,
    handle: listing.handle,
    state: listing.state,
    kind: listing.kind,
    title: listing.title,
    description: listing.description,
    categoryId: listing.categoryId,
    categoryPath: [...categoryPath],
    attributes: listing.attributes,
    condition: listing.condition,
    location: withCounts ? listing.location : roughLocation(listing.location),
    tags: [...listing.tags],
    images: [...listing.images],
    options: optionPickers(listing.variants),
    variants: listing.variants.map((variant) => variantView(variant, currency, withCounts)),
    price: money(lowest, currency),
    priceMax: money(highest, currency),
    taxClass: listing.taxClass,
    isOfferAllowed: listing.isOfferAllowed,
    externalId: listing.externalId,
    store: {
      id: idFromUuid('store', store.id),
      name: store.name,
      slug: store.slug,
      logoUrl: store.logoUrl,
      ownerMemberId: idFromUuid('member', store.ownerMemberId),
      shippingOptions: [...store.shippingOptions],
      location: roughLocation(store.location),
    },
    currentReleaseId: listing.currentReleaseId === null ? null : idFromUuid('release', listing.currentReleaseId),
    version: listing.version,
    createdTime: listing.createdTime.toISOString(),
    updatedTime: listing.updatedTime.toISOString(),
    publishedTime: listing.publishedTime?.toISOString() ?? null,
  };
}

function variantView(variant: VariantRecord, currency: Currency, withCounts: boolean): Variant {
  return {
    id: idFromUuid('variant', variant.id),
    sku: variant.sku,
    title: variantTitle(variant.options),
    options: [...variant.options],
    price: money(variant.priceMinor, currency),
    compareAtPrice: variant.compareAtMinor === null ? null : money(variant.compareAtMinor, currency),
    freeQuantity: variant.onHand === null ? null : variant.onHand - variant.reserved,
    ...(withCounts ? { onHand: variant.onHand, reserved: variant.reserved } : {}),
    weightGrams: variant.weightGrams,
    imageUrl: variant.imageUrl,
    licenseCode: variant.licenseCode,
    externalId: variant.externalId,
  };
}

/** A listing as search indexes it. */
export function searchDocument(listing: ListingRecord, store: StoreFace): SearchDocument {
  const { lowest, highest, compareAt } = priceSpan(listing.variants);
  const freeQuantity = freeQuantityOf(listing.variants);
  return {
    ...cardView({
      id: listing.id,
      slug: listing.slug,
      title: listing.title,
      kind: listing.kind,
      category_id: listing.categoryId,
      condition: listing.condition,
      currency: listing.currency as Currency,
      price_minor: lowest,
      price_max_minor: highest,
      compare_at_minor: compareAt,
      image_url: listing.images[0]?.cardUrl ?? null,
      image_alt: listing.images[0]?.alt ?? null,
      free_quantity: freeQuantity,
      variant_count: listing.variants.length,
      location: listing.location,
      store_id: listing.storeId,
      store_name: store.name,
      store_slug: store.slug,
      published_ms: listing.publishedTime?.getTime() ?? null,
    }),
    state: listing.state,
    version: listing.version,
    description: plainText(listing.description, DESCRIPTION_LENGTH_MAX),
    categoryPath: [...listing.categoryPath],
    attributes: listing.attributes,
    tags: [...listing.tags],
    skus: listing.variants.flatMap(({ sku }) => (sku === null ? [] : [sku])),
    externalId: listing.externalId,
    isInStock: freeQuantity === null || freeQuantity > 0,
    stockVersion: listing.stockVersion,
    isOfferAllowed: listing.isOfferAllowed,
    sellerMemberId: idFromUuid('member', store.ownerMemberId),
    imageAssetIds: listing.images.map(({ assetId }) => assetId),
    updatedTime: listing.updatedTime.toISOString(),
  };
}
