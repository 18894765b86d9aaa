import { type Id, idFromUuid, type MemberId, newUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Kept } from '../domain/reviewable.ts';

/** What somebody bought of a listing, in an order that has come to its end. */
export type PurchaseRecord = {
  readonly orderId: Id<'order'>;
  readonly listingId: Id<'listing'>;
  readonly storeId: Id<'store'>;
  readonly sellerMemberId: MemberId;
  readonly title: string;
  readonly isReviewable: boolean;
};

/** Notes what of a shipment group was kept, unless newer news of the group are noted already. */
export async function savePurchases(
  tx: Transaction,
  group: {
    readonly orderId: string;
    readonly storeId: string;
    readonly buyerMemberId: string;
    readonly sellerMemberId: string;
    readonly endedTime: string;
    readonly version: number;
  },
  kept: readonly Kept[],
): Promise<void> {
  const rows = kept.map(({ listingId, listingSlug, title, imageUrl, isReviewable }) => ({
    id: newUuid(),
    listing_id: uuidFromId(listingId),
    listing_slug: listingSlug,
    title,
    image_url: imageUrl,
    is_reviewable: isReviewable,
  }));
  await tx.execute(sql`
    insert into reviews.purchase as known (marketplace_id, id, order_id, listing_id, store_id, buyer_member_id, seller_member_id,
      listing_slug, title, image_url, is_reviewable, group_version, completed_time)
    select ${tx.marketplaceId}, id, ${uuidFromId(group.orderId)}, listing_id, ${uuidFromId(group.storeId)},
      ${uuidFromId(group.buyerMemberId)}, ${uuidFromId(group.sellerMemberId)}, listing_slug, title, image_url, is_reviewable,
      ${group.version}, ${group.endedTime}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as k(id uuid, listing_id uuid, listing_slug text, title text, image_url text, is_reviewable boolean)
    on conflict on constraint purchase_once do update
      set is_reviewable = excluded.is_reviewable, group_version = excluded.group_version
      where known.group_version <= excluded.group_version`);
}

/** A purchase of this member's. */
export async function findPurchase(
  queries: Queries,
  marketplaceId: string,
  of: { readonly orderId: string; readonly listingId: string; readonly buyerMemberId: string },
): Promise<PurchaseRecord | undefined> {
  const row = await queries.row<{
    order_id: string;
    listing_id: string;
    store_id: string;
    seller_member_id: string;
    title: string;
    is_reviewable: boolean;
  }>(sql`
    select order_id, listing_id, store_id, seller_member_id, title, is_reviewable from reviews.purchase
    where marketplace_id = ${marketplaceId} and order_id = ${uuidFromId(of.orderId)}
      and listing_id = ${uuidFromId(of.listingId)} and buyer_member_id = ${uuidFromId(of.buyerMemberId)}`);
  return (
    row && {
      orderId: idFromUuid('order', row.order_id),
      listingId: idFromUuid('listing', row.listing_id),
      storeId: idFromUuid('store', row.store_id),
      sellerMemberId: idFromUuid('member', row.seller_member_id),
      title: row.title,
      isReviewable: row.is_reviewable,
    }
  );
}
