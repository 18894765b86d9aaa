import 'server-only';
import type { Listing } from '@plaza/catalog/contract';
import { textIn } from './format.ts';
import { paths } from './paths.ts';
import { origin } from './seo.ts';

/** https://schema.org/Product with its offers, as search engines read it. */
export async function productData(listing: Listing, lang: string): Promise<Record<string, unknown>> {
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

/** HTML without its tags, in one line. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
