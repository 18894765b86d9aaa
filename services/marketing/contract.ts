import { idSchema, Moment, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';

export const CouponId = idSchema('coupon');
const StoreId = idSchema('store');
const CheckoutId = idSchema('checkout');
const MemberId = idSchema('member');

/** What people type. Upper and lower case are the same; kept in upper case. */
export const CouponCode = z
  .string()
  .trim()
  .min(2)
  .max(40)
  .regex(/^[\p{L}\p{N}_-]+$/u, 'must be letters, digits, hyphens and underscores')
  .meta({ examples: ['WELCOME10'] });

/** What a coupon takes off: a share, a fixed amount (at most what the eligible lines cost), or shipping. */
export const CouponReduction = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('percent'),
      /** Basis points: 1000 is 10 %. */
      rateBp: z.int().min(1).max(10_000),
      /** Never more than this, in minor units of the marketplace's currency. */
      maxMinor: z.int().min(1).max(1_000_000_000_000).optional(),
    }),
    z.object({ kind: z.literal('fixed'), amountMinor: z.int().min(1).max(1_000_000_000_000) }),
    z.object({ kind: z.literal('free-shipping') }),
  ])
  .meta({ id: 'CouponReduction' });
export type CouponReduction = z.output<typeof CouponReduction>;

/** What it applies to. Nothing named: everything (a store's coupon: everything of that store). */
export const CouponScope = z.object({
  /** These categories and all below them. */
  categoryIds: z.array(z.string().max(100)).max(50).optional(),
  listingIds: z.array(idSchema('listing')).max(200).optional(),
});
export type CouponScope = z.output<typeof CouponScope>;

export const CouponState = z.enum(['active', 'paused']);

