import { defineErrors, idSchema } from '@plaza/kernel';
import { z } from 'zod';

/** What the cart refuses. Public API: add, never rename. */
export const cartErrors = defineErrors({
  CART_NOT_FOUND: { status: 404, message: 'There is no such cart.' },
  CART_LINE_NOT_FOUND: { status: 404, message: 'There is no such line in this cart.' },
  CART_FULL: {
    status: 409,
    data: z.object({ linesMax: z.int() }),
    message: ({ linesMax }) => `A cart holds at most ${linesMax} different things.`,
  },
  VARIANT_NOT_FOUND: { status: 404, message: 'There is no such variant.' },
  VARIANT_UNAVAILABLE: { status: 409, message: 'This is not for sale at the moment.' },
  OWN_LISTING: { status: 409, message: 'This is your own listing: you cannot buy it.' },
  OFFER_NOT_USABLE: {
    status: 409,
    message: 'This offer is not yours, was not accepted, has ended, or is for another variant or quantity.',
  },
  OUT_OF_STOCK: {
    status: 409,
    data: z.object({ variantId: idSchema('variant'), requested: z.int(), free: z.int() }),
    message: ({ requested, free }) => `Not enough stock: ${requested} asked for, ${free} left.`,
  },
  COUPON_NOT_FOUND: { status: 404, message: 'There is no such coupon.' },
  COUPON_NOT_USABLE: {
    status: 409,
    data: z.object({ code: z.string(), problem: z.string() }),
    message: ({ code }) => `The coupon ${code} cannot be used.`,
  },
});
