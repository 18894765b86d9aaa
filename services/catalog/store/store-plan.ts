import { type Queries, sql, type Transaction } from '@plaza/runtime';
import { lockName } from './handles.ts';
import type { StoreRecord } from './stores.ts';

/** Writes what was told of a store's plan, unless it was told something newer. */
export async function saveStorePlan(
  tx: Transaction,
  storeId: string,
  { planId, version }: { planId: string; version: number },
): Promise<void> {
  await tx.execute(sql`
    update catalog.store set plan_id = ${planId}, plan_version = ${version}
    where marketplace_id = ${tx.marketplaceId} and id = ${storeId} and plan_version < ${version}`);
}

/** Stores that were not told of yet, now marked as told: the caller announces them in the same transaction. */
export async function takeNotIntroduced(
  tx: Transaction,
  limit: number,
): Promise<Pick<StoreRecord, 'id' | 'ownerMemberId' | 'name' | 'slug' | 'version'>[]> {
  return tx.rows(sql`
    update catalog.store set is_introduced = true where marketplace_id = ${tx.marketplaceId} and id in (
      select id from catalog.store where marketplace_id = ${tx.marketplaceId} and not is_introduced
      order by id limit ${limit} for update skip locked)
    returning id, owner_member_id as "ownerMemberId", name, slug, version`);
}

/**
 * How many listings a store has on sale, counted to `most` at most and kept so until the transaction ends: who publishes
 * in the same store waits. Taken after the listings' own locks.
 */
export async function countOnSale(tx: Transaction, storeId: string, most: number): Promise<number> {
  await lockName(tx, storeId, 'plan limit');
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*) as count from (
      select 1 from catalog.listing
      where marketplace_id = ${tx.marketplaceId} and store_id = ${storeId}::uuid and state = 'published' limit ${most}
    ) on_sale`);
  return count;
}

/** Stores on these plans, with how many listings each has on sale; `afterId` continues. */
export async function listSubscribedStores(
  queries: Queries,
  marketplaceId: string,
  planIds: readonly string[],
  page: { afterId: string; limit: number },
): Promise<{ id: string; on_sale: number }[]> {
  return queries.rows(sql`
    select s.id, (select count(*) from catalog.listing l
      where l.marketplace_id = s.marketplace_id and l.store_id = s.id and l.state = 'published') as on_sale
    from catalog.store s
    where s.marketplace_id = ${marketplaceId} and s.plan_id = any(${planIds}::text[]) and s.id > ${page.afterId}::uuid
    order by s.id limit ${page.limit}`);
}
