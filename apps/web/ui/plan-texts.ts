import type { OfferedPlan, SubscriptionInvoice } from '@plaza/subscriptions/contract';
import { formatMoney, formatPercent } from '../lib/format.ts';
import type { Translate } from '../lib/messages.ts';

export type Interval = 'month' | 'year';

/** "฿99 a month". */
export function priceText({ price }: OfferedPlan, interval: Interval, lang: string, t: Translate): string {
  if (price === null) return t('plan.free');
  const amount = formatMoney(price[interval], lang);
  return t(interval === 'month' ? 'plan.perMonth' : 'plan.perYear', { amount });
}

/** What a plan gives, a sentence each. An entitlement without words here is one of the marketplace's own, and not shown. */
export function planBenefits({ entitlements, metered }: OfferedPlan, lang: string, t: Translate): string[] {
  const count = new Intl.NumberFormat(lang);
  const listings = entitlements['listings.active.max'];
  const discount = entitlements['commission.discountBp'];
  return [
    ...(typeof listings === 'number' ? [t('plan.listingsMax', { count: count.format(listings) })] : []),
    ...(listings === null ? [t('plan.listingsFree')] : []),
    ...(typeof discount === 'number'
      ? [discount === 0 ? t('plan.noDiscount') : t('plan.discount', { rate: formatPercent(discount, lang) })]
      : []),
    ...metered.flatMap(({ name, included, tiers }) =>
      tiers
        .slice(0, 1)
        .map(({ unitPrice }) =>
          t('plan.metered', { name, included: count.format(included), amount: formatMoney(unitPrice, lang) }),
        ),
    ),
  ];
}

/** What a line of an invoice is for. */
export function lineText({ kind, title, quantity }: SubscriptionInvoice['lines'][number], t: Translate): string {
  return t(`plan.line.${kind}`, { title, quantity: quantity ?? '' });
}
