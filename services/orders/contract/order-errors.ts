import { defineErrors, Money } from '@plaza/kernel';
import { z } from 'zod';

/** What orders, licenses and offers refuse. Public API: add, never rename. */
export const orderErrors = defineErrors({
  ORDER_NOT_FOUND: { status: 404, message: 'There is no such order.' },
  ORDER_LINK_EXPIRED: {
    status: 410,
    message: 'This link has expired. A new one is mailed to who knows the number and the address of the order.',
  },
  ACTION_NOT_ALLOWED: {
    status: 409,
    data: z.object({ state: z.string(), action: z.string(), available: z.array(z.string()) }),
    message: ({ action, state }) => `"${action}" cannot be done by you while this is ${state}.`,
  },
  STORE_NOT_FOUND: { status: 404, message: 'There is no such store.' },
  REFUND_TOO_LARGE: {
    status: 409,
    data: z.object({ refundableMinor: z.int() }),
    message: 'More than was paid cannot be refunded.',
  },
  ORDER_NOT_SETTLED: { status: 409, message: 'The payment is still being put away. Try again in a moment.' },
  LINE_REFUNDED: {
    status: 409,
    data: z.object({ lineId: z.string(), leftQuantity: z.int() }),
    message: ({ leftQuantity }) => `Of this line only ${leftQuantity} can still be given back.`,
  },
  SHIPPING_REFUNDED: { status: 409, message: 'The shipping was given back already, or cost nothing.' },
  RETURN_NOT_FOUND: { status: 404, message: 'There is no such return.' },
  RETURN_NOT_POSSIBLE: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: 'Nothing of this can be sent back now: it is too late, or not the time yet.',
  },
  RETURN_OPEN_ALREADY: { status: 409, message: 'A return of this is under way already.' },
  EVIDENCE_CLOSED: { status: 409, message: 'No evidence is taken for this now.' },
  LICENSE_NOT_FOUND: { status: 404, message: 'There is no such license.' },
  LICENSE_REVOKED: { status: 409, message: 'This license was revoked when its order was refunded.' },
  NO_FILES: { status: 409, message: 'The seller has not attached any files yet.' },
  OFFER_NOT_FOUND: { status: 404, message: 'There is no such offer.' },
  OFFERS_NOT_ACCEPTED: { status: 409, message: 'This listing does not take offers.' },
  OFFER_ABOVE_PRICE: { status: 409, message: 'This is more than what is asked for it: buy it for that.' },
  OFFER_PRICE_CHANGED: {
    status: 409,
    data: z.object({ price: Money }),
    message: 'The other side named another price meanwhile. Look at it, then answer again.',
  },
  OFFER_OPEN_ALREADY: { status: 409, message: 'You have an open offer for this already.' },
});
