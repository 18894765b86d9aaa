import { limitOf, type MarketplaceSettings, type Plan, planOf } from '@plaza/kernel/marketplace';

/** The entitlement that limits how many listings a store has on sale at once. */
export const LISTINGS_MAX = 'listings.active.max';

/** The meter that a store's listings on sale are reported under. */
export const LISTINGS_METER = 'listings.active';

/** What a store may have on sale by its plan; undefined: without limit. */
export function listingLimit(
  { plans }: Pick<MarketplaceSettings, 'plans'>,
  planId: string | null,
): { readonly plan: Plan; readonly limit: number } | undefined {
  const plan = planOf(plans, planId);
  const limit = limitOf(plan, LISTINGS_MAX);
  return plan === undefined || limit === null ? undefined : { plan, limit };
}

/** Basis points that a store's plan takes off the marketplace's commission. */
export function commissionDiscountBp({ plans }: Pick<MarketplaceSettings, 'plans'>, planId: string | null): number {
  return limitOf(planOf(plans, planId), 'commission.discountBp') ?? 0;
}
