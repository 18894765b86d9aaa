import type { Currency, Id } from '@plaza/kernel';
import type { TaxSource } from './tax-source.ts';

/**
 * The frozen answer to "what does this cost, and who gets what": made by `priceQuote` (pricing.ts), stored with the
 * checkout and the order. Plain JSON. All amounts in minor units of `currency`. Nothing here is recomputed later.
 */
export type Quote = {
  readonly currency: Currency;
  /** One a store, sorted by store id. */
  readonly groups: readonly QuoteGroup[];
  readonly coupons: readonly QuoteCoupon[];
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxAddedMinor: number;
  readonly taxIncludedMinor: number;
  /** subtotal − discount + shipping + taxAdded = the sum of the groups' totals = what the buyer pays. */
  readonly totalMinor: number;
  /** The outside engine that computed the taxes, or that the table stood in for; absent: the table. */
  readonly taxedBy?: TaxSource;
};

export type QuoteGroup = {
  /** Id of the shipment group the order will have for this store. */
  readonly groupId: Id<'shipmentGroup'>;
  readonly storeId: Id<'store'>;
  readonly storeName: string;
  readonly storeSlug: string;
  readonly sellerMemberId: Id<'member'>;
  readonly lines: readonly QuoteLine[];
  readonly needsShipping: boolean;
  readonly shippingOptions: readonly QuoteShippingOption[];
  /** The chosen option; null when nothing is shipped or nothing can be chosen. */
  readonly shipping: QuoteShipping | null;
  readonly subtotalMinor: number;
  /** Of the lines, by whoever funds it. Shipping has its own. */
  readonly discountMinor: number;
  /** Shipping after discount. */
  readonly shippingMinor: number;
  readonly taxAddedMinor: number;
  readonly taxIncludedMinor: number;
  /** What the buyer pays for this group. */
  readonly totalMinor: number;
  /** Discounts of lines and shipping that this store bears. */
  readonly storeFundedMinor: number;
  /** Discounts of lines and shipping that the platform bears: it owes them to the seller. */
  readonly platformFundedMinor: number;
  readonly commissionMinor: number;
  /** VAT on the commission, charged to the seller on top of it. */
  readonly commissionVatMinor: number;
};

export type QuoteLine = {
  /** Id of the order line it will become. */
  readonly lineId: Id<'orderLine'>;
  readonly variantId: Id<'variant'>;
  readonly listingId: Id<'listing'>;
  readonly listingSlug: string;
  readonly listingVersion: number;
  readonly title: string;
  readonly variantTitle: string;
  readonly sku: string | null;
  readonly imageUrl: string | null;
  readonly kind: 'physical' | 'digital' | 'service';
  readonly categoryId: string;
  readonly licenseCode: string | null;
  readonly weightGrams: number | null;
  /** The accepted offer that locked the price. */
  readonly offerId: Id<'offer'> | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly subtotalMinor: number;
  readonly discounts: readonly QuoteDiscount[];
  readonly discountMinor: number;
  readonly tax: QuoteTax | null;
  /** subtotal − discount + tax that is not contained. */
  readonly totalMinor: number;
  readonly commissionRateBp: number;
  readonly commissionMinor: number;
  readonly commissionVatMinor: number;
};

/** A coupon's part in one line or one group's shipping, and who bears it. */
export type QuoteDiscount = {
  readonly code: string;
  readonly funder: 'platform' | 'store';
  readonly amountMinor: number;
};

export type QuoteTax = {
  readonly name: string;
  readonly rateBp: number;
  /** Contained in the price; else added to it. */
  readonly isIncluded: boolean;
  readonly amountMinor: number;
};

export type QuoteShippingOption = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'parcel' | 'express' | 'meet-up' | 'pick-up';
  /** For this group as it stands, free-over applied. */
  readonly priceMinor: number;
  readonly estimatedDays: { readonly min: number; readonly max: number };
};

export type QuoteShipping = {
  readonly optionId: string;
  readonly name: string;
  readonly kind: QuoteShippingOption['kind'];
  readonly safePointId: string | null;
  readonly estimatedDays: { readonly min: number; readonly max: number };
  readonly priceMinor: number;
  readonly discounts: readonly QuoteDiscount[];
  readonly discountMinor: number;
  readonly tax: QuoteTax | null;
  /** price − discount + tax that is not contained. */
  readonly totalMinor: number;
};

export type QuoteCoupon = {
  readonly couponId: Id<'coupon'>;
  readonly code: string;
  readonly title: string;
  readonly funder: 'platform' | 'store';
  readonly storeId: Id<'store'> | null;
  /** Over all lines and shipping. */
  readonly discountMinor: number;
  /** Why it takes nothing off, if so. */
  readonly problem: 'SUBTOTAL_TOO_LOW' | 'NO_ELIGIBLE_LINE' | null;
};
