import { divideHalfEven, splitByLargestRemainder } from '@plaza/kernel';
import { type LineRefund, unitsPart } from '../line-refund.ts';
import type { QuoteGroup, QuoteTax } from '../quote.ts';
import type { DocumentContent, DocumentLine, DocumentReference, TaxSum } from './content.ts';

/** Units of a line, or the shipping, that a refund is of; `amountMinor` as it went back, tax included. */
export type CreditedItem = {
  readonly title: string;
  readonly tax: QuoteTax | null;
  readonly amountMinor: number;
  /** The tax of these very units; left out where less of them went back than they cost. */
  readonly taxMinor?: number;
};

/** The lines that a refund names, as its credit note tells them: each unit with the tax that the books give back of it. */
export function creditedItems(
  { lines, shipping }: Pick<QuoteGroup, 'lines' | 'shipping'>,
  refunded: readonly (LineRefund & { readonly unitsBefore: number })[],
): CreditedItem[] {
  return refunded.flatMap(({ lineId, quantity, amountMinor, unitsBefore }) => {
    const sold = lineId === null ? shipping : lines.find((each) => each.lineId === lineId);
    if (sold == null) return [];
    const of = 'lineId' in sold ? sold.quantity : 1;
    const unitsOf = (totalMinor: number) => unitsPart(totalMinor, of, unitsBefore, quantity);
    const taxMinor = amountMinor === unitsOf(sold.totalMinor) ? { taxMinor: unitsOf(sold.tax?.amountMinor ?? 0) } : {};
    const title = 'lineId' in sold ? `${quantity} × ${sold.title}` : sold.name;
    return [{ title, tax: sold.tax, amountMinor, ...taxMinor }];
  });
}

/**
 * What a credit note over `refundedMinor` says: the parties of the paper it corrects, and the taxes that went back. Of named
 * items those of their own rates; what was refunded as an amount follows what is left of each rate after the credit notes
 * before, by largest remainder. Either way any number of refunds takes every rate's base and tax to exactly zero with the last.
 */
export function creditContent(
  corrected: { readonly content: DocumentContent; readonly reference: DocumentReference },
  before: readonly Pick<DocumentContent, 'taxes'>[],
  refund: { readonly refundedMinor: number; readonly reason: string; readonly items?: readonly CreditedItem[] },
): DocumentContent {
  const { content, reference } = corrected;
  const { items = [], reason } = refund;
  const left = content.taxes.map((sum, i) => before.reduce((rest, { taxes }) => minus(rest, taxes[i]), sum));
  const totalMinor = Math.min(refund.refundedMinor, sumOf(left.map(grossOf)));
  const itemsOf = content.taxes.map((sum) => items.filter(({ tax }) => isOfRate(sum, tax)));
  const taxes = partsOf(left, itemsOf, totalMinor).map((grossMinor, i) =>
    partOf(left[i] as TaxSum, grossMinor, itemsOf[i] ?? []),
  );
  const taxOf = (isIncluded: boolean) =>
    sumOf(taxes.filter((tax) => tax.isIncluded === isIncluded).map(({ taxMinor }) => taxMinor));
  const taxAddedMinor = taxOf(false);
  return {
    ...content,
    references: [reference],
    reason,
    lines: taxes.flatMap((tax, i) => linesOf(tax, itemsOf[i] ?? [])),
    taxes,
    totals: {
      subtotalMinor: totalMinor - taxAddedMinor,
      discountMinor: 0,
      shippingMinor: 0,
      taxAddedMinor,
      taxIncludedMinor: taxOf(true),
      totalMinor,
    },
  };
}

/** How much of the refund each rate gives back: its own items first, what remains by what is left. */
function partsOf(left: readonly TaxSum[], itemsOf: readonly (readonly CreditedItem[])[], totalMinor: number): number[] {
  if (left.length === 0) return [];
  let roomMinor = totalMinor;
  const own = left.map((sum, i) => {
    const named = sumOf((itemsOf[i] ?? []).map(({ amountMinor }) => amountMinor));
    const taken = Math.min(named, grossOf(sum), roomMinor);
    roomMinor -= taken;
    return taken;
  });
  const rest = splitByLargestRemainder(
    roomMinor,
    left.map((sum, i) => grossOf(sum) - (own[i] ?? 0)),
  );
  return own.map((taken, i) => taken + (rest[i] ?? 0));
}

/** The items of a rate, without tax on top, as all amounts of lines are: they sum to what the rate gives back. */
function linesOf(tax: TaxSum, items: readonly CreditedItem[]): DocumentLine[] {
  if (items.length === 0) return [];
  const targetMinor = tax.isIncluded ? grossOf(tax) : tax.baseMinor;
  const amounts = splitByLargestRemainder(
    targetMinor,
    items.map(({ amountMinor }) => amountMinor),
  );
  return items.map(({ title }, i) => {
    const amountMinor = amounts[i] ?? 0;
    const amount = { unitPriceMinor: amountMinor, discountMinor: 0, amountMinor };
    return { title, detail: null, quantity: 1, ...amount, taxRateBp: tax.rateBp };
  });
}

function isOfRate(sum: TaxSum, tax: QuoteTax | null): boolean {
  if (tax === null) return sum.name === null && sum.rateBp === null;
  return sum.name === tax.name && sum.rateBp === tax.rateBp && sum.isIncluded === tax.isIncluded;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, each) => sum + each, 0);
}

/** What was paid at one rate, with the tax. */
function grossOf({ baseMinor, taxMinor }: TaxSum): number {
  return baseMinor + taxMinor;
}

function minus(sum: TaxSum, other: TaxSum | undefined): TaxSum {
  if (other === undefined) return sum;
  return { ...sum, baseMinor: sum.baseMinor - other.baseMinor, taxMinor: sum.taxMinor - other.taxMinor };
}

/**
 * Of a rate's rest the part that makes `grossMinor`: with the tax that its items say, and of what remains the tax in
 * proportion. All of the tax when it is all of the rest.
 */
function partOf(sum: TaxSum, grossMinor: number, items: readonly CreditedItem[]): TaxSum {
  const said = saidBy(items, grossMinor);
  const restMinor = grossOf(sum) - said.grossMinor;
  const restTaxMinor = BigInt(Math.max(sum.taxMinor - said.taxMinor, 0));
  const inProportion =
    restMinor === 0 ? 0n : divideHalfEven(BigInt(grossMinor - said.grossMinor) * restTaxMinor, BigInt(restMinor));
  // Earlier refunds may have taken a minor unit of either: neither base nor tax falls below zero.
  const leastMinor = Math.max(0, grossMinor - sum.baseMinor);
  const mostMinor = Math.min(sum.taxMinor, grossMinor);
  const taxMinor = Math.max(leastMinor, Math.min(said.taxMinor + Number(inProportion), mostMinor));
  return { ...sum, baseMinor: grossMinor - taxMinor, taxMinor };
}

/** What the items of a rate that say their tax are of, and that tax; nothing when not all of them went back. */
function saidBy(items: readonly CreditedItem[], grossMinor: number): { grossMinor: number; taxMinor: number } {
  const said = items.filter(({ taxMinor }) => taxMinor !== undefined);
  const saidMinor = sumOf(said.map(({ amountMinor }) => amountMinor));
  if (saidMinor > grossMinor) return { grossMinor: 0, taxMinor: 0 };
  return { grossMinor: saidMinor, taxMinor: sumOf(said.map(({ taxMinor = 0 }) => taxMinor)) };
}