export const Coupon = z
  .object({
    id: CouponId,
    code: z.string(),
    title: z.string(),
    /** Who bears the discount. */
    funder: z.enum(['platform', 'store']),
    /** The store that funds it; null when the platform does. */
    storeId: StoreId.nullable(),
    reduction: CouponReduction,
    scope: CouponScope,
    /** The eligible lines must cost at least this, in minor units of the marketplace's currency. */
    subtotalMinMinor: z.int(),
    startTime: z.iso.datetime().nullable(),
    endTime: z.iso.datetime().nullable(),
    /** Most uses in all; null: no limit. */
    usesMax: z.int().nullable(),
    usesPerMemberMax: z.int().nullable(),
    uses: z.int(),
    state: CouponState,
    version: z.int(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Coupon' });
export type Coupon = z.output<typeof Coupon>;

/** What pricing needs to know of a coupon. */
export const CouponRule = Coupon.pick({
  id: true,
  code: true,
  title: true,
  funder: true,
  storeId: true,
  reduction: true,
  scope: true,
  subtotalMinMinor: true,
});
export type CouponRule = z.output<typeof CouponRule>;

export const CouponProblem = z.enum(['UNKNOWN', 'NOT_STARTED', 'ENDED', 'USED_UP', 'SIGN_IN_NEEDED']);
export type CouponProblem = z.output<typeof CouponProblem>;

const exampleCoupon: z.input<typeof Coupon> = {
  id: 'cpn_01k9w6x8f0e5rbq2m3n4p5q6r7',
  code: 'WELCOME10',
  title: 'Welcome: 10 % off',
  funder: 'platform',
  storeId: null,
  reduction: { kind: 'percent', rateBp: 1000, maxMinor: 2000 },
  scope: {},
  subtotalMinMinor: 1000,
  startTime: '2026-11-01T00:00:00.000Z',
  endTime: null,
  usesMax: 1000,
  usesPerMemberMax: 1,
  uses: 12,
  state: 'active',
  version: 3,
  createdTime: '2026-11-01T00:00:00.000Z',
};

const Limits = {
  title: z.string().trim().min(1).max(120),
  scope: CouponScope,
  subtotalMinMinor: z.int().min(0).max(1_000_000_000_000),
  startTime: Moment.nullable(),
  endTime: Moment.nullable(),
  usesMax: z.int().min(1).max(1_000_000_000).nullable(),
  usesPerMemberMax: z.int().min(1).max(1_000_000).nullable(),
};

const { id: couponId } = exampleCoupon;
const checkoutId = 'chk_01k9w6x8f0e5rbq2m3n4p5q6r7';
const storeId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';

/** Coupons: who may use which code, and how often. What one takes off is computed by orders. */
export const marketingContract = {
  createCoupon: operation({
    summary: 'Makes a coupon: of a store by its owner, of the platform by an admin',
    access: ['seller', 'admin'],
    idempotent: true,
    route: { method: 'POST', path: '/coupons' },
    input: z.object({
      code: CouponCode,
      /** The store that funds it. Left out: the platform does, which only an admin may decide. */
      storeId: StoreId.optional(),
      reduction: CouponReduction,
      title: Limits.title,
      scope: Limits.scope.default({}),
      subtotalMinMinor: Limits.subtotalMinMinor.default(0),
      startTime: Limits.startTime.default(null),
      endTime: Limits.endTime.default(null),
      usesMax: Limits.usesMax.default(null),
      usesPerMemberMax: Limits.usesPerMemberMax.default(null),
    }),
    output: Coupon,
    errors: [errors.COUPON_CODE_TAKEN, errors.STORE_NOT_FOUND],
    example: {
      input: {
        code: 'WELCOME10',
        title: 'Welcome: 10 % off',
        reduction: { kind: 'percent', rateBp: 1000, maxMinor: 2000 },
        subtotalMinMinor: 1000,
        usesMax: 1000,
        usesPerMemberMax: 1,
      },
      output: exampleCoupon,
    },
  }),
  getCoupon: operation({
    summary: 'One coupon, for who may change it',
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/coupons/{couponId}' },
    input: z.object({ couponId: CouponId }),
    output: Coupon,
    errors: [errors.COUPON_NOT_FOUND],
    example: { input: { couponId }, output: exampleCoupon },
  }),
  updateCoupon: operation({
    summary: 'Changes limits, window, title or state of a coupon; what it takes off stays',
    access: ['seller', 'admin'],
    idempotent: true,
    route: { method: 'PATCH', path: '/coupons/{couponId}' },
    input: z.object({
      couponId: CouponId,
      expectedVersion: z.int().optional(),
      state: CouponState.optional(),
      title: Limits.title.optional(),
      scope: Limits.scope.optional(),
      subtotalMinMinor: Limits.subtotalMinMinor.optional(),
      startTime: Limits.startTime.optional(),
      endTime: Limits.endTime.optional(),
      usesMax: Limits.usesMax.optional(),
      usesPerMemberMax: Limits.usesPerMemberMax.optional(),
    }),
    output: Coupon,
    errors: [errors.COUPON_NOT_FOUND],
    example: { input: { couponId, state: 'paused' }, output: { ...exampleCoupon, state: 'paused', version: 4 } },
  }),
  listCoupons: operation({
    summary: "A store's coupons, or the platform's for admins, newest first",
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/coupons' },
    input: z.object({ ...PageQuery, storeId: StoreId.optional() }),
    output: pageOf(Coupon),
    errors: [errors.STORE_NOT_FOUND],
    example: { input: { storeId, limit: 20 }, output: { items: [exampleCoupon], nextCursor: null } },
  }),
  getCoupons: operation({
    summary: 'Coupons by their ids, in any order; unknown ones are left out',
    access: 'service',
    input: z.object({ couponIds: z.array(CouponId).min(1).max(500) }),
    output: z.object({ items: z.array(Coupon) }),
    example: { input: { couponIds: [couponId] }, output: { items: [exampleCoupon] } },
  }),
  checkCoupons: operation({
    summary: 'The rules of these codes, or why one cannot be used now; in the order asked',
    description: 'Whether the lines of a cart satisfy a rule is decided by pricing, which has the lines.',
    access: 'service',
    input: z.object({ codes: z.array(CouponCode).min(1).max(20), memberId: MemberId.optional() }),
    output: z.object({
      items: z.array(z.object({ code: z.string(), coupon: CouponRule.nullable(), problem: CouponProblem.nullable() })),
    }),
    example: {
      input: { codes: ['WELCOME10'] },
      output: { items: [{ code: 'WELCOME10', coupon: exampleCoupon, problem: null }] },
    },
  }),
  redeemCoupons: operation({
    summary: 'Counts one use of each coupon for a checkout: all, or none with the first refusal',
    description: 'Never beyond a limit. Repeating it for the same checkout counts nothing more.',
    access: 'service',
    input: z.object({
      checkoutId: CheckoutId,
      couponIds: z.array(CouponId).min(1).max(20),
      memberId: MemberId.optional(),
    }),
    output: z.object({ redeemed: z.int() }),
    errors: [errors.COUPON_NOT_USABLE],
    example: { input: { checkoutId, couponIds: [couponId] }, output: { redeemed: 1 } },
  }),
  releaseCoupons: operation({
    summary: 'Gives the uses of a checkout back; repeating it changes nothing',
    access: 'service',
    input: z.object({ checkoutId: CheckoutId }),
    output: z.object({ released: z.int() }),
    example: { input: { checkoutId }, output: { released: 1 } },
  }),
};
