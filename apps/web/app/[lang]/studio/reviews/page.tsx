import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { replyToReview } from '../../../../lib/actions/reviews.ts';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { HiddenNote, ReviewedTitle, ReviewList } from '../../../../ui/review-list.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { RatingLine } from '../../../../ui/stars.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; unanswered?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('review.title') };
}

/** What buyers say of what the store sold, and a form to answer each. */
export default async function StoreReviewsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, unanswered }] = [await params, await searchParams];
  if (!(await getMarketplace(lang)).features.reviews) notFound();
  const { id: storeId } = await requireStore(lang, paths.studioReviews(lang));
  const [client, t, isUnanswered] = [await api(lang), translator(lang), unanswered !== undefined];
  const [rating, page] = await Promise.all([
    client.reviews.getStoreRating({ storeId }),
    client.reviews.listStoreReviews({ storeId, isUnanswered, cursor }),
  ]);
  const path = paths.studioReviews(lang);
  return (
    <>
      <div className="space-y-2">
        <h1 className="text-3xl font-bold">{t('review.title')}</h1>
        <p className="text-ink-muted">{t('review.storeHint')}</p>
        <RatingLine rating={rating} lang={lang} size={22} />
      </div>
      <Chips
        label={t('review.title')}
        chips={[
          { href: path, label: t('review.all'), isChosen: !isUnanswered },
          { href: `${path}?unanswered=1`, label: t('review.unanswered'), isChosen: isUnanswered },
        ]}
      />
      {page.items.length === 0 ? (
        <Empty icon="tag" title={t('review.none')} />
      ) : (
        <ReviewList
          reviews={page.items}
          lang={lang}
          before={(review) => (
            <>
              <ReviewedTitle slug={review.listingSlug} title={review.title} lang={lang} />
              <HiddenNote review={review} lang={lang} />
            </>
          )}
          after={({ id, version, reply }) => (
            <details key={version}>
              <summary className="link w-fit">{t(reply === null ? 'review.answer' : 'review.changeAnswer')}</summary>
              <div className="max-w-xl pt-3">
                <SimpleForm
                  action={replyToReview.bind(null, lang, id)}
                  fields={[
                    {
                      name: 'text',
                      label: t('review.reply'),
                      type: 'textarea',
                      required: true,
                      maxLength: 4_000,
                      defaultValue: reply?.text ?? '',
                    },
                  ]}
                  submit={t(reply === null ? 'review.answer' : 'review.changeAnswer')}
                  pending={t('form.pending')}
                  idempotencyKey={randomUUID()}
                />
              </div>
            </details>
          )}
        />
      )}
      <NextPage
        path={path}
        cursor={page.nextCursor}
        label={t('browse.more')}
        query={isUnanswered ? { unanswered: '1' } : {}}
      />
    </>
  );
}
