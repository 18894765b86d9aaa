import type { Context } from '@plaza/kernel';
import type { BuyingDependencies } from '../dependencies.ts';
import type { CheckoutRecord } from '../domain/checkout.ts';

/**
 * Keeps the accepted offers that a checkout is priced by: an accepted price is for one order, and of checkouts at once the
 * first to get here has it. False: another has, or they are over. Safe to repeat.
 */
export async function keepOffersOf(
  { database, after }: BuyingDependencies,
  { basis, orderId }: CheckoutRecord,
  { marketplaceId }: Context,
): Promise<boolean> {
  const offerIds = basis.lines.flatMap(({ offerId }) => (offerId === null ? [] : [offerId]));
  if (offerIds.length === 0) return true;
  return database.transaction(marketplaceId, (tx) => after.keepOffers(tx, offerIds, orderId));
}
