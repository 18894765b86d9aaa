import { createHash } from 'node:crypto';
import type { Currency } from '@plaza/kernel';
import type { TaxRule } from '@plaza/kernel/marketplace';
import type { ShippingAddress } from '../contract/checkout.ts';
import type { Quote, QuoteTax } from './quote.ts';
import { SHIPPING, type TaxedThing, type TaxPlace, taxOn, taxRuleFor } from './tax.ts';

/** One thing to be taxed: a line of the quote, or the shipping of one store, after every discount. */
export type TaxItem = TaxedThing & {
  /** The line's id, or `shippingReference` of the store. */
  readonly reference: string;
  readonly amountMinor: number;
};

/** What a tax engine is asked: these things, sold to this address. */
export type TaxQuestion = {
  readonly currency: Currency;
  readonly address: Pick<ShippingAddress, 'line1' | 'city' | 'region' | 'postalCode' | 'countryCode'>;
  readonly items: readonly TaxItem[];
};

/** The tax on every item asked about, by reference; null where none is due. */
export type TaxAnswer = {
  /** The engine's own name of the computation. */
  readonly reference: string | null;
  readonly taxes: ReadonlyMap<string, QuoteTax | null>;
};

/**
 * Computes taxes elsewhere than in the marketplace's table. It answers every item, or it throws: a refusal, an answer that
 * does not add up, or none within the time that the marketplace allows (`signal`).
 */
export type TaxEngine = {
  readonly name: string;
  quote(question: TaxQuestion, signal: AbortSignal): Promise<TaxAnswer>;
};

/** The marketplace's own table as the answer to one item at a time. */
export function byTable(
  rules: readonly TaxRule[],
  place: TaxPlace,
  locale: string,
): (item: TaxItem) => QuoteTax | null {
  return (item) => taxOn(item.amountMinor, taxRuleFor(rules, place, item), locale);
}

export function shippingReference(storeId: string): string {
  return `shipping:${storeId}`;
}

/** What to ask about a quote that was priced by the table: its things and their amounts do not depend on taxes. */
export function questionOf(
  quote: Quote,
  address: TaxQuestion['address'],
  things: ReadonlyMap<string, Pick<TaxedThing, 'categoryPath' | 'taxClass'>>,
): TaxQuestion {
  const { line1, city, region, postalCode, countryCode } = address;
  const items = quote.groups.flatMap(({ storeId, lines, shipping }): TaxItem[] => [
    ...lines.map((line) => {
      const { categoryPath, taxClass } = things.get(line.lineId) ?? SHIPPING;
      const amountMinor = line.subtotalMinor - line.discountMinor;
      return { reference: line.lineId, kind: line.kind, amountMinor, categoryPath, taxClass };
    }),
    ...(shipping === null
      ? []
      : [
          {
            ...SHIPPING,
            reference: shippingReference(storeId),
            amountMinor: shipping.priceMinor - shipping.discountMinor,
          },
        ]),
  ]);
  // Nothing is due on nothing, and engines refuse it.
  const charged = items.filter(({ amountMinor }) => amountMinor > 0);
  return { currency: quote.currency, address: { line1, city, region, postalCode, countryCode }, items: charged };
}

/** The same for the same question, and for no other. */
export function fingerprintOf(engine: string, question: TaxQuestion): string {
  return createHash('sha256')
    .update(JSON.stringify([engine, question]))
    .digest('base64url')
    .slice(0, 22);
}

/** The taxes of a quote by reference, to price the same things again without asking again. */
export function taxesOf({ groups }: Quote): Map<string, QuoteTax | null> {
  return new Map(
    groups.flatMap(({ storeId, lines, shipping }) => [
      ...lines.map(({ lineId, tax }) => [lineId, tax] as const),
      ...(shipping === null ? [] : [[shippingReference(storeId), shipping.tax] as const]),
    ]),
  );
}
