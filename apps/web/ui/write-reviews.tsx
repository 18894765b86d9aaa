import { randomUUID } from 'node:crypto';
import type { ReviewablePurchase } from '@plaza/reviews/contract';
import { changeReview, writeReview } from '../lib/actions/reviews.ts';
import { translator } from '../lib/messages.ts';
import { HiddenNote, ReviewText } from './review-list.tsx';
import { type FieldSpec, SimpleForm } from './simple-form.tsx';

/** On a buyer's order: a form for each thing they kept, or what they said of it. */
export function WriteReviews({ purchases, lang }: { purchases: readonly ReviewablePurchase[]; lang: string }) {
  if (purchases.length === 0) return null;
  const t = translator(lang);
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="card scroll-mt-24 space-y-4 p-5">
      <h2 id="reviews-title" className="text-xl font-bold">
        {t('review.title')}
      </h2>
      <ul className="divide-y divide-line">
        {purchases.map(({ orderId, listingId, title, review }) => (
          <li key={listingId} className="space-y-3 py-4 first:pt-0 last:pb-0">
            <h3 className="font-semibold [overflow-wrap:anywhere]">{title}</h3>
            {review !== null && <ReviewText review={review} lang={lang} />}
            {review !== null && <HiddenNote review={review} lang={lang} />}
            {(review === null || new Date(review.closedTime) > new Date()) && (
              <details key={review?.version}>
                <summary className="link w-fit">{t(review === null ? 'review.write' : 'review.change')}</summary>
                <div className="max-w-xl pt-3">
                  <SimpleForm
                    action={
                      review === null
                        ? writeReview.bind(null, lang, { orderId, listingId })
                        : changeReview.bind(null, lang, { id: review.id, version: review.version })
                    }
                    fields={reviewFields(lang, review)}
                    submit={t(review === null ? 'review.send' : 'review.save')}
                    pending={t('form.pending')}
                    idempotencyKey={randomUUID()}
                  />
                </div>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function reviewFields(lang: string, review: ReviewablePurchase['review']): FieldSpec[] {
  const t = translator(lang);
  return [
    {
      name: 'stars',
      label: t('review.howMany'),
      required: true,
      defaultValue: review === null ? '' : String(review.stars),
      options: [
        ...(review === null ? [{ value: '', label: t('review.choose') }] : []),
        ...([5, 4, 3, 2, 1] as const).map((stars) => ({ value: String(stars), label: t(`review.${stars}`) })),
      ],
    },
    {
      name: 'text',
      label: t('review.text'),
      hint: t('review.textHint'),
      type: 'textarea',
      maxLength: 4_000,
      defaultValue: review?.text ?? '',
    },
  ];
}
