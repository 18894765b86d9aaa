import {
  asService,
  type Call,
  encodeCursor,
  idFromUuid,
  idOfCursor,
  invalidInput,
  localize,
  newUuid,
  uuidFromId,
} from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { catalogContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { findListing } from '../store/listings.ts';
import {
  findCurrentRelease,
  insertRelease,
  newestReleases,
  type ReleaseRecord,
  releaseView,
} from '../store/releases.ts';
import { findStore } from '../store/stores.ts';
import { type Dependencies, ownsStore, settingsOf } from './dependencies.ts';
import { lockForChange, saveChange } from './write-listing.ts';

type C = typeof catalogContract;

/** Adds a version with its files; what buyers download from now on. */
export function createRelease(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.createRelease, async ({ input, context, tx }) => {
    const { listing, store } = await lockForChange(tx, context, input);
    if (listing.kind !== 'digital')
      throw invalidInput([{ pointer: '/listingId', code: 'kind', detail: 'only digital listings have releases' }]);
    const owner = context.actor.kind === 'member' ? { ownerMemberId: context.actor.memberId } : {};
    const assetIds = input.files.map(({ assetId }) => assetId);
    const { items } = await dependencies.media.getAssets({ assetIds, ...owner }, asService('catalog', context));
    const assets = new Map(items.filter(({ isPublic }) => !isPublic).map((asset) => [asset.id, asset]));
    const files = input.files.map(({ assetId, filename }, i) => {
      const asset = assets.get(assetId);
      if (asset === undefined)
        throw invalidInput([
          { pointer: `/files/${i}/assetId`, code: 'unknown', detail: 'is not a private file of yours' },
        ]);
      const { contentType, sizeBytes, sha256 } = asset;
      return { assetId, filename: filename ?? asset.filename, contentType, sizeBytes, sha256 };
    });
    const settings = settingsOf(dependencies, context);
    const release: ReleaseRecord = {
      id: newUuid(),
      listingId: listing.id,
      version: input.version,
      changelog: input.changelog,
      compatibility: input.compatibility,
      licenseOptions:
        input.licenseOptions ??
        settings.licenses.map(({ id, name, summary }) => ({
          code: id,
          name: localize(name, store.locale, settings.locales),
          summary: localize(summary, store.locale, settings.locales),
        })),
      files,
      createdTime: dependencies.clock(),
    };
    await insertRelease(tx, release);
    await saveChange(dependencies, tx, store, { before: listing, after: { ...listing, currentReleaseId: release.id } });
    return releaseView(release, release.id);
  });
}

/** Versions of a listing that is or was on sale; a draft's are its seller's business. */
export function listReleases(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['listReleases']>) => {
    const { marketplaceId } = context;
    const queries = dependencies.database.read(marketplaceId);
    const listing = await findListing(queries, marketplaceId, uuidFromId(input.listingId), { lock: false });
    if (listing === undefined) throw errors.LISTING_NOT_FOUND({});
    if (listing.publishedTime === null) {
      const store = await findStore(queries, marketplaceId, listing.storeId);
      if (store === undefined || !ownsStore(context, store)) throw errors.LISTING_NOT_FOUND({});
    }
    const rows = await newestReleases(queries, marketplaceId, listing.id, input.limit + 1, idOfCursor(input.cursor));
    const last = rows.length > input.limit ? rows[input.limit - 1] : undefined;
    return {
      items: rows.slice(0, input.limit).map((row) => releaseView(row, listing.currentReleaseId)),
      nextCursor: last === undefined ? null : encodeCursor([last.id]),
    };
  };
}

/** The files of the current release. Of deleted listings too: a license outlives its listing. */
export function getLicensedFiles(dependencies: Dependencies) {
  return async ({ input, context }: Call<C['getLicensedFiles']>) => {
    const listingUuid = uuidFromId(input.listingId);
    const found = await findCurrentRelease(
      dependencies.database.read(context.marketplaceId),
      context.marketplaceId,
      listingUuid,
    );
    if (found === undefined) throw errors.LISTING_NOT_FOUND({});
    const { release } = found;
    return {
      listingId: input.listingId,
      releaseId: release === null ? null : idFromUuid('release', release.id),
      version: release?.version ?? null,
      licenseOptions: [...(release?.licenseOptions ?? [])],
      files: [...(release?.files ?? [])],
    };
  };
}
