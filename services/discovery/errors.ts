import { defineErrors, idSchema } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the discovery service refuses to do. */
export const errors = defineErrors({
  LISTING_NOT_FOUND: { status: 404, message: 'There is no such listing.' },
  SAVED_SEARCH_NOT_FOUND: { status: 404, message: 'There is no such saved search.' },
  SEARCH_ALREADY_SAVED: {
    status: 409,
    data: z.object({ savedSearchId: idSchema('savedSearch') }),
    message: 'You have saved this search already.',
  },
  SAVED_SEARCH_LIMIT_REACHED: {
    status: 409,
    data: z.object({ maximum: z.int() }),
    message: ({ maximum }) => `You can keep ${maximum} searches. Delete one first.`,
  },
  VISITOR_UNKNOWN: {
    status: 403,
    message: 'Nobody is there to remember this for. Sign in, or agree to be remembered.',
  },
});
