import { type Queries, type Sql, sql } from '@plaza/runtime';
import type { Attributes, ListingImage, ListingKind, ListingState, Location } from '../contract.ts';
import type { ListingFace, ListingRecord } from '../domain/listing.ts';
import type { OptionChoice, VariantRecord } from '../domain/variants.ts';

export type ListingFaceRow = {
  id: string;
  store_id: string;
  state: ListingState;
  kind: ListingKind;
  handle: string;
  slug: string;
  title: string;
  description: string;
  category_id: string;
  category_1: string;
  category_2: string | null;
  category_3: string | null;
  category_4: string | null;
  attributes: Attributes;
  condition: string | null;
  location: Location | null;
  tags: string[];
  images: ListingImage[];
  tax_class: string;
  is_offer_allowed: boolean;
  external_id: string | null;
  currency: string;
  current_release_id: string | null;
  version: number;
  created_time: Date;
  updated_time: Date;
  published_time: Date | null;
};

export type ListingRow = ListingFaceRow & { facets: string[]; stock_version: number };

export type VariantRow = {
  id: string;
  sku: string | null;
  options: OptionChoice[];
  price_minor: number;
  compare_at_minor: number | null;
  on_hand: number | null;
  reserved: number;
  weight_grams: number | null;
  image_url: string | null;
  license_code: string | null;
  external_id: string | null;
};

/** Which listings to load. */
export type ListingTarget =
  | { readonly ids: readonly string[] }
  | { readonly storeId: string; readonly handles: readonly string[] };

/**
 * Listings with their variants, deleted ones left out. With `lock` they stay as they are until the transaction ends:
 * first the listings, then the variants, each in order of id. Everything that changes stock takes that order.
 * `offset 0`: each handle and each content is looked up by its key, also by a plan that was made while the tables
 * were empty; else an import would read the store's whole catalog for each batch.
 */
export async function loadListings(
  queries: Queries,
  marketplaceId: string,
  target: ListingTarget,
  { lock }: { lock: boolean },
): Promise<ListingRecord[]> {
  const which: Sql =
    'ids' in target
      ? sql`l.id = any(${target.ids}::uuid[])`
      : sql`l.id = any(array(
          select found.id from unnest(${target.handles}::text[]) as wanted (handle) cross join lateral (
            select id from catalog.listing
            where marketplace_id = ${marketplaceId} and store_id = ${target.storeId}::uuid and handle = wanted.handle
              and state <> 'deleted' offset 0) found))`;
  const listings = await queries.rows<ListingRow>(sql`
    select l.*, c.description, c.attributes, c.tags, c.images
    from catalog.listing l cross join lateral (
      select description, attributes, tags, images from catalog.listing_content
      where marketplace_id = l.marketplace_id and listing_id = l.id offset 0) c
    where l.marketplace_id = ${marketplaceId} and l.state <> 'deleted' and ${which}
    order by l.id ${lock ? sql`for no key update of l` : sql``}`);
  if (listings.length === 0) return [];
  const variants = await queries.rows<VariantRow & { listing_id: string; position: number }>(sql`
    select * from catalog.variant
    where marketplace_id = ${marketplaceId} and listing_id = any(${listings.map(({ id }) => id)}::uuid[]) and is_active
    order by id ${lock ? sql`for no key update` : sql``}`);
  const byListing = new Map<string, (VariantRow & { listing_id: string; position: number })[]>();
  for (const variant of variants) {
    const list = byListing.get(variant.listing_id);
    if (list === undefined) byListing.set(variant.listing_id, [variant]);
    else list.push(variant);
  }
  return listings.map((row) => {
    const own = (byListing.get(row.id) ?? []).sort((a, b) => a.position - b.position);
    return listingFromRow(row, own.map(variantFromRow));
  });
}

/** One listing that is not deleted, or undefined. */
export async function findListing(
  queries: Queries,
  marketplaceId: string,
  id: string,
  options: { lock: boolean },
): Promise<ListingRecord | undefined> {
  return (await loadListings(queries, marketplaceId, { ids: [id] }, options))[0];
}

export function listingFromRow(row: ListingRow, variants: VariantRecord[]): ListingRecord {
  return { ...faceFromRow(row, variants), facets: row.facets, stockVersion: row.stock_version };
}

export function faceFromRow(row: ListingFaceRow, variants: VariantRecord[]): ListingFace {
  const path = [row.category_1, row.category_2, row.category_3, row.category_4];
  return {
    id: row.id,
    storeId: row.store_id,
    state: row.state,
    kind: row.kind,
    handle: row.handle,
    slug: row.slug,
    title: row.title,
    description: row.description,
    categoryId: row.category_id,
    categoryPath: path.filter((id) => id !== null),
    attributes: row.attributes,
    condition: row.condition,
    location: row.location,
    tags: row.tags,
    images: row.images,
    taxClass: row.tax_class,
    isOfferAllowed: row.is_offer_allowed,
    externalId: row.external_id,
    currency: row.currency,
    currentReleaseId: row.current_release_id,
    version: row.version,
    createdTime: row.created_time,
    updatedTime: row.updated_time,
    publishedTime: row.published_time,
    variants,
  };
}

export function variantFromRow(row: VariantRow): VariantRecord {
  return {
    id: row.id,
    sku: row.sku,
    options: row.options,
    priceMinor: row.price_minor,
    compareAtMinor: row.compare_at_minor,
    onHand: row.on_hand,
    reserved: row.reserved,
    weightGrams: row.weight_grams,
    imageUrl: row.image_url,
    licenseCode: row.license_code,
    externalId: row.external_id,
  };
}
