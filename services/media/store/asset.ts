import { idFromUuid } from '@plaza/kernel';
import { type Queries, type Storage, sql, type Transaction } from '@plaza/runtime';
import type { Asset, Purpose } from '../contract.ts';

export type AssetRecord = {
  readonly id: string;
  readonly ownerMemberId: string | null;
  readonly purpose: Purpose;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly isPublic: boolean;
  readonly storageKey: string;
  /** Storage keys. */
  readonly renditions: { readonly thumb: string; readonly card: string; readonly full: string } | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly createdTime: Date;
};

const ASSET = sql`id, owner_member_id as "ownerMemberId", purpose, filename, content_type as "contentType",
  size_bytes as "sizeBytes", sha256, is_public as "isPublic", storage_key as "storageKey", renditions, width, height,
  created_time as "createdTime"`;

export async function findAssets(
  queries: Queries,
  marketplaceId: string,
  ids: readonly string[],
): Promise<AssetRecord[]> {
  return queries.rows(
    sql`select ${ASSET} from media.asset where marketplace_id = ${marketplaceId} and id = any(${ids}::uuid[])`,
  );
}

/** The asset that the same owner already has of the same bytes for the same purpose. */
export async function findSameBytes(
  queries: Queries,
  marketplaceId: string,
  { sha256, purpose, ownerMemberId }: Pick<AssetRecord, 'sha256' | 'purpose' | 'ownerMemberId'>,
): Promise<AssetRecord | undefined> {
  return queries.row(sql`
    select ${ASSET} from media.asset where marketplace_id = ${marketplaceId} and sha256 = ${sha256}
      and purpose = ${purpose} and owner_member_id is not distinct from ${ownerMemberId}::uuid`);
}

/** Writes an asset, or answers the equal one that another request wrote meanwhile. */
export async function insertAsset(tx: Transaction, asset: AssetRecord): Promise<AssetRecord> {
  const inserted = await tx.execute(sql`
    insert into media.asset (marketplace_id, id, owner_member_id, purpose, filename, content_type, size_bytes, sha256,
      is_public, storage_key, renditions, width, height, created_time)
    values (${tx.marketplaceId}, ${asset.id}, ${asset.ownerMemberId}, ${asset.purpose}, ${asset.filename},
      ${asset.contentType}, ${asset.sizeBytes}, ${asset.sha256}, ${asset.isPublic}, ${asset.storageKey},
      ${asset.renditions === null ? null : JSON.stringify(asset.renditions)}, ${asset.width}, ${asset.height}, ${asset.createdTime})
    on conflict do nothing`);
  if (inserted === 1) return asset;
  return (await findSameBytes(tx, tx.marketplaceId, asset)) ?? asset;
}

export function assetView(asset: AssetRecord, storage: Pick<Storage, 'publicUrl'>): Asset {
  const { renditions, isPublic } = asset;
  return {
    id: idFromUuid('asset', asset.id),
    purpose: asset.purpose,
    filename: asset.filename,
    contentType: asset.contentType,
    sizeBytes: asset.sizeBytes,
    sha256: asset.sha256,
    isPublic,
    url: isPublic ? storage.publicUrl(renditions?.full ?? asset.storageKey) : null,
    renditions:
      renditions === null
        ? null
        : {
            thumb: storage.publicUrl(renditions.thumb),
            card: storage.publicUrl(renditions.card),
            full: storage.publicUrl(renditions.full),
          },
    width: asset.width,
    height: asset.height,
    createdTime: asset.createdTime.toISOString(),
  };
}
