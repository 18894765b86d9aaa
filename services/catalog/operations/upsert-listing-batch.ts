import { isDeepStrictEqual } from 'node:util';
import { type Currency, type FieldError, type Id, idFromUuid, invariant, localize, newUuid } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Transaction } from '@plaza/runtime';
import type { Attributes, ListingImage, ListingKind, Location } from '../contract.ts';
import { slugOf } from '../domain/handle.ts';
import type { ListingRecord } from '../domain/listing.ts';
import { mergeVariants, variantMistakes } from '../domain/variants.ts';
import { errors } from '../errors.ts';
import { takenSkus } from '../store/handles.ts';
import type { ListingMove } from '../store/listing-moves.ts';
import { loadListings } from '../store/listings.ts';
import { findStore } from '../store/stores.ts';
import { roomOf } from './plan-limit.ts';
import { derived, settingsMistakes } from './prepare-listing.ts';
import { saveAndAnnounce } from './write-listing.ts';

/** A listing as an import brings it. The caller checked lengths and types against the contract's limits. */
export type ListingRow = {
  /** Identifies the listing within its store: the same handle again is an update. */
  readonly handle: string;
  readonly kind: ListingKind;
  readonly title: string;
  /** Made safe here, whatever it holds. */
  readonly description: string;
  readonly categoryId: string;
  readonly attributes: Attributes;
  readonly condition: string | null;
  readonly location: Location | null;
  readonly tags: readonly string[];
  readonly images: readonly ListingImage[];
  readonly taxClass: string;
  readonly isOfferAllowed: boolean;
  readonly externalId: string | null;
  readonly state: 'draft' | 'published' | 'paused';
  readonly currency: Currency;
  /** At least one. Matched to existing ones by SKU, then by options. */
  readonly variants: readonly VariantRow[];
};

export type VariantRow = {
  readonly sku: string | null;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly priceMinor: number;
  readonly compareAtPriceMinor: number | null;
  /** Null: unlimited. Never counted below what buyers have reserved. */
  readonly onHand: number | null;
  readonly weightGrams: number | null;
  readonly imageUrl: string | null;
  readonly licenseCode: string | null;
  readonly externalId: string | null;
};

/** What became of each row, in the order given. A refused row changes nothing and does not stop the others. */
export type RowOutcome =
  | { readonly outcome: 'created' | 'updated' | 'unchanged'; readonly listingId: Id<'listing'> }
  | { readonly outcome: 'refused'; readonly errors: readonly FieldError[] };

/** Rows in one batch; some hundreds keep statements and locks short. */
export const BATCH_ROWS_MAX = 1_000;

/**
 * Creates or updates listings of a store by handle, in a fixed number of statements whatever the number of rows.
 * Handles within a batch must differ. A repeated batch changes nothing, not even versions.
 */
