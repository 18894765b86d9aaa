import { decodeCursor, type Id, idFromUuid, idOfCursor, type MemberId, pageFrom, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction } from '@plaza/runtime';
import { z } from 'zod';
import type { PurchaseRecord } from './purchase.ts';

/** A review as the database keeps it, with what the listing was called when it was bought. */
export type ReviewRecord = {
  readonly id: Id<'review'>;
  readonly orderId: Id<'order'>;
  readonly listingId: Id<'listing'>;
  readonly storeId: Id<'store'>;
  readonly buyerMemberId: MemberId;
  readonly sellerMemberId: MemberId;
  readonly stars: number;
  readonly text: string | null;
  readonly locale: string;
  readonly reply: { readonly text: string; readonly time: Date } | null;
  readonly state: 'published' | 'hidden';
  readonly hiddenReason: string | null;
  readonly version: number;
  readonly createdTime: Date;
  readonly editedTime: Date | null;
  readonly title: string;
  readonly listingSlug: string;
  readonly imageUrl: string | null;
};

export type ReviewRow = {
  id: string;
  order_id: string;
  listing_id: string;
  store_id: string;
  buyer_member_id: string;
  seller_member_id: string;
  stars: number;
  text: string | null;
  locale: string;
  reply_text: string | null;
  reply_time: Date | null;
  state: ReviewRecord['state'];
  hidden_reason: string | null;
  version: number;
  created_time: Date;
  edited_time: Date | null;
  title: string;
  listing_slug: string;
  image_url: string | null;
};

const COLUMNS = sql`r.id, r.order_id, r.listing_id, r.store_id, r.buyer_member_id, r.seller_member_id, r.stars, r.text, r.locale,
  r.reply_text, r.reply_time, r.state, r.hidden_reason, r.version, r.created_time, r.edited_time, p.title, p.listing_slug, p.image_url`;
const FROM = sql`reviews.review r join reviews.purchase p
  on p.marketplace_id = r.marketplace_id and p.order_id = r.order_id and p.listing_id = r.listing_id`;

function reviewFrom(row: ReviewRow): ReviewRecord {
  return {
    id: idFromUuid('review', row.id),
    orderId: idFromUuid('order', row.order_id),
    listingId: idFromUuid('listing', row.listing_id),
    storeId: idFromUuid('store', row.store_id),
    buyerMemberId: idFromUuid('member', row.buyer_member_id),
    sellerMemberId: idFromUuid('member', row.seller_member_id),
    stars: row.stars,
    text: row.text,
    locale: row.locale,
    reply: row.reply_text === null || row.reply_time === null ? null : { text: row.reply_text, time: row.reply_time },
    state: row.state,
    hiddenReason: row.hidden_reason,
    version: row.version,
    createdTime: row.created_time,
    editedTime: row.edited_time,
    title: row.title,
    listingSlug: row.listing_slug,
    imageUrl: row.image_url,
  };
}

