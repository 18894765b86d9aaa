import { basisPointsOf } from '@plaza/kernel';
import type { CommissionRule } from '@plaza/kernel/marketplace';

/** What a commission rule looks at. `amountMinor`: the line as sold, after the discounts its own store bears. */
export type CommissionedLine = {
  readonly kind: 'physical' | 'digital' | 'service';
  readonly categoryPath: readonly string[];
  readonly storeSlug: string;
  readonly amountMinor: number;
};

export type Commission = {
  readonly commissionRateBp: number;
  readonly commissionMinor: number;
  readonly commissionVatMinor: number;
};

/** What a rule charges, apart from whom it is for. */
export type CommissionTerms = Pick<CommissionRule, 'rateBp' | 'minMinor' | 'maxMinor' | 'vatBp'>;

/** The first rule that matches; the order of the marketplace's table decides. */
export function commissionRuleFor(
  line: CommissionedLine,
  rules: readonly CommissionRule[],
): CommissionRule | undefined {
  return rules.find(
    (rule) =>
      (rule.kind === undefined || rule.kind === line.kind) &&
      (rule.category === undefined || line.categoryPath.includes(rule.category)) &&
      (rule.store === undefined || rule.store === line.storeSlug) &&
      (rule.fromMinor === undefined || line.amountMinor >= rule.fromMinor),
  );
}

/**
 * The platform's share of one line, by the first rule that matches. Computed on what the seller sells for: a discount
 * the platform bears does not lower it, one the store bears does.
 */
export function commissionOn(line: CommissionedLine, rules: readonly CommissionRule[], discountBp = 0): Commission {
  return commissionBy(discounted(commissionRuleFor(line, rules), discountBp), line.amountMinor);
}

/** The terms with a lower rate, as the store's plan grants it. The least and the most that a sale pays stay. */
export function discounted(terms: CommissionTerms | undefined, discountBp: number): CommissionTerms | undefined {
  return terms === undefined ? undefined : { ...terms, rateBp: Math.max(0, terms.rateBp - discountBp) };
}

/** Raised to the terms' minimum, cut to their maximum; and commission with its VAT is never more than the amount itself. */
export function commissionBy(terms: CommissionTerms | undefined, amountMinor: number): Commission {
  if (terms === undefined) return { commissionRateBp: 0, commissionMinor: 0, commissionVatMinor: 0 };
  const share = Math.max(basisPointsOf(amountMinor, terms.rateBp), terms.minMinor ?? 0);
  const commissionMinor = Math.min(share, terms.maxMinor ?? share, amountMinor);
  return {
    commissionRateBp: terms.rateBp,
    commissionMinor,
    commissionVatMinor: Math.min(basisPointsOf(commissionMinor, terms.vatBp), amountMinor - commissionMinor),
  };
}
