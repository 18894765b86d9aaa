/** A price that an accepted offer locks for one buyer; what carts and checkouts ask of offers. */
export type LockedPrice = {
  readonly offerId: string;
  readonly variantId: string;
  readonly buyerMemberId: string;
  /** Pieces it was accepted for; no more may be bought at this price. */
  readonly quantity: number;
  /** Per piece, in minor units of the marketplace's currency. */
  readonly unitPriceMinor: number;
};
