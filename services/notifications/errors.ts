import { defineErrors } from '@plaza/kernel';

/** Everything the notifications service refuses to do. Codes are public API: add, never rename. */
export const errors = defineErrors({
  NOTIFICATION_NOT_FOUND: { status: 404, message: 'There is no such notification of yours.' },
});
