import { sql, type Transaction } from '@plaza/runtime';

/** Until the transaction ends nobody else numbers this name: two equal names at once must not get one number. */
export async function lockName(tx: Transaction, scope: string, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.marketplaceId} ${scope} ${name}`}, 0))`);
}

/** Those of these handles that the store's listings have already. */
export async function takenHandles(tx: Transaction, storeId: string, handles: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ handle: string }>(sql`
    select handle from catalog.listing where marketplace_id = ${tx.marketplaceId} and store_id = ${storeId}::uuid
      and state <> 'deleted' and handle = any(${handles}::text[])`);
  return new Set(rows.map(({ handle }) => handle));
}

/** SKUs that active variants of a store's other listings have already, with the listing that has them. */
export async function takenSkus(
  tx: Transaction,
  storeId: string,
  skus: readonly string[],
): Promise<Map<string, string>> {
  if (skus.length === 0) return new Map();
  const rows = await tx.rows<{ sku: string; listing_id: string }>(sql`
    select found.sku, found.listing_id from unnest(${skus}::text[]) as wanted (sku) cross join lateral (
      select sku, listing_id from catalog.variant
      where marketplace_id = ${tx.marketplaceId} and store_id = ${storeId}::uuid and sku = wanted.sku and is_active
      offset 0) found`);
  return new Map(rows.map(({ sku, listing_id }) => [sku, listing_id]));
}
