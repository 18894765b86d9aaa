import type { ListingCard } from '@plaza/catalog/contract';
import { type Id, idFromUuid, type MemberId, uuidFromId } from '@plaza/kernel';
import { sql, type Transaction } from '@plaza/runtime';
import type { Digest } from '../domain/digest-time.ts';

/** Who is to be told of which of their searches. */
export type DueSearch = {
  readonly id: Id<'savedSearch'>;
  readonly memberId: MemberId;
  readonly name: string;
  readonly mailKey: string;
};

type DueRow = { id: string; member_id: string; name: string; mail_key: string };

function dueFrom(row: DueRow): DueSearch {
  return {
    id: idFromUuid('savedSearch', row.id),
    memberId: idFromUuid('member', row.member_id),
    name: row.name,
    mailKey: row.mail_key,
  };
}

/** Searches to be told of at once that found something, unless they were since `quietSince`; held until the transaction ends. */
export async function lockInstant(tx: Transaction, quietSince: Date, limit: number): Promise<DueSearch[]> {
  const rows = await tx.rows<DueRow>(sql`
    select s.id, s.member_id, s.name, m.mail_key from discovery.saved_search s
    join discovery.saved_search_member m on m.marketplace_id = s.marketplace_id and m.member_id = s.member_id
    where s.marketplace_id = ${tx.marketplaceId} and s.delivery = 'instant'
      and (s.told_time is null or s.told_time <= ${quietSince})
      and s.id in (select saved_search_id from discovery.saved_search_match
        where marketplace_id = ${tx.marketplaceId} and told_time is null)
    order by s.id limit ${limit} for update of s skip locked`);
  return rows.map(dueFrom);
}

/**
 * All daily searches of the next members for whom something was found before the digest was due and who had none of that
 * day; theirs counts as written then. What is found later waits for the next day, also when a server starts at noon.
 */
export async function lockDaily(tx: Transaction, { day, dueTime }: Digest, limit: number): Promise<DueSearch[]> {
  const rows = await tx.rows<DueRow>(sql`
    with untold as materialized (
      select distinct s.id, s.member_id, s.name from discovery.saved_search_match x
      join discovery.saved_search s on s.marketplace_id = x.marketplace_id and s.id = x.saved_search_id
      where x.marketplace_id = ${tx.marketplaceId} and x.told_time is null and x.found_time < ${dueTime} and s.delivery = 'daily'),
    due as (
      select member_id from discovery.saved_search_member
      where marketplace_id = ${tx.marketplaceId} and (digest_day is null or digest_day < ${day}::date)
        and member_id in (select member_id from untold)
      order by member_id limit ${limit} for update skip locked),
    written as (
      update discovery.saved_search_member m set digest_day = ${day}::date from due
      where m.marketplace_id = ${tx.marketplaceId} and m.member_id = due.member_id returning m.member_id, m.mail_key)
    select u.id, u.member_id, u.name, w.mail_key from untold u join written w on w.member_id = u.member_id
    order by u.member_id, u.id`);
  return rows.map(dueFrom);
}

/** A listing that a search found, as it is now. */
export type FoundListing = {
  readonly searchId: Id<'savedSearch'>;
  readonly card: ListingCard;
  /** Null of a new one. */
  readonly priceBeforeMinor: number | null;
};

/**
 * Takes what these searches found and nobody was told of: told from now on. Answers what of it can still be bought and
 * costs no more than it did; of a listing that is new and cheaper by now, that it is new.
 */
export async function takeFound(
  tx: Transaction,
  searchIds: readonly Id<'savedSearch'>[],
  now: Date,
): Promise<FoundListing[]> {
  const ids = searchIds.map(uuidFromId);
  await tx.execute(sql`
    update discovery.saved_search set told_time = ${now}
    where marketplace_id = ${tx.marketplaceId} and id = any(${ids}::uuid[])`);
  const rows = await tx.rows<{ saved_search_id: string; card: ListingCard; before: number | null }>(sql`
    with taken as (
      update discovery.saved_search_match set told_time = ${now}
      where marketplace_id = ${tx.marketplaceId} and saved_search_id = any(${ids}::uuid[]) and told_time is null
      returning saved_search_id, listing_id, kind, price_minor, price_before_minor)
    select t.saved_search_id, l.card,
      case when bool_or(t.kind = 'new') then null else max(t.price_before_minor) end as before
    from taken t join discovery.listing l on l.marketplace_id = ${tx.marketplaceId} and l.id = t.listing_id
    where l.is_listed and l.is_in_stock and (t.kind = 'new' or l.price_minor <= t.price_minor)
    group by t.saved_search_id, l.marketplace_id, l.id
    order by l.published_time desc, l.id`);
  return rows.map(({ saved_search_id, card, before }) => ({
    searchId: idFromUuid('savedSearch', saved_search_id),
    card,
    priceBeforeMinor: before,
  }));
}
