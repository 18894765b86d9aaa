import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { LookBytes } from '../looks/look.ts';

/** Notes that a new picture is to be described. */
export async function insertPicture(tx: Transaction, assetId: string): Promise<void> {
  await tx.execute(sql`
    insert into media.picture_look (marketplace_id, asset_id) values (${tx.marketplaceId}, ${assetId}::uuid)
    on conflict do nothing`);
}

/** Pictures that this model has not described: new ones first, then those of other models. */
export async function findUndescribed(
  queries: Queries,
  marketplaceId: string,
  model: string,
  limit: number,
): Promise<{ assetId: string; storageKey: string }[]> {
  // Three stretches of one index; "is distinct" would read all of it.
  return queries.rows(sql`
    select asset_id as "assetId", storage_key as "storageKey" from (
      (select asset_id from media.picture_look where marketplace_id = ${marketplaceId} and model = ''
        order by asset_id limit ${limit})
      union all
      (select asset_id from media.picture_look where marketplace_id = ${marketplaceId} and model > '' and model < ${model}
        order by model, asset_id limit ${limit})
      union all
      (select asset_id from media.picture_look where marketplace_id = ${marketplaceId} and model > ${model}
        order by model, asset_id limit ${limit})
    ) waiting join media.asset on asset.marketplace_id = ${marketplaceId} and asset.id = waiting.asset_id limit ${limit}`);
}

/** Keeps how a picture looks; null: it cannot be looked at, and is not tried again by this model. */
export async function saveLook(tx: Transaction, assetId: string, model: string, look: LookBytes | null): Promise<void> {
  await tx.execute(sql`
    update media.picture_look set model = ${model}, hash = ${look?.hash ?? null}, tint = ${look?.tint ?? null},
      vector = ${look?.vector ?? null}
    where marketplace_id = ${tx.marketplaceId} and asset_id = ${assetId}::uuid`);
}
