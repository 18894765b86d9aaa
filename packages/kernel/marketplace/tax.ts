import { localize } from '../localized.ts';
import { basisPointsOf, divideHalfEven } from '../money.ts';
import type { TaxRule } from './rules.ts';

/** Where the buyer is, as far as taxes care. */
export type TaxPlace = { readonly country: string; readonly region: string | null };

/** What is taxed: a line, or shipping (no category, a physical service of its group). */
export type TaxedThing = {
  readonly kind: 'physical' | 'digital' | 'service';
  readonly categoryPath: readonly string[];
  readonly taxClass: string;
};

/** A tax as it came out for one line. */
export type TaxAmount = {
  readonly name: string;
  readonly rateBp: number;
  /** Contained in the price; else added to it. */
  readonly isIncluded: boolean;
  readonly amountMinor: number;
};

/** A seller's word that no tax applies, e.g. to books. Every other class follows the marketplace's rules. */
export const EXEMPT = 'exempt';

/** The first rule that matches; the order of the marketplace's table decides. */
export function taxRuleFor(rules: readonly TaxRule[], place: TaxPlace, thing: TaxedThing): TaxRule | undefined {
  if (thing.taxClass === EXEMPT) return undefined;
  return rules.find(
    (rule) =>
      rule.country === place.country &&
      (rule.region === undefined || rule.region.toUpperCase() === place.region?.toUpperCase()) &&
      (rule.kind === undefined || rule.kind === thing.kind) &&
      (rule.category === undefined || thing.categoryPath.includes(rule.category)),
  );
}

/**
 * The tax on `amountMinor`, what the buyer pays for one line (or shipping) after every discount. Rounded by line,
 * half to even. Added: amount × rate. Contained: amount × rate / (1 + rate), e.g. 16 % within 11,600 is 1,600.
 */
export function taxOn(amountMinor: number, rule: TaxRule | undefined, locale: string): TaxAmount | null {
  if (rule === undefined) return null;
  const rate = BigInt(rule.rateBp);
  return {
    name: localize(rule.name, locale),
    rateBp: rule.rateBp,
    isIncluded: rule.inclusive,
    amountMinor: rule.inclusive
      ? Number(divideHalfEven(BigInt(amountMinor) * rate, 10_000n + rate))
      : basisPointsOf(amountMinor, rule.rateBp),
  };
}
