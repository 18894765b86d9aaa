import type { catalogContract } from '@plaza/catalog/contract';
import { type Client, type Context, commonErrors, Fault, hasRole } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import type { Coupon } from '../contract.ts';
import { errors } from '../errors.ts';
import { findCoupon } from '../store.ts';

type Catalog = Client<typeof catalogContract>;

/**
 * Refuses stores that are somebody else's and, to admins too, those that are not there. Null: the platform, which only
 * admins act for.
 */
export async function requireStore(catalog: Catalog, storeId: string | null, context: Context): Promise<void> {
  const isAdmin = hasRole(context, 'admin');
  if (storeId === null) {
    if (!isAdmin) throw commonErrors.FORBIDDEN({});
    return;
  }
  const owner = await ownerOf(catalog, storeId, context);
  if (owner === undefined || !(isAdmin || isMember(context, owner))) throw errors.STORE_NOT_FOUND({});
}

/** A coupon for who may manage it. @throws COUPON_NOT_FOUND for one that is not there or somebody else's, alike */
export async function requireCoupon(
  { database, catalog }: { readonly database: Database; readonly catalog: Catalog },
  couponId: string,
  context: Context,
): Promise<Coupon> {
  const { marketplaceId } = context;
  const coupon = await findCoupon(database.read(marketplaceId), marketplaceId, couponId);
  if (coupon === undefined || !(await mayManage(catalog, coupon, context))) throw errors.COUPON_NOT_FOUND({});
  return coupon;
}

/** Admins and services may manage any, sellers only those of their own stores. */
async function mayManage(catalog: Catalog, { storeId }: Coupon, context: Context): Promise<boolean> {
  if (hasRole(context, 'admin')) return true;
  if (storeId === null || context.actor.kind !== 'member') return false;
  return isMember(context, await ownerOf(catalog, storeId, context));
}

/** Who owns a store of this marketplace; `undefined` if it has none of that id. */
async function ownerOf(catalog: Catalog, storeId: string, context: Context): Promise<string | undefined> {
  try {
    return (await catalog.getStore({ storeId }, context)).ownerMemberId;
  } catch (error) {
    if (error instanceof Fault && error.code === 'STORE_NOT_FOUND') return undefined;
    throw error;
  }
}

function isMember({ actor }: Context, memberId: string | undefined): boolean {
  return actor.kind === 'member' && actor.memberId === memberId;
}
