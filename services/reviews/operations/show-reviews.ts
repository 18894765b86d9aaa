import type { identityContract } from '@plaza/identity/contract';
import { asService, type Client, type Context, type MemberId } from '@plaza/kernel';
import type { KeptReview, Review } from '../contract.ts';
import { closedTime } from '../domain/reviewable.ts';
import { reviewerName } from '../domain/reviewer-name.ts';
import type { ReviewRecord } from '../store/review.ts';

export type Identity = Pick<Client<typeof identityContract>, 'getMembers'>;

/** What reviews look like from outside: with the names that their writers have now, shortened. */
export function showReviews(identity: Identity) {
  const named = async (reviews: readonly ReviewRecord[], context: Context): Promise<Review[]> => {
    const memberIds = [...new Set(reviews.map(({ buyerMemberId }) => buyerMemberId))];
    const { items } =
      memberIds.length === 0 ? { items: [] } : await identity.getMembers({ memberIds }, asService('reviews', context));
    const names = new Map<MemberId, string>(items.map(({ id, displayName }) => [id, reviewerName(displayName)]));
    return reviews.map((review) => ({
      id: review.id,
      listingId: review.listingId,
      stars: review.stars,
      text: review.text,
      locale: review.locale,
      reviewerName: names.get(review.buyerMemberId) ?? '',
      reply: review.reply && { text: review.reply.text, time: review.reply.time.toISOString() },
      createdTime: review.createdTime.toISOString(),
      editedTime: review.editedTime?.toISOString() ?? null,
      version: review.version,
    }));
  };
  const kept = async (reviews: readonly ReviewRecord[], context: Context): Promise<KeptReview[]> => {
    const shown = await named(reviews, context);
    return reviews.map(
      ({ orderId, storeId, title, listingSlug, imageUrl, state, hiddenReason, createdTime }, index) => ({
        ...(shown[index] as Review),
        orderId,
        storeId,
        title,
        listingSlug,
        imageUrl,
        state,
        hiddenReason,
        closedTime: closedTime(createdTime).toISOString(),
      }),
    );
  };
  return {
    named,
    kept,
    one: async (review: ReviewRecord, context: Context) => (await kept([review], context))[0] as KeptReview,
  };
}
