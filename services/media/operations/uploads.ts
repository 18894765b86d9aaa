import { type Call, type Context, commonErrors, idFromUuid, newUuid, requireMember, uuidFromId } from '@plaza/kernel';
import { inSteps, inTransaction } from '@plaza/runtime';
import { mediaContract } from '../contract.ts';
import { isUnspecified, normalizedType, RULES, requireAccepted } from '../domain/purpose.ts';
import { errors } from '../errors.ts';
import { assetView, findAssets } from '../store/asset.ts';
import { findUpload, insertUpload, removeExpiredUploads } from '../store/upload.ts';
import { acceptFile } from './accept-file.ts';
import type { Dependencies } from './dependencies.ts';

const UPLOAD_SECONDS = 3_600;
/** Uploads that were never completed, removed in one transaction. */
const EXPIRED_MAX = 100;

/** Refuses early what can be seen early; the bytes are checked at completion. */
export function createUpload(dependencies: Dependencies) {
  return inTransaction(dependencies.database, mediaContract.createUpload, async ({ input, context, tx }) => {
    // Who completed one would keep what nobody looks at.
    if (input.purpose === 'search-picture' && context.actor.kind !== 'service') throw commonErrors.FORBIDDEN({});
    const contentType = normalizedType(input.contentType);
    const { types, maxBytes } = RULES[input.purpose];
    requireAccepted(input.purpose, isUnspecified(contentType) ? (types[0] as string) : contentType, input.sizeBytes);
    const id = newUuid();
    const expireTime = new Date(dependencies.clock().getTime() + UPLOAD_SECONDS * 1000);
    const storageKey = `${tx.marketplaceId}/incoming/${id}`;
    await insertUpload(tx, {
      id,
      ownerMemberId: ownerOf(context),
      purpose: input.purpose,
      filename: input.filename,
      contentType,
      sizeBytes: input.sizeBytes,
      storageKey,
      assetId: null,
      expireTime,
    });
    return {
      uploadId: idFromUuid('upload', id),
      uploadUrl: dependencies.storage.signedUploadUrl(storageKey, {
        expiresInSeconds: UPLOAD_SECONDS,
        contentType: input.contentType,
        maxBytes: Math.min(input.sizeBytes, maxBytes),
      }),
      method: 'PUT' as const,
      headers: { 'content-type': input.contentType },
      expireTime: expireTime.toISOString(),
    };
  });
}

/** Checks what arrived. Repeating it answers the same asset. */
export function completeUpload(dependencies: Dependencies) {
  return inSteps(dependencies.database, mediaContract.completeUpload, async ({ input, context }) => {
    const { marketplaceId } = context;
    const queries = dependencies.database.read(marketplaceId);
    const upload = await findUpload(queries, marketplaceId, uuidFromId(input.uploadId));
    if (upload === undefined || !isOwner(context, upload.ownerMemberId)) throw errors.UPLOAD_NOT_FOUND({});
    if (upload.assetId !== null) {
      const [asset] = await findAssets(queries, marketplaceId, [upload.assetId]);
      if (asset !== undefined) return assetView(asset, dependencies.storage);
    }
    const receivedBytes = (await dependencies.storage.exists(upload.storageKey))
      ? await dependencies.storage.size(upload.storageKey)
      : null;
    if (receivedBytes !== upload.sizeBytes)
      throw errors.UPLOAD_INCOMPLETE({ expectedBytes: upload.sizeBytes, receivedBytes });
    const asset = await acceptFile(dependencies, {
      marketplaceId,
      purpose: upload.purpose,
      filename: upload.filename,
      ownerMemberId: upload.ownerMemberId,
      uploadId: upload.id,
      open: () => dependencies.storage.get(upload.storageKey),
    });
    await dependencies.storage.delete(upload.storageKey);
    return asset;
  });
}

export function getAsset(dependencies: Dependencies) {
  return async ({ input, context }: Call<typeof mediaContract.getAsset>) => {
    const { marketplaceId } = context;
    const [asset] = await findAssets(dependencies.database.read(marketplaceId), marketplaceId, [
      uuidFromId(input.assetId),
    ]);
    if (asset === undefined || !isOwner(context, asset.ownerMemberId)) throw errors.ASSET_NOT_FOUND({});
    return assetView(asset, dependencies.storage);
  };
}

/** Assets in the order asked for. */
export function getAssets(dependencies: Dependencies) {
  return async ({ input, context }: Call<typeof mediaContract.getAssets>) => {
    const ids = input.assetIds.map(uuidFromId);
    const owner = input.ownerMemberId === undefined ? undefined : uuidFromId(input.ownerMemberId);
    const found = await findAssets(dependencies.database.read(context.marketplaceId), context.marketplaceId, ids);
    const byId = new Map(found.map((asset) => [asset.id, asset]));
    const items = ids.flatMap((id) => {
      const asset = byId.get(id);
      const isTheirs = owner === undefined || asset?.ownerMemberId === null || asset?.ownerMemberId === owner;
      return asset === undefined || !isTheirs ? [] : [assetView(asset, dependencies.storage)];
    });
    return { items };
  };
}

/** Whoever asks has decided that the reader may have the file; the link ends by itself. */
export function createDownloadUrl(dependencies: Dependencies) {
  return async ({ input, context }: Call<typeof mediaContract.createDownloadUrl>) => {
    const { marketplaceId } = context;
    const [asset] = await findAssets(dependencies.database.read(marketplaceId), marketplaceId, [
      uuidFromId(input.assetId),
    ]);
    if (asset === undefined) throw errors.ASSET_NOT_FOUND({});
    const { expiresInSeconds, filename } = input;
    return {
      url: dependencies.storage.signedUrl(asset.storageKey, {
        expiresInSeconds,
        filename: filename ?? asset.filename,
        contentType: asset.contentType,
      }),
      expireTime: new Date(dependencies.clock().getTime() + expiresInSeconds * 1000).toISOString(),
    };
  };
}

/** Forgets uploads that were begun and left, with the bytes that arrived. */
export async function sweepUploads(dependencies: Dependencies, marketplaceId: string): Promise<void> {
  for (let removed = EXPIRED_MAX; removed === EXPIRED_MAX; ) {
    const gone = await dependencies.database.transaction(marketplaceId, (tx) =>
      removeExpiredUploads(tx, dependencies.clock(), EXPIRED_MAX),
    );
    for (const { storageKey } of gone) await dependencies.storage.delete(storageKey);
    removed = gone.length;
  }
}

function ownerOf(context: Context): string | null {
  return context.actor.kind === 'service' ? null : uuidFromId(requireMember(context).memberId);
}

function isOwner({ actor }: Context, ownerMemberId: string | null): boolean {
  if (actor.kind === 'service') return true;
  if (actor.kind !== 'member') throw commonErrors.UNAUTHENTICATED({});
  return ownerMemberId === uuidFromId(actor.memberId);
}
