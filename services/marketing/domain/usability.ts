import type { Coupon, CouponProblem } from '../contract.ts';

/** Why a coupon cannot be used now by this person; null when it can. Paused ones look unknown: they are not advertised. */
export function problemOf(
  coupon: Coupon & { usesOfMember: number },
  memberId: string | undefined,
  now: Date,
): CouponProblem | null {
  if (coupon.state === 'paused') return 'UNKNOWN';
  if (coupon.startTime !== null && new Date(coupon.startTime) > now) return 'NOT_STARTED';
  if (coupon.endTime !== null && new Date(coupon.endTime) <= now) return 'ENDED';
  if (coupon.usesMax !== null && coupon.uses >= coupon.usesMax) return 'USED_UP';
  if (coupon.usesPerMemberMax === null) return null;
  if (memberId === undefined) return 'SIGN_IN_NEEDED';
  return coupon.usesOfMember >= coupon.usesPerMemberMax ? 'USED_UP' : null;
}
