import type { Currency, Id } from '@plaza/kernel';
import type { CommissionRule, TaxRule } from '@plaza/kernel/marketplace';
import type { CouponRule } from '@plaza/marketing/contract';
import type { ShippingChoice } from '../contract/checkout.ts';
import { commissionOn } from './commission.ts';
import { applyCoupons, type Discounts } from './coupon.ts';
import type { Quote, QuoteDiscount, QuoteGroup, QuoteLine, QuoteShipping, QuoteTax } from './quote.ts';
import { type BasisShippingOption, chosenShipping, priceShipping } from './shipping.ts';
import { SHIPPING, type TaxPlace } from './tax.ts';
import { byTable, shippingReference, type TaxItem } from './tax-engine.ts';
import type { TaxSource } from './tax-source.ts';

/** What a quote is computed from, frozen with the checkout, so that another address can be priced without the catalog. */
export type PricingBasis = {
  readonly currency: Currency;
  readonly stores: readonly BasisStore[];
  readonly lines: readonly BasisLine[];
  readonly coupons: readonly CouponRule[];
};

export type BasisStore = Pick<QuoteGroup, 'groupId' | 'storeId' | 'storeName' | 'storeSlug' | 'sellerMemberId'> & {
  readonly shippingOptions: readonly BasisShippingOption[];
  /** What the store's plan takes off the commission, in basis points; missing in what was frozen before there were plans. */
  readonly commissionDiscountBp?: number;
};

export type BasisLine = Omit<
  QuoteLine,
  | 'subtotalMinor'
  | 'discounts'
  | 'discountMinor'
  | 'tax'
  | 'totalMinor'
  | 'commissionRateBp'
  | 'commissionMinor'
  | 'commissionVatMinor'
> & {
  readonly storeId: Id<'store'>;
  /** Category ids from the root. */
  readonly categoryPath: readonly string[];
  readonly taxClass: string;
};

/** What the buyer decides. */
export type PricingChoices = {
  readonly place: TaxPlace;
  readonly shipping: readonly ShippingChoice[];
  readonly locale: string;
  /** Added to the shipping of each parcel, for how it is paid. */
  readonly parcelFeeMinor?: number;
};

/** The marketplace's tables; and taxes that an outside engine computed, which then are taken instead of the table's. */
export type PricingRules = {
  readonly tax: readonly TaxRule[];
  readonly commission: readonly CommissionRule[];
  readonly computed?: ComputedTaxes | undefined;
};

/** Taxes by line id and by `shippingReference`, and who computed them. */
export type ComputedTaxes = {
  readonly source: TaxSource;
  readonly taxes: ReadonlyMap<string, QuoteTax | null>;
};

/** What every line and shipping is priced with. */
type Pricing = {
  readonly choices: PricingChoices;
  readonly commission: readonly CommissionRule[];
  readonly taxFor: (item: TaxItem) => QuoteTax | null;
};

/**
 * Prices everything: pure, in whole minor units. Order of work: coupons on lines and shipping → tax by line on what
 * is left → commission by line → sums. The parts always sum to the totals, because only sums make totals; and the
 * order of lines changes nothing, because they are sorted first.
 */
export function priceQuote(basis: PricingBasis, choices: PricingChoices, rules: PricingRules): Quote {
  const { computed } = rules;
  const pricing: Pricing = {
    choices,
    commission: rules.commission,
    taxFor:
      computed === undefined
        ? byTable(rules.tax, choices.place, choices.locale)
        : ({ reference }) => computed.taxes.get(reference) ?? null,
  };
  const lines = [...basis.lines].sort(byStoreAndVariant);
  const subtotals = lines.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor);
  const stores = [...basis.stores].sort((a, b) => (a.storeId < b.storeId ? -1 : 1));
  const chosen = new Map(stores.map((store) => [store.storeId, shippingFor(store, lines, subtotals, choices)]));
  const discounts = applyCoupons(
    basis.coupons,
    lines.map((line, i) => ({ ...line, subtotalMinor: subtotals[i] as number })),
    stores.map(({ storeId }) => ({ storeId, priceMinor: chosen.get(storeId)?.selected?.priceMinor ?? 0 })),
  );
  const groups = stores.map((store) => {
    const ofStore = lines.flatMap((line, i) =>
      line.storeId === store.storeId
        ? [priceLine(line, subtotals[i] as number, discounts.lines[i] ?? [], store, pricing)]
        : [],
    );
    const shipping = chosen.get(store.storeId) as ShippingOfGroup;
    return priceGroup(store, ofStore, shipping, discounts, pricing);
  });
  const sum = (of: (group: QuoteGroup) => number) => groups.reduce((total, group) => total + of(group), 0);
  return {
    currency: basis.currency,
    groups,
    coupons: discounts.results.map(({ rule, discountMinor, problem }) => ({
      couponId: rule.id,
      code: rule.code,
      title: rule.title,
      funder: rule.funder,
      storeId: rule.storeId,
      discountMinor,
      problem,
    })),
    subtotalMinor: sum((group) => group.subtotalMinor),
    discountMinor: sum((group) => group.discountMinor),
    shippingMinor: sum((group) => group.shippingMinor),
    taxAddedMinor: sum((group) => group.taxAddedMinor),
    taxIncludedMinor: sum((group) => group.taxIncludedMinor),
    totalMinor: sum((group) => group.totalMinor),
    ...(computed === undefined ? {} : { taxedBy: computed.source }),
  };
}

