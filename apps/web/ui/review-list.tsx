import type { Review } from '@plaza/reviews/contract';
import type { ReactNode } from 'react';
import { formatDate } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
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
