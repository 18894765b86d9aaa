import { NIL_UUID } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';

/** Rows read at once when an index is filled. */
const ROWS_AT_ONCE = 5_000;
/** A row is written some time before it can be seen: this much is read twice. */
const OVERLAP_SECONDS = 10;

export type PicturesRow = {
  readonly listingId: string;
  readonly storeId: string;
  readonly version: number;
  readonly assetIds: readonly string[];
};
export type LookRow = {
  readonly assetId: string;
  readonly model: string;
  readonly hash: Buffer;
  readonly tint: Buffer;
  readonly vector: Buffer;
};

/** Keeps which pictures listings have, over older versions. */
export async function savePictures(
  queries: Queries,
  marketplaceId: string,
  rows: readonly PicturesRow[],
): Promise<void> {
  await queries.execute(sql`
    insert into search.listing_pictures as held (marketplace_id, listing_id, store_id, version, asset_ids)
    select ${marketplaceId}, row.listing_id, row.store_id, row.version, row.asset_ids
    from json_to_recordset(${JSON.stringify(
      rows.map(({ listingId, storeId, version, assetIds }) => ({
        listing_id: listingId,
        store_id: storeId,
        version,
        asset_ids: assetIds,
      })),
    )}::json) as row(listing_id uuid, store_id uuid, version bigint, asset_ids uuid[])
    order by row.listing_id
    on conflict (marketplace_id, listing_id) do update set store_id = excluded.store_id, version = excluded.version,
      asset_ids = excluded.asset_ids, changed_time = clock_timestamp() where held.version < excluded.version`);
}

/** Keeps how pictures look, over older looks. */
export async function saveLooks(
  queries: Queries,
  marketplaceId: string,
  looks: readonly (LookRow & { readonly lookedTime: string })[],
): Promise<void> {
  const column = <Name extends keyof (typeof looks)[number]>(name: Name) => looks.map((look) => look[name]);
  await queries.execute(sql`
    insert into search.picture_look as held (marketplace_id, asset_id, model, hash, tint, vector, looked_time)
    select ${marketplaceId}, look.* from unnest(${column('assetId')}::uuid[], ${column('model')}::text[], ${column('hash')}::bytea[],
      ${column('tint')}::bytea[], ${column('vector')}::bytea[], ${column('lookedTime')}::timestamptz[]) as look (asset_id)
    order by look.asset_id
    on conflict (marketplace_id, asset_id) do update set model = excluded.model, hash = excluded.hash,
      tint = excluded.tint, vector = excluded.vector, looked_time = excluded.looked_time, changed_time = clock_timestamp()
    where held.looked_time < excluded.looked_time`);
}

/** The database's time, from before which everything it says was read is seen. */
export async function databaseTime(queries: Queries): Promise<Date> {
  const { now } = await queries.one<{ now: Date }>(
    sql`select clock_timestamp() - ${OVERLAP_SECONDS} * interval '1 second' as now`,
  );
  return now;
}

/** Listings' pictures that changed since a time, or all there are. */
export function changedPictures(queries: Queries, marketplaceId: string, since: Date | null) {
  return stretches((after) =>
    queries.rows<PicturesRow & { id: string }>(sql`
      select listing_id as id, listing_id as "listingId", store_id as "storeId", version, asset_ids as "assetIds"
      from search.listing_pictures where marketplace_id = ${marketplaceId} and listing_id > ${after}::uuid
        and (${since}::timestamptz is null or changed_time >= ${since}) order by listing_id limit ${ROWS_AT_ONCE}`),
  );
}

/** As `changedPictures`, of looks. */
export function changedLooks(queries: Queries, marketplaceId: string, since: Date | null) {
  return stretches((after) =>
    queries.rows<LookRow & { id: string }>(sql`
      select asset_id as id, asset_id as "assetId", model, hash, tint, vector
      from search.picture_look where marketplace_id = ${marketplaceId} and asset_id > ${after}::uuid
        and (${since}::timestamptz is null or changed_time >= ${since}) order by asset_id limit ${ROWS_AT_ONCE}`),
  );
}

/** Rows in order of their ids, so many at once that filling an index does not hold everything twice. */
async function* stretches<Row extends { readonly id: string }>(
  readAfter: (id: string) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let after = NIL_UUID; ; ) {
    const rows = await readAfter(after);
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = last.id;
  }
}

export type PictureSearch<Look> = {
  readonly memberId: string | null;
  readonly look: Look | null;
  readonly expireTime: Date;
};

export async function insertPictureSearch(
  queries: Queries,
  marketplaceId: string,
  { id, memberId, expireTime }: { readonly id: string; readonly memberId: string | null; readonly expireTime: Date },
): Promise<void> {
  await queries.execute(sql`
    insert into search.picture_search (marketplace_id, id, member_id, expire_time)
    values (${marketplaceId}, ${id}::uuid, ${memberId}::uuid, ${expireTime})`);
}

export async function findPictureSearch<Look>(
  queries: Queries,
  marketplaceId: string,
  id: string,
  now: Date,
): Promise<PictureSearch<Look> | undefined> {
  return queries.row(sql`
    select member_id as "memberId", look, expire_time as "expireTime" from search.picture_search
    where marketplace_id = ${marketplaceId} and id = ${id}::uuid and expire_time > ${now}`);
}

export async function savePictureSearch(
  queries: Queries,
  marketplaceId: string,
  id: string,
  look: object,
): Promise<void> {
  await queries.execute(sql`
    update search.picture_search set look = ${JSON.stringify(look)}
    where marketplace_id = ${marketplaceId} and id = ${id}::uuid and look is null`);
}

export async function removePictureSearches(queries: Queries, marketplaceId: string, now: Date): Promise<void> {
  await queries.execute(
    sql`delete from search.picture_search where marketplace_id = ${marketplaceId} and expire_time <= ${now}`,
  );
}
