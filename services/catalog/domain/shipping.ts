import { type FieldError, localize } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { ShippingOption } from '../contract.ts';

/** The marketplace's ways to ship, as a new store begins with them, named in its language. */
export function shippingOptionsOf(settings: MarketplaceSettings, locale: string): ShippingOption[] {
  const price = (amountMinor: number) => ({ amountMinor, currency: settings.currency });
  return settings.shipping.methods.map(({ id, name, priceMinor, freeOverMinor, estimatedDays }) => ({
    id,
    name: localize(name, locale, settings.locales),
    price: price(priceMinor),
    ...(freeOverMinor === undefined ? {} : { freeOver: price(freeOverMinor) }),
    estimatedDays: { min: estimatedDays.minimum, max: estimatedDays.maximum },
  }));
}

/** What is wrong with a store's ways to ship: another currency, a repeated id, days that run backward. */
export function shippingMistakes(options: readonly ShippingOption[], currency: string): FieldError[] {
  const found: FieldError[] = [];
  const ids = options.map(({ id }) => id);
  options.forEach((option, i) => {
    const at = `/shippingOptions/${i}`;
    if (option.price.currency !== currency || (option.freeOver?.currency ?? currency) !== currency)
      found.push({ pointer: `${at}/price/currency`, code: 'currency', detail: `must be ${currency}` });
    if (ids.indexOf(option.id) !== i) found.push({ pointer: `${at}/id`, code: 'duplicate', detail: 'is used above' });
    if (option.estimatedDays.min > option.estimatedDays.max)
      found.push({ pointer: `${at}/estimatedDays`, code: 'order', detail: 'min must not be more than max' });
  });
  return found;
}
