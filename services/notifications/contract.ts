import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { NotificationChannel, NotificationTopic } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { errors } from './errors.ts';

export type { NotificationChannel as Channel, NotificationTopic as Topic };

/** Topics of which a member chooses what they are told of, and how. */
export const ChoosableTopic = NotificationTopic.extract(['orders', 'payments', 'offers', 'reviews']);
export type ChoosableTopic = z.output<typeof ChoosableTopic>;

/** How a member is told of a topic. */
export const TopicSetting = z
  .object({
    topic: ChoosableTopic,
    isPartlyRequired: z.boolean().meta({
      description: 'Some of its messages, such as confirmations, refunds and disputes, are sent whatever is chosen.',
    }),
    offered: z.array(NotificationChannel),
    chosen: z.array(NotificationChannel),
  })
  .meta({ id: 'TopicSetting' });
export type TopicSetting = z.output<typeof TopicSetting>;

/** What a member chose to be told of. Account security is not among it: it is always told. */
export const NotificationSettings = z
  .object({ topics: z.array(TopicSetting), version: z.int() })
  .meta({ id: 'NotificationSettings' });
export type NotificationSettings = z.output<typeof NotificationSettings>;

/** Something a member was told, in their language. `path` leads to the page it is about. */
export const Notification = z
  .object({
    id: idSchema('notification'),
    topic: NotificationTopic,
    title: z.string(),
    text: z.string(),
    path: z.string().nullable(),
    isRead: z.boolean(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.output<typeof Notification>;

const example = {
  id: 'ntf_01k9w6x8f0e5rbq2m3n4p5q6r7',
  topic: 'orders' as const,
  title: 'Your order is on its way',
  text: 'Ada Prints sent order B-10023 with Kerry, tracking number KX123.',
  path: '/orders/ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
  isRead: false,
  createdTime: '2026-11-21T08:00:00.000Z',
};

const ordersExample: TopicSetting = {
  topic: 'orders',
  isPartlyRequired: true,
  offered: ['inbox', 'email'],
  chosen: ['inbox', 'email'],
};

/** A member's inbox. Mails and SMS go out by events; nobody calls for them. */
export const notificationsContract = {
  listNotifications: operation({
    summary: "Lists the member's notifications, newest first, with how many are unread",
    access: 'member',
    route: { method: 'GET', path: '/notifications' },
    input: z.object({ ...PageQuery, isUnread: z.boolean().optional() }),
    output: pageOf(Notification).extend({
      unreadCount: z.int().meta({ description: 'Counted up to 100; 100 means 100 or more.' }),
    }),
    example: { input: { limit: 20 }, output: { items: [example], nextCursor: null, unreadCount: 1 } },
  }),
  markNotificationRead: operation({
    summary: 'Marks a notification as read',
    access: 'member',
    route: { method: 'PUT', path: '/notifications/{notificationId}/read' },
    input: z.object({ notificationId: idSchema('notification') }),
    output: Notification,
    errors: [errors.NOTIFICATION_NOT_FOUND],
    idempotent: true,
    example: { input: { notificationId: example.id }, output: { ...example, isRead: true } },
  }),
  markAllNotificationsRead: operation({
    summary: "Marks all of the member's notifications as read",
    access: 'member',
    route: { method: 'PUT', path: '/notifications/read' },
    input: z.object({}),
    output: z.object({ markedCount: z.int() }),
    idempotent: true,
    example: { input: {}, output: { markedCount: 3 } },
  }),
  getNotificationSettings: operation({
    summary: 'Answers what the member is told of, and how',
    access: 'member',
    route: { method: 'GET', path: '/notifications/settings' },
    input: z.object({}),
    output: NotificationSettings,
    example: { input: {}, output: { topics: [ordersExample], version: 0 } },
  }),
  updateNotificationSettings: operation({
    summary: 'Chooses what the member is told of, and how',
    description:
      'Topics that are not named stay as they are. What somebody must know is sent all the same: account security, and of a topic with `isPartlyRequired` what is about money or goods or needs an answer in time.',
    access: 'member',
    idempotent: true,
    route: { method: 'PATCH', path: '/notifications/settings' },
    input: z.object({
      topics: z.array(z.object({ topic: ChoosableTopic, chosen: z.array(NotificationChannel).max(3) })).max(4),
      expectedVersion: z.int().optional(),
    }),
    output: NotificationSettings,
    errors: [errors.TOPIC_NOT_OFFERED, errors.CHANNEL_NOT_OFFERED],
    example: {
      input: { topics: [{ topic: 'orders', chosen: ['inbox'] }] },
      output: { topics: [{ ...ordersExample, chosen: ['inbox'] }], version: 1 },
    },
  }),
};
