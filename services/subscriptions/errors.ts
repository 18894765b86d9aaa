import { defineErrors } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the subscriptions service refuses to do. Codes are public API: add, never rename. */
export const errors = defineErrors({
  PLAN_OWNER_NOT_FOUND: { status: 404, message: 'There is no such store or member.' },
  PLAN_NOT_FOUND: { status: 404, message: 'This marketplace has no such plan.' },
  SUBSCRIPTION_NOT_FOUND: { status: 404, message: 'There is no such subscription.' },
  SUBSCRIPTION_EXISTS: { status: 409, message: 'There is a subscription already. Change it instead.' },
  SUBSCRIPTION_STATE: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This cannot be done with a subscription that is ${state}.`,
  },
  SUBSCRIPTION_UNCHANGED: { status: 409, message: 'The subscription runs by this plan already.' },
  SUBSCRIPTION_INVOICE_OPEN: { status: 409, message: 'An invoice is not paid yet. Pay it first.' },
  SUBSCRIPTION_INVOICE_NOT_FOUND: { status: 404, message: 'There is no such invoice.' },
  PLAN_PRICE_CHANGED: {
    status: 409,
    data: z.object({ totalMinor: z.int() }),
    message: ({ totalMinor }) => `The amount due now is ${totalMinor} (minor units). Look at it, then confirm again.`,
  },
  SAVED_METHOD_NEEDED: { status: 409, message: 'Save a card first: it pays the subscription.' },
  SUBSCRIPTION_DECLINED: {
    status: 402,
    data: z.object({ declineCode: z.string().nullable() }),
    message: 'The card was declined. Nothing was changed; use another card.',
  },
});
