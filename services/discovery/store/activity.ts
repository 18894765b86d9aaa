import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Activity, ActorKind } from '../domain/activity.ts';

type ActivityRow = {
  id: string;
  actor_id: string;
  actor_kind: ActorKind;
  kind: Activity['kind'];
  listing_id: string | null;
  query: string | null;
  result_count: number | null;
  position: number | null;
  occurred_time: Date;
};

const columns = sql`id, actor_id, actor_kind, kind, listing_id, query, result_count, position, occurred_time`;

function activityFrom(row: ActivityRow): Activity {
  return {
    id: row.id,
    actorId: row.actor_id,
    actorKind: row.actor_kind,
    kind: row.kind,
    listingId: row.listing_id,
    query: row.query,
    resultCount: row.result_count,
    position: row.position,
    occurredMs: row.occurred_time.getTime(),
  };
}

/**
 * Keeps what is not kept yet, in one statement however many they are (a column is one parameter), and answers the ids
 * that were new. Without it, ten thousand a second would be as many statements.
 */
export async function insertActivity(
  tx: Transaction,
  activities: readonly Activity[],
  recordedTime: Date,
): Promise<ReadonlySet<string>> {
  const of = <Value>(pick: (activity: Activity) => Value): Value[] => activities.map(pick);
  const rows = await tx.rows<{ id: string }>(sql`
    insert into discovery.activity (marketplace_id, id, actor_id, actor_kind, kind, listing_id, query, result_count,
      position, occurred_time, recorded_time)
    select ${tx.marketplaceId}, e.id, e.actor_id, e.actor_kind, e.kind, e.listing_id, e.query, e.result_count, e.position,
      to_timestamp(e.occurred_ms / 1000), ${recordedTime}
    from unnest(${of(({ id }) => id)}::uuid[], ${of(({ actorId }) => actorId)}::uuid[],
      ${of(({ actorKind }) => actorKind)}::text[], ${of(({ kind }) => kind)}::text[],
      ${of(({ listingId }) => listingId)}::uuid[], ${of(({ query }) => query)}::text[],
      ${of(({ resultCount }) => resultCount)}::int[], ${of(({ position }) => position)}::int[],
      ${of(({ occurredMs }) => occurredMs)}::float8[])
      as e(id, actor_id, actor_kind, kind, listing_id, query, result_count, position, occurred_ms)
    on conflict do nothing returning id`);
  return new Set(rows.map(({ id }) => id));
}

/** When the oldest of the newest `count` events was; undefined when there are none. */
export async function findStart(queries: Queries, marketplaceId: string, count: number): Promise<Date | undefined> {
  const row = await queries.row<{ start: Date | null }>(sql`
    select coalesce(
      (select occurred_time from discovery.activity where marketplace_id = ${marketplaceId}
        order by occurred_time desc offset ${count} limit 1),
      (select min(occurred_time) from discovery.activity where marketplace_id = ${marketplaceId})) as start`);
  return row?.start ?? undefined;
}

/** What happened after `after` and was recorded by then, oldest first, a page at a time. */
export async function listActivity(
  queries: Queries,
  marketplaceId: string,
  page: { after: { occurredTime: Date; id: string }; recordedUntil: Date; limit: number },
): Promise<Activity[]> {
  const { after, recordedUntil, limit } = page;
  const rows = await queries.rows<ActivityRow>(sql`
    select ${columns} from discovery.activity
    where marketplace_id = ${marketplaceId} and (occurred_time, id) > (${after.occurredTime}, ${after.id}::uuid)
      and recorded_time <= ${recordedUntil}
    order by occurred_time, id limit ${limit}`);
  return rows.map(activityFrom);
}

/** How many things this actor did; they are gone, and what they dismissed with them. */
export async function eraseActivity(queries: Queries, marketplaceId: string, actorId: string): Promise<number> {
  await queries.execute(
    sql`delete from discovery.dismissal where marketplace_id = ${marketplaceId} and actor_id = ${actorId}`,
  );
  return queries.execute(
    sql`delete from discovery.activity where marketplace_id = ${marketplaceId} and actor_id = ${actorId}`,
  );
}

/** What a visitor did, and dismissed, becomes the member's; answers how many acts. The second time there are none. */
export async function handOverActivity(
  queries: Queries,
  marketplaceId: string,
  { visitorId, memberId }: { readonly visitorId: string; readonly memberId: string },
): Promise<number> {
  await queries.execute(sql`
    with gone as (delete from discovery.dismissal where marketplace_id = ${marketplaceId} and actor_id = ${visitorId}::uuid
      returning listing_id, dismissed_time)
    insert into discovery.dismissal (marketplace_id, actor_id, listing_id, dismissed_time)
    select ${marketplaceId}, ${memberId}::uuid, listing_id, dismissed_time from gone on conflict do nothing`);
  return queries.execute(sql`
    update discovery.activity set actor_id = ${memberId}::uuid, actor_kind = 'member'
    where marketplace_id = ${marketplaceId} and actor_id = ${visitorId}::uuid and actor_kind = 'visitor'`);
}

/** Removes at most `limit` of what was recorded before; answers how many. */
export async function forgetActivity(
  queries: Queries,
  marketplaceId: string,
  recordedBefore: Date,
  limit: number,
): Promise<number> {
  return queries.execute(sql`
    delete from discovery.activity where marketplace_id = ${marketplaceId} and id in (
      select id from discovery.activity
      where marketplace_id = ${marketplaceId} and recorded_time < ${recordedBefore} limit ${limit})`);
}

export async function findConsent(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
): Promise<{ isAllowed: boolean; updatedTime: Date } | undefined> {
  const row = await queries.row<{ is_allowed: boolean; updated_time: Date }>(sql`
    select is_allowed, updated_time from discovery.consent
    where marketplace_id = ${marketplaceId} and member_id = ${memberId}`);
  return row && { isAllowed: row.is_allowed, updatedTime: row.updated_time };
}

/** Those of these members who do not let us know what they do. */
export async function findUnwilling(
  queries: Queries,
  marketplaceId: string,
  memberIds: readonly string[],
): Promise<Set<string>> {
  if (memberIds.length === 0) return new Set();
  const rows = await queries.rows<{ member_id: string }>(sql`
    select member_id from discovery.consent
    where marketplace_id = ${marketplaceId} and member_id = any(${memberIds}::uuid[]) and not is_allowed`);
  return new Set(rows.map((row) => row.member_id));
}

export async function saveConsent(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  consent: { isAllowed: boolean; updatedTime: Date },
): Promise<void> {
  await queries.execute(sql`
    insert into discovery.consent (marketplace_id, member_id, is_allowed, updated_time)
    values (${marketplaceId}, ${memberId}, ${consent.isAllowed}, ${consent.updatedTime})
    on conflict (marketplace_id, member_id) do update set is_allowed = excluded.is_allowed,
      updated_time = excluded.updated_time`);
}
