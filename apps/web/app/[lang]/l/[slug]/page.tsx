import type { Listing } from '@plaza/catalog/contract';
import type { Metadata } from 'next';
import { orNotFound, publicApi } from '../../../../lib/api.ts';
import { categoryTrail, getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { plainText, productData } from '../../../../lib/product-data.ts';
import { reviewData, reviewsOf } from '../../../../lib/reviews.ts';
import { alternates, origin } from '../../../../lib/seo.ts';
import { Happened } from '../../../../ui/activity.tsx';
import { Breadcrumbs } from '../../../../ui/breadcrumbs.tsx';
import { BesideListing } from '../../../../ui/feed.tsx';
import { Gallery } from '../../../../ui/gallery.tsx';
import { JsonLd } from '../../../../ui/json-ld.tsx';
import { ListingBuying } from '../../../../ui/listing-buying.tsx';
import { ListingDetails } from '../../../../ui/listing-details.tsx';
import { ListingPromises } from '../../../../ui/listing-promises.tsx';
import { ReviewSection } from '../../../../ui/review-section.tsx';
import { RatingLine } from '../../../../ui/stars.tsx';

type Props = { readonly params: Promise<{ lang: string; slug: string }> };

async function listingOf({ lang, slug }: { lang: string; slug: string }) {
  const client = await publicApi(lang);
  return orNotFound(client.catalog.getListing({ listingId: decodeURIComponent(slug) }));
}

/** Five others of its category. */
async function moreOf({ id, categoryId }: Listing, lang: string) {
  const client = await publicApi(lang);
  const { items } = await client.catalog.listListings({ categoryId, limit: 6 });
  return items.filter((other) => other.id !== id).slice(0, 5);
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, slug } = await params;
  const listing = await listingOf({ lang, slug });
  const description = plainText(listing.description).slice(0, 160);
  const image = listing.images[0];
  return {
    title: listing.title,
    description,
    alternates: await alternates(lang, `/l/${encodeURIComponent(listing.slug)}`),
    openGraph: {
      title: listing.title,
      description,
      type: 'website',
      ...(image === undefined ? {} : { images: [`${await origin()}${image.url}`] }),
    },
  };
}

export default async function ListingPage({ params }: Props) {
  const { lang, slug } = await params;
  const [marketplace, listing] = await Promise.all([getMarketplace(lang), listingOf({ lang, slug })]);
  const [reviews, more] = await Promise.all([
    marketplace.features.reviews ? reviewsOf(listing.id, lang) : undefined,
    moreOf(listing, lang),
  ]);
  const t = translator(lang);
  const trail = categoryTrail(marketplace.categories, listing.categoryId);
  const condition = marketplace.conditions.find(({ id }) => id === listing.condition);
  const shown = { lang, marketplace, listing };
  return (
    <div className="page space-y-6 pt-5">
      <JsonLd data={{ ...(await productData(listing, lang)), ...reviewData(reviews) }} />
      <Happened kind="view" listingId={listing.id} />
      <Breadcrumbs
        label={t('nav.breadcrumbs')}
        crumbs={[
          { name: marketplace.name, href: paths.home(lang) },
          ...trail.map(({ id, name }) => ({ name, href: paths.category(lang, id) })),
        ]}
      />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1.25fr)_minmax(20rem,1fr)]">
        <Gallery
          images={listing.images.map(({ url, thumbUrl, alt }) => ({ url, thumbUrl, alt: alt ?? listing.title }))}
          title={listing.title}
          label={t('listing.pictures')}
        />
        <div className="space-y-5">
          <div className="space-y-2">
            {condition !== undefined && <p className="chip">{condition.label}</p>}
            <h1 className="text-3xl font-bold">{listing.title}</h1>
            {reviews !== undefined && reviews.rating.count > 0 && (
              <a href="#reviews" className="block w-fit hover:underline">
                <RatingLine rating={reviews.rating} lang={lang} />
              </a>
            )}
          </div>
          <ListingBuying {...shown} />
          <ListingPromises {...shown} />
        </div>
      </div>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1.25fr)_minmax(20rem,1fr)]">
        <section aria-labelledby="description">
          <h2 id="description" className="mb-3 text-xl font-bold">
            {t('listing.description')}
          </h2>
          {/* Safe: the catalog stores only a few harmless tags (services/catalog/domain/safe-html.ts). */}
          <div
            className="prose max-w-prose whitespace-pre-line"
            dangerouslySetInnerHTML={{ __html: listing.description }}
          />
        </section>
        <ListingDetails {...shown} />
      </div>
      {reviews !== undefined && <ReviewSection {...reviews} lang={lang} slug={listing.slug} />}
      <BesideListing
        listingId={listing.id}
        isDigital={listing.kind === 'digital'}
        otherwise={more}
        marketplace={marketplace}
        lang={lang}
      />
    </div>
  );
}
