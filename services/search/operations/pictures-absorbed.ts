import type { SearchDocument } from '@plaza/catalog/contract';
import { uuidFromId } from '@plaza/kernel';
import type { pictureDescribed } from '@plaza/media/events';
import type { Database } from '@plaza/runtime';
import type { z } from 'zod';
import { type PicturesRow, saveLook, savePictures } from '../store/looks.ts';

import type { LooksAtHand } from '../visual/looks-at-hand.ts';

export type AbsorbDeps = { readonly database: Database; readonly looks: Pick<LooksAtHand, 'expectNews'> };

/** Keeps which pictures listings have. Versions decide, so order and repeats do not matter. */
export async function absorbPictures(
  { database, looks }: AbsorbDeps,
  marketplaceId: string,
  documents: readonly SearchDocument[],
): Promise<void> {
  const latest = new Map<string, PicturesRow>();
  for (const { id, storeId, version, state, imageAssetIds } of documents) {
    if ((latest.get(id)?.version ?? -1) >= version) continue;
    latest.set(id, {
      listingId: uuidFromId(id),
      storeId: uuidFromId(storeId),
      version,
      assetIds: state === 'published' ? imageAssetIds.map(uuidFromId) : [],
    });
  }
  if (latest.size > 0) await savePictures(database.read(marketplaceId), marketplaceId, [...latest.values()]);
  looks.expectNews(marketplaceId);
}

/** Keeps how pictures look. The latest look of a picture stays. */
export async function absorbLooks(
  { database, looks }: AbsorbDeps,
  marketplaceId: string,
  announced: readonly z.output<(typeof pictureDescribed)['data']>[],
): Promise<void> {
  for (const { assetId, model, hash, tint, vector, lookedTime } of announced) {
    const bytes = (text: string) => Buffer.from(text, 'base64');
    await saveLook(database.read(marketplaceId), marketplaceId, {
      assetId: uuidFromId(assetId),
      model,
      hash: bytes(hash),
      tint: bytes(tint),
      vector: bytes(vector),
      lookedTime,
    });
  }
  looks.expectNews(marketplaceId);
}
