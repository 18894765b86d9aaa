import { divideHalfEven, splitByLargestRemainder } from '@plaza/kernel';
import type { DocumentContent, DocumentReference, TaxSum } from './content.ts';

/**
 * What a credit note over `refundedMinor` says: the parties of the paper it corrects, and the taxes that went back. They
 * follow what is left of each rate after the credit notes before, by largest remainder, so that any number of refunds
 * takes every rate's base and tax to exactly zero with the last.
 */
export function creditContent(
  corrected: { readonly content: DocumentContent; readonly reference: DocumentReference },
  before: readonly Pick<DocumentContent, 'taxes'>[],
  { refundedMinor, reason }: { readonly refundedMinor: number; readonly reason: string },
): DocumentContent {
  const { content, reference } = corrected;
  const left = content.taxes.map((sum, i) => before.reduce((rest, { taxes }) => minus(rest, taxes[i]), sum));
  const leftMinor = left.reduce((total, sum) => total + grossOf(sum), 0);
  const totalMinor = Math.min(refundedMinor, leftMinor);
  const parts = left.length === 0 ? [] : splitByLargestRemainder(totalMinor, left.map(grossOf));
  const taxes = left.map((sum, i) => partOf(sum, parts[i] ?? 0));
  const taxOf = (isIncluded: boolean) =>
    taxes.reduce((total, tax) => total + (tax.isIncluded === isIncluded ? tax.taxMinor : 0), 0);
  const taxAddedMinor = taxOf(false);
  return {
    ...content,
    references: [reference],
    reason,
    lines: [],
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

/** What was paid at one rate, with the tax. */
function grossOf({ baseMinor, taxMinor }: TaxSum): number {
  return baseMinor + taxMinor;
}

function minus(sum: TaxSum, other: TaxSum | undefined): TaxSum {
  if (other === undefined) return sum;
  return { ...sum, baseMinor: sum.baseMinor - other.baseMinor, taxMinor: sum.taxMinor - other.taxMinor };
}

/** Of a rate's rest the part that makes `grossMinor`: all of the tax when it is all of the rest. */
function partOf(sum: TaxSum, grossMinor: number): TaxSum {
  const all = grossOf(sum);
  const taxMinor = all === 0 ? 0 : Number(divideHalfEven(BigInt(grossMinor) * BigInt(sum.taxMinor), BigInt(all)));
  return { ...sum, baseMinor: grossMinor - taxMinor, taxMinor };
}
