import type { Id } from '@plaza/kernel';
import type { RefundParts } from '@plaza/payments/contract';
import type { QuoteDiscount, QuoteGroup, QuoteTax } from './quote.ts';

/** What was given back of a line, or (without one) of the shipping. Amounts in minor units. */
export type LineRefund = {
  readonly lineId: Id<'orderLine'> | null;
  readonly quantity: number;
  readonly amountMinor: number;
};

/** Units of lines that a refund is of. */
export type RefundedLines = {
  readonly lines: readonly { readonly lineId: Id<'orderLine'>; readonly quantity: number }[];
  readonly includesShipping: boolean;
};

/** What a refund of lines gives back: to the buyer, line by line, and of the platform's parts. */
export type PricedRefund = {
  readonly items: readonly LineRefund[];
  readonly amountMinor: number;
  readonly parts: RefundParts;
};

type Shares = RefundParts & { readonly buyerMinor: number };

const NOTHING: Shares = { buyerMinor: 0, fundedMinor: 0, commissionMinor: 0, taxMinor: 0 };

/**
 * What `count` units of `quantity` have of an amount, when `from` units had theirs before: by largest remainder, so that the
 * first units have a minor unit more where it does not divide, and all units together have exactly all of it.
 *
 * @example 100 over three units: 34, 33, 33
 */
export function unitsPart(totalMinor: number, quantity: number, from: number, count: number): number {
  const each = Math.floor(totalMinor / quantity);
  const upTo = (units: number) => each * units + Math.min(units, totalMinor - each * quantity);
  return upTo(from + count) - upTo(from);
}

/** How many units of each line have not been given back yet. */
export function unitsLeft(quote: QuoteGroup, before: readonly LineRefund[]): Map<string, number> {
  return new Map(quote.lines.map(({ lineId, quantity }) => [lineId, quantity - refundedUnits(before, lineId)]));
}

/** Of these units those that have not been given back meanwhile. */
export function stillLeft<Line extends { readonly lineId: Id<'orderLine'>; readonly quantity: number }>(
  quote: QuoteGroup,
  before: readonly LineRefund[],
  lines: readonly Line[],
): Line[] {
  const left = unitsLeft(quote, before);
  return lines
    .map((line) => ({ ...line, quantity: Math.min(line.quantity, left.get(line.lineId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

function refundedUnits(before: readonly LineRefund[], lineId: string | null): number {
  return before.filter((each) => each.lineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Whether the shipping that the buyer paid can still be given back. */
export function isShippingLeft(quote: QuoteGroup, before: readonly LineRefund[]): boolean {
  return (quote.shipping?.totalMinor ?? 0) > 0 && refundedUnits(before, null) === 0;
}

/**
 * What these units cost the buyer, with their exact share of discount, tax and commission. Never more than `leftMinor`, what
 * the buyer paid for the group and has not got back: a part given back as an amount is part of the same money. With the last of
 * it goes all that anybody still has of the sale. The caller has seen to it that the units are left (`unitsLeft`,
 * `isShippingLeft`).
 */
export function priceLineRefund(
  quote: QuoteGroup,
  before: readonly LineRefund[],
  wanted: RefundedLines,
  leftMinor: number,
): PricedRefund {
  type Priced = { readonly lineId: Id<'orderLine'> | null; readonly quantity: number; readonly shares: Shares };
  const priced = wanted.lines.flatMap(({ lineId, quantity }): Priced[] => {
    const line = quote.lines.find((each) => each.lineId === lineId);
    if (line === undefined) return [];
    const of = (totalMinor: number) => unitsPart(totalMinor, line.quantity, refundedUnits(before, lineId), quantity);
    return [{ lineId, quantity, shares: mapShares(sharesOfLine(line), of) }];
  });
  if (wanted.includesShipping && quote.shipping !== null)
    priced.push({ lineId: null, quantity: 1, shares: sharesOfShipping(quote.shipping) });
  let roomMinor = leftMinor;
  const items = priced.map(({ lineId, quantity, shares }) => {
    const amountMinor = Math.min(shares.buyerMinor, roomMinor);
    roomMinor -= amountMinor;
    return { lineId, quantity, amountMinor };
  });
  const shares = isAllBack(quote, [...before, ...items]) ? sharesOfAll(quote) : priced.map((each) => each.shares);
  const { buyerMinor: _buyer, ...parts } = shares.reduce(addShares, NOTHING);
  return { items, amountMinor: leftMinor - roomMinor, parts };
}

/** Whether every unit was given back, and what the buyer paid for shipping. */
export function isAllBack(quote: QuoteGroup, before: readonly LineRefund[]): boolean {
  return [...unitsLeft(quote, before).values()].every((units) => units === 0) && !isShippingLeft(quote, before);
}

function sharesOfAll({ lines, shipping }: QuoteGroup): Shares[] {
  return [...lines.map(sharesOfLine), ...(shipping === null ? [] : [sharesOfShipping(shipping)])];
}

function sharesOfLine(line: QuoteGroup['lines'][number]): Shares {
  return {
    buyerMinor: line.totalMinor,
    fundedMinor: platformFunded(line.discounts),
    commissionMinor: line.commissionMinor + line.commissionVatMinor,
    taxMinor: addedTax(line.tax),
  };
}

function sharesOfShipping(shipping: NonNullable<QuoteGroup['shipping']>): Shares {
  return {
    buyerMinor: shipping.totalMinor,
    fundedMinor: platformFunded(shipping.discounts),
    commissionMinor: 0,
    taxMinor: addedTax(shipping.tax),
  };
}

function platformFunded(discounts: readonly QuoteDiscount[]): number {
  return discounts.filter(({ funder }) => funder === 'platform').reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Tax within a price is the seller's to remit, so it is no part of its own. */
function addedTax(tax: QuoteTax | null): number {
  return tax === null || tax.isIncluded ? 0 : tax.amountMinor;
}

function mapShares(shares: Shares, of: (totalMinor: number) => number): Shares {
  return {
    buyerMinor: of(shares.buyerMinor),
    fundedMinor: of(shares.fundedMinor),
    commissionMinor: of(shares.commissionMinor),
    taxMinor: of(shares.taxMinor),
  };
}

function addShares(a: Shares, b: Shares): Shares {
  return {
    buyerMinor: a.buyerMinor + b.buyerMinor,
    fundedMinor: a.fundedMinor + b.fundedMinor,
    commissionMinor: a.commissionMinor + b.commissionMinor,
    taxMinor: a.taxMinor + b.taxMinor,
  };
}
