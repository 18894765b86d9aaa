import { sql, type Transaction } from '@plaza/runtime';

/** The listing of a variant that is still offered. */
export async function findVariantListing(tx: Transaction, variantId: string): Promise<string | undefined> {
  const row = await tx.row<{ listing_id: string }>(sql`
    select listing_id from catalog.variant where marketplace_id = ${tx.marketplaceId} and id = ${variantId}::uuid and is_active`);
  return row?.listing_id;
}

/** Writes a count and the listing's sum with it; answers the listing's next stock version. The listing is locked. */
export async function setOnHand(
  tx: Transaction,
  count: { variantId: string; onHand: number | null; listingId: string; freeQuantity: number | null },
): Promise<number> {
  const { stock_version } = await tx.one<{ stock_version: number }>(sql`
    with counted as (
      update catalog.variant set on_hand = ${count.onHand}::bigint
      where marketplace_id = ${tx.marketplaceId} and id = ${count.variantId}::uuid)
    update catalog.listing set free_quantity = ${count.freeQuantity}::bigint, stock_version = stock_version + 1
    where marketplace_id = ${tx.marketplaceId} and id = ${count.listingId}::uuid returning stock_version`);
  return stock_version;
}

/** Notes a restock; false when it was done before. */
export async function noteRestock(tx: Transaction, restockId: string, orderUuid: string): Promise<boolean> {
  const noted = await tx.execute(sql`
    insert into catalog.restock (marketplace_id, restock_id, order_id) values (${tx.marketplaceId}, ${restockId}, ${orderUuid}::uuid)
    on conflict do nothing`);
  return noted === 1;
}
