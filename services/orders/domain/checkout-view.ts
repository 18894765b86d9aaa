import { type Currency, money } from '@plaza/kernel';
import type { Checkout, Completion } from '../contract/checkout.ts';
import { type CheckoutRecord, missingOf, walletMinorOf } from './checkout.ts';
import type { QuoteGroup, QuoteLine } from './quote.ts';

/** The checkout as its buyer sees it: no commission, no funding, no card token. Ids were branded when they were made. */
export function checkoutView(checkout: CheckoutRecord): Checkout {
  const { quote, currency } = checkout;
  const amount = (amountMinor: number) => money(amountMinor, currency);
  const walletMinor = walletMinorOf(checkout);
  return {
    id: checkout.id,
    cartId: checkout.cartId,
    state: checkout.state,
    email: checkout.email,
    address: checkout.address,
    note: checkout.note,
    invoiceDetails: checkout.invoiceDetails,
    groups: quote.groups.map((group) => groupView(group, currency)),
    coupons: quote.coupons.map(({ code, title, funder, discountMinor }) => ({
      code,
      title,
      funder,
      discount: amount(discountMinor),
    })),
    totals: {
      subtotal: amount(quote.subtotalMinor),
      discount: amount(quote.discountMinor),
      shipping: amount(quote.shippingMinor),
      taxAdded: amount(quote.taxAddedMinor),
      taxIncluded: amount(quote.taxIncludedMinor),
      total: amount(quote.totalMinor),
    },
    missing: checkout.state === 'open' ? missingOf(checkout) : [],
    payment: {
      methodId: checkout.paymentMethodId,
      paymentId: checkout.paymentId,
      actionUrl: checkout.actionUrl,
      declineCode: checkout.declineCode,
      wallet:
        checkout.wallet === null
          ? null
          : { pays: amount(walletMinor), rest: amount(checkout.totalMinor - walletMinor) },
    },
    orderId: checkout.state === 'completed' ? checkout.orderId : null,
    expireTime: checkout.expireTime.toISOString(),
    version: checkout.version,
  };
}

/** How completing went, told from where the checkout stands now. */
export function completionView(checkout: CheckoutRecord, outcome: Completion['outcome']): Completion {
  return {
    outcome,
    orderId: checkout.state === 'completed' ? checkout.orderId : null,
    declineCode: checkout.declineCode,
    actionUrl: checkout.actionUrl,
    checkout: checkoutView(checkout),
  };
}

function groupView(group: QuoteGroup, currency: Currency): Checkout['groups'][number] {
  const amount = (amountMinor: number) => money(amountMinor, currency);
  return {
    groupId: group.groupId,
    storeId: group.storeId,
    storeName: group.storeName,
    storeSlug: group.storeSlug,
    lines: group.lines.map((line) => lineView(line, currency)),
    needsShipping: group.needsShipping,
    shippingOptions: group.shippingOptions.map(({ priceMinor, ...option }) => ({
      ...option,
      price: amount(priceMinor),
    })),
    selectedShippingOptionId: group.shipping?.optionId ?? null,
    safePointId: group.shipping?.safePointId ?? null,
    subtotal: amount(group.subtotalMinor),
    discount: amount(group.discountMinor),
    shipping: amount(group.shippingMinor),
    total: amount(group.totalMinor),
  };
}

function lineView(line: QuoteLine, currency: Currency): Checkout['groups'][number]['lines'][number] {
  const amount = (amountMinor: number) => money(amountMinor, currency);
  return {
    id: line.lineId,
    variantId: line.variantId,
    listingId: line.listingId,
    listingSlug: line.listingSlug,
    title: line.title,
    variantTitle: line.variantTitle,
    imageUrl: line.imageUrl,
    kind: line.kind,
    quantity: line.quantity,
    unitPrice: amount(line.unitPriceMinor),
    subtotal: amount(line.subtotalMinor),
    discount: amount(line.discountMinor),
    tax: amount(line.tax?.amountMinor ?? 0),
    taxName: line.tax?.name ?? null,
    isTaxIncluded: line.tax?.isIncluded ?? false,
    total: amount(line.totalMinor),
    offerId: line.offerId,
  };
}
