import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Purpose } from '../contract.ts';

export type UploadRecord = {
  readonly id: string;
  readonly ownerMemberId: string | null;
  readonly purpose: Purpose;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly storageKey: string;
  readonly assetId: string | null;
  readonly expireTime: Date;
};

const UPLOAD = sql`id, owner_member_id as "ownerMemberId", purpose, filename, content_type as "contentType",
  size_bytes as "sizeBytes", storage_key as "storageKey", asset_id as "assetId", expire_time as "expireTime"`;

export async function insertUpload(tx: Transaction, upload: UploadRecord): Promise<void> {
  await tx.execute(sql`
    insert into media.upload (marketplace_id, id, owner_member_id, purpose, filename, content_type, size_bytes, storage_key, expire_time)
    values (${tx.marketplaceId}, ${upload.id}, ${upload.ownerMemberId}, ${upload.purpose}, ${upload.filename},
      ${upload.contentType}, ${upload.sizeBytes}, ${upload.storageKey}, ${upload.expireTime})`);
}

export async function findUpload(
  queries: Queries,
  marketplaceId: string,
  id: string,
): Promise<UploadRecord | undefined> {
  return queries.row(
    sql`select ${UPLOAD} from media.upload where marketplace_id = ${marketplaceId} and id = ${id}::uuid`,
  );
}

export async function finishUpload(tx: Transaction, id: string, assetId: string): Promise<void> {
  await tx.execute(sql`
    update media.upload set asset_id = ${assetId}::uuid where marketplace_id = ${tx.marketplaceId} and id = ${id}::uuid`);
}

export async function removeUpload(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`delete from media.upload where marketplace_id = ${tx.marketplaceId} and id = ${id}::uuid`);
}

/** Uploads past their time, removed; their incoming files are the caller's to delete. */
export async function removeExpiredUploads(tx: Transaction, now: Date, limit: number): Promise<UploadRecord[]> {
  return tx.rows(sql`
    delete from media.upload where marketplace_id = ${tx.marketplaceId} and id in (
      select id from media.upload where marketplace_id = ${tx.marketplaceId} and expire_time <= ${now}
      order by expire_time limit ${limit} for update skip locked)
    returning ${UPLOAD}`);
}
