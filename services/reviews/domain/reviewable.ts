import type { ShipmentGroup } from '@plaza/orders/contract';

/** How long a review may be changed. */
export const EDIT_DAYS = 30;

/** Until when a review that was written at this time may be changed. */
export function closedTime(createdTime: Date): Date {
  return new Date(createdTime.getTime() + EDIT_DAYS * 86_400_000);
}

/** A listing of a shipment group that has come to its end. */
export type Kept = {
  readonly listingId: ShipmentGroup['lines'][number]['listingId'];
  readonly listingSlug: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly isReviewable: boolean;
};

type Ended = Pick<ShipmentGroup, 'state' | 'isFinal'> & {
  readonly [K in 'total' | 'released']: { readonly amountMinor: number };
} & { readonly lines: readonly Omit<Kept & { quantity: number; refundedQuantity: number }, 'isReviewable'>[] };

/**
 * What of a group its buyer kept, one entry a listing: the group has ended, its seller has been paid for some of it, and not all
 * units of the listing were given back. Processes name their ends as they like, so money tells; what costs nothing moves
 * none, and counts when its end is called `completed`, as all of ours do.
 */
export function keptOf({ isFinal, state, total, released, lines }: Ended): Kept[] {
  if (!isFinal) return [];
  const isPaid = total.amountMinor === 0 ? state === 'completed' : released.amountMinor > 0;
  const kept = new Map<string, Kept>();
  for (const { listingId, listingSlug, title, imageUrl, quantity, refundedQuantity } of lines) {
    const isReviewable = kept.get(listingId)?.isReviewable === true || (isPaid && refundedQuantity < quantity);
    kept.set(listingId, { listingId, listingSlug, title, imageUrl, isReviewable });
  }
  return [...kept.values()];
}
