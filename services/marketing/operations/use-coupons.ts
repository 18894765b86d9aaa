import type { Handlers } from '@plaza/kernel';
import { type Database, inTransaction } from '@plaza/runtime';
import { marketingContract } from '../contract.ts';
import { problemOf } from '../domain/usability.ts';
import { errors } from '../errors.ts';
import { couponRedeemed } from '../events.ts';
import {
  countMemberUse,
  countUse,
  findCoupon,
  findCoupons,
  findCouponsByCode,
  insertRedemption,
  releaseRedemptions,
} from '../store.ts';

type UseHandlers = Pick<
  Handlers<typeof marketingContract>,
  'getCoupons' | 'checkCoupons' | 'redeemCoupons' | 'releaseCoupons'
>;

/** What carts and checkouts ask: whether a code works, and to count its use or give it back. */
export function useCoupons({ database, clock }: { database: Database; clock: () => Date }): UseHandlers {
  return {
    getCoupons: async ({ input, context: { marketplaceId } }) => ({
      items: await findCoupons(database.read(marketplaceId), marketplaceId, input.couponIds),
    }),
    async checkCoupons({ input: { codes, memberId }, context: { marketplaceId } }) {
      const wanted = codes.map((code) => code.toUpperCase());
      const found = await findCouponsByCode(database.read(marketplaceId), marketplaceId, wanted, memberId);
      const items = wanted.map((code) => {
        const coupon = found.find((each) => each.code === code);
        const problem = coupon === undefined ? 'UNKNOWN' : problemOf(coupon, memberId, clock());
        return { code, coupon: coupon === undefined || problem === 'UNKNOWN' ? null : coupon, problem } as const;
      });
      return { items };
    },

    redeemCoupons: inTransaction(database, marketingContract.redeemCoupons, async ({ input, tx }) => {
      const { checkoutId, memberId } = input;
      const now = clock();
      let redeemed = 0;
      // In one order, so that two checkouts with the same coupons never wait for each other crosswise.
      for (const couponId of [...new Set(input.couponIds)].sort()) {
        if (!(await insertRedemption(tx, tx.marketplaceId, { checkoutId, couponId, memberId, now }))) continue;
        const used = await countUse(tx, tx.marketplaceId, couponId, now);
        if (used === undefined) {
          const coupon = await findCoupon(tx, tx.marketplaceId, couponId);
          const problem =
            coupon === undefined ? 'UNKNOWN' : (problemOf({ ...coupon, usesOfMember: 0 }, memberId, now) ?? 'USED_UP');
          throw errors.COUPON_NOT_USABLE({ code: coupon?.code ?? couponId, problem });
        }
        const { code, usesPerMemberMax: usesMax } = used;
        if (usesMax !== null) {
          if (memberId === undefined) throw errors.COUPON_NOT_USABLE({ code, problem: 'SIGN_IN_NEEDED' });
          if (!(await countMemberUse(tx, tx.marketplaceId, { couponId, memberId, usesMax })))
            throw errors.COUPON_NOT_USABLE({ code, problem: 'USED_UP' });
        }
        await tx.announce(couponRedeemed, couponId, { couponId, checkoutId, code });
        redeemed++;
      }
      return { redeemed };
    }),

    releaseCoupons: inTransaction(database, marketingContract.releaseCoupons, async ({ input, tx }) => ({
      released: await releaseRedemptions(tx, tx.marketplaceId, input.checkoutId, clock()),
    })),
  };
}
