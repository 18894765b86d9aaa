import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { columnsOf, sql, type Transaction } from '@plaza/runtime';
import type { ListingRecord } from '../domain/listing.ts';
import { freeQuantityOf, variantTitle } from '../domain/variants.ts';
import { refusing } from './constraints.ts';
import { countFacets, indexFacets } from './facets.ts';
import { type ListingMove, unlessAllAreNew } from './listing-moves.ts';

/** Of so many listings the statements are long enough that PostgreSQL should not wait for all of them. */
const MANY = 50;

/** The lowest price, and the compare-at price that goes with it. */
export function priceSpan(variants: ListingRecord['variants']): {
  lowest: number;
  highest: number;
  compareAt: number | null;
} {
  let cheapest = variants[0];
  let highest = cheapest?.priceMinor ?? 0;
  for (const variant of variants) {
    if (cheapest === undefined || variant.priceMinor < cheapest.priceMinor) cheapest = variant;
    highest = Math.max(highest, variant.priceMinor);
  }
  return { lowest: cheapest?.priceMinor ?? 0, highest, compareAt: cheapest?.compareAtMinor ?? null };
}

/**
 * Writes listings with their variants, facets and counters, any number at once, in a fixed number of statements.
 * The caller loaded `before` under lock, so that no stock moved meanwhile.
 */
export async function saveListings(tx: Transaction, moves: readonly ListingMove[]): Promise<void> {
  if (moves.length === 0) return;
  const statements = [
    () => refusing(saveListingRows(tx, moves)),
    () => saveContents(tx, moves),
    () => refusing(saveVariants(tx, moves)),
    () => indexFacets(tx, moves),
    () => countFacets(tx, moves),
  ];
  const sent: Promise<void>[] = [];
  for (const send of statements) {
    const statement = send();
    // The first failure is told below; until then none may be taken for one that nobody looks at.
    statement.catch(() => {});
    sent.push(statement);
    // What is written goes out at the end of this turn: PostgreSQL works on it while the next is made.
    if (moves.length >= MANY) await nextTurn();
  }
  await Promise.all(sent);
}

const LISTING_COLUMNS = {
  id: 'uuid',
  store_id: 'uuid',
  state: 'text',
  kind: 'text',
  handle: 'text',
  slug: 'text',
  title: 'text',
  category_id: 'text',
  category_1: 'text',
  category_2: 'text',
  category_3: 'text',
  category_4: 'text',
  condition: 'text',
  currency: 'text',
  price_minor: 'bigint',
  price_max_minor: 'bigint',
  compare_at_minor: 'bigint',
  image_url: 'text',
  image_alt: 'text',
  free_quantity: 'bigint',
  stock_version: 'bigint',
  variant_count: 'int',
  location: 'jsonb',
  tax_class: 'text',
  is_offer_allowed: 'boolean',
  external_id: 'text',
  facets: 'text[]',
  current_release_id: 'uuid',
  version: 'int',
  created_time: 'timestamptz',
  updated_time: 'timestamptz',
  published_time: 'timestamptz',
} as const;

async function saveListingRows(tx: Transaction, moves: readonly ListingMove[]): Promise<void> {
  const rows = moves.map(({ after }) => {
    const { lowest, highest, compareAt } = priceSpan(after.variants);
    return {
      id: after.id,
      store_id: after.storeId,
      state: after.state,
      kind: after.kind,
      handle: after.handle,
      slug: after.slug,
      title: after.title,
      category_id: after.categoryId,
      category_1: after.categoryPath[0],
      category_2: after.categoryPath[1],
      category_3: after.categoryPath[2],
      category_4: after.categoryPath[3],
      condition: after.condition,
      currency: after.currency,
      price_minor: lowest,
      price_max_minor: highest,
      compare_at_minor: compareAt,
      image_url: after.images[0]?.cardUrl,
      image_alt: after.images[0]?.alt,
      free_quantity: freeQuantityOf(after.variants),
      stock_version: after.stockVersion,
      variant_count: after.variants.length,
      location: after.location,
      tax_class: after.taxClass,
      is_offer_allowed: after.isOfferAllowed,
      external_id: after.externalId,
      facets: after.facets,
      current_release_id: after.currentReleaseId,
      version: after.version,
      created_time: after.createdTime,
      updated_time: after.updatedTime,
      published_time: after.publishedTime,
    };
  });
  const { names, rows: given } = columnsOf(LISTING_COLUMNS, rows);
  await tx.execute(sql`
    insert into catalog.listing (marketplace_id, ${names}) select ${tx.marketplaceId}, r.* from ${given} r
    ${unlessAllAreNew(
      moves,
      sql`on conflict (marketplace_id, id) do update set
      state = excluded.state, kind = excluded.kind, handle = excluded.handle, slug = excluded.slug, title = excluded.title,
      category_id = excluded.category_id, category_1 = excluded.category_1, category_2 = excluded.category_2,
      category_3 = excluded.category_3, category_4 = excluded.category_4, condition = excluded.condition,
      currency = excluded.currency, price_minor = excluded.price_minor, price_max_minor = excluded.price_max_minor,
      compare_at_minor = excluded.compare_at_minor, image_url = excluded.image_url, image_alt = excluded.image_alt,
      free_quantity = excluded.free_quantity, stock_version = excluded.stock_version,
      variant_count = excluded.variant_count, location = excluded.location, tax_class = excluded.tax_class,
      is_offer_allowed = excluded.is_offer_allowed, external_id = excluded.external_id, facets = excluded.facets,
      current_release_id = excluded.current_release_id, version = excluded.version,
      updated_time = excluded.updated_time, published_time = excluded.published_time`,
    )}`);
}

