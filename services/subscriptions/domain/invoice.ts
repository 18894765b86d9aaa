import { localize } from '@plaza/kernel';
import { type MarketplaceSettings, type TaxAmount, taxOn, taxRuleFor } from '@plaza/kernel/marketplace';

/** One line of an invoice. `amountMinor` may be negative: what was paid before and is not used. */
export type InvoiceLine =
  | {
      readonly kind: 'plan';
      readonly planId: string;
      readonly fromTime: string;
      readonly toTime: string;
      readonly amountMinor: number;
    }
  | {
      readonly kind: 'proration';
      readonly planId: string;
      readonly fromTime: string;
      readonly toTime: string;
      readonly amountMinor: number;
    }
  | {
      readonly kind: 'unused';
      readonly planId: string;
      readonly fromTime: string;
      readonly toTime: string;
      readonly amountMinor: number;
    }
  | {
      readonly kind: 'usage';
      readonly planId: string;
      readonly meter: string;
      readonly quantity: number;
      readonly included: number;
      readonly fromTime: string;
      readonly toTime: string;
      readonly amountMinor: number;
    };

/** What an invoice comes to. subtotal + tax that is added = total. */
export type InvoiceTotals = {
  readonly subtotalMinor: number;
  readonly tax: TaxAmount | null;
  /** The tax in the total, whether added or contained: owed on. */
  readonly taxMinor: number;
  readonly totalMinor: number;
};

/**
 * Adds the lines up, never below zero, and lays the marketplace's tax on the sum, once an invoice: a service sold in the
 * marketplace's own country, by the rules of `plans.yaml` or else of `marketplace.yaml`.
 */
export function totalsOf(
  lines: readonly Pick<InvoiceLine, 'amountMinor'>[],
  settings: MarketplaceSettings,
): InvoiceTotals {
  const subtotalMinor = Math.max(
    0,
    lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  );
  const rule = taxRuleFor(
    settings.plans.tax ?? settings.tax,
    { country: settings.countries[0] as string, region: null },
    { kind: 'service', categoryPath: [], taxClass: 'standard' },
  );
  const tax = taxOn(subtotalMinor, rule, settings.locales[0] as string);
  const taxMinor = tax?.amountMinor ?? 0;
  return {
    subtotalMinor,
    tax:
      tax === null || rule === undefined ? null : { ...tax, name: localize(rule.name, settings.locales[0] as string) },
    taxMinor,
    totalMinor: subtotalMinor + (tax === null || tax.isIncluded ? 0 : taxMinor),
  };
}
