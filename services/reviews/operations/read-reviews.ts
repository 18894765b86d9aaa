import { type Context, type Handlers, requireMember } from '@plaza/kernel';
import type { Rating, reviewsContract } from '../contract.ts';
import { summaryOf } from '../domain/rating.ts';
import { findCounts, listCounts } from '../store/rating.ts';
import { listOfStore, listPublished, listPurchases } from '../store/review.ts';
import type { Dependencies } from './dependencies.ts';
import { showReviews } from './show-reviews.ts';

type Reading = Pick<
  Handlers<typeof reviewsContract>,
  'listReviews' | 'getRating' | 'listRatings' | 'getStoreRating' | 'listStoreReviews' | 'listReviewablePurchases'
>;

/** Reviews and what they say together; each list is one statement, and one question for the names. */
export function readReviews({ database, identity }: Dependencies): Reading {
  const show = showReviews(identity);

  async function ratingOf(id: string, { marketplaceId }: Context): Promise<Rating> {
    const counts = await findCounts(database.read(marketplaceId), marketplaceId, id);
    const { count, mean } = summaryOf(counts);
    return { count, mean, counts: [...counts] };
  }

  return {
    async listReviews({ input, context }) {
      const { marketplaceId } = context;
      const { items, nextCursor } = await listPublished(database.read(marketplaceId), marketplaceId, input);
      return { items: await show.named(items, context), nextCursor };
    },
    getRating: ({ input, context }) => ratingOf(input.listingId, context),
    async listRatings({ input, context: { marketplaceId } }) {
      const rated = await listCounts(database.read(marketplaceId), marketplaceId, input.listingId);
      return {
        items: rated.flatMap(({ listingId, counts }) => {
          const { count, mean } = summaryOf(counts);
          return mean === null ? [] : [{ listingId, count, mean }];
        }),
      };
    },
    getStoreRating: ({ input, context }) => ratingOf(input.storeId, context),
    async listStoreReviews({ input, context }) {
      const { marketplaceId } = context;
      // A seller of another store finds an empty list.
      const sellerMemberId = requireMember(context).memberId;
      const of = { ...input, sellerMemberId, isUnanswered: input.isUnanswered === true };
      const { items, nextCursor } = await listOfStore(database.read(marketplaceId), marketplaceId, of);
      return { items: await show.kept(items, context), nextCursor };
    },
    async listReviewablePurchases({ input, context }) {
      const { marketplaceId } = context;
      const of = { ...input, buyerMemberId: requireMember(context).memberId };
      const { items, nextCursor } = await listPurchases(database.read(marketplaceId), marketplaceId, of);
      const reviews = await show.kept(
        items.flatMap(({ review }) => review ?? []),
        context,
      );
      return {
        items: items.map(({ review, completedTime, ...purchase }) => ({
          ...purchase,
          completedTime: completedTime.toISOString(),
          review: reviews.find(({ id }) => id === review?.id) ?? null,
        })),
        nextCursor,
      };
    },
  };
}