const CONTENT_COLUMNS = {
  listing_id: 'uuid',
  description: 'text',
  attributes: 'jsonb',
  tags: 'jsonb',
  images: 'jsonb',
} as const;

async function saveContents(tx: Transaction, moves: readonly ListingMove[]): Promise<void> {
  const rows = moves
    .filter(({ before, after }) => before === undefined || !isDeepStrictEqual(contentOf(before), contentOf(after)))
    .map(({ after: { id, description, attributes, tags, images } }) => ({
      listing_id: id,
      description,
      attributes,
      tags,
      images,
    }));
  if (rows.length === 0) return;
  const { names, rows: given } = columnsOf(CONTENT_COLUMNS, rows);
  await tx.execute(sql`
    insert into catalog.listing_content (marketplace_id, ${names}) select ${tx.marketplaceId}, r.* from ${given} r
    ${unlessAllAreNew(
      moves,
      sql`on conflict (marketplace_id, listing_id) do update set description = excluded.description,
      attributes = excluded.attributes, tags = excluded.tags, images = excluded.images`,
    )}`);
}

function contentOf({ description, attributes, tags, images }: ListingRecord): unknown {
  return [description, attributes, tags, images];
}

const VARIANT_COLUMNS = {
  id: 'uuid',
  listing_id: 'uuid',
  store_id: 'uuid',
  position: 'int',
  sku: 'text',
  title: 'text',
  options: 'jsonb',
  price_minor: 'bigint',
  compare_at_minor: 'bigint',
  on_hand: 'bigint',
  weight_grams: 'int',
  image_url: 'text',
  license_code: 'text',
  external_id: 'text',
} as const;

async function saveVariants(tx: Transaction, moves: readonly ListingMove[]): Promise<void> {
  const removed: string[] = [];
  const vacated: string[] = [];
  const rows: Partial<Record<keyof typeof VARIANT_COLUMNS, unknown>>[] = [];
  for (const { before, after } of moves) {
    const known = new Map(before?.variants.map((variant, position) => [variant.id, { variant, position }]));
    after.variants.forEach((variant, position) => {
      const was = known.get(variant.id);
      known.delete(variant.id);
      const isSame = was?.position === position && isDeepStrictEqual(was.variant, variant);
      if (was !== undefined && isSame) return;
      if (was !== undefined && was.variant.sku !== variant.sku) vacated.push(variant.id);
      rows.push({
        id: variant.id,
        listing_id: after.id,
        store_id: after.storeId,
        position,
        sku: variant.sku,
        title: variantTitle(variant.options),
        options: variant.options,
        price_minor: variant.priceMinor,
        compare_at_minor: variant.compareAtMinor,
        on_hand: variant.onHand,
        weight_grams: variant.weightGrams,
        image_url: variant.imageUrl,
        license_code: variant.licenseCode,
        external_id: variant.externalId,
      });
    });
    removed.push(...known.keys());
    // A deleted listing's stock codes are free again; its variants stay for reservations that still hold them.
    if (after.state === 'deleted') removed.push(...after.variants.map(({ id }) => id));
  }
  if (rows.length > 0 && vacated.length > 0) {
    // Two variants may exchange their SKUs: give both up before either is taken.
    await tx.execute(sql`
      update catalog.variant set sku = null where marketplace_id = ${tx.marketplaceId} and id = any(${vacated}::uuid[])`);
  }
  if (removed.length > 0) {
    await tx.execute(sql`
      update catalog.variant set is_active = false where marketplace_id = ${tx.marketplaceId} and id = any(${removed}::uuid[])`);
  }
  if (rows.length === 0) return;
  const { names, rows: given } = columnsOf(VARIANT_COLUMNS, rows);
  await tx.execute(sql`
    insert into catalog.variant (marketplace_id, ${names}) select ${tx.marketplaceId}, r.* from ${given} r
    ${unlessAllAreNew(
      moves,
      sql`on conflict (marketplace_id, id) do update set position = excluded.position, sku = excluded.sku,
      title = excluded.title, options = excluded.options, price_minor = excluded.price_minor,
      compare_at_minor = excluded.compare_at_minor, on_hand = excluded.on_hand, weight_grams = excluded.weight_grams,
      image_url = excluded.image_url, license_code = excluded.license_code, external_id = excluded.external_id`,
    )}`);
}
