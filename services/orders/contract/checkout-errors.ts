import { defineErrors, Money } from '@plaza/kernel';
import { CashProblem as PaymentsProblem } from '@plaza/payments/contract';
import { z } from 'zod';

/** Why a checkout cannot be paid at the door. */
export const CashProblem = z.enum([...PaymentsProblem.options, 'NOT_ALL_PHYSICAL', 'NOT_A_PARCEL', 'COUNTRY']);
export type CashProblem = z.output<typeof CashProblem>;

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
  CASH_NOT_OFFERED: {
    status: 409,
    data: z.object({ problem: CashProblem }),
    message: ({ problem }) =>
      ({
        NOT_A_MEMBER: 'Sign in to pay at the door.',
        AMOUNT_TOO_HIGH: 'This is more than can be paid at the door.',
        STORE_DECLINES: 'Not every store of this purchase takes cash at the door.',
        STORE_OWES: 'Not every store of this purchase takes cash at the door right now.',
        TOO_MANY_REFUSED: 'You have not taken in too many parcels: pay before they are sent.',
        NOT_ALL_PHYSICAL: 'Only what is delivered can be paid at the door.',
        NOT_A_PARCEL: 'Only parcels can be paid at the door.',
        COUNTRY: 'Parcels to this country cannot be paid at the door.',
      })[problem],
  },
  REST_TOO_SMALL: {
    status: 409,
    data: z.object({ rest: Money, smallest: Money, walletUpToMinor: z.int() }),
    message: ({ rest, smallest, walletUpToMinor }) =>
      `No way to pay takes the ${rest.amountMinor} ${rest.currency} that the wallet leaves (minor units); the smallest amount is ${smallest.amountMinor}. ` +
      `Let the wallet pay at most ${walletUpToMinor} (walletUpToMinor), or nothing (useWallet: false).`,
  },
  PAYMENT_METHOD_INVALID: {
    status: 422,
    message: 'This payment method cannot be used. It may have expired: enter it again.',
  },
});
