import { defineEvent, idSchema } from '@plaza/kernel';
import { z } from 'zod';

/** A notification is new in a member's inbox; a screen that is open may show it. */
export const notificationCreated = defineEvent({
  type: 'notification.created',
  summary: "A notification was put into a member's inbox.",
  data: z.object({ notificationId: idSchema('notification'), memberId: idSchema('member'), topic: z.string() }),
});

export const notificationsEvents = [notificationCreated] as const;
