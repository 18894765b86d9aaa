import { defineErrors } from '@plaza/kernel';

/** Everything the discovery service refuses to do. */
export const errors = defineErrors({
  LISTING_NOT_FOUND: { status: 404, message: 'There is no such listing.' },
  VISITOR_UNKNOWN: {
    status: 403,
    message: 'Nobody is there to remember this for. Sign in, or agree to be remembered.',
  },
});
