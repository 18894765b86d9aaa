import { type Queries, sql, type Transaction } from '@plaza/runtime';

/** The file's own rows of listings, for exports. */
export async function saveSources(
  tx: Transaction,
  storeId: string,
  sources: readonly { readonly listingId: string; readonly rows: unknown }[],
): Promise<void> {
  if (sources.length === 0) return;
  const rows = sources.map(({ listingId, rows: own }) => ({ listing_id: listingId, rows: own }));
  await tx.execute(sql`
    insert into catalog.import_source as s (marketplace_id, listing_id, store_id, rows)
    select ${tx.marketplaceId}, r.listing_id, ${storeId}::uuid, r.rows
    from json_populate_recordset(null::catalog.import_source, ${JSON.stringify(rows)}::json) r
    on conflict (marketplace_id, listing_id) do update set rows = excluded.rows where s.rows <> excluded.rows`);
}

export async function sourcesOf(
  queries: Queries,
  marketplaceId: string,
  listingIds: readonly string[],
): Promise<Map<string, Record<string, string>[]>> {
  const rows = await queries.rows<{ listing_id: string; rows: Record<string, string>[] }>(sql`
    select listing_id, rows from catalog.import_source
    where marketplace_id = ${marketplaceId} and listing_id = any(${listingIds}::uuid[])`);
  return new Map(rows.map((row) => [row.listing_id, row.rows]));
}

export async function saveColumns(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
  columns: readonly string[],
): Promise<void> {
  await queries.execute(sql`
    insert into catalog.import_columns (marketplace_id, store_id, columns)
    values (${marketplaceId}, ${storeId}::uuid, ${columns}::text[])
    on conflict (marketplace_id, store_id) do update set columns = excluded.columns`);
}

export async function columnsOf(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<string[] | undefined> {
  const row = await queries.row<{ columns: string[] }>(sql`
    select columns from catalog.import_columns where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid`);
  return row?.columns;
}

/** A store's listings page by page, oldest first, without deleted ones. */
export async function listingIdsAfter(
  queries: Queries,
  marketplaceId: string,
  { storeId, afterId, limit }: { storeId: string; afterId: string | undefined; limit: number },
): Promise<string[]> {
  const after = afterId === undefined ? sql`true` : sql`id > ${afterId}::uuid`;
  const rows = await queries.rows<{ id: string }>(sql`
    select id from catalog.listing
    where marketplace_id = ${marketplaceId} and store_id = ${storeId}::uuid and state <> 'deleted' and ${after}
    order by id limit ${limit}`);
  return rows.map(({ id }) => id);
}
