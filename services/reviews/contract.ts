import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';

const ReviewId = idSchema('review');
const ListingId = idSchema('listing');
const StoreId = idSchema('store');
const OrderId = idSchema('order');

/** From 1, the worst, to 5. */
export const Stars = z.int().min(1).max(5);

/** Shown as it was written, never as HTML. No control characters but line breaks. */
const PlainText = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), 'must have no control characters');

export const ReviewSort = z.enum(['newest', 'highest', 'lowest']);

/** What anyone may read of a review. */
export const Review = z
  .object({
    id: ReviewId,
    listingId: ListingId,
    stars: Stars,
    text: z.string().nullable(),
    /** The language it was written in. */
    locale: z.string(),
    /** First name and initial; empty where there is none. */
    reviewerName: z.string(),
    /** The store's answer. */
    reply: z.object({ text: z.string(), time: z.iso.datetime() }).nullable(),
    createdTime: z.iso.datetime(),
    editedTime: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Review' });
export type Review = z.output<typeof Review>;

/** A review as its writer, the store and moderators see it. */
export const KeptReview = Review.extend({
  orderId: OrderId,
  storeId: StoreId,
  /** What the listing was called when it was bought. */
  title: z.string(),
  listingSlug: z.string(),
  imageUrl: z.string().nullable(),
  state: z.enum(['published', 'hidden']),
  hiddenReason: z.string().nullable(),
  /** Until when its writer may change it. */
  closedTime: z.iso.datetime(),
}).meta({ id: 'KeptReview' });
export type KeptReview = z.output<typeof KeptReview>;

/** How many reviews there are, and what they say together. */
export const Rating = z
  .object({
    count: z.int(),
    /** To two decimals; null without reviews. */
    mean: z.number().min(1).max(5).nullable(),
    /** How many gave 1, 2, 3, 4 and 5 stars. */
    counts: z.array(z.int()).length(5),
  })
  .meta({ id: 'Rating' });
export type Rating = z.output<typeof Rating>;

/** What a listing's card tells of its reviews. */
export const ListingRating = z
  .object({ listingId: ListingId, count: z.int().min(1), mean: z.number().min(1).max(5) })
  .meta({ id: 'ListingRating' });

/** Something the caller bought and kept, and what they said of it. */
export const ReviewablePurchase = z
  .object({
    orderId: OrderId,
    listingId: ListingId,
    title: z.string(),
    listingSlug: z.string(),
    imageUrl: z.string().nullable(),
    completedTime: z.iso.datetime(),
    review: KeptReview.nullable(),
  })
  .meta({ id: 'ReviewablePurchase' });
export type ReviewablePurchase = z.output<typeof ReviewablePurchase>;

const reviewId = 'rev_01k9w6x8f0e5rbq2m3n4p5q6r7';
const listingId = 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7';
const storeId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';
const orderId = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';

const exampleReview: z.input<typeof Review> = {
  id: reviewId,
  listingId,
  stars: 5,
  text: 'Warm light, and it came well packed.',
  locale: 'en',
  reviewerName: 'Ada L.',
  reply: { text: 'Thank you! Enjoy your evenings.', time: '2026-11-23T06:00:00.000Z' },
  createdTime: '2026-11-22T06:00:00.000Z',
  editedTime: null,
  version: 2,
};
const exampleKept: z.input<typeof KeptReview> = {
  ...exampleReview,
  orderId,
  storeId,
  title: 'Vintage lamp',
  listingSlug: 'vintage-lamp-4p5q6r7s',
  imageUrl: null,
  state: 'published',
  hiddenReason: null,
  closedTime: '2026-12-22T06:00:00.000Z',
};
const exampleRating: z.input<typeof Rating> = { count: 12, mean: 4.58, counts: [0, 0, 1, 3, 8] };
const exampleKeptPage = { items: [exampleKept], nextCursor: null };

/** What buyers say of what they bought, and what stores answer. */
export const reviewsContract = {
  createReview: operation({
    summary: 'Reviews a listing of a completed order of yours',
    description:
      'Once a listing, however often you bought it. It can be changed for 30 days. Others see your first name and an initial.',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/reviews' },
    input: z.object({ orderId: OrderId, listingId: ListingId, stars: Stars, text: PlainText.optional() }),
    output: KeptReview,
    errors: [
      errors.REVIEWABLE_PURCHASE_NOT_FOUND,
      errors.REVIEWS_NOT_OFFERED,
      errors.PURCHASE_GIVEN_BACK,
      errors.ALREADY_REVIEWED,
    ],
    example: {
      input: { orderId, listingId, stars: 5, text: 'Warm light, and it came well packed.' },
      output: { ...exampleKept, reply: null, version: 1 },
    },
  }),
  updateReview: operation({
    summary: 'Changes a review of yours, within 30 days',
    access: 'member',
    idempotent: true,
    route: { method: 'PATCH', path: '/reviews/{reviewId}' },
    input: z.object({
      reviewId: ReviewId,
      expectedVersion: z.int().optional(),
      stars: Stars.optional(),
      /** Null takes the text away and leaves the stars. */
      text: PlainText.nullable().optional(),
    }),
    output: KeptReview,
    errors: [errors.REVIEW_NOT_FOUND, errors.REVIEW_CLOSED],
    example: {
      input: { reviewId, stars: 4 },
      output: { ...exampleKept, stars: 4, editedTime: '2026-11-24T06:00:00.000Z', version: 3 },
    },
  }),
  replyToReview: operation({
    summary: 'Answers a review of a listing that you sold; another answer replaces it',
    access: ['seller'],
    idempotent: true,
    route: { method: 'PUT', path: '/reviews/{reviewId}/reply' },
    input: z.object({ reviewId: ReviewId, expectedVersion: z.int().optional(), text: PlainText }),
    output: KeptReview,
    errors: [errors.REVIEW_NOT_FOUND],
    example: { input: { reviewId, text: 'Thank you! Enjoy your evenings.' }, output: exampleKept },
  }),
  hideReview: operation({
    summary: 'Takes a review out of sight, and out of the rating; the act is audited',
    access: ['moderator', 'admin'],
    idempotent: true,
    route: { method: 'PUT', path: '/admin/reviews/{reviewId}/hiding' },
    input: z.object({ reviewId: ReviewId, reason: PlainText.max(500) }),
    output: KeptReview,
    errors: [errors.REVIEW_NOT_FOUND],
    example: {
      input: { reviewId, reason: 'names a person' },
      output: { ...exampleKept, state: 'hidden', hiddenReason: 'names a person', version: 3 },
    },
  }),
  showReview: operation({
    summary: 'Shows a hidden review again; the act is audited',
    access: ['moderator', 'admin'],
    idempotent: true,
    route: { method: 'DELETE', path: '/admin/reviews/{reviewId}/hiding' },
    input: z.object({ reviewId: ReviewId }),
    output: KeptReview,
    errors: [errors.REVIEW_NOT_FOUND],
    example: { input: { reviewId }, output: { ...exampleKept, version: 4 } },
  }),
  listReviews: operation({
    summary: 'The published reviews of a listing',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/listings/{listingId}/reviews' },
    input: z.object({
      listingId: ListingId,
      sort: ReviewSort.default('newest'),
      /** Only those that gave so many. */
      stars: Stars.optional(),
      ...PageQuery,
    }),
    output: pageOf(Review),
    example: { input: { listingId, limit: 20 }, output: { items: [exampleReview], nextCursor: null } },
  }),
  getRating: operation({
    summary: 'How many stars the published reviews of a listing gave it',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/listings/{listingId}/rating' },
    input: z.object({ listingId: ListingId }),
    output: Rating,
    example: { input: { listingId }, output: exampleRating },
  }),
  listRatings: operation({
    summary: 'How many stars listings have, for their cards; what nobody reviewed is left out',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/ratings' },
    input: z.object({ listingId: z.array(ListingId).max(100) }),
    output: z.object({ items: z.array(ListingRating) }),
    example: { input: { listingId: [listingId] }, output: { items: [{ listingId, count: 12, mean: 4.58 }] } },
  }),
  getStoreRating: operation({
    summary: 'How many stars the published reviews of all listings of a store gave them',
    access: 'public',
    guestCacheSeconds: 5,
    route: { method: 'GET', path: '/stores/{storeId}/rating' },
    input: z.object({ storeId: StoreId }),
    output: Rating,
    example: { input: { storeId }, output: exampleRating },
  }),
  listReviewablePurchases: operation({
    summary: 'What you bought and kept, newest first, and your reviews of it',
    access: 'member',
    route: { method: 'GET', path: '/members/me/reviewable-purchases' },
    input: z.object({ orderId: OrderId.optional(), isReviewed: z.boolean().optional(), ...PageQuery }),
    output: pageOf(ReviewablePurchase),
    example: {
      input: { limit: 20 },
      output: {
        items: [
          {
            orderId,
            listingId,
            title: exampleKept.title,
            listingSlug: exampleKept.listingSlug,
            imageUrl: null,
            completedTime: '2026-11-21T06:00:00.000Z',
            review: exampleKept,
          },
        ],
        nextCursor: null,
      },
    },
  }),
  getReviewQuestions: operation({
    summary: 'Whether you are asked for a review some days after a purchase',
    access: 'member',
    route: { method: 'GET', path: '/members/me/review-questions' },
    input: z.object({}),
    output: z.object({ isWanted: z.boolean() }),
    example: { input: {}, output: { isWanted: true } },
  }),
  setReviewQuestions: operation({
    summary: 'Says whether you want to be asked for reviews of what you bought',
    access: 'member',
    idempotent: true,
    route: { method: 'PUT', path: '/members/me/review-questions' },
    input: z.object({ isWanted: z.boolean() }),
    output: z.object({ isWanted: z.boolean() }),
    example: { input: { isWanted: false }, output: { isWanted: false } },
  }),
  stopReviewQuestions: operation({
    summary: 'Ends the mails that ask a member for reviews, by the key that stands in them',
    description: 'Nobody need be signed in. An unknown key ends nothing.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/review-questions/mail-stops/{mailKey}', status: 200 },
    input: z.object({ mailKey: z.guid() }),
    output: z.object({ isDone: z.literal(true) }),
    example: { input: { mailKey: '5a0b9a3e-6f4c-4a53-8a63-8b1fd4f9a3c2' }, output: { isDone: true } },
  }),
  listStoreReviews: operation({
    summary: 'Reviews of what a store of yours sold, newest first',
    access: ['seller'],
    route: { method: 'GET', path: '/stores/{storeId}/reviews' },
    input: z.object({ storeId: StoreId, isUnanswered: z.boolean().optional(), ...PageQuery }),
    output: pageOf(KeptReview),
    example: { input: { storeId, limit: 20 }, output: exampleKeptPage },
  }),
  listAllReviews: operation({
    summary: 'All reviews of the marketplace, newest first',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/reviews' },
    input: z.object({ isHidden: z.boolean().optional(), listingId: ListingId.optional(), ...PageQuery }),
    output: pageOf(KeptReview),
    example: { input: { limit: 20 }, output: exampleKeptPage },
  }),
};
