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

/**
 * The platform's share of one line, by the first rule that matches. Computed on what the seller sells for: a discount
 * the platform bears does not lower it, one the store bears does. Raised to the rule's minimum, cut to its maximum,
 * and commission with its VAT is never more than the line itself.
 */
export function commissionOn(line: CommissionedLine, rules: readonly CommissionRule[]): Commission {
  const rule = rules.find(
    (each) =>
      (each.kind === undefined || each.kind === line.kind) &&
      (each.category === undefined || line.categoryPath.includes(each.category)) &&
      (each.store === undefined || each.store === line.storeSlug) &&
      (each.fromMinor === undefined || line.amountMinor >= each.fromMinor),
  );
  if (rule === undefined) return { commissionRateBp: 0, commissionMinor: 0, commissionVatMinor: 0 };
  const share = Math.max(basisPointsOf(line.amountMinor, rule.rateBp), rule.minMinor ?? 0);
  const commissionMinor = Math.min(share, rule.maxMinor ?? share, line.amountMinor);
  return {
    commissionRateBp: rule.rateBp,
    commissionMinor,
    commissionVatMinor: Math.min(basisPointsOf(commissionMinor, rule.vatBp), line.amountMinor - commissionMinor),
  };
}
