import { type Id, idFromUuid, idOfCursor, type MemberId, newUuid, pageFrom, uuidFromId } from '@plaza/kernel';
import { empty, type Queries, sql, type Transaction } from '@plaza/runtime';
import type { AlertDelivery, AlertKind, SavedQuery, SavedSearch } from '../contract/saved-searches.ts';

type Row = {
  id: string;
  name: string;
  search: SavedQuery;
  alerts: AlertKind[];
  delivery: AlertDelivery;
  new_count: number;
  created_time: Date;
  version: number;
};

/** Counting stops here: nobody reads the difference between 100 and 10,000. */
const COUNTED_MAX = 100;

const COLUMNS = sql`id, name, search, alerts, delivery, created_time, version, (
    select count(*) from (
      select distinct m.listing_id from discovery.saved_search_match m
      join discovery.listing l on l.marketplace_id = m.marketplace_id and l.id = m.listing_id and l.is_listed and l.is_in_stock
      where m.marketplace_id = s.marketplace_id and m.saved_search_id = s.id and m.found_time > s.seen_time
      limit ${COUNTED_MAX}) as unseen) as new_count`;

function savedSearchFrom(row: Row): SavedSearch {
  return {
    id: idFromUuid('savedSearch', row.id),
    name: row.name,
    search: row.search,
    alerts: row.alerts,
    delivery: row.delivery,
    newCount: row.new_count,
    createdTime: row.created_time.toISOString(),
    version: row.version,
  };
}

/** Holds the member's row, made if there is none, so that their searches are counted and saved one after the other. */
export async function lockSearches(tx: Transaction, memberId: MemberId): Promise<number> {
  await tx.execute(sql`
    insert into discovery.saved_search_member (marketplace_id, member_id, mail_key)
    values (${tx.marketplaceId}, ${uuidFromId(memberId)}, ${newUuid()}) on conflict do nothing`);
  await tx.one(sql`
    select 1 from discovery.saved_search_member
    where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)} for update`);
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*) as count from discovery.saved_search
    where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)}`);
  return count;
}

/** The member's search that is equal to this one. */
export async function findEqual(
  tx: Transaction,
  memberId: MemberId,
  searchKey: string,
): Promise<Id<'savedSearch'> | undefined> {
  const row = await tx.row<{ id: string }>(sql`
    select id from discovery.saved_search
    where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)} and search_key = ${searchKey}`);
  return row && idFromUuid('savedSearch', row.id);
}

export type NewSearch = Pick<SavedSearch, 'id' | 'name' | 'search' | 'alerts' | 'delivery'> & {
  readonly memberId: MemberId;
  readonly searchKey: string;
};

export async function insertSearch(tx: Transaction, search: NewSearch, now: Date): Promise<SavedSearch> {
  return savedSearchFrom(
    await tx.one<Row>(sql`
      insert into discovery.saved_search as s (marketplace_id, id, member_id, name, search, search_key, alerts, delivery,
        created_time, seen_time)
      values (${tx.marketplaceId}, ${uuidFromId(search.id)}, ${uuidFromId(search.memberId)}, ${search.name},
        ${JSON.stringify(search.search)}::jsonb, ${search.searchKey}, ${search.alerts}::text[], ${search.delivery}, ${now}, ${now})
      returning ${COLUMNS}`),
  );
}

/** Newest first; ids are made in order of time. */
export async function listSearches(
  queries: Queries,
  marketplaceId: string,
  memberId: MemberId,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: SavedSearch[]; nextCursor: string | null }> {
  const beforeId = idOfCursor(page.cursor);
  const before = beforeId === null ? empty : sql` and id < ${beforeId}`;
  const rows = await queries.rows<Row>(sql`
    select ${COLUMNS} from discovery.saved_search s
    where marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)}${before}
    order by id desc limit ${page.limit + 1}`);
  return pageFrom(rows, page.limit, (row) => [row.id], savedSearchFrom);
}

/** One of the member's own, held until the transaction ends: of others', the answer is that there is none. */
export async function lockSearch(
  tx: Transaction,
  memberId: MemberId,
  id: Id<'savedSearch'>,
): Promise<SavedSearch | undefined> {
  const row = await tx.row<Row>(sql`
    select ${COLUMNS} from discovery.saved_search s
    where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(id)} and member_id = ${uuidFromId(memberId)} for update`);
  return row && savedSearchFrom(row);
}

export async function saveSearch(
  tx: Transaction,
  { id, name, alerts, delivery }: Pick<SavedSearch, 'id' | 'name' | 'alerts' | 'delivery'>,
  now: Date,
): Promise<SavedSearch> {
  if (delivery === 'none') await settleMatches(tx, [uuidFromId(id)], now);
  return savedSearchFrom(
    await tx.one<Row>(sql`
      update discovery.saved_search s set name = ${name}, alerts = ${alerts}::text[], delivery = ${delivery}, version = version + 1
      where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(id)} returning ${COLUMNS}`),
  );
}

/** What these searches found and nobody was told of is not told later: mails are not wanted any more. */
async function settleMatches(tx: Transaction, searchUuids: readonly string[], now: Date): Promise<void> {
  await tx.execute(sql`
    update discovery.saved_search_match set told_time = ${now}
    where marketplace_id = ${tx.marketplaceId} and saved_search_id = any(${searchUuids}::uuid[]) and told_time is null`);
}

/** Answers it as it is then; undefined when the member has no such search. */
export async function markSeen(
  tx: Transaction,
  memberId: MemberId,
  id: Id<'savedSearch'>,
  now: Date,
): Promise<SavedSearch | undefined> {
  const known = await tx.execute(sql`
    update discovery.saved_search set seen_time = ${now}
    where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(id)} and member_id = ${uuidFromId(memberId)}`);
  return known === 0 ? undefined : lockSearch(tx, memberId, id);
}

/** Answers whether there was one. */
export async function deleteSearch(tx: Transaction, memberId: MemberId, id: Id<'savedSearch'>): Promise<boolean> {
  const deleted = await tx.execute(sql`
    delete from discovery.saved_search
    where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(id)} and member_id = ${uuidFromId(memberId)}`);
  return deleted > 0;
}

/** Everything of a member, with what it found. Answers how many searches that were. */
export async function eraseSearches(tx: Transaction, memberUuid: string): Promise<number> {
  const erased = await tx.execute(sql`
    delete from discovery.saved_search where marketplace_id = ${tx.marketplaceId} and member_id = ${memberUuid}`);
  await tx.execute(sql`
    delete from discovery.saved_search_member where marketplace_id = ${tx.marketplaceId} and member_id = ${memberUuid}`);
  return erased;
}

/** Ends the mails of one search, or of all of whose mails have this key. Answers of how many. */
export async function stopMails(
  tx: Transaction,
  { mailKey, savedSearchId }: { readonly mailKey: string; readonly savedSearchId?: Id<'savedSearch'> | undefined },
  now: Date,
): Promise<number> {
  const one = savedSearchId === undefined ? empty : sql` and s.id = ${uuidFromId(savedSearchId)}`;
  const stopped = await tx.rows<{ id: string }>(sql`
    update discovery.saved_search s set delivery = 'none', version = version + 1
    from discovery.saved_search_member m
    where m.marketplace_id = ${tx.marketplaceId} and m.mail_key = ${mailKey} and s.marketplace_id = m.marketplace_id
      and s.member_id = m.member_id and s.delivery <> 'none'${one}
    returning s.id`);
  await settleMatches(
    tx,
    stopped.map(({ id }) => id),
    now,
  );
  return stopped.length;
}
