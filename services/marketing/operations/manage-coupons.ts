import type { catalogContract } from '@plaza/catalog/contract';
import {
  type Client,
  commonErrors,
  type Handlers,
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
import { requireCoupon, requireStore } from './coupon-access.ts';

export type MarketingDependencies = {
  readonly database: Database;
  readonly clock: () => Date;
  readonly catalog: Client<typeof catalogContract>;
};

type ManageHandlers = Pick<
  Handlers<typeof marketingContract>,
  'createCoupon' | 'updateCoupon' | 'getCoupon' | 'listCoupons'
>;

/** Making and changing coupons: a store's by its owner, the platform's by admins. */
export function manageCoupons({ database, clock, catalog }: MarketingDependencies): ManageHandlers {
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
    async createCoupon(call) {
      await requireStore(catalog, call.input.storeId ?? null, call.context);
      return create(call);
    },
    async updateCoupon(call) {
      await requireCoupon({ database, catalog }, call.input.couponId, call.context);
      return update(call);
    },
    getCoupon: ({ input, context }) => requireCoupon({ database, catalog }, input.couponId, context),
    async listCoupons({ input, context }) {
      const storeId = input.storeId ?? null;
      await requireStore(catalog, storeId, context);
      const { marketplaceId } = context;
      const page = { storeId, beforeId: idOfCursor(input.cursor), limit: input.limit + 1 };
      const coupons = await listCoupons(database.read(marketplaceId), marketplaceId, page);
      return pageFrom(coupons, input.limit, ({ id }) => [uuidFromId(id)]);
    },
  };
}

function requireWindow({ startTime, endTime }: Coupon): void {
  if (startTime !== null && endTime !== null && endTime <= startTime)
    throw invalidInput([{ pointer: '/endTime', code: 'window', detail: 'must be after startTime' }]);
}
