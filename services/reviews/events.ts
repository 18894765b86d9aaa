import { defineEvent, idSchema } from '@plaza/kernel';
import { z } from 'zod';

export const listingRated = defineEvent({
  type: 'listing.rated',
  summary: 'The stars of a listing changed: a review was written, changed, hidden, or shown again.',
  data: z.object({
    listingId: idSchema('listing'),
    storeId: idSchema('store'),
    ratingCount: z.int(),
    /** All stars together; by `ratingCount` it is the mean. */
    ratingSum: z.int(),
    /** Of the rating, not of the listing: the greatest is the newest. */
    version: z.int(),
  }),
});

export const reviewPublished = defineEvent({
  type: 'review.published',
  summary: 'A buyer reviewed a listing. What they say is not in it.',
  data: z.object({
    reviewId: idSchema('review'),
    listingId: idSchema('listing'),
    storeId: idSchema('store'),
    sellerMemberId: idSchema('member'),
    title: z.string(),
    stars: z.int().min(1).max(5),
  }),
});

export const reviewReplied = defineEvent({
  type: 'review.replied',
  summary: 'A store answered a review for the first time.',
  data: z.object({
    reviewId: idSchema('review'),
    listingId: idSchema('listing'),
    listingSlug: z.string(),
    buyerMemberId: idSchema('member'),
    title: z.string(),
  }),
});

export const reviewAsked = defineEvent({
  type: 'review.asked',
  summary: 'It is time to ask a buyer what they think of what they bought. Once an order.',
  data: z.object({
    orderId: idSchema('order'),
    buyerMemberId: idSchema('member'),
    /** What they may review, in the words of the listings. */
    titles: z.array(z.string()).min(1),
    /** By which these questions are ended from the mail, by whoever has it. */
    mailKey: z.guid(),
  }),
});

export const reviewsEvents = [listingRated, reviewPublished, reviewReplied, reviewAsked] as const;
