import { defineEvent, idSchema } from '@plaza/kernel';
import { z } from 'zod';

export const couponRedeemed = defineEvent({
  type: 'coupon.redeemed',
  summary: 'A checkout took one use of a coupon. It is given back when the checkout does not become an order.',
  data: z.object({ couponId: idSchema('coupon'), checkoutId: idSchema('checkout'), code: z.string() }),
});
