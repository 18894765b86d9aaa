import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { hideReview, showReview } from '../../../../lib/actions/reviews.ts';
import { api } from '../../../../lib/api.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { HiddenNote, ReviewedTitle, ReviewList } from '../../../../ui/review-list.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; hidden?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('review.title') };
}

/** Every review of the marketplace, to take out of sight what breaks the rules. */
export default async function AllReviewsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, hidden }] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const [client, t, isHidden] = [await api(lang), translator(lang), hidden !== undefined];
  const page = await client.reviews.listAllReviews({
    ...(isHidden ? { isHidden } : {}),
    cursor,
  });
  const path = paths.adminReviews(lang);
  return (
    <>
      <div className="space-y-2">
        <h1 className="text-3xl font-bold">{t('review.title')}</h1>
        <p className="text-ink-muted">{t('review.adminHint')}</p>
      </div>
      <Chips
        label={t('review.title')}
        chips={[
          { href: path, label: t('review.all'), isChosen: !isHidden },
          { href: `${path}?hidden=1`, label: t('review.hidden'), isChosen: isHidden },
        ]}
      />
      {page.items.length === 0 ? (
        <Empty icon="check" title={t('review.none')} />
      ) : (
        <ReviewList
          reviews={page.items}
          lang={lang}
          before={({ listingSlug, title }) => <ReviewedTitle slug={listingSlug} title={title} lang={lang} />}
          after={(review) =>
            review.state === 'hidden' ? (
              <div className="flex flex-wrap items-center gap-4">
                <HiddenNote review={review} lang={lang} />
                <PlainActionForm
                  action={showReview.bind(null, lang, review.id)}
                  idempotencyKey={randomUUID()}
                  label={t('review.show')}
                  className="button button-quiet"
                />
              </div>
            ) : (
              <details>
                <summary className="link w-fit">{t('review.hide')}</summary>
                <SimpleForm
                  className="max-w-xl space-y-4 pt-3"
                  action={hideReview.bind(null, lang, review.id)}
                  fields={[{ name: 'reason', label: t('review.reason'), required: true, maxLength: 500 }]}
                  submit={t('review.hide')}
                  pending={t('form.pending')}
                  idempotencyKey={randomUUID()}
                />
              </details>
            )
          }
        />
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={isHidden ? { hidden: '1' } : {}} />
    </>
  );
}
