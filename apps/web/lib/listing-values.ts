import type { Listing } from '@plaza/catalog/contract';
import type { ListingFormValues } from '../ui/listing-form.tsx';
import { typedMoney } from './typed-money.ts';

/** A listing as its form shows it. */
export function listingValues(listing: Listing): ListingFormValues {
  return {
    title: listing.title,
    description: listing.description,
    condition: listing.condition ?? '',
    city: listing.location?.city ?? '',
    region: listing.location?.region ?? '',
    countryCode: listing.location?.countryCode ?? '',
    tags: listing.tags.join(', '),
    isOfferAllowed: listing.isOfferAllowed,
    attributes: listing.attributes,
    images: listing.images.map(({ assetId, thumbUrl, alt }) => ({ assetId, thumbUrl, alt: alt ?? '' })),
    optionNames: listing.options.map(({ name }) => name),
    variants: listing.variants.map((variant) => {
      const value = (index: number) =>
        variant.options.find(({ name }) => name === listing.options[index]?.name)?.value ?? '';
      return {
        id: variant.id,
        sku: variant.sku ?? '',
        price: typedMoney(variant.price),
        compareAt: typedMoney(variant.compareAtPrice),
        onHand: variant.onHand == null ? '' : String(variant.onHand),
        weight: variant.weightGrams === null ? '' : String(variant.weightGrams),
        license: variant.licenseCode ?? '',
        values: [value(0), value(1), value(2)],
      };
    }),
  };
}