export async function upsertListingBatch(
  tx: Transaction,
  scope: {
    readonly storeId: string;
    readonly settings: MarketplaceSettings;
    readonly now: Date;
    /** The listings of these handles, if the caller has loaded them already, under lock. */
    readonly existing?: readonly ListingRecord[];
  },
  rows: readonly ListingRow[],
): Promise<RowOutcome[]> {
  invariant(rows.length <= BATCH_ROWS_MAX, `at most ${BATCH_ROWS_MAX} rows in a batch`);
  const { storeId, settings, now } = scope;
  const handles = rows.map(({ handle }) => handle);
  const skus = rows.flatMap(({ variants }) => variants.flatMap(({ sku }) => (sku === null ? [] : [sku])));
  const [store, existing, skuOwners] = await Promise.all([
    findStore(tx, tx.marketplaceId, storeId),
    scope.existing ?? loadListings(tx, tx.marketplaceId, { storeId, handles }, { lock: true }),
    takenSkus(tx, storeId, skus),
  ]);
  if (store === undefined) throw errors.STORE_NOT_FOUND({});
  // Counted once a batch, and only for stores whose plan has a limit.
  const room = rows.some(({ state }) => state === 'published') ? await roomOf(tx, settings, store) : undefined;
  const byHandle = new Map(existing.map((listing) => [listing.handle, listing]));

  const moves: ListingMove[] = [];
  const outcomes = rows.map((row): RowOutcome => {
    const before = byHandle.get(row.handle);
    const after = listingOf(row, before, { storeId, now, settings });
    const mistakes = [...settingsMistakes(settings, after), ...variantMistakes(row.variants)];
    if (row.currency !== settings.currency)
      mistakes.push({ pointer: '/currency', code: 'currency', detail: `must be ${settings.currency}` });
    row.variants.forEach(({ sku }, i) => {
      const owner = sku === null ? undefined : skuOwners.get(sku);
      if (owner !== undefined && owner !== after.id)
        mistakes.push({ pointer: `/variants/${i}/sku`, code: 'taken', detail: `${sku} belongs to another listing` });
    });
    const isPut = after.state === 'published' && before?.state !== 'published';
    if (isPut && room !== undefined && room.left <= 0)
      mistakes.push({
        pointer: '/state',
        code: 'plan_limit',
        detail: `the plan ${localize(room.plan.name, 'en')} allows ${room.limit} listings on sale`,
      });
    if (mistakes.length > 0) return { outcome: 'refused', errors: mistakes };
    if (room !== undefined)
      room.left += (before?.state === 'published' ? 1 : 0) - (after.state === 'published' ? 1 : 0);
    for (const { sku } of row.variants) if (sku !== null) skuOwners.set(sku, after.id);
    const listingId = idFromUuid('listing', after.id);
    if (before !== undefined && isDeepStrictEqual(before, after)) return { outcome: 'unchanged', listingId };
    moves.push({ before, after: { ...after, version: (before?.version ?? 0) + 1, updatedTime: now } });
    return { outcome: before === undefined ? 'created' : 'updated', listingId };
  });
  await saveAndAnnounce(tx, store, moves);
  return outcomes;
}

/** The row laid over the listing of its handle. What a row does not carry (release, slug, times) stays. */
function listingOf(
  row: ListingRow,
  before: ListingRecord | undefined,
  { storeId, now, settings }: { storeId: string; now: Date; settings: MarketplaceSettings },
): ListingRecord {
  const id = before?.id ?? newUuid();
  const changes = row.variants.map(({ compareAtPriceMinor, ...variant }) => ({
    ...variant,
    compareAtMinor: compareAtPriceMinor,
  }));
  const variants = mergeVariants(before?.variants ?? [], changes, newUuid).variants.map((variant) => ({
    ...variant,
    onHand: variant.onHand === null ? null : Math.max(variant.onHand, variant.reserved),
  }));
  const isCounted = JSON.stringify(variants.map(countOf)) === JSON.stringify((before?.variants ?? []).map(countOf));
  // An operator's suspension and a sale outlast an import; a digital listing without files cannot be published.
  const isHeld = before?.state === 'suspended' || before?.state === 'sold';
  const lacksFiles = row.kind === 'digital' && (before?.currentReleaseId ?? null) === null;
  const state = isHeld ? before.state : row.state === 'published' && lacksFiles ? 'draft' : row.state;
  return derived(settings, {
    id,
    storeId,
    state,
    kind: row.kind,
    handle: row.handle,
    slug: before?.slug ?? slugOf(row.handle, id),
    title: row.title,
    description: row.description,
    categoryId: row.categoryId,
    categoryPath: [],
    attributes: row.attributes,
    condition: row.condition,
    location: row.location,
    tags: row.tags,
    images: row.images,
    taxClass: row.taxClass,
    isOfferAllowed: row.isOfferAllowed,
    externalId: row.externalId,
    currency: row.currency,
    facets: [],
    currentReleaseId: before?.currentReleaseId ?? null,
    stockVersion: (before?.stockVersion ?? 0) + (isCounted ? 0 : 1),
    version: before?.version ?? 0,
    createdTime: before?.createdTime ?? now,
    updatedTime: before?.updatedTime ?? now,
    publishedTime: before?.publishedTime ?? (state === 'published' ? now : null),
    variants,
  });
}

function countOf({ id, onHand }: { id: string; onHand: number | null }): unknown {
  return [id, onHand];
}
