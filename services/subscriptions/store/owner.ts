import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { OwnerKind } from '../contract.ts';

/** Whose plan: the kind and its UUID. */
export type OwnerRef = { readonly kind: OwnerKind; readonly id: string };

export async function saveStoreOwner(
  tx: Transaction,
  store: { id: string; memberId: string; name: string },
): Promise<void> {
  await tx.execute(sql`
    insert into subscriptions.store_owner (marketplace_id, store_id, member_id, name)
    values (${tx.marketplaceId}, ${store.id}, ${store.memberId}, ${store.name})
    on conflict (marketplace_id, store_id) do update set member_id = excluded.member_id, name = excluded.name`);
}

/** What stores are called, by their UUIDs. */
export async function findStoreNames(
  queries: Queries,
  marketplaceId: string,
  storeIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await queries.rows<{ store_id: string; name: string }>(sql`
    select store_id, name from subscriptions.store_owner
    where marketplace_id = ${marketplaceId} and store_id = any(${storeIds}::uuid[]) and name is not null`);
  return new Map(rows.map(({ store_id: id, name }) => [id, name]));
}

/** What a store is called, as far as it was told since its name is kept. */
export async function findStoreName(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<string | undefined> {
  const row = await queries.row<{ name: string | null }>(sql`
    select name from subscriptions.store_owner where marketplace_id = ${marketplaceId} and store_id = ${storeId}`);
  return row?.name ?? undefined;
}

/** The UUID of the member a store belongs to. */
export async function findStoreOwner(
  queries: Queries,
  marketplaceId: string,
  storeId: string,
): Promise<string | undefined> {
  const row = await queries.row<{ member_id: string }>(sql`
    select member_id from subscriptions.store_owner where marketplace_id = ${marketplaceId} and store_id = ${storeId}`);
  return row?.member_id;
}

/** The plan that an owner is entitled to; undefined: the free one. */
export async function findOwnerPlan(
  queries: Queries,
  marketplaceId: string,
  owner: OwnerRef,
): Promise<string | undefined> {
  const row = await queries.row<{ plan_id: string }>(sql`
    select plan_id from subscriptions.owner_plan
    where marketplace_id = ${marketplaceId} and owner_kind = ${owner.kind} and owner_id = ${owner.id}`);
  return row?.plan_id;
}

/** Writes the plan an owner is entitled to; the version of the change, or undefined when it was that plan already. */
export async function saveOwnerPlan(tx: Transaction, owner: OwnerRef, planId: string): Promise<number | undefined> {
  const row = await tx.row<{ version: number }>(sql`
    insert into subscriptions.owner_plan as had (marketplace_id, owner_kind, owner_id, plan_id, version)
    values (${tx.marketplaceId}, ${owner.kind}, ${owner.id}, ${planId}, 1)
    on conflict (marketplace_id, owner_kind, owner_id)
      do update set plan_id = excluded.plan_id, version = had.version + 1 where had.plan_id <> excluded.plan_id
    returning version`);
  return row?.version;
}
