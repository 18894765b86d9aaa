import 'server-only';
import type { Rating, Review } from '@plaza/reviews/contract';
import { publicApi, unlessAway } from './api.ts';

/** Reviews on the page of a listing; the others have a page of their own. */
const SHOWN_MAX = 5;

type ListingReviews = {
  readonly rating: Rating;
  readonly reviews: readonly Review[];
  readonly hasMore: boolean;
};

/** What a listing's page shows of its reviews; undefined when the service does not answer: the page goes on without. */
export async function reviewsOf(listingId: Review['listingId'], lang: string): Promise<ListingReviews | undefined> {
  const client = await publicApi(lang);
  const found = Promise.all([
    client.reviews.getRating({ listingId }),
    client.reviews.listReviews({ listingId, limit: SHOWN_MAX }),
  ]);
  const answer = await unlessAway(found);
  if (answer === undefined) return undefined;
  const [rating, { items: reviews, nextCursor }] = answer;
  return { rating, reviews, hasMore: nextCursor !== null };
}

/** How many stars a store's listings have together; undefined when the service does not answer. */
export async function storeRatingOf(storeId: string, lang: string): Promise<Rating | undefined> {
  const { reviews } = await publicApi(lang);
  return unlessAway(reviews.getStoreRating({ storeId }));
}

/** https://schema.org/Product: what is known of its reviews. Nothing where there are none. */
export function reviewData(found: ListingReviews | undefined): Record<string, unknown> {
  if (found?.rating.mean == null) return {};
  return {
    aggregateRating: { '@type': 'AggregateRating', ratingValue: found.rating.mean, reviewCount: found.rating.count },
    review: found.reviews.map(({ stars, text, reviewerName, createdTime }) => ({
      '@type': 'Review',
      reviewRating: { '@type': 'Rating', ratingValue: stars, bestRating: 5 },
      ...(reviewerName === '' ? {} : { author: { '@type': 'Person', name: reviewerName } }),
      ...(text === null ? {} : { reviewBody: text }),
      datePublished: createdTime.slice(0, 10),
    })),
  };
}
