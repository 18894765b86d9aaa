import { buffer } from 'node:stream/consumers';
import { type Call, commonErrors, idFromUuid, uuidFromId } from '@plaza/kernel';
import { InputRefused, labelOf } from '@plaza/runtime/models';
import type { LookProblem } from '../contract/look.ts';
import type { mediaContract } from '../contract.ts';
import { detectType } from '../domain/file-type.ts';
import { RULES } from '../domain/purpose.ts';
import { errors } from '../errors.ts';
import { pictureDescribed } from '../events.ts';
import { askedLookView, type LookBytes, lookAt, lookView } from '../looks/look.ts';
import type { PictureModel } from '../looks/model.ts';
import { type Picture, readPicture } from '../looks/picture.ts';
import { findUndescribed, saveLook } from '../store/picture-look.ts';
import { findUpload, removeUpload } from '../store/upload.ts';
import type { Dependencies } from './dependencies.ts';

export type LookDependencies = Dependencies & { readonly model: PictureModel };

/** Pictures described in one turn of the timer: the next timer need not wait long for its turn. */
const PICTURES_A_TURN = 200;
/** Pictures asked for at once. */
const PICTURES_AT_ONCE = 20;

/** Looks at the pictures that nobody has looked at, or another model has. Where it stops, the next turn goes on. */
export async function describePictures(dependencies: LookDependencies, marketplaceId: string): Promise<void> {
  const { database, storage, model } = dependencies;
  const label = labelOf(model);
  for (let done = 0; done < PICTURES_A_TURN; ) {
    const waiting = await findUndescribed(database.read(marketplaceId), marketplaceId, label, PICTURES_AT_ONCE);
    for (const { assetId, storageKey } of waiting) {
      const isThere = await storage.exists(storageKey);
      const picture = isThere ? await readPicture(await buffer(await storage.get(storageKey))) : undefined;
      const look = picture === undefined || 'problem' in picture ? null : await lookUnlessRefused(picture, model);
      await database.transaction(marketplaceId, async (tx) => {
        await saveLook(tx, assetId, label, look);
        const id = idFromUuid('asset', assetId);
        if (look !== null)
          await tx.announce(pictureDescribed, id, {
            assetId: id,
            lookedTime: dependencies.clock().toISOString(),
            ...lookView(look),
          });
      });
    }
    done += waiting.length;
    if (waiting.length < PICTURES_AT_ONCE) return;
  }
}

/** One picture that a model does not take keeps no other from being looked at. */
async function lookUnlessRefused(picture: Picture, model: PictureModel): Promise<LookBytes | null> {
  try {
    return await lookAt(picture, model);
  } catch (error) {
    if (error instanceof InputRefused) return null;
    throw error;
  }
}

/** Looks at what was uploaded and forgets it: its bytes, and that they were here. */
export function describeUpload(dependencies: LookDependencies) {
  return async ({ input, context }: Call<typeof mediaContract.describeUpload>) => {
    const { database, storage, model } = dependencies;
    const { marketplaceId } = context;
    const upload = await findUpload(database.read(marketplaceId), marketplaceId, uuidFromId(input.uploadId));
    if (upload === undefined || upload.purpose !== 'search-picture') throw errors.UPLOAD_NOT_FOUND({});
    const { storageKey } = upload;
    const problem = (code: LookProblem) => ({
      look: null,
      problem: code,
    });
    // Nothing to forget yet: the bytes may still come.
    if (!(await storage.exists(storageKey))) return problem('missing');
    try {
      const { types, maxBytes } = RULES['search-picture'];
      if ((await storage.size(storageKey)) > maxBytes) return problem('too_large');
      const bytes = await buffer(await storage.get(storageKey));
      if (!types.includes(detectType(bytes.subarray(0, 4_096)) ?? '')) return problem('type');
      const picture = await readPicture(bytes);
      if ('problem' in picture) return problem(picture.problem);
      const look = await lookUnlessRefused(picture, model).catch((error) => {
        throw commonErrors.UNAVAILABLE({}, { cause: error });
      });
      return look === null ? problem('unreadable') : { look: askedLookView(look, picture), problem: null };
    } finally {
      await database.transaction(marketplaceId, (tx) => removeUpload(tx, upload.id));
      await storage.delete(storageKey);
    }
  };
}
