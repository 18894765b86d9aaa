import { defineErrors } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the marketing service refuses to do. */
export const errors = defineErrors({
  COUPON_NOT_FOUND: { status: 404, message: 'There is no such coupon.' },
  STORE_NOT_FOUND: { status: 404, message: 'There is no such store.' },
  COUPON_CODE_TAKEN: { status: 409, message: 'Another coupon already has this code. Choose another.' },
  COUPON_NOT_USABLE: {
    status: 409,
    data: z.object({ code: z.string(), problem: z.string() }),
    message: ({ code }) => `The coupon ${code} cannot be used.`,
  },
});
