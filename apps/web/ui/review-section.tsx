import type { Rating, Review } from '@plaza/reviews/contract';
import { formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { ReviewList } from './review-list.tsx';
import { RatingLine } from './stars.tsx';

/** How many gave how many stars, as bars; each leads to its reviews. */
export function RatingBars({ rating, lang, slug }: { rating: Rating; lang: string; slug: string }) {
  const t = translator(lang);
  return (
    <div className="space-y-3">
      <RatingLine rating={rating} lang={lang} size={22} />
      <ul className="max-w-sm space-y-1.5">
        {[5, 4, 3, 2, 1].map((stars) => {
          const count = rating.counts[stars - 1] ?? 0;
          return (
            <li key={stars}>
              <Link
                href={paths.listingReviews(lang, slug, { stars: String(stars) })}
                className="grid grid-cols-[6.5rem_1fr_2.5rem] items-center gap-2 text-sm hover:underline"
              >
                <span>{stars === 1 ? t('review.ofOneStar') : t('review.ofStars', { stars })}</span>
                <span aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-muted">
                  <span
                    className="block h-full bg-rating"
                    style={{ width: `${(100 * count) / Math.max(1, rating.count)}%` }}
                  />
                </span>
                <span className="text-right text-ink-muted">{formatNumber(count, lang)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The reviews of a listing on its page: the summary, the newest, and where the others are. */
export function ReviewSection({
  rating,
  reviews,
  hasMore,
  lang,
  slug,
}: {
  rating: Rating;
  reviews: readonly Review[];
  hasMore: boolean;
  lang: string;
  slug: string;
}) {
  const t = translator(lang);
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="scroll-mt-24 space-y-4">
      <h2 id="reviews-title" className="text-xl font-bold">
        {t('review.title')}
      </h2>
      {rating.count === 0 ? (
        <div className="text-ink-muted">
          <p>{t('review.none')}</p>
          <p className="text-sm">{t('review.noneHint')}</p>
        </div>
      ) : (
        <div className="grid gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <RatingBars rating={rating} lang={lang} slug={slug} />
          <div className="space-y-3">
            <ReviewList reviews={reviews} lang={lang} />
            {hasMore && (
              <Link href={paths.listingReviews(lang, slug)} className="button button-quiet">
                {t('review.all')}
              </Link>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
