import { defineErrors, idSchema } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the catalog service refuses to do. */
export const errors = defineErrors({
  STORE_NOT_FOUND: { status: 404, message: 'There is no such store.' },
  STORE_SLUG_TAKEN: { status: 409, message: 'Another store already has this address. Choose another.' },
  LISTING_NOT_FOUND: { status: 404, message: 'There is no such listing.' },
  VARIANT_NOT_FOUND: { status: 404, message: 'There is no such variant.' },
  CATEGORY_NOT_FOUND: { status: 404, message: 'There is no such category.' },
  HANDLE_TAKEN: { status: 409, message: 'Another listing of this store already has this handle.' },
  SKU_TAKEN: {
    status: 409,
    message: 'Another variant of this store already has this SKU.',
  },
  RELEASE_VERSION_TAKEN: { status: 409, message: 'This listing already has a release of this version.' },
  ILLEGAL_TRANSITION: {
    status: 409,
    data: z.object({ from: z.string(), to: z.string() }),
    message: ({ from, to }) => `A listing that is ${from} cannot become ${to}.`,
  },
  LISTING_LIMIT_REACHED: {
    status: 409,
    data: z.object({ planId: z.string(), planName: z.string(), limit: z.int() }),
    message: ({ planName, limit }) =>
      `The plan ${planName} allows ${limit} listings on sale. Pause one, or choose a larger plan.`,
  },
  OUT_OF_STOCK: {
    status: 409,
    data: z.object({ variantId: idSchema('variant'), requested: z.int(), free: z.int() }),
    message: ({ requested, free }) => `Not enough stock: ${requested} asked for, ${free} left.`,
  },
  STOCK_BELOW_RESERVED: {
    status: 409,
    data: z.object({ variantId: idSchema('variant'), reserved: z.int() }),
    message: ({ reserved }) => `Stock cannot be less than the ${reserved} pieces buyers have reserved.`,
  },
  RESERVATION_NOT_FOUND: { status: 404, message: 'There is no such reservation.' },
  RESERVATION_COMMITTED: { status: 409, message: 'This reservation has become an order already.' },
  IMPORT_NOT_FOUND: { status: 404, message: 'There is no such import.' },
  IMPORT_NOT_CHECKED: {
    status: 409,
    message: 'This import is not ready to start: its check is still running, or it failed.',
  },
});
