import { type Call, idFromUuid, idOfCursor, pageFrom, timeAndIdOfCursor, uuidFromId } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import { catalogContract } from '../contract.ts';
import { categoryIndex } from '../domain/categories.ts';
import { afterFrom } from '../domain/pages.ts';
import { errors } from '../errors.ts';
import { changedCards, findListingPage, lowCards, publishedOfStore, sitemapRows } from '../store/browse.ts';
import { categoryCounts } from '../store/facets.ts';
import { loadListings } from '../store/listings.ts';
import { findStore, findStores } from '../store/stores.ts';
import { listingView, searchDocument, sellerCardView } from '../store/views.ts';
import { type Dependencies, ownsStore, requireOwnStore, settingsOf } from './dependencies.ts';
import { namedPath } from './prepare-listing.ts';

type C = typeof catalogContract;
const ListingId = catalogContract.getMyListing.input.shape.listingId;

/** A listing's page. One statement. Sold ones stay readable: links and orders lead to them. */
export function getListing(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['getListing']>) => {
    const target = ListingId.safeParse(input.listingId).success
      ? { id: uuidFromId(input.listingId) }
      : { slug: input.listingId };
    const found = await findListingPage(
      dependencies.database.read(context.marketplaceId),
      context.marketplaceId,
      target,
    );
    if (found === undefined || (found.listing.state !== 'published' && found.listing.state !== 'sold'))
      throw errors.LISTING_NOT_FOUND({});
    return listingView(found.listing, found.store, namedPath(dependencies, context, found.listing), {
      withCounts: false,
    });
  };
}

/** A listing as its seller works on it. */
export function getMyListing(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['getMyListing']>) => {
    const target = { id: uuidFromId(input.listingId) };
    const found = await findListingPage(
      dependencies.database.read(context.marketplaceId),
      context.marketplaceId,
      target,
    );
    if (found === undefined || !ownsStore(context, found.store)) throw errors.LISTING_NOT_FOUND({});
    return listingView(found.listing, found.store, namedPath(dependencies, context, found.listing), {
      withCounts: true,
    });
  };
}

const lowKeys = (row: { free_quantity: number | null; id: string }) => [row.free_quantity ?? 0, row.id];
const changedKeys = (row: { updated_time: Date; id: string }) => [row.updated_time.toISOString(), row.id];

export function listStoreListings(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['listStoreListings']>) => {
    const queries = dependencies.database.read(context.marketplaceId);
    const storeId = uuidFromId(input.storeId);
    requireOwnStore(context, await findStore(queries, context.marketplaceId, storeId));
    const isLow = input.isLowStock === true;
    const page = { after: afterFrom(input.cursor, isLow ? 'number' : 'time'), limit: input.limit + 1 };
    if (isLow) {
      const low = await lowCards(queries, context.marketplaceId, { storeId, ...page });
      return pageFrom(low, input.limit, lowKeys, sellerCardView);
    }
    const rows = await changedCards(queries, context.marketplaceId, { storeId, state: input.state, ...page });
    return pageFrom(rows, input.limit, changedKeys, sellerCardView);
  };
}

export function listAllListings(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['listAllListings']>) => {
    const rows = await changedCards(dependencies.database.read(context.marketplaceId), context.marketplaceId, {
      storeId: input.storeId === undefined ? undefined : uuidFromId(input.storeId),
      state: input.state,
      after: afterFrom(input.cursor, 'time'),
      limit: input.limit + 1,
    });
    return pageFrom(rows, input.limit, changedKeys, sellerCardView);
  };
}

/** The tree with counts: a category counts what is in it and below. */
export function listCategories(dependencies: Dependencies) {
  return async ({ context }: Call<C['listCategories']>) => {
    const own = await categoryCounts(dependencies.database.read(context.marketplaceId), context.marketplaceId);
    const items = categoryIndex(settingsOf(dependencies, context)).all.map(({ id, parentId, name, subtree }) => ({
      id,
      parentId,
      name,
      listingCount: subtree.reduce((sum, each) => sum + (own.get(each) ?? 0), 0),
    }));
    return { items };
  };
}

export function listSitemapEntries(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['listSitemapEntries']>) => {
    const queries = dependencies.database.read(context.marketplaceId);
    const rows = await sitemapRows(queries, context.marketplaceId, idOfCursor(input.cursor), input.limit + 1);
    return pageFrom(
      rows,
      input.limit,
      ({ id }) => [id],
      (row) => ({
        listingId: idFromUuid('listing', row.id),
        slug: row.slug,
        updatedTime: row.updated_time.toISOString(),
        imageUrl: row.image_url,
      }),
    );
  };
}

/** Which listings a page of search documents is of. */
async function idsOfPage(
  queries: Queries,
  marketplaceId: string,
  { listingIds, storeId, cursor, limit }: Call<C['exportSearchDocuments']>['input'],
): Promise<{ items: string[]; nextCursor: string | null }> {
  if (listingIds !== undefined) return { items: listingIds.map(uuidFromId), nextCursor: null };
  if (storeId !== undefined) {
    const rows = await publishedOfStore(
      queries,
      marketplaceId,
      uuidFromId(storeId),
      timeAndIdOfCursor(cursor),
      limit + 1,
    );
    return pageFrom(
      rows,
      limit,
      (row) => [row.published_time.toISOString(), row.id],
      ({ id }) => id,
    );
  }
  const rows = await sitemapRows(queries, marketplaceId, idOfCursor(cursor), limit + 1);
  return pageFrom(
    rows,
    limit,
    ({ id }) => [id],
    ({ id }) => id,
  );
}

/** Everything on sale as search documents, in order of id; a store's, the first published first. Four statements a page whatever its size. */
export function exportSearchDocuments(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['exportSearchDocuments']>) => {
    const { marketplaceId } = context;
    const queries = dependencies.database.read(marketplaceId);
    const page = await idsOfPage(queries, marketplaceId, input);
    const listings = await loadListings(queries, marketplaceId, { ids: page.items }, { lock: false });
    const stores = await findStores(queries, marketplaceId, [...new Set(listings.map(({ storeId }) => storeId))]);
    const storeOf = new Map(stores.map((store) => [store.id, store]));
    const items = listings.flatMap((listing) => {
      const store = storeOf.get(listing.storeId);
      // A listing may have left sale between the two statements; its own event tells search.
      return store === undefined || listing.state !== 'published' ? [] : [searchDocument(listing, store)];
    });
    return { items, nextCursor: page.nextCursor };
  };
}
