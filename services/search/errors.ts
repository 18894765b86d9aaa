import { defineErrors } from '@plaza/kernel';

/** Everything the search service refuses to do. */
export const errors = defineErrors({
  LISTING_NOT_FOUND: { status: 404, message: 'There is no such listing.' },
  PICTURE_NOT_FOUND: {
    status: 404,
    message: 'There is no such picture to search by, or it was forgotten. Send it again.',
  },
  PICTURE_NOT_LOOKED_AT: {
    status: 409,
    message: 'Nobody has looked at this picture yet. Send it to `uploadUrl`, then complete it.',
  },
});
