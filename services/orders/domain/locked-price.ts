import type { Id } from '@plaza/kernel';

/** A price that an accepted offer locks for one buyer; what carts and checkouts ask of offers. */
export type LockedPrice = {
  readonly offerId: Id<'offer'>;
  readonly variantId: Id<'variant'>;
  readonly buyerMemberId: Id<'member'>;
  /** Pieces it was accepted for; no more may be bought at this price. */
  readonly quantity: number;
  /** Per piece, in minor units of the marketplace's currency. */
  readonly unitPriceMinor: number;
};
