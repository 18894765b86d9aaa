import { type Id, idFromUuid, type MemberId, newUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';

/** An order whose buyer is to be asked, with what they may review. */
export type Question = {
  readonly orderId: Id<'order'>;
  readonly buyerMemberId: MemberId;
  readonly titles: readonly string[];
  /** Of the buyer: whoever has it may end such questions. */
  readonly mailKey: string;
};

/**
 * Takes up to `limit` purchases of this time that were never asked for, and answers whom to ask: of an order once, not those
 * who do not want it, and not for what they have reviewed. What is taken is not taken again.
 */
export async function takeQuestions(
  tx: Transaction,
  { from, to, limit, now }: { readonly from: Date; readonly to: Date; readonly limit: number; readonly now: Date },
): Promise<{ readonly taken: number; readonly questions: readonly Question[] }> {
  const taken = await tx.rows<{ id: string }>(sql`
    update reviews.purchase set asked_time = ${now}
    where marketplace_id = ${tx.marketplaceId} and id in (
      select id from reviews.purchase
      where marketplace_id = ${tx.marketplaceId} and asked_time is null and is_reviewable
        and completed_time between ${from} and ${to}
      order by completed_time limit ${limit} for update skip locked)
    returning id`);
  if (taken.length === 0) return { taken: 0, questions: [] };
  const ids = taken.map(({ id }) => id);
  const rows = await tx.rows<{ order_id: string; buyer_member_id: string; titles: string[] }>(sql`
    select p.order_id, p.buyer_member_id, array_agg(p.title order by p.id) as titles from reviews.purchase p
    where p.marketplace_id = ${tx.marketplaceId} and p.id = any(${ids}::uuid[])
      and not exists (select from reviews.review r where r.marketplace_id = p.marketplace_id
        and r.listing_id = p.listing_id and r.buyer_member_id = p.buyer_member_id)
      and not exists (select from reviews.unasked_member u where u.marketplace_id = p.marketplace_id
        and u.member_id = p.buyer_member_id)
      and not exists (select from reviews.purchase earlier where earlier.marketplace_id = p.marketplace_id
        and earlier.order_id = p.order_id and earlier.asked_time is not null and earlier.id <> all(${ids}::uuid[]))
    group by p.order_id, p.buyer_member_id order by p.order_id`);
  const keys = await mailKeysOf(tx, [...new Set(rows.map((row) => row.buyer_member_id))]);
  return {
    taken: taken.length,
    questions: rows.map(({ order_id, buyer_member_id, titles }) => ({
      orderId: idFromUuid('order', order_id),
      buyerMemberId: idFromUuid('member', buyer_member_id),
      titles,
      mailKey: keys.get(buyer_member_id) ?? '',
    })),
  };
}

/** The keys of members, made for who has none. */
async function mailKeysOf(tx: Transaction, memberUuids: readonly string[]): Promise<Map<string, string>> {
  const fresh = memberUuids.map(() => newUuid());
  const rows = await tx.rows<{ member_id: string; mail_key: string }>(sql`
    insert into reviews.asked_member (marketplace_id, member_id, mail_key)
    select ${tx.marketplaceId}, * from unnest(${memberUuids}::uuid[], ${fresh}::uuid[])
    on conflict (marketplace_id, member_id) do update set mail_key = asked_member.mail_key
    returning member_id, mail_key`);
  return new Map(rows.map(({ member_id, mail_key }) => [member_id, mail_key]));
}

/** Asks whose mails have this key no more. */
export async function stopAsking(tx: Transaction, mailKey: string): Promise<void> {
  await tx.execute(sql`
    insert into reviews.unasked_member (marketplace_id, member_id)
    select marketplace_id, member_id from reviews.asked_member
    where marketplace_id = ${tx.marketplaceId} and mail_key = ${mailKey}
    on conflict do nothing`);
}

export async function isAsked(queries: Queries, marketplaceId: string, memberId: MemberId): Promise<boolean> {
  const row = await queries.row<{ member_id: string }>(sql`
    select member_id from reviews.unasked_member
    where marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)}`);
  return row === undefined;
}

/** Keeps what a member wants; the same twice changes nothing. */
export async function saveAsking(tx: Transaction, memberId: MemberId, isWanted: boolean): Promise<void> {
  await tx.execute(
    isWanted
      ? sql`delete from reviews.unasked_member
          where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)}`
      : sql`insert into reviews.unasked_member (marketplace_id, member_id)
          values (${tx.marketplaceId}, ${uuidFromId(memberId)}) on conflict do nothing`,
  );
}
