import { type Handlers, newId, requireMember, requireVersion } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { reviewsContract } from '../contract.ts';
import { closedTime } from '../domain/reviewable.ts';
import { errors } from '../errors.ts';
import { reviewPublished, reviewReplied } from '../events.ts';
import { findPurchase } from '../store/purchase.ts';
import { findReviewOf, insertReview, lockReview, type ReviewRecord, saveReview } from '../store/review.ts';
import type { Dependencies } from './dependencies.ts';
import { learnOrder } from './learn-purchases.ts';
import { rate } from './rate.ts';
import { showReviews } from './show-reviews.ts';

type Writing = Pick<Handlers<typeof reviewsContract>, 'createReview' | 'updateReview' | 'replyToReview'>;

/** What buyers write of what they bought, and what stores answer. */
export function writeReviews({ database, marketplaces, clock, identity, orders }: Dependencies): Writing {
  const show = showReviews(identity);
  return {
    createReview: inTransaction(database, reviewsContract.createReview, async ({ input, context, tx }) => {
      const { memberId: buyerMemberId } = requireMember(context);
      if (!marketplaces.get(tx.marketplaceId).features.reviews) throw errors.REVIEWS_NOT_OFFERED({});
      const { orderId, listingId, stars, text } = input;
      const find = () => findPurchase(tx, tx.marketplaceId, { orderId, listingId, buyerMemberId });
      let purchase = await find();
      // Who says "I have it" and reviews at once is quicker than the news of it.
      if (purchase === undefined) {
        await learnOrder({ orders }, { tx, context }, orderId);
        purchase = await find();
      }
      if (purchase === undefined) throw errors.REVIEWABLE_PURCHASE_NOT_FOUND({});
      if (!purchase.isReviewable) throw errors.PURCHASE_GIVEN_BACK({});
      const review = {
        id: newId('review'),
        buyerMemberId,
        stars,
        text: text ?? null,
        locale: context.locale,
        createdTime: clock(),
      };
      if (!(await insertReview(tx, purchase, review)))
        throw errors.ALREADY_REVIEWED({
          reviewId: await findReviewOf(tx, tx.marketplaceId, { listingId, buyerMemberId }),
        });
      await rate(tx, purchase, undefined, { stars, state: 'published' });
      const { storeId, sellerMemberId, title } = purchase;
      const news = { reviewId: review.id, listingId, storeId, sellerMemberId, title, stars };
      await tx.announce(reviewPublished, review.id, news);
      return show.one((await lockReview(tx, review.id)) as ReviewRecord, context);
    }),

    updateReview: inTransaction(database, reviewsContract.updateReview, async ({ input, context, tx }) => {
      const before = await lockReview(tx, input.reviewId);
      if (before === undefined || before.buyerMemberId !== requireMember(context).memberId)
        throw errors.REVIEW_NOT_FOUND({});
      requireVersion(before, input.expectedVersion);
      const closed = closedTime(before.createdTime);
      if (clock() >= closed) throw errors.REVIEW_CLOSED({ closedTime: closed.toISOString() });
      const { stars = before.stars, text = before.text } = input;
      if (stars === before.stars && text === before.text) return show.one(before, context);
      const after = await saveReview(tx, { ...before, stars, text, editedTime: clock() });
      await rate(tx, before, before, after);
      return show.one(after, context);
    }),

    replyToReview: inTransaction(database, reviewsContract.replyToReview, async ({ input, context, tx }) => {
      const before = await lockReview(tx, input.reviewId);
      if (before === undefined || before.sellerMemberId !== requireMember(context).memberId)
        throw errors.REVIEW_NOT_FOUND({});
      requireVersion(before, input.expectedVersion);
      const after = await saveReview(tx, { ...before, reply: { text: input.text, time: clock() } });
      const { id: reviewId, listingId, listingSlug, buyerMemberId, title } = after;
      if (before.reply === null)
        await tx.announce(reviewReplied, reviewId, { reviewId, listingId, listingSlug, buyerMemberId, title });
      return show.one(after, context);
    }),
  };
}
