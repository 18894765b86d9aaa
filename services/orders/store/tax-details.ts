import { idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { TaxDetails } from '../contract/document.ts';

export type StoreTaxDetails = { readonly details: TaxDetails; readonly version: number };

/** What stores are called on documents, by store id; stores that entered nothing are not in it. */
export async function taxDetailsOf(
  queries: Queries,
  marketplaceId: string,
  storeIds: readonly string[],
): Promise<Map<string, StoreTaxDetails>> {
  const rows = await queries.rows<{ store_id: string } & StoreTaxDetails>(sql`
    select store_id, details, version from orders.store_tax_details
    where marketplace_id = ${marketplaceId} and store_id = any(${storeIds.map(uuidFromId)}::uuid[])`);
  return new Map(
    rows.map(({ store_id, details, version }) => [idFromUuid('store', store_id) as string, { details, version }]),
  );
}

/** Saves them; undefined when `expectedVersion` is not the one that is there (0: none). Answers the new version. */
export async function saveTaxDetails(
  tx: Transaction,
  storeId: string,
  { details, expectedVersion }: { readonly details: TaxDetails; readonly expectedVersion: number | undefined },
  now: Date,
): Promise<number | undefined> {
  const isExpected = expectedVersion === undefined ? sql`true` : sql`d.version = ${expectedVersion}::bigint`;
  const row = await tx.row<{ version: number }>(sql`
    insert into orders.store_tax_details as d (marketplace_id, store_id, details, updated_time)
    values (${tx.marketplaceId}, ${uuidFromId(storeId)}, ${JSON.stringify(details)}, ${now})
    on conflict (marketplace_id, store_id) do update set details = excluded.details, version = d.version + 1, updated_time = excluded.updated_time
    where ${isExpected} returning version`);
  return row?.version;
}
