import { type Id, idFromUuid, idOfCursor, type MemberId, newId, pageFrom, type Role, uuidFromId } from '@plaza/kernel';
import { empty, type Queries, raw, type Sql, sql, type Transaction } from '@plaza/runtime';
import type { Me, Member, MemberCard } from '../contract.ts';

type Row = {
  id: string;
  display_name: string;
  avatar_url: string | null;
  email: string | null;
  roles: Role[];
  locale: string;
  created_time: Date;
  version: number;
};
type MeRow = Row & { email_verified: boolean; phone_number: string | null; two_factor_enabled: boolean | null };

const COLUMNS = sql`m.id, m.display_name, m.avatar_url, m.email, m.roles, m.locale, m.created_time, m.version`;

function memberFrom(row: Row): Member {
  return {
    id: idFromUuid('member', row.id),
    displayName: row.display_name,
    avatarUrl: row.avatar_url,
    email: row.email,
    roles: row.roles,
    createdTime: row.created_time.toISOString(),
    version: row.version,
  };
}

export async function findMemberId(
  queries: Queries,
  marketplaceId: string,
  userId: string,
): Promise<Id<'member'> | undefined> {
  const row = await queries.row<{ id: string }>(
    sql`select id from identity.member where marketplace_id = ${marketplaceId} and user_id = ${userId}`,
  );
  return row && idFromUuid('member', row.id);
}

/** Makes a member; undefined when the person is one already. */
export async function insertMember(
  tx: Transaction,
  member: { userId: string; displayName: string; avatarUrl: string | null; email: string | null; locale: string },
): Promise<Id<'member'> | undefined> {
  const id = newId('member');
  const made = await tx.execute(sql`
    insert into identity.member (marketplace_id, id, user_id, display_name, avatar_url, email, locale)
    values (${tx.marketplaceId}, ${uuidFromId(id)}, ${member.userId}, ${member.displayName}, ${member.avatarUrl},
      ${member.email}, ${member.locale})
    on conflict on constraint member_user_unique do nothing`);
  return made === 1 ? id : undefined;
}

export async function findMember(
  queries: Queries,
  marketplaceId: string,
  memberId: MemberId,
  { isLocked = false } = {},
): Promise<Member | undefined> {
  const lock = isLocked ? sql` for update` : empty;
  const row = await queries.row<Row>(sql`
    select ${COLUMNS} from identity.member m
    where m.marketplace_id = ${marketplaceId} and m.id = ${uuidFromId(memberId)}${lock}`);
  return row && memberFrom(row);
}

/** Who has an address here, and whether they have shown that it is theirs. */
export async function findMemberByEmail(
  tx: Transaction,
  email: string,
): Promise<{ memberId: MemberId; isEmailVerified: boolean } | undefined> {
  const row = await tx.row<{ id: string; email_verified: boolean }>(sql`
    select m.id, u.email_verified from identity.member m join identity."user" u on u.id = m.user_id
    where m.marketplace_id = ${tx.marketplaceId} and m.email = ${email.toLowerCase()}`);
  return row && { memberId: idFromUuid('member', row.id), isEmailVerified: row.email_verified };
}

/** A member with what only they see of themselves. */
export async function findMe(queries: Queries, marketplaceId: string, memberId: MemberId): Promise<Me | undefined> {
  const row = await queries.row<MeRow>(sql`
    select ${COLUMNS}, u.email_verified, u.phone_number, u.two_factor_enabled
    from identity.member m join identity."user" u on u.id = m.user_id
    where m.marketplace_id = ${marketplaceId} and m.id = ${uuidFromId(memberId)}`);
  return (
    row && {
      ...memberFrom(row),
      isEmailVerified: row.email_verified,
      phone: row.phone_number,
      isTotpEnabled: row.two_factor_enabled === true,
      locale: row.locale,
    }
  );
}

export async function listMemberCards(
  queries: Queries,
  marketplaceId: string,
  memberIds: readonly MemberId[],
): Promise<MemberCard[]> {
  const rows = await queries.rows<MeRow>(sql`
    select ${COLUMNS}, u.phone_number
    from identity.member m join identity."user" u on u.id = m.user_id
    where m.marketplace_id = ${marketplaceId} and m.id = any(${memberIds.map(uuidFromId)}::uuid[])`);
  return rows.map((row) => ({
    id: idFromUuid('member', row.id),
    displayName: row.display_name,
    avatarUrl: row.avatar_url,
    email: row.email,
    phone: row.phone_number,
    locale: row.locale,
  }));
}

/** What an address begins with ends, of all that begin so, before the beginning with this behind it. */
const LAST_CHARACTER = '\u{10FFFF}';

/** Newest first. Ids are made in order of time, so they are the sort key and the cursor. */
export async function listMembers(
  queries: Queries,
  marketplaceId: string,
  filter: { limit: number; cursor?: string | undefined; email?: string | undefined; role?: Role | undefined },
): Promise<{ items: Member[]; nextCursor: string | null }> {
  const conditions: Sql[] = [];
  const beforeId = idOfCursor(filter.cursor);
  if (beforeId !== null) conditions.push(sql` and m.id < ${beforeId}`);
  if (filter.email !== undefined) {
    const prefix = filter.email.toLowerCase();
    // By bytes, up to the last that can follow: unlike `like`, this is known to leak nothing, so that the index may answer it.
    conditions.push(sql` and m.email ~>=~ ${prefix} and m.email ~<~ ${`${prefix}${LAST_CHARACTER}`}`);
  }
  // Written out: each role has an index of those who have it.
  if (filter.role !== undefined) conditions.push(sql` and m.roles @> ${raw(`'{${filter.role}}'`)}`);
  const where = conditions.reduce((all, each) => sql`${all}${each}`, empty);
  const rows = await queries.rows<Row>(sql`
    select ${COLUMNS} from identity.member m where m.marketplace_id = ${marketplaceId}${where}
    order by m.id desc limit ${filter.limit + 1}`);
  return pageFrom(rows, filter.limit, (row) => [row.id], memberFrom);
}

export async function saveRoles(tx: Transaction, memberId: MemberId, roles: readonly Role[]): Promise<Member> {
  return memberFrom(
    await tx.one<Row>(sql`
      update identity.member m set roles = ${roles}, version = m.version + 1
      where m.marketplace_id = ${tx.marketplaceId} and m.id = ${uuidFromId(memberId)} returning ${COLUMNS}`),
  );
}

/** Whether somebody besides `memberId` is an admin. Locks the admins, so that the last two cannot both step down. */
export async function hasOtherAdmin(tx: Transaction, memberId: MemberId): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from identity.member where marketplace_id = ${tx.marketplaceId} and roles @> '{admin}'
    order by id limit 100 for update`);
  return rows.some(({ id }) => id !== uuidFromId(memberId));
}

export async function saveProfile(
  tx: Transaction,
  memberId: MemberId,
  profile: { displayName: string; avatarUrl: string | null; locale: string },
): Promise<void> {
  await tx.execute(sql`
    update identity.member set display_name = ${profile.displayName}, avatar_url = ${profile.avatarUrl},
      locale = ${profile.locale}, version = version + 1
    where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(memberId)}`);
}
