import { asService, type Context, faultFrom, idFromUuid } from '@plaza/kernel';
import type { ListingImage } from '../contract.ts';
import { errors } from '../errors.ts';
import { saveAndAnnounce } from '../operations/write-listing.ts';
import { findListing } from '../store/listings.ts';
import { findStore } from '../store/stores.ts';
import type { ImportDependencies } from './dependencies.ts';
import { type ImageRow, imagesOf, listingsWithDueImages, saveImageOutcome } from './store/image.ts';

/** Listings served in one round; rounds are paced by the timer, so that no image host is overrun. */
const LISTINGS_A_ROUND = 12;
const ATTEMPTS_MAX = 5;
/** Waits 1, 4, 16, 64 minutes between attempts. */
const RETRY_MINUTES_FACTOR = 4;

/** Fetches images that imports named and puts them on their listings. Safe to repeat and to interrupt. */
export async function fetchDueImages(dependencies: ImportDependencies, context: Context): Promise<void> {
  const queries = dependencies.database.read(context.marketplaceId);
  const due = await listingsWithDueImages(queries, context.marketplaceId, {
    now: dependencies.clock(),
    limit: LISTINGS_A_ROUND,
  });
  await Promise.all(due.map((listingId) => fetchImagesOf(dependencies, context, listingId)));
}

async function fetchImagesOf(dependencies: ImportDependencies, context: Context, listingId: string): Promise<void> {
  const { marketplaceId } = context;
  const queries = dependencies.database.read(marketplaceId);
  const listing = await findListing(queries, marketplaceId, listingId, { lock: false });
  const store = listing === undefined ? undefined : await findStore(queries, marketplaceId, listing.storeId);
  const now = dependencies.clock();
  let isChanged = false;
  for (const row of await imagesOf(queries, marketplaceId, [listingId])) {
    if (row.state !== 'waiting') continue;
    if (listing === undefined || store === undefined) {
      const failure = errors.LISTING_NOT_FOUND({});
      await saveImageOutcome(queries, marketplaceId, row, { failure, dueTime: null });
      continue;
    }
    try {
      const image = await fetchImage(dependencies, context, row, store.ownerMemberId);
      await saveImageOutcome(queries, marketplaceId, row, { image });
      isChanged = true;
    } catch (error) {
      const fault = faultFrom(error);
      // A file that is no image will not become one; an address may answer later.
      const isFinal = row.attempts + 1 >= ATTEMPTS_MAX || (fault.code !== 'SOURCE_UNREACHABLE' && fault.status < 500);
      const minutes = RETRY_MINUTES_FACTOR ** row.attempts;
      const dueTime = isFinal ? null : new Date(now.getTime() + minutes * 60_000);
      await saveImageOutcome(queries, marketplaceId, row, { failure: fault, dueTime });
    }
  }
  if (isChanged) await showImages(dependencies, marketplaceId, listingId);
}

async function fetchImage(
  { media }: ImportDependencies,
  context: Context,
  { url, alt, folder }: ImageRow,
  ownerUuid: string,
): Promise<ListingImage> {
  const { id, renditions, width, height } = await media.importFromUrl(
    {
      purpose: 'listing-image',
      url,
      ownerMemberId: idFromUuid('member', ownerUuid),
      ...(folder === null ? {} : { folder }),
    },
    asService('catalog', context),
  );
  if (renditions === null) throw new Error(`no renditions of ${id}`);
  return {
    assetId: id,
    alt,
    thumbUrl: renditions.thumb,
    cardUrl: renditions.card,
    url: renditions.full,
    width,
    height,
  };
}

/** The file's images in the file's order, then those that were added by hand. */
async function showImages(dependencies: ImportDependencies, marketplaceId: string, listingId: string): Promise<void> {
  await dependencies.database.transaction(marketplaceId, async (tx) => {
    const before = await findListing(tx, marketplaceId, listingId, { lock: true });
    const store = before === undefined ? undefined : await findStore(tx, marketplaceId, before.storeId);
    if (before === undefined || store === undefined) return;
    const fetched = (await imagesOf(tx, marketplaceId, [listingId])).flatMap(({ image }) => image ?? []);
    const ids = new Set<string>(fetched.map(({ assetId }) => assetId));
    const images = [...fetched, ...before.images.filter(({ assetId }) => !ids.has(assetId))].slice(0, 30);
    const after = { ...before, images, version: before.version + 1, updatedTime: dependencies.clock() };
    await saveAndAnnounce(tx, store, [{ before, after }]);
  });
}
