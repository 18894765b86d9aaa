import type { MeteredPrice } from '@plaza/kernel/marketplace';

/** What a period's reports of a meter come to. */
export type UsageTotal = { readonly sum: number; readonly max: number };

export function quantityOf({ aggregate }: Pick<MeteredPrice, 'aggregate'>, usage: UsageTotal | undefined): number {
  return usage?.[aggregate] ?? 0;
}

/** What a quantity costs: the included part nothing, the rest by the tiers it passes through (graduated). */
export function usageMinor({ included, tiers }: Pick<MeteredPrice, 'included' | 'tiers'>, quantity: number): number {
  const billable = Math.max(0, quantity - included);
  let amountMinor = 0;
  let below = 0;
  for (const { upTo = Number.MAX_SAFE_INTEGER, unitPriceMinor } of tiers) {
    amountMinor += Math.max(0, Math.min(billable, upTo) - below) * unitPriceMinor;
    below = upTo;
  }
  return amountMinor;
}