type ShippingOfGroup = {
  readonly needsShipping: boolean;
  readonly options: QuoteGroup['shippingOptions'];
  readonly selected: QuoteGroup['shippingOptions'][number] | undefined;
};

function shippingFor(
  store: BasisStore,
  lines: readonly BasisLine[],
  subtotals: readonly number[],
  { shipping, parcelFeeMinor = 0 }: PricingChoices,
): ShippingOfGroup {
  const shipped = lines.map(({ storeId, kind }) => storeId === store.storeId && kind === 'physical');
  if (!shipped.includes(true)) return { needsShipping: false, options: [], selected: undefined };
  const subtotalMinor = subtotals.reduce((sum, each, i) => sum + (shipped[i] ? each : 0), 0);
  const options = priceShipping(store.shippingOptions, subtotalMinor).map((option) => ({
    ...option,
    priceMinor: option.priceMinor + parcelFeeMinor,
  }));
  const choice = shipping.find(({ storeId }) => storeId === store.storeId);
  return { needsShipping: true, options, selected: chosenShipping(options, choice) };
}

function priceLine(
  { storeId: _store, categoryPath, taxClass, ...line }: BasisLine,
  subtotalMinor: number,
  discounts: readonly QuoteDiscount[],
  { storeSlug, commissionDiscountBp }: BasisStore,
  { taxFor, commission }: Pricing,
): QuoteLine {
  const discountMinor = sumOf(discounts);
  const tax = taxFor({
    reference: line.lineId,
    amountMinor: subtotalMinor - discountMinor,
    kind: line.kind,
    categoryPath,
    taxClass,
  });
  const amountMinor = subtotalMinor - fundedBy(discounts, 'store');
  return {
    ...line,
    subtotalMinor,
    discounts,
    discountMinor,
    tax,
    totalMinor: subtotalMinor - discountMinor + addedTax(tax),
    ...commissionOn({ kind: line.kind, categoryPath, storeSlug, amountMinor }, commission, commissionDiscountBp),
  };
}

function priceGroup(
  { shippingOptions: _options, commissionDiscountBp: _discount, ...store }: BasisStore,
  lines: readonly QuoteLine[],
  { needsShipping, options, selected }: ShippingOfGroup,
  discounts: Discounts,
  pricing: Pricing,
): QuoteGroup {
  const shipping = selected === undefined ? null : priceSelected(store.storeId, selected, discounts, pricing);
  const shippingMinor = shipping === null ? 0 : shipping.priceMinor - shipping.discountMinor;
  const sum = (of: (line: QuoteLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const funded = (funder: QuoteDiscount['funder']) =>
    sum((line) => fundedBy(line.discounts, funder)) + fundedBy(shipping?.discounts ?? [], funder);
  return {
    ...store,
    lines,
    needsShipping,
    shippingOptions: options,
    shipping,
    subtotalMinor: sum((line) => line.subtotalMinor),
    discountMinor: sum((line) => line.discountMinor),
    shippingMinor,
    taxAddedMinor: sum((line) => addedTax(line.tax)) + addedTax(shipping?.tax ?? null),
    taxIncludedMinor: sum((line) => includedTax(line.tax)) + includedTax(shipping?.tax ?? null),
    totalMinor: sum((line) => line.totalMinor) + (shipping?.totalMinor ?? 0),
    storeFundedMinor: funded('store'),
    platformFundedMinor: funded('platform'),
    commissionMinor: sum((line) => line.commissionMinor),
    commissionVatMinor: sum((line) => line.commissionVatMinor),
  };
}

function priceSelected(
  storeId: string,
  selected: QuoteGroup['shippingOptions'][number],
  { shipping: discountsByStore }: Discounts,
  { choices, taxFor }: Pricing,
): QuoteShipping {
  const discounts = discountsByStore.get(storeId) ?? [];
  const discountMinor = sumOf(discounts);
  const paidMinor = selected.priceMinor - discountMinor;
  const tax = taxFor({ ...SHIPPING, reference: shippingReference(storeId), amountMinor: paidMinor });
  const choice = choices.shipping.find((each) => each.storeId === storeId);
  return {
    optionId: selected.id,
    name: selected.name,
    kind: selected.kind,
    safePointId: selected.kind === 'meet-up' ? (choice?.safePointId ?? null) : null,
    estimatedDays: selected.estimatedDays,
    priceMinor: selected.priceMinor,
    discounts,
    discountMinor,
    tax,
    totalMinor: paidMinor + addedTax(tax),
  };
}

function sumOf(discounts: readonly QuoteDiscount[]): number {
  return discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function fundedBy(discounts: readonly QuoteDiscount[], funder: QuoteDiscount['funder']): number {
  return sumOf(discounts.filter((discount) => discount.funder === funder));
}

function addedTax(tax: QuoteLine['tax']): number {
  return tax === null || tax.isIncluded ? 0 : tax.amountMinor;
}

function includedTax(tax: QuoteLine['tax']): number {
  return tax === null || !tax.isIncluded ? 0 : tax.amountMinor;
}

/** A total order that does not depend on how the lines were put in. Lines of the same variant differ by offer or price. */
function byStoreAndVariant(a: BasisLine, b: BasisLine): number {
  const keyOf = (line: BasisLine) => [line.storeId, line.variantId, line.offerId ?? '', line.lineId].join(' ');
  const [keyA, keyB] = [keyOf(a), keyOf(b)];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}
