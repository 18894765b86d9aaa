import type { ShippingOption } from '@plaza/catalog/contract';
import { localize } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { ShippingChoice } from '../contract/checkout.ts';
import type { QuoteShippingOption } from './quote.ts';

/** A way a store ships, frozen with the checkout: the price before "free over". */
export type BasisShippingOption = QuoteShippingOption & { readonly freeOverMinor: number | null };

/**
 * A store's ways to ship: its own, or the marketplace's when it has none. Where the marketplace allows meeting, a
 * meet-up is always among them, as long as the seller's way of meeting is not there already.
 */
export function shippingOptionsOf(
  ofStore: readonly ShippingOption[],
  settings: Pick<MarketplaceSettings, 'shipping' | 'locales'>,
  locale: string,
): BasisShippingOption[] {
  const { methods, meetUp } = settings.shipping;
  const kindOf = (id: string) => methods.find((method) => method.id === id)?.kind ?? 'parcel';
  const ofMarketplace = (wanted: typeof methods) =>
    wanted.map(({ id, name, kind, priceMinor, freeOverMinor, estimatedDays }) => ({
      id,
      name: localize(name, locale, settings.locales),
      kind,
      priceMinor,
      freeOverMinor: freeOverMinor ?? null,
      estimatedDays: { min: estimatedDays.minimum, max: estimatedDays.maximum },
    }));
  const own = ofStore.map(({ id, name, price, freeOver, estimatedDays }) => {
    const method = methods.find((each) => each.id === id);
    return {
      id,
      // A method the store took over unchanged speaks the buyer's language.
      name:
        method !== undefined && Object.values(method.name).includes(name)
          ? localize(method.name, locale, settings.locales)
          : name,
      kind: kindOf(id),
      priceMinor: price.amountMinor,
      freeOverMinor: freeOver?.amountMinor ?? null,
      estimatedDays,
    };
  });
  const options = own.length > 0 ? own : ofMarketplace(methods);
  if (!meetUp.allowed) return options.filter(({ kind }) => kind !== 'meet-up');
  if (options.some(({ kind }) => kind === 'meet-up')) return options;
  return [...options, ...ofMarketplace(methods.filter(({ kind }) => kind === 'meet-up'))];
}

/** Options as priced for a group whose goods cost `subtotalMinor` (before coupons: a coupon never makes shipping dearer). */
export function priceShipping(options: readonly BasisShippingOption[], subtotalMinor: number): QuoteShippingOption[] {
  return options.map(({ freeOverMinor, ...option }) => ({
    ...option,
    priceMinor: freeOverMinor !== null && subtotalMinor >= freeOverMinor ? 0 : option.priceMinor,
  }));
}

/** The chosen option; without a choice the cheapest that brings the goods to the door, else the cheapest; first of equals. */
export function chosenShipping(
  options: readonly QuoteShippingOption[],
  choice: ShippingChoice | undefined,
): QuoteShippingOption | undefined {
  const chosen = options.find(({ id }) => id === choice?.optionId);
  if (chosen !== undefined) return chosen;
  const delivered = options.filter(({ kind }) => kind === 'parcel' || kind === 'express');
  const candidates = delivered.length > 0 ? delivered : options;
  return candidates.reduce<QuoteShippingOption | undefined>(
    (best, option) => (best === undefined || option.priceMinor < best.priceMinor ? option : best),
    undefined,
  );
}
