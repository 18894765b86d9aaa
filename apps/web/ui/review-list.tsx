import type { KeptReview, Review } from '@plaza/reviews/contract';
import type { ReactNode } from 'react';
import { formatDate } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { Stars } from './stars.tsx';

/** What a review says, and what the store answered. */
export function ReviewText({ review, lang }: { review: Omit<Review, 'listingId' | 'version'>; lang: string }) {
  const t = translator(lang);
  const { stars, text, reviewerName, createdTime, editedTime, reply, locale } = review;
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars stars={stars} lang={lang} />
        <span className="font-semibold">{reviewerName === '' ? t('review.someone') : reviewerName}</span>
        <span className="text-sm text-ink-muted">
          <time dateTime={createdTime}>{formatDate(createdTime, lang)}</time>
          {editedTime !== null && ` · ${t('review.edited', { date: formatDate(editedTime, lang) })}`}
        </span>
      </p>
      {text !== null && (
        <p lang={locale} className="max-w-prose whitespace-pre-line [overflow-wrap:anywhere]">
          {text}
        </p>
      )}
      {reply !== null && (
        <div className="max-w-prose space-y-1 border-l-2 border-line pl-4">
          <p className="text-sm font-semibold">
            {t('review.reply')} ·{' '}
            <time dateTime={reply.time} className="font-normal text-ink-muted">
              {formatDate(reply.time, lang)}
            </time>
          </p>
          <p className="whitespace-pre-line [overflow-wrap:anywhere]">{reply.text}</p>
        </div>
      )}
    </div>
  );
}

/** What a review is of, as the heading of the review. */
export function ReviewedTitle({ slug, title, lang }: { slug: string; title: string; lang: string }) {
  return (
    <h2 className="font-semibold [overflow-wrap:anywhere]">
      <Link href={paths.listing(lang, slug)} className="hover:underline">
        {title}
      </Link>
    </h2>
  );
}

/** Tells who may see a hidden review that others do not, and why; nothing of one that all see. */
export function HiddenNote({ review, lang }: { review: Pick<KeptReview, 'state' | 'hiddenReason'>; lang: string }) {
  if (review.state !== 'hidden') return null;
  return (
    <p className="text-sm text-danger">{translator(lang)('review.isHidden', { reason: review.hiddenReason ?? '' })}</p>
  );
}

/** Reviews below each other. `after` is what the reader may do with one. */
export function ReviewList<R extends Review>({
  reviews,
  lang,
  before,
  after,
}: {
  reviews: readonly R[];
  lang: string;
  before?: (review: R) => ReactNode;
  after?: (review: R) => ReactNode;
}) {
  return (
    <ul className="card divide-y divide-line">
      {reviews.map((review) => (
        <li key={review.id} className="space-y-3 p-4">
          {before?.(review)}
          <ReviewText review={review} lang={lang} />
          {after?.(review)}
        </li>
      ))}
    </ul>
  );
}
