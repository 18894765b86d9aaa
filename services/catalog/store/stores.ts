import { idFromUuid, type Locale } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import type { Location, ShippingOption, Store } from '../contract.ts';
import { roughLocation } from '../domain/location.ts';
import { refusing } from './constraints.ts';

/** A store as operations work on it. Ids are database UUIDs. */
export type StoreRecord = {
  readonly id: string;
  readonly ownerMemberId: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly logoAssetId: string | null;
  readonly logoUrl: string | null;
  readonly policies: Store['policies'];
  readonly shippingOptions: readonly ShippingOption[];
  readonly location: Location | null;
  readonly locale: Locale;
  /** Null: the free plan, if the marketplace has plans. */
  readonly planId: string | null;
  readonly version: number;
  readonly createdTime: Date;
  readonly updatedTime: Date;
};

/** What a listing's page shows of its store. */
export type StoreFace = Pick<
  StoreRecord,
  'id' | 'ownerMemberId' | 'name' | 'slug' | 'logoUrl' | 'shippingOptions' | 'location'
>;

const COLUMNS = sql`id, owner_member_id as "ownerMemberId", name, slug, description, logo_asset_id as "logoAssetId",
  logo_url as "logoUrl", policies, shipping_options as "shippingOptions", location, locale, plan_id as "planId", version,
  created_time as "createdTime", updated_time as "updatedTime"`;

const select = (marketplaceId: string, where: Sql): Sql =>
  sql`select ${COLUMNS} from catalog.store where marketplace_id = ${marketplaceId} and ${where}`;

export async function findStore(queries: Queries, marketplaceId: string, id: string): Promise<StoreRecord | undefined> {
  return queries.row(select(marketplaceId, sql`id = ${id}::uuid`));
}

export async function findStoreBySlug(
  queries: Queries,
  marketplaceId: string,
  slug: string,
): Promise<StoreRecord | undefined> {
  return queries.row(select(marketplaceId, sql`slug = ${slug}`));
}

export async function lockStore(tx: Transaction, id: string): Promise<StoreRecord | undefined> {
  return tx.row(sql`${select(tx.marketplaceId, sql`id = ${id}::uuid`)} for no key update`);
}

export async function findStores(
  queries: Queries,
  marketplaceId: string,
  ids: readonly string[],
): Promise<StoreRecord[]> {
  return queries.rows(select(marketplaceId, sql`id = any(${ids}::uuid[])`));
}

export async function findStoresOf(
  queries: Queries,
  marketplaceId: string,
  ownerMemberId: string,
): Promise<StoreRecord[]> {
  return queries.rows(
    sql`${select(marketplaceId, sql`owner_member_id = ${ownerMemberId}::uuid`)} order by id limit 100`,
  );
}

export async function newestStores(
  queries: Queries,
  marketplaceId: string,
  limit: number,
  beforeId: string | null,
): Promise<StoreRecord[]> {
  const after = beforeId === null ? sql`true` : sql`id < ${beforeId}::uuid`;
  return queries.rows(sql`${select(marketplaceId, after)} order by id desc limit ${limit}`);
}

/** How many of these slugs are taken, so that a made one can be another. */
export async function takenSlugs(
  queries: Queries,
  marketplaceId: string,
  candidates: readonly string[],
): Promise<Set<string>> {
  const rows = await queries.rows<{ slug: string }>(
    sql`select slug from catalog.store where marketplace_id = ${marketplaceId} and slug = any(${candidates}::text[])`,
  );
  return new Set(rows.map(({ slug }) => slug));
}

export async function saveStore(tx: Transaction, store: StoreRecord): Promise<void> {
  await refusing(
    tx.execute(sql`
      insert into catalog.store (marketplace_id, id, owner_member_id, name, slug, description, logo_asset_id, logo_url,
        policies, shipping_options, location, locale, version, created_time, updated_time)
      values (${tx.marketplaceId}, ${store.id}, ${store.ownerMemberId}, ${store.name}, ${store.slug},
        ${store.description}, ${store.logoAssetId}, ${store.logoUrl}, ${JSON.stringify(store.policies)},
        ${JSON.stringify(store.shippingOptions)}, ${store.location === null ? null : JSON.stringify(store.location)},
        ${store.locale}, ${store.version}, ${store.createdTime}, ${store.updatedTime})
      on conflict (marketplace_id, id) do update set name = excluded.name, slug = excluded.slug,
        description = excluded.description, logo_asset_id = excluded.logo_asset_id, logo_url = excluded.logo_url,
        policies = excluded.policies, shipping_options = excluded.shipping_options, location = excluded.location,
        locale = excluded.locale, version = excluded.version, updated_time = excluded.updated_time`),
  );
}

export function storeView(store: StoreRecord): Store {
  return {
    id: idFromUuid('store', store.id),
    ownerMemberId: idFromUuid('member', store.ownerMemberId),
    name: store.name,
    slug: store.slug,
    description: store.description,
    logoUrl: store.logoUrl,
    policies: store.policies,
    shippingOptions: [...store.shippingOptions],
    location: roughLocation(store.location),
    locale: store.locale,
    version: store.version,
    createdTime: store.createdTime.toISOString(),
  };
}
