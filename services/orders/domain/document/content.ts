import type { Currency, Id } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { ShippingAddress } from '../../contract/checkout.ts';
import type { DocumentKind, TaxDetails } from '../../contract/document.ts';
import type { OrderRecord } from '../order.ts';
import type { QuoteGroup, QuoteLine, QuoteShipping, QuoteTax } from '../quote.ts';

/**
 * What a document says, frozen when it is issued: nothing of it is looked up again. Plain JSON, amounts in minor units of
 * `currency`. Its number and time stand beside it in the database. The PDF is drawn from this and nothing else.
 */
export type DocumentContent = {
  readonly currency: Currency;
  /** Where it was issued: its days are those of this zone. */
  readonly timeZone: string;
  readonly issuer: DocumentParty;
  readonly recipient: DocumentParty;
  readonly order: { readonly number: string; readonly placedTime: string } | null;
  /** The month it sums up, e.g. `2026-11`. */
  readonly month: string | null;
  /** Documents it goes with: the receipt of an invoice, the invoice of a credit note. */
  readonly references: readonly DocumentReference[];
  /** Why money went back. */
  readonly reason: string | null;
  readonly lines: readonly DocumentLine[];
  /** By name and rate; what is not taxed has a row of its own, without a rate. */
  readonly taxes: readonly TaxSum[];
  /** `subtotal` − `discount` + `shipping` + `taxAdded` = `total`; `taxIncluded` is contained in it. */
  readonly totals: DocumentTotals;
};

export type DocumentParty = {
  readonly name: string;
  /** What its store is called, when that is not its legal name. */
  readonly tradeName: string | null;
  readonly taxId: string | null;
  /** One line each. */
  readonly address: readonly string[];
  readonly email: string | null;
};

export type DocumentReference = { readonly id: Id<'document'>; readonly kind: DocumentKind; readonly number: string };

/** `amountMinor` = quantity × unit price − discount, without tax on top. */
export type DocumentLine = {
  readonly title: string;
  readonly detail: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly amountMinor: number;
  readonly taxRateBp: number | null;
};

/** What was taxed at one rate: `baseMinor` without the tax, whether that was contained in prices or not. */
export type TaxSum = {
  readonly name: string | null;
  readonly rateBp: number | null;
  readonly isIncluded: boolean;
  readonly baseMinor: number;
  readonly taxMinor: number;
};

export type DocumentTotals = {
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxAddedMinor: number;
  readonly taxIncludedMinor: number;
  readonly totalMinor: number;
};

/** What a store's part of an order says as a receipt, or with the buyer's tax details as an invoice. */
export function saleContent(
  order: Pick<OrderRecord, 'number' | 'placedTime' | 'currency' | 'address' | 'email'>,
  group: { readonly quote: QuoteGroup },
  parties: { readonly store: TaxDetails | null; readonly buyer: TaxDetails | null },
  { timeZone }: Pick<MarketplaceSettings, 'timeZone'>,
  references: readonly DocumentReference[] = [],
): DocumentContent {
  const { quote } = group;
  return {
    currency: order.currency,
    timeZone,
    issuer: storeParty(quote.storeName, parties.store),
    recipient: parties.buyer === null ? buyerParty(order) : partyOf(parties.buyer, order.email),
    order: { number: order.number, placedTime: order.placedTime.toISOString() },
    month: null,
    references,
    reason: null,
    lines: [...quote.lines.map(lineOf), ...(quote.shipping === null ? [] : [shippingLine(quote.shipping)])],
    taxes: taxSumsOf(quote),
    totals: {
      subtotalMinor: quote.subtotalMinor,
      discountMinor: quote.discountMinor,
      shippingMinor: quote.shippingMinor,
      taxAddedMinor: quote.taxAddedMinor,
      taxIncludedMinor: quote.taxIncludedMinor,
      totalMinor: quote.totalMinor,
    },
  };
}

/** A store as a party: by its legal name once it has entered one. */
export function storeParty(storeName: string, details: TaxDetails | null): DocumentParty {
  if (details === null) return { name: storeName, tradeName: null, taxId: null, address: [], email: null };
  return { ...partyOf(details, null), tradeName: details.name === storeName ? null : storeName };
}

/** The company behind the marketplace; without one in the settings, the marketplace by its name. */
export function platformParty({ company, supportEmail }: MarketplaceSettings, name: string): DocumentParty {
  if (company === undefined) return { name, tradeName: null, taxId: null, address: [], email: supportEmail };
  return {
    name: company.legalName,
    tradeName: company.legalName === name ? null : name,
    taxId: company.taxId ?? null,
    address: addressLines(company.address),
    email: supportEmail,
  };
}

function partyOf({ name, taxId, address }: TaxDetails, email: string | null): DocumentParty {
  return { name, tradeName: null, taxId, address: addressLines(address), email };
}

function buyerParty({ address, email }: Pick<OrderRecord, 'address' | 'email'>): DocumentParty {
  return {
    name: address?.recipientName ?? email ?? '–',
    tradeName: null,
    taxId: null,
    address: address === null ? [] : addressLines(address),
    email,
  };
}

function addressLines(
  address: Pick<ShippingAddress, 'line1' | 'city' | 'postalCode' | 'countryCode'> & {
    readonly line2?: string | undefined;
    readonly region?: string | undefined;
  },
): string[] {
  const place = [address.postalCode, address.city, address.region, address.countryCode];
  return [address.line1, address.line2 ?? '', place.filter(Boolean).join(' ')].filter((line) => line !== '');
}

function lineOf(line: QuoteLine): DocumentLine {
  return {
    title: line.title,
    detail: [line.variantTitle, line.sku].filter(Boolean).join(' · ') || null,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    discountMinor: line.discountMinor,
    amountMinor: line.subtotalMinor - line.discountMinor,
    taxRateBp: line.tax?.rateBp ?? null,
  };
}

function shippingLine(shipping: QuoteShipping): DocumentLine {
  return {
    title: shipping.name,
    detail: null,
    quantity: 1,
    unitPriceMinor: shipping.priceMinor,
    discountMinor: shipping.discountMinor,
    amountMinor: shipping.priceMinor - shipping.discountMinor,
    taxRateBp: shipping.tax?.rateBp ?? null,
  };
}

/** The taxes of a group by name and rate, in the order in which they come. */
function taxSumsOf({ lines, shipping }: QuoteGroup): TaxSum[] {
  const sums = new Map<string, TaxSum>();
  const add = (tax: QuoteTax | null, paidMinor: number) => {
    const { name = null, rateBp = null, isIncluded = false, amountMinor: taxMinor = 0 } = tax ?? {};
    const key = JSON.stringify([name, rateBp, isIncluded]);
    const before = sums.get(key) ?? { name, rateBp, isIncluded, baseMinor: 0, taxMinor: 0 };
    sums.set(key, {
      ...before,
      baseMinor: before.baseMinor + paidMinor - (isIncluded ? taxMinor : 0),
      taxMinor: before.taxMinor + taxMinor,
    });
  };
  for (const line of lines) add(line.tax, line.subtotalMinor - line.discountMinor);
  if (shipping !== null) add(shipping.tax, shipping.priceMinor - shipping.discountMinor);
  return [...sums.values()].filter(({ baseMinor, taxMinor }) => baseMinor !== 0 || taxMinor !== 0);
}
