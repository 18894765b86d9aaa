import type { SearchDocument } from '@plaza/catalog/contract';
import { newestOf, uuidFromId } from '@plaza/kernel';
import type { pictureDescribed } from '@plaza/media/events';
import type { Database } from '@plaza/runtime';
import type { z } from 'zod';
import { saveLooks, savePictures } from '../store/looks.ts';
import type { LooksAtHand } from '../visual/looks-at-hand.ts';

export type AbsorbDependencies = { readonly database: Database; readonly looks: Pick<LooksAtHand, 'expectNews'> };

/** The first version of a listing, and it has no pictures: nothing is held of it that this could replace. */
function saysNothing({ version, imageAssetIds }: SearchDocument): boolean {
  return version === 1 && imageAssetIds.length === 0;
}

/** Keeps which pictures listings have. Versions decide, so order and repeats do not matter. */
export async function absorbPictures(
  { database, looks }: AbsorbDependencies,
  marketplaceId: string,
  documents: readonly SearchDocument[],
): Promise<void> {
  const newest = newestOf(
    documents.filter((document) => !saysNothing(document)),
    ({ id }) => id,
    ({ version }) => version,
  );
  if (newest.length === 0) return;
  await savePictures(
    database.read(marketplaceId),
    marketplaceId,
    newest.map(({ id, storeId, version, state, imageAssetIds }) => ({
      listingId: uuidFromId(id),
      storeId: uuidFromId(storeId),
      version,
      assetIds: state === 'published' ? imageAssetIds.map(uuidFromId) : [],
    })),
  );
  looks.expectNews(marketplaceId);
}

/** Keeps how pictures look. The latest look of a picture stays. */
export async function absorbLooks(
  { database, looks }: AbsorbDependencies,
  marketplaceId: string,
  announced: readonly z.output<(typeof pictureDescribed)['data']>[],
): Promise<void> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const newest = newestOf(
    announced,
    ({ assetId }) => assetId,
    ({ lookedTime }) => lookedTime,
  );
  await saveLooks(
    database.read(marketplaceId),
    marketplaceId,
    newest.map(({ assetId, model, hash, tint, vector, lookedTime }) => {
      return {
        assetId: uuidFromId(assetId),
        model,
        hash: bytes(hash),
        tint: bytes(tint),
        vector: bytes(vector),
        lookedTime,
      };
    }),
  );
  looks.expectNews(marketplaceId);
}
