import { defineErrors } from '@plaza/kernel';
import { z } from 'zod';

/** Everything the notifications service refuses to do. Codes are public API: add, never rename. */
export const errors = defineErrors({
  NOTIFICATION_NOT_FOUND: { status: 404, message: 'There is no such notification of yours.' },
  TOPIC_NOT_OFFERED: {
    status: 409,
    data: z.object({ topic: z.string() }),
    message: ({ topic }) => `This marketplace tells nothing of ${topic}.`,
  },
  CHANNEL_NOT_OFFERED: {
    status: 409,
    data: z.object({ topic: z.string(), channel: z.string() }),
    message: ({ topic, channel }) => `This marketplace does not tell of ${topic} by ${channel}.`,
  },
});
