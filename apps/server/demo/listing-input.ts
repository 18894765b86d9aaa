import { type Currency, currencyExponent, localize } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { DemoListing, DemoStore } from './content/index.ts';

type Kind = 'physical' | 'digital' | 'service';

/** What a license costs beside the listing's own price, in hundredths. */
const LICENSE_PRICE_PERCENT: Readonly<Record<string, number>> = { personal: 50, standard: 100, studio: 300 };

export function kindOf(listing: DemoListing): Kind {
  return listing.kind ?? (listing.file === undefined ? 'physical' : 'digital');
}

/** The variants of a listing: one for each license or value of its option, its stock shared out among them. */
export function variantsOf(listing: DemoListing, settings: MarketplaceSettings) {
  const { currency } = settings;
  const sku = (i: number) => `${listing.handle}-${i + 1}`.toUpperCase();
  const isCounted = kindOf(listing) === 'physical';
  if (listing.file !== undefined) {
    return settings.licenses.map(({ id, name }, i) => ({
      sku: sku(i),
      options: settings.licenses.length > 1 ? [{ name: 'License', value: localize(name, 'en') }] : [],
      price: price((listing.price * (LICENSE_PRICE_PERCENT[id] ?? 100)) / 100, currency),
      compareAtPrice: listing.was !== undefined && id === 'standard' ? price(listing.was, currency) : null,
      onHand: null,
      licenseCode: id,
    }));
  }
  const [name, ...values] = listing.option ?? [''];
  const choices = values.length > 0 ? values : [undefined];
  const stock = listing.stock ?? 1;
  return choices.map((choice, i) => {
    const [, value = '', more = '0'] = /^(.*?)(?: \+(\d+))?$/.exec(choice ?? '') ?? [];
    return {
      sku: sku(i),
      options: choice === undefined ? [] : [{ name, value }],
      price: price(listing.price + Number(more), currency),
      compareAtPrice: listing.was === undefined ? null : price(listing.was + Number(more), currency),
      onHand: isCounted ? Math.floor(stock / choices.length) + (i < stock % choices.length ? 1 : 0) : null,
      weightGrams: listing.grams ?? null,
    };
  });
}

/** The ways a demo store ships: those of the marketplace, named in the store's language. */
export function shippingOptionsOf(store: DemoStore, settings: MarketplaceSettings) {
  return settings.shipping.methods.map(({ id, name, priceMinor, freeOverMinor, estimatedDays }) => ({
    id,
    name: localize(name, store.locale, settings.locales),
    price: { amountMinor: priceMinor, currency: settings.currency },
    ...(freeOverMinor === undefined ? {} : { freeOver: { amountMinor: freeOverMinor, currency: settings.currency } }),
    estimatedDays: { min: estimatedDays.minimum, max: estimatedDays.maximum },
  }));
}

function price(major: number, currency: Currency) {
  return { amountMinor: Math.round(major * 10 ** currencyExponent(currency)), currency };
}
