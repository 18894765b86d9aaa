import { idFromUuid } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { QuotedVariant } from '../contract.ts';
import { commissionDiscountBp } from '../domain/plan-limit.ts';
import type { QuoteRow } from './stock.ts';

/** A quoted line. `wanted`: pieces of this variant over all lines, which must be free together. */
export function quotedVariant(
  row: QuoteRow,
  quantity: number,
  wanted: number,
  settings: Pick<MarketplaceSettings, 'plans'>,
): QuotedVariant {
  return {
    variantId: idFromUuid('variant', row.id),
    quantity,
    listingId: idFromUuid('listing', row.listing_id),
    listingSlug: row.slug,
    storeId: idFromUuid('store', row.store_id),
    storeName: row.store_name,
    storeSlug: row.store_slug,
    commissionDiscountBp: commissionDiscountBp(settings, row.plan_id),
    sellerMemberId: idFromUuid('member', row.owner_member_id),
    title: row.title,
    variantTitle: row.variant_title,
    sku: row.sku,
    price: { amountMinor: row.price_minor, currency: row.currency },
    imageUrl: row.image_url,
    kind: row.kind,
    categoryId: row.category_id,
    categoryPath: row.category_path,
    weightGrams: row.weight_grams,
    freeQuantity: row.free,
    isPurchasable: row.is_on_sale && (row.free === null || row.free >= wanted),
    isOfferAllowed: row.is_offer_allowed,
    listingVersion: row.version,
    shippingOptions: row.shipping_options,
    taxClass: row.tax_class,
    licenseCode: row.license_code,
  };
}
