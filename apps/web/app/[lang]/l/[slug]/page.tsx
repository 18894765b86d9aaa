import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { buyOrAdd } from '../../../../lib/actions/cart.ts';
import { orNotFound, publicApi } from '../../../../lib/api.ts';
import { formatMoney, textIn } from '../../../../lib/format.ts';
import { categoryTrail, getMarketplace, type Marketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { reviewData, reviewsOf } from '../../../../lib/reviews.ts';
import { alternates, origin } from '../../../../lib/seo.ts';
import { Happened } from '../../../../ui/activity.tsx';
import { Breadcrumbs } from '../../../../ui/breadcrumbs.tsx';
import { BuyBox } from '../../../../ui/buy-box.tsx';
import { BesideListing } from '../../../../ui/feed.tsx';
import { Gallery } from '../../../../ui/gallery.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import { JsonLd } from '../../../../ui/json-ld.tsx';
import { OfferBox } from '../../../../ui/offer-box.tsx';
import { ReviewSection } from '../../../../ui/review-section.tsx';
import { RatingLine } from '../../../../ui/stars.tsx';

type Props = { readonly params: Promise<{ lang: string; slug: string }> };

async function listingOf({ lang, slug }: { lang: string; slug: string }) {
  const client = await publicApi(lang);
  return orNotFound(client.catalog.getListing({ listingId: decodeURIComponent(slug) }));
}
type Listing = Awaited<ReturnType<typeof listingOf>>;

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
  const attributes = attributesOf(listing, marketplace, t);
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
          <BuyBox
            variants={listing.variants.map(({ id, title, price, compareAtPrice, freeQuantity, licenseCode }) => ({
              id,
              label:
                title !== '' ? title : (marketplace.licenses.find((license) => license.id === licenseCode)?.name ?? ''),
              price: formatMoney(price, lang),
              compareAt: compareAtPrice === null ? null : formatMoney(compareAtPrice, lang),
              freeQuantity,
            }))}
            texts={{
              choose: t('listing.choose'),
              quantity: t('listing.quantity'),
              addToCart: marketplace.words.addToCart,
              buyNow: marketplace.words.buyNow,
              soldOut: t('listing.soldOut'),
              left: t('listing.left'),
              inStock: t('listing.inStock'),
              pending: t('form.pending'),
              added: t('cart.added'),
              toCart: t('cart.open', { cart: marketplace.words.cart }),
            }}
            listingId={listing.id}
            isDigital={listing.kind === 'digital'}
            cartPath={paths.cart(lang)}
            action={buyOrAdd.bind(null, lang)}
            idempotencyKey={randomUUID()}
          />
          {marketplace.features.offers && listing.isOfferAllowed && listing.variants[0] !== undefined && (
            <OfferBox
              lang={lang}
              slug={listing.slug}
              variants={listing.variants.map(({ id, title }) => ({ id, title }))}
              currency={marketplace.currency}
              label={marketplace.words.makeOffer}
              idempotencyKey={randomUUID()}
            />
          )}
          <section className="card flex items-center gap-3 p-4" aria-label={marketplace.words.store}>
            <span className="grid size-11 shrink-0 place-items-center rounded-full bg-muted">
              <Icon name="store" />
            </span>
            <div className="min-w-0 grow">
              <Link href={paths.store(lang, listing.store.slug)} className="font-semibold hover:underline">
                {listing.store.name}
              </Link>
              <p className="text-sm text-ink-muted">{listing.store.location?.city ?? t('listing.storeHint')}</p>
            </div>
          </section>
          <ul className="space-y-2 text-sm">
            {marketplace.features.escrow && (
              <li className="flex gap-2">
                <Icon name="shield" className="text-success" />
                {t('listing.escrow')}
              </li>
            )}
            {listing.kind === 'digital' && (
              <li className="flex gap-2">
                <Icon name="download" className="text-success" />
                {t('listing.digital')}
              </li>
            )}
            {listing.kind === 'physical' &&
              listing.store.shippingOptions.map((option) => (
                <li key={option.id} className="flex gap-2">
                  <Icon name="truck" className="text-ink-muted" />
                  {option.name} ·{' '}
                  {option.price.amountMinor === 0 ? t('shipping.free') : formatMoney(option.price, lang)}
                  {option.freeOver !== undefined &&
                    ` · ${t('shipping.freeOver', { amount: formatMoney(option.freeOver, lang) })}`}
                </li>
              ))}
          </ul>
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
        {attributes.length > 0 && (
          <section aria-labelledby="details">
            <h2 id="details" className="mb-3 text-xl font-bold">
              {t('listing.details')}
            </h2>
            <dl className="card divide-y divide-line">
              {attributes.map(({ label, value }) => (
                <div key={label} className="grid grid-cols-2 gap-3 px-4 py-2.5 text-sm">
                  <dt className="text-ink-muted">{label}</dt>
                  <dd className="font-medium">{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
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

function attributesOf(
  listing: Listing,
  marketplace: Marketplace,
  t: ReturnType<typeof translator>,
): { label: string; value: string }[] {
  const schema = categoryTrail(marketplace.categories, listing.categoryId).at(-1)?.attributes ?? [];
  return schema.flatMap(({ key, label, unit, options }) => {
    const value = listing.attributes[key];
    if (value === undefined) return [];
    const nameOf = (each: unknown) => options?.find((option) => option.value === each)?.label ?? String(each);
    const shown =
      typeof value === 'boolean'
        ? t(value ? 'common.yes' : 'common.no')
        : Array.isArray(value)
          ? value.map(nameOf).join(', ')
          : nameOf(value);
    return [{ label, value: unit === undefined ? shown : `${shown} ${unit}` }];
  });
}

/** https://schema.org/Product with its offers, as search engines read it. */
async function productData(listing: Listing, lang: string): Promise<Record<string, unknown>> {
  const base = await origin();
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency: listing.price.currency }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const amount = (minor: number) => (minor / 10 ** digits).toFixed(digits);
  const isFree = listing.variants.some(({ freeQuantity }) => freeQuantity === null || freeQuantity > 0);
  return {
    '@type': 'Product',
    name: listing.title,
    description: plainText(listing.description).slice(0, 500),
    image: listing.images.map(({ url }) => `${base}${url}`),
    sku: listing.variants[0]?.sku ?? listing.id,
    category: listing.categoryPath.map(({ name }) => textIn(name, lang)).join(' > '),
    offers: {
      '@type': listing.variants.length > 1 ? 'AggregateOffer' : 'Offer',
      priceCurrency: listing.price.currency,
      ...(listing.variants.length > 1
        ? {
            lowPrice: amount(listing.price.amountMinor),
            highPrice: amount(listing.priceMax.amountMinor),
            offerCount: listing.variants.length,
          }
        : { price: amount(listing.price.amountMinor) }),
      availability: `https://schema.org/${isFree ? 'InStock' : 'OutOfStock'}`,
      url: `${base}${paths.listing(lang, listing.slug)}`,
      seller: { '@type': 'Organization', name: listing.store.name },
    },
  };
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
