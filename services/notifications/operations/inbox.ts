import { type Handler, requireMember } from '@plaza/kernel';
import { type Database, inTransaction } from '@plaza/runtime';
import { notificationsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import * as store from '../store/notification.ts';

export function listNotifications(database: Database): Handler<typeof notificationsContract.listNotifications> {
  return async ({ input, context }) => {
    const { memberId } = requireMember(context);
    const queries = database.read(context.marketplaceId);
    const page = await store.listNotifications(queries, context.marketplaceId, memberId, input);
    return { ...page, unreadCount: await store.countUnread(queries, context.marketplaceId, memberId) };
  };
}

export function markNotificationRead(database: Database): Handler<typeof notificationsContract.markNotificationRead> {
  return inTransaction(database, notificationsContract.markNotificationRead, async ({ input, context, tx }) => {
    const read = await store.markRead(tx, requireMember(context).memberId, input.notificationId);
    if (read === undefined) throw errors.NOTIFICATION_NOT_FOUND({});
    return read;
  });
}

export function markAllNotificationsRead(
  database: Database,
): Handler<typeof notificationsContract.markAllNotificationsRead> {
  return inTransaction(database, notificationsContract.markAllNotificationsRead, async ({ context, tx }) => ({
    markedCount: await store.markAllRead(tx, requireMember(context).memberId),
  }));
}
