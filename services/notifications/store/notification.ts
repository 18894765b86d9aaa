import { type Id, idFromUuid, idOfCursor, type MemberId, newId, pageFrom, uuidFromId } from '@plaza/kernel';
import { empty, type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Notification, Topic } from '../contract.ts';

type Row = {
  id: string;
  topic: Topic;
  title: string;
  text: string;
  path: string | null;
  is_read: boolean;
  created_time: Date;
};

const COLUMNS = sql`id, topic, title, text, path, is_read, created_time`;

function notificationFrom(row: Row): Notification {
  return {
    id: idFromUuid('notification', row.id),
    topic: row.topic,
    title: row.title,
    text: row.text,
    path: row.path,
    isRead: row.is_read,
    createdTime: row.created_time.toISOString(),
  };
}

export type NewNotification = {
  readonly memberId: MemberId;
  readonly eventKey: string;
  readonly topic: Topic;
  readonly title: string;
  readonly text: string;
  readonly path: string | null;
  /** False: their member does not want to see it; it is kept only so that it is told once. */
  readonly isShown: boolean;
};

/** Puts notifications into members' inboxes. Answers those that their events did not put there before. */
export async function insertNotifications(
  tx: Transaction,
  notifications: readonly NewNotification[],
  now: Date,
): Promise<(NewNotification & { readonly id: Id<'notification'> })[]> {
  if (notifications.length === 0) return [];
  const wanted = new Map(notifications.map((each) => [newId('notification'), each]));
  const rows = [...wanted].map(([id, { memberId, eventKey, isShown, ...each }]) => ({
    ...each,
    id: uuidFromId(id),
    member_id: uuidFromId(memberId),
    event_key: eventKey,
    is_shown: isShown,
  }));
  const made = await tx.rows<{ id: string }>(sql`
    insert into notifications.notification (marketplace_id, id, member_id, event_key, topic, title, text, path, is_shown, is_read, created_time)
    select ${tx.marketplaceId}, id, member_id, event_key, topic, title, text, path, is_shown, not is_shown, ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as n (id uuid, member_id uuid, event_key text, topic text, title text, text text, path text, is_shown boolean)
    on conflict on constraint notification_once do nothing
    returning id`);
  const isMade = new Set(made.map(({ id }) => idFromUuid('notification', id)));
  return [...wanted].filter(([id]) => isMade.has(id)).map(([id, each]) => ({ ...each, id }));
}

/** Newest first; ids are made in order of time. */
export async function listNotifications(
  queries: Queries,
  marketplaceId: string,
  memberId: MemberId,
  filter: { limit: number; cursor?: string | undefined; isUnread?: boolean | undefined },
): Promise<{ items: Notification[]; nextCursor: string | null }> {
  const beforeId = idOfCursor(filter.cursor);
  const before = beforeId === null ? empty : sql` and id < ${beforeId}`;
  // Written out: the unread ones have an index, and every page of the shop asks for them.
  const read = filter.isUnread === undefined ? empty : filter.isUnread ? sql` and not is_read` : sql` and is_read`;
  const rows = await queries.rows<Row>(sql`
    select ${COLUMNS} from notifications.notification
    where marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)} and is_shown${before}${read}
    order by id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id], notificationFrom);
}

/** Counting stops here: nobody reads the difference between 100 and 10,000. */
const COUNTED_MAX = 100;

export async function countUnread(queries: Queries, marketplaceId: string, memberId: MemberId): Promise<number> {
  const { count } = await queries.one<{ count: number }>(sql`
    select count(*) as count from (select 1 from notifications.notification
      where marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)} and not is_read
      limit ${COUNTED_MAX}) as unread`);
  return count;
}

export async function markRead(
  tx: Transaction,
  memberId: MemberId,
  notificationId: string,
): Promise<Notification | undefined> {
  const row = await tx.row<Row>(sql`
    update notifications.notification set is_read = true
    where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(notificationId)} and member_id = ${uuidFromId(memberId)}
    returning ${COLUMNS}`);
  return row && notificationFrom(row);
}

export async function markAllRead(tx: Transaction, memberId: MemberId): Promise<number> {
  return tx.execute(sql`
    update notifications.notification set is_read = true
    where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)} and not is_read`);
}
