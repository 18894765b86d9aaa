import type { Id } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { CartPrices, PricedLine } from './cart.ts';
import type { BasisLine, BasisStore, PricingBasis } from './pricing.ts';
import { shippingOptionsOf } from './shipping.ts';

/** Makes the ids that order lines and shipment groups will have. */
export type NewIds = { readonly line: () => Id<'orderLine'>; readonly group: () => Id<'shipmentGroup'> };

/**
 * Freezes what priced lines cost now. Lines and stores that `before` has keep their ids, so that pricing a checkout
 * again changes amounts only. Lines whose variant is unknown are left out: the caller refused them.
 */
export function basisOf(
  priced: readonly PricedLine[],
  prices: CartPrices,
  settings: MarketplaceSettings,
  locale: string,
  newIds: NewIds,
  before?: PricingBasis,
): PricingBasis {
  const stores = new Map<string, BasisStore>();
  const lines: BasisLine[] = [];
  for (const { record, quoted, unitPriceMinor } of priced) {
    if (quoted === undefined) continue;
    const { variantId, offerId } = record;
    const known = before?.lines.find((line) => line.variantId === variantId && line.offerId === offerId);
    lines.push({
      lineId: known?.lineId ?? newIds.line(),
      variantId,
      storeId: quoted.storeId,
      listingId: quoted.listingId,
      listingSlug: quoted.listingSlug,
      listingVersion: quoted.listingVersion,
      title: quoted.title,
      variantTitle: quoted.variantTitle,
      sku: quoted.sku,
      imageUrl: quoted.imageUrl,
      kind: quoted.kind,
      categoryId: quoted.categoryId,
      categoryPath: quoted.categoryPath,
      taxClass: quoted.taxClass,
      licenseCode: quoted.licenseCode,
      weightGrams: quoted.weightGrams,
      offerId,
      quantity: record.quantity,
      unitPriceMinor,
    });
    if (stores.has(quoted.storeId)) continue;
    const knownStore = before?.stores.find(({ storeId }) => storeId === quoted.storeId);
    stores.set(quoted.storeId, {
      groupId: knownStore?.groupId ?? newIds.group(),
      storeId: quoted.storeId,
      storeName: quoted.storeName,
      storeSlug: quoted.storeSlug,
      sellerMemberId: quoted.sellerMemberId,
      commissionDiscountBp: quoted.commissionDiscountBp,
      shippingOptions: shippingOptionsOf(quoted.shippingOptions, settings, locale),
    });
  }
  return {
    currency: prices.currency,
    stores: [...stores.values()],
    lines,
    coupons: prices.coupons.flatMap(({ coupon, problem }) => (coupon !== null && problem === null ? [coupon] : [])),
  };
}
