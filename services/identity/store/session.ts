import { type Id, idFromUuid, type MemberId, type Role, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';

type SessionRow = {
  id: string;
  token: string;
  user_agent: string | null;
  ip_address: string | null;
  created_at: Date;
  expires_at: Date;
};

/** Whose token it is. One statement over three indexes; other marketplaces' sessions are not seen at all. */
export async function findCaller(queries: Queries, marketplaceId: string, token: string, now: Date) {
  const row = await queries.row<{
    id: string;
    member_id: string;
    user_id: string;
    roles: Role[];
    email: string | null;
    email_verified: boolean;
    phone_number_verified: boolean | null;
    created_at: Date;
    confirmed_time: Date | null;
  }>(sql`
    select s.id, s.member_id, s.user_id, s.created_at, s.confirmed_time, m.roles, m.email,
      u.email_verified, u.phone_number_verified
    from identity.session s
    join identity.member m on m.marketplace_id = s.marketplace_id and m.id = s.member_id
    join identity."user" u on u.id = m.user_id
    where s.token = ${token} and s.marketplace_id = ${marketplaceId} and s.expires_at > ${now}`);
  if (row === undefined) return undefined;
  return {
    memberId: idFromUuid('member', row.member_id),
    roles: row.roles,
    sessionId: idFromUuid('session', row.id),
    verificationLevel: row.phone_number_verified ? (2 as const) : row.email_verified ? (1 as const) : (0 as const),
    confirmedTime: (row.confirmed_time ?? row.created_at).toISOString(),
    userId: row.user_id,
    ...(row.email === null ? {} : { email: row.email }),
  };
}

/** A session by its token: whose it is and until when. */
export async function findSessionByToken(queries: Queries, token: string) {
  const row = await queries.row<{ member_id: string; expires_at: Date }>(
    sql`select member_id, expires_at from identity.session where token = ${token}`,
  );
  return row === undefined
    ? undefined
    : { memberId: idFromUuid('member', row.member_id), expiresTime: row.expires_at.toISOString() };
}

/** The token of a member's own session, to act for them towards better-auth. */
export async function findToken(queries: Queries, memberId: MemberId, sessionId: string): Promise<string | undefined> {
  const row = await queries.row<{ token: string }>(sql`
    select token from identity.session where id = ${uuidFromId(sessionId)} and member_id = ${uuidFromId(memberId)}`);
  return row?.token;
}

/** Notes that a session showed who sits there. */
export async function confirm(queries: Queries, sessionId: string, now: Date): Promise<void> {
  await queries.execute(sql`
    update identity.session set confirmed_time = ${now} where id = ${uuidFromId(sessionId)}`);
}

/** At most this many are shown; older ones end on their own. */
const SHOWN_MAX = 100;

export async function listSessions(
  queries: Queries,
  memberId: MemberId,
  currentId: string | undefined,
  now: Date,
): Promise<
  {
    id: Id<'session'>;
    userAgent: string | null;
    ipAddress: string | null;
    createdTime: string;
    expiresTime: string;
    isCurrent: boolean;
  }[]
> {
  const rows = await queries.rows<SessionRow>(sql`
    select s.id, s.user_agent, s.ip_address, s.created_at, s.expires_at from identity.session s
    join identity.member m on m.marketplace_id = s.marketplace_id and m.id = s.member_id and m.user_id = s.user_id
    where m.id = ${uuidFromId(memberId)} and s.expires_at > ${now} order by s.created_at desc, s.id desc limit ${SHOWN_MAX}`);
  return rows.map((row) => {
    const id = idFromUuid('session', row.id);
    return {
      id,
      // better-auth writes that nobody said it as an empty text.
      userAgent: row.user_agent || null,
      ipAddress: row.ip_address,
      createdTime: row.created_at.toISOString(),
      expiresTime: row.expires_at.toISOString(),
      isCurrent: id === currentId,
    };
  });
}

/** Ends one session of a member; false when they have none of that id. */
export async function endSession(queries: Queries, memberId: MemberId, sessionId: string): Promise<boolean> {
  const ended = await queries.execute(sql`
    delete from identity.session where id = ${uuidFromId(sessionId)} and member_id = ${uuidFromId(memberId)}`);
  return ended === 1;
}

/** Ends every session of an account in the marketplace that `queries` sees. */
export async function endSessionsOf(queries: Queries, userId: string): Promise<void> {
  await queries.execute(sql`delete from identity.session where user_id = ${userId}`);
}

/** Whose account a member is. */
export async function getUserId(queries: Queries, marketplaceId: string, memberId: MemberId): Promise<string> {
  const row = await queries.one<{ user_id: string }>(
    sql`select user_id from identity.member where marketplace_id = ${marketplaceId} and id = ${uuidFromId(memberId)}`,
  );
  return row.user_id;
}

/** The account behind a member. */
export async function getUser(queries: Queries, userId: string) {
  return queries.one<{ name: string; email: string; email_verified: boolean; image: string | null }>(
    sql`select name, email, email_verified, image from identity."user" where id = ${userId}`,
  );
}

/** What is over: sessions and tries of this marketplace, links and codes of the installation. */
export async function forgetExpired(queries: Queries, now: Date): Promise<void> {
  await queries.execute(sql`delete from identity.session where expires_at < ${now}`);
  await queries.execute(sql`delete from identity.attempt where window_end_time < ${now}`);
  await queries.execute(sql`delete from identity.verification where expires_at < ${now}`);
}
