import { defineErrors } from '@plaza/kernel';

/** Everything the search service refuses to do. */
export const errors = defineErrors({
  LISTING_NOT_FOUND: { status: 404, message: 'There is no such listing.' },
});
