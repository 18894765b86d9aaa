import type { catalogContract } from '@plaza/catalog/contract';
import {
  type Client,
  type Context,
  commonErrors,
  Fault,
  hasRole,
  idOfCursor,
  invalidInput,
  newId,
  pageFrom,
  requireVersion,
  uuidFromId,
} from '@plaza/kernel';
import { type Database, inTransaction } from '@plaza/runtime';
import { type Coupon, marketingContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { findCoupon, insertCoupon, listCoupons, updateCoupon } from '../store.ts';

export type MarketingDependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly catalog: Client<typeof catalogContract>;
};

/** Making and changing coupons: a store's by its owner, the platform's by admins. */
export function manageCoupons({ database, clock, catalog }: MarketingDependencies) {
  /** Who owns a store of this marketplace; `undefined` if it has none of that id. */
  async function ownerOf(storeId: string, context: Context): Promise<string | undefined> {
    try {
      return (await catalog.getStore({ storeId }, context)).ownerMemberId;
    } catch (error) {
      if (error instanceof Fault && error.code === 'STORE_NOT_FOUND') return undefined;
      throw error;
    }
  }

  /** Passes for admins and services; sellers only for a store of their own. Null: the platform's. */
  async function mayManage(storeId: string | null, context: Context): Promise<boolean> {
    if (hasRole(context, 'admin')) return true;
    if (storeId === null || context.actor.kind !== 'member') return false;
    return isMember(context, await ownerOf(storeId, context));
  }

  /** Refuses stores that are somebody else's and, to admins too, those that are not there. */
  async function requireStore(storeId: string | null, context: Context): Promise<void> {
    const isAdmin = hasRole(context, 'admin');
    if (storeId === null) {
      if (!isAdmin) throw commonErrors.FORBIDDEN({});
      return;
    }
    const owner = await ownerOf(storeId, context);
    if (owner === undefined || !(isAdmin || isMember(context, owner))) throw errors.STORE_NOT_FOUND({});
  }

  async function requireCoupon(couponId: string, context: Context): Promise<Coupon> {
    const { marketplaceId } = context;
    const coupon = await findCoupon(database.read(marketplaceId), marketplaceId, couponId);
    if (coupon === undefined || !(await mayManage(coupon.storeId, context))) throw errors.COUPON_NOT_FOUND({});
    return coupon;
  }

  const create = inTransaction(database, marketingContract.createCoupon, async ({ input, context, tx }) => {
    const { storeId = null, ...fields } = input;
    const coupon: Coupon = {
      ...fields,
      id: newId('coupon'),
      code: input.code.toUpperCase(),
      storeId,
      funder: storeId === null ? 'platform' : 'store',
      uses: 0,
      state: 'active',
      version: 1,
      createdTime: clock().toISOString(),
    };
    requireWindow(coupon);
    if (!(await insertCoupon(tx, tx.marketplaceId, coupon))) throw errors.COUPON_CODE_TAKEN({});
    await tx.audit({ action: 'coupon.created', subject: coupon.id, actor: context.actor, details: { ...coupon } });
    return coupon;
  });

  const update = inTransaction(database, marketingContract.updateCoupon, async ({ input, context, tx }) => {
    const { couponId, expectedVersion, ...changes } = input;
    const before = await findCoupon(tx, tx.marketplaceId, couponId);
    if (before === undefined) throw errors.COUPON_NOT_FOUND({});
    requireVersion(before, expectedVersion);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const coupon: Coupon = { ...before, ...given };
    requireWindow(coupon);
    if (!(await updateCoupon(tx, tx.marketplaceId, coupon)))
      throw commonErrors.VERSION_CONFLICT({ currentVersion: before.version + 1 });
    await tx.audit({ action: 'coupon.updated', subject: couponId, actor: context.actor, details: given });
    return { ...coupon, version: before.version + 1 };
  });

  return {
    async createCoupon(call: Parameters<typeof create>[0]) {
      await requireStore(call.input.storeId ?? null, call.context);
      return create(call);
    },
    async updateCoupon(call: Parameters<typeof update>[0]) {
      await requireCoupon(call.input.couponId, call.context);
      return update(call);
    },
    getCoupon: ({ input, context }: { input: { couponId: string }; context: Context }) =>
      requireCoupon(input.couponId, context),
    async listCoupons({
      input,
      context,
    }: {
      input: { storeId?: string | undefined; limit: number; cursor?: string | undefined };
      context: Context;
    }) {
      const storeId = input.storeId ?? null;
      await requireStore(storeId, context);
      const beforeId = idOfCursor(input.cursor);
      const { marketplaceId } = context;
      const page = { storeId, beforeId, limit: input.limit + 1 };
      const coupons = await listCoupons(database.read(marketplaceId), marketplaceId, page);
      return pageFrom(
        coupons,
        input.limit,
        ({ id }) => [uuidFromId(id)],
        (coupon) => coupon,
      );
    },
  };
}

function isMember({ actor }: Context, memberId: string | undefined): boolean {
  return actor.kind === 'member' && actor.memberId === memberId;
}

function requireWindow({ startTime, endTime }: Coupon): void {
  if (startTime !== null && endTime !== null && endTime <= startTime)
    throw invalidInput([{ pointer: '/endTime', code: 'window', detail: 'must be after startTime' }]);
}
