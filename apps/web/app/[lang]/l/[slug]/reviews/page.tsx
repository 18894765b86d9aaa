import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { orNotFound, publicApi } from '../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { alternates } from '../../../../../lib/seo.ts';
import { Chips } from '../../../../../ui/chips.tsx';
import { Empty } from '../../../../../ui/empty.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { NextPage } from '../../../../../ui/next-page.tsx';
import { ReviewList } from '../../../../../ui/review-list.tsx';
import { RatingBars } from '../../../../../ui/review-section.tsx';

type Props = {
  readonly params: Promise<{ lang: string; slug: string }>;
  readonly searchParams: Promise<{ cursor?: string; sort?: string; stars?: string }>;
};

const SORTS = ['newest', 'highest', 'lowest'] as const;

async function listingOf({ lang, slug }: { lang: string; slug: string }) {
  const client = await publicApi(lang);
  return orNotFound(client.catalog.getListing({ listingId: decodeURIComponent(slug) }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, slug } = await params;
  const { title, slug: own } = await listingOf({ lang, slug });
  return {
    title: translator(lang)('review.of', { title }),
    alternates: await alternates(lang, `/l/${encodeURIComponent(own)}/reviews`),
  };
}

/** All reviews of a listing: by time or by stars, or only those with so many stars. */
export default async function ReviewsPage({ params, searchParams }: Props) {
  const [{ lang, slug }, { cursor, ...query }] = [await params, await searchParams];
  const [{ features }, client, t] = [await getMarketplace(lang), await publicApi(lang), translator(lang)];
  if (!features.reviews) notFound();
  const { id: listingId, title, slug: own } = await listingOf({ lang, slug });
  const sort = SORTS.find((each) => each === query.sort) ?? 'newest';
  const stars = /^[1-5]$/.test(query.stars ?? '') ? Number(query.stars) : undefined;
  const only = stars === undefined ? {} : { stars };
  const [rating, page] = await Promise.all([
    client.reviews.getRating({ listingId }),
    client.reviews.listReviews({ listingId, sort, limit: 20, ...only, cursor }),
  ]);
  const chosen = { sort, ...(stars === undefined ? {} : { stars: String(stars) }) };
  return (
    <div className="page space-y-6 pt-5">
      <div className="space-y-1">
        <Link href={paths.listing(lang, own)} className="link">
          {title}
        </Link>
        <h1 className="text-3xl font-bold">{t('review.title')}</h1>
      </div>
      <div className="grid gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <RatingBars rating={rating} lang={lang} slug={own} />
        <div className="space-y-4">
          <Chips
            label={t('review.sort')}
            chips={SORTS.map((each) => ({
              href: paths.listingReviews(lang, own, { ...chosen, sort: each }),
              label: t(`review.sort.${each}`),
              isChosen: each === sort,
            }))}
          />
          {stars !== undefined && (
            <p className="flex flex-wrap gap-x-3">
              {stars === 1 ? t('review.ofOneStar') : t('review.ofStars', { stars })}
              <Link href={paths.listingReviews(lang, own, { sort })} className="link">
                {t('review.all')}
              </Link>
            </p>
          )}
          {page.items.length === 0 ? (
            <Empty icon="tag" title={t('review.none')} />
          ) : (
            <ReviewList reviews={page.items} lang={lang} />
          )}
          <NextPage
            path={paths.listingReviews(lang, own)}
            cursor={page.nextCursor}
            label={t('browse.more')}
            query={chosen}
          />
        </div>
      </div>
    </div>
  );
}
