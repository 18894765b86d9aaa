import { defineErrors, Money } from '@plaza/kernel';
import { z } from 'zod';

/** What a checkout refuses. Public API: add, never rename. */
export const checkoutErrors = defineErrors({
  CHECKOUT_NOT_FOUND: { status: 404, message: 'There is no such checkout.' },
  CHECKOUT_EXPIRED: { status: 409, message: 'This checkout has expired. Begin a new one from your cart.' },
  CHECKOUT_CLOSED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This checkout is ${state} and can no longer be changed.`,
  },
  CHECKOUT_IN_PROGRESS: { status: 409, message: 'This checkout is being completed. Ask again in a moment.' },
  CHECKOUT_INCOMPLETE: {
    status: 409,
    data: z.object({ missing: z.array(z.enum(['email', 'address', 'shipping', 'paymentMethod'])) }),
    message: ({ missing }) => `Still missing: ${missing.join(', ')}.`,
  },
  CART_EMPTY: { status: 409, message: 'There is nothing to buy.' },
  CART_NOT_PURCHASABLE: {
    status: 409,
    data: z.object({ problems: z.array(z.object({ variantId: z.string(), code: z.string() })) }),
    message: 'Something in the cart cannot be bought as it stands. Look at its problems.',
  },
  PRICE_CHANGED: {
    status: 409,
    data: z.object({ previousTotal: Money, total: Money }),
    message: 'Prices changed meanwhile. Look at the new total, then complete again.',
  },
  TAX_UNAVAILABLE: { status: 503, message: 'Taxes cannot be computed right now. Try again in a moment.' },
  PAYMENT_METHOD_UNKNOWN: {
    status: 422,
    data: z.object({ available: z.array(z.string()) }),
    message: ({ available }) => `Pay by one of: ${available.join(', ')}.`,
  },
  WALLET_NOT_USABLE: {
    status: 409,
    data: z.object({ problem: z.enum(['NOT_FOUND', 'FROZEN', 'BALANCE_TOO_LOW', 'LIMIT_REACHED']) }),
    message: ({ problem }) =>
      ({
        NOT_FOUND: 'There is no wallet to pay with. Sign in, or pay otherwise.',
        FROZEN: 'Your wallet is on hold. Pay otherwise, or ask the support of this marketplace.',
        BALANCE_TOO_LOW: 'Your wallet has less than you saw. Look at what is left to pay, then complete again.',
        LIMIT_REACHED: 'Your wallet has paid as much as it may today. Pay otherwise, or verify more of yourself.',
      })[problem],
  },
  PAYMENT_METHOD_INVALID: {
    status: 422,
    message: 'This payment method cannot be used. It may have expired: enter it again.',
  },
});
