import { defineErrors, idSchema } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the reviews service refuses to do. */
export const errors = defineErrors({
  REVIEW_NOT_FOUND: { status: 404, message: 'There is no such review.' },
  REVIEWABLE_PURCHASE_NOT_FOUND: {
    status: 404,
    message: 'You have no completed order of this listing with this number.',
  },
  REVIEWS_NOT_OFFERED: { status: 409, message: 'There are no reviews in this marketplace.' },
  PURCHASE_GIVEN_BACK: { status: 409, message: 'What was given back in full cannot be reviewed.' },
  ALREADY_REVIEWED: {
    status: 409,
    data: z.object({ reviewId: idSchema('review') }),
    message: 'You have reviewed this already. Change that review instead.',
  },
  REVIEW_CLOSED: {
    status: 409,
    data: z.object({ closedTime: z.iso.datetime() }),
    message: 'A review can be changed for 30 days after it was written.',
  },
});
