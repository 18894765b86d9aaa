import type { Currency } from '@plaza/kernel';
import { countryChoices } from '../lib/categories.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { type Translate, translator } from '../lib/messages.ts';

/** The texts of the forms that run in the browser: it gets only those it shows. */
export function imageTexts(t: Translate, label: string, hint: string) {
  return {
    label,
    hint,
    add: t('edit.addImages'),
    remove: t('edit.remove'),
    first: t('edit.makeFirst'),
    alt: t('edit.imageAlt'),
    pending: t('edit.uploading'),
    failed: t('edit.uploadFailed'),
  };
}

/** What the form of a listing offers in this marketplace, and its texts. */
export function listingFormOf(marketplace: Marketplace, lang: string) {
  return {
    conditions: marketplace.conditions.map(({ id, label }) => ({ id, name: label })),
    countries: countryChoices(marketplace.countries, lang),
    licenses: marketplace.licenses.map(({ id, name }) => ({ id, name })),
    hasOffers: marketplace.features.offers,
    texts: listingTexts(translator(lang), marketplace.currency),
  };
}

function listingTexts(t: Translate, currency: Currency) {
  return {
    title: t('edit.title'),
    description: t('listing.description'),
    condition: t('edit.condition'),
    details: t('listing.details'),
    required: t('edit.requiredHint'),
    place: t('edit.place'),
    city: t('field.city'),
    region: t('field.region'),
    country: t('field.countryCode'),
    tags: t('edit.tags'),
    tagsHint: t('edit.tagsHint'),
    offers: t('edit.offers'),
    save: t('account.save'),
    pending: t('form.pending'),
    yes: t('common.yes'),
    no: t('common.no'),
    none: t('edit.none'),
    images: imageTexts(t, t('edit.images'), t('edit.imagesHint')),
    variants: {
      title: t('edit.variants'),
      hint: t('edit.variantsHint'),
      options: t('edit.options'),
      optionName: t('edit.optionName'),
      optionHint: t('edit.optionHint'),
      price: t('edit.price', { currency }),
      compareAt: t('edit.compareAt'),
      sku: t('edit.sku'),
      onHand: t('edit.onHand'),
      unlimited: t('edit.unlimitedHint'),
      weight: t('edit.weight'),
      license: t('edit.license'),
      none: t('edit.none'),
      add: t('edit.addVariant'),
      remove: t('edit.removeVariant'),
      variant: t('edit.variant'),
    },
  };
}