/** False when the buyer has reviewed the listing already. */
export async function insertReview(
  tx: Transaction,
  { orderId, listingId, storeId, sellerMemberId }: PurchaseRecord,
  review: Pick<ReviewRecord, 'id' | 'buyerMemberId' | 'stars' | 'text' | 'locale' | 'createdTime'>,
): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into reviews.review (marketplace_id, id, order_id, listing_id, store_id, buyer_member_id, seller_member_id, stars, text,
      locale, created_time)
    values (${tx.marketplaceId}, ${uuidFromId(review.id)}, ${uuidFromId(orderId)}, ${uuidFromId(listingId)}, ${uuidFromId(storeId)},
      ${uuidFromId(review.buyerMemberId)}, ${uuidFromId(sellerMemberId)}, ${review.stars}, ${review.text}, ${review.locale},
      ${review.createdTime})
    on conflict on constraint review_once do nothing`);
  return inserted === 1;
}

/** What a member said of a listing, who has reviewed it. */
export async function findReviewOf(
  queries: Queries,
  marketplaceId: string,
  { listingId, buyerMemberId }: { readonly listingId: string; readonly buyerMemberId: string },
): Promise<Id<'review'>> {
  const { id } = await queries.one<{ id: string }>(sql`
    select id from reviews.review where marketplace_id = ${marketplaceId} and listing_id = ${uuidFromId(listingId)}
      and buyer_member_id = ${uuidFromId(buyerMemberId)}`);
  return idFromUuid('review', id);
}

/** A review, held until the transaction ends. */
export async function lockReview(tx: Transaction, reviewId: string): Promise<ReviewRecord | undefined> {
  const row = await tx.row<ReviewRow>(sql`
    select ${COLUMNS} from ${FROM} where r.marketplace_id = ${tx.marketplaceId} and r.id = ${uuidFromId(reviewId)} for update of r`);
  return row && reviewFrom(row);
}

/** Saves what may change of a locked review; its version grows by one. */
export async function saveReview(tx: Transaction, review: ReviewRecord): Promise<ReviewRecord> {
  const { version } = await tx.one<{ version: number }>(sql`
    update reviews.review set stars = ${review.stars}, text = ${review.text}, reply_text = ${review.reply?.text ?? null},
      reply_time = ${review.reply?.time ?? null}, state = ${review.state}, hidden_reason = ${review.hiddenReason},
      edited_time = ${review.editedTime}, version = version + 1
    where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(review.id)} returning version`);
  return { ...review, version };
}

export type Page = { readonly limit: number; readonly cursor?: string | undefined };
type ReviewPage = { items: ReviewRecord[]; nextCursor: string | null };

const StarKeys = z.tuple([z.int().min(1).max(5), z.guid()]);

/** A page of what is published of a listing. Of equal stars, the newest comes first. */
export async function listPublished(
  queries: Queries,
  marketplaceId: string,
  of: Page & {
    readonly listingId: string;
    readonly sort: 'newest' | 'highest' | 'lowest';
    readonly stars?: number | undefined;
  },
): Promise<ReviewPage> {
  const isNewest = of.sort === 'newest';
  const [stars, id] = isNewest ? [0, idOfCursor(of.cursor)] : (decodeCursor(of.cursor, StarKeys) ?? [0, null]);
  const isBeyond = of.sort === 'highest' ? sql`r.stars < ${stars}` : sql`r.stars > ${stars}`;
  const after = isNewest ? sql`r.id < ${id}` : sql`(${isBeyond} or (r.stars = ${stars} and r.id < ${id}))`;
  const order = { newest: sql`r.id desc`, highest: sql`r.stars desc, r.id desc`, lowest: sql`r.stars, r.id desc` };
  const rows = await queries.rows<ReviewRow>(sql`
    select ${COLUMNS} from ${FROM}
    where r.marketplace_id = ${marketplaceId} and r.listing_id = ${uuidFromId(of.listingId)} and r.state = 'published'
      and (${of.stars ?? null}::int is null or r.stars = ${of.stars ?? null}) and (${id}::uuid is null or ${after})
    order by ${order[of.sort]} limit ${of.limit + 1}`);
  return pageFrom(rows, of.limit, (row) => (isNewest ? [row.id] : [row.stars, row.id]), reviewFrom);
}

/** A page of what was said of a store's listings to this seller, newest first. */
export function listOfStore(
  queries: Queries,
  marketplaceId: string,
  of: Page & { readonly storeId: string; readonly sellerMemberId: string; readonly isUnanswered: boolean },
): Promise<ReviewPage> {
  return listKept(
    queries,
    marketplaceId,
    of,
    sql`r.store_id = ${uuidFromId(of.storeId)} and r.seller_member_id = ${uuidFromId(of.sellerMemberId)}
      and (not ${of.isUnanswered}::boolean or r.reply_text is null)`,
  );
}

/** A page of all reviews, newest first. */
export function listAll(
  queries: Queries,
  marketplaceId: string,
  of: Page & { readonly isHidden?: boolean | undefined; readonly listingId?: string | undefined },
): Promise<ReviewPage> {
  const listing = of.listingId === undefined ? null : uuidFromId(of.listingId);
  const isHidden = of.isHidden ?? null;
  return listKept(
    queries,
    marketplaceId,
    of,
    sql`(${listing}::uuid is null or r.listing_id = ${listing})
      and (${isHidden}::boolean is null or (r.state = 'hidden') = ${isHidden}::boolean)`,
  );
}

async function listKept(queries: Queries, marketplaceId: string, page: Page, which: Sql): Promise<ReviewPage> {
  const before = idOfCursor(page.cursor);
  const rows = await queries.rows<ReviewRow>(sql`
    select ${COLUMNS} from ${FROM} where r.marketplace_id = ${marketplaceId} and ${which}
      and (${before}::uuid is null or r.id < ${before}) order by r.id desc limit ${page.limit + 1}`);
  return pageFrom(rows, page.limit, ({ id }) => [id], reviewFrom);
}

/** Something bought and kept, and what its buyer said of the listing. */
export type ReviewedPurchase = {
  readonly orderId: Id<'order'>;
  readonly listingId: Id<'listing'>;
  readonly title: string;
  readonly listingSlug: string;
  readonly imageUrl: string | null;
  readonly completedTime: Date;
  readonly review: ReviewRecord | null;
};

type PurchaseRow = Pick<ReviewRow, 'title' | 'listing_slug' | 'image_url'> & {
  purchase_id: string;
  purchase_order_id: string;
  purchase_listing_id: string;
  completed_time: Date;
} & (Omit<ReviewRow, 'title' | 'listing_slug' | 'image_url'> | { id: null });

/** A page of what a member bought and kept, newest first. What was reviewed stays, even when it was given back later. */
export async function listPurchases(
  queries: Queries,
  marketplaceId: string,
  of: Page & { buyerMemberId: string; orderId?: string | undefined; isReviewed?: boolean | undefined },
): Promise<{ items: ReviewedPurchase[]; nextCursor: string | null }> {
  const before = idOfCursor(of.cursor);
  const order = of.orderId === undefined ? null : uuidFromId(of.orderId);
  const isReviewed = of.isReviewed ?? null;
  const rows = await queries.rows<PurchaseRow>(sql`
    select ${COLUMNS}, p.id as purchase_id, p.order_id as purchase_order_id, p.listing_id as purchase_listing_id, p.completed_time
    from reviews.purchase p left join reviews.review r on r.marketplace_id = p.marketplace_id and r.listing_id = p.listing_id
      and r.buyer_member_id = p.buyer_member_id
    where p.marketplace_id = ${marketplaceId} and p.buyer_member_id = ${uuidFromId(of.buyerMemberId)}
      and (p.is_reviewable or r.id is not null) and (${order}::uuid is null or p.order_id = ${order})
      and (${isReviewed}::boolean is null or (r.id is not null) = ${isReviewed}::boolean)
      and (${before}::uuid is null or p.id < ${before})
    order by p.id desc limit ${of.limit + 1}`);
  return pageFrom(
    rows,
    of.limit,
    ({ purchase_id }) => [purchase_id],
    (row) => ({
      orderId: idFromUuid('order', row.purchase_order_id),
      listingId: idFromUuid('listing', row.purchase_listing_id),
      title: row.title,
      listingSlug: row.listing_slug,
      imageUrl: row.image_url,
      completedTime: row.completed_time,
      review: row.id === null ? null : reviewFrom(row),
    }),
  );
}
