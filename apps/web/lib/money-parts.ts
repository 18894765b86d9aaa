import type { ShipmentGroup } from '@plaza/orders/contract';

type Money = ShipmentGroup['total'];
type Part = 'due' | 'held' | 'waiting' | 'released' | 'refunded';
type Moved = Pick<ShipmentGroup, 'due' | 'held' | 'released' | 'refunded' | 'waiting'>;

/** Where the money of a store's part is; parts without any are left out. What waits for a bank is neither side's yet. */
export function moneyParts(group: Moved): { readonly name: Part; readonly amount: Money }[] {
  const { due, held, released, refunded, waiting } = group;
  const releaseMinor = waiting?.release.amountMinor ?? 0;
  const refundMinor = waiting?.refund.amountMinor ?? 0;
  const minors: Readonly<Record<Part, number>> = {
    due: due.amountMinor,
    held: held.amountMinor,
    waiting: releaseMinor + refundMinor,
    released: released.amountMinor - releaseMinor,
    refunded: refunded.amountMinor - refundMinor,
  };
  return (Object.entries(minors) as [Part, number][])
    .filter(([, amountMinor]) => amountMinor > 0)
    .map(([name, amountMinor]) => ({ name, amount: { ...refunded, amountMinor } }));
}

/** Of what goes back to the buyer of some parts of an order: what has, and what waits for a bank. */
export function refundsOf(
  refunded: Money,
  groups: readonly Pick<ShipmentGroup, 'waiting'>[],
): { readonly back: Money; readonly waiting: Money } {
  const waitingMinor = groups.reduce((sum, { waiting }) => sum + (waiting?.refund.amountMinor ?? 0), 0);
  return {
    back: { ...refunded, amountMinor: refunded.amountMinor - waitingMinor },
    waiting: { ...refunded, amountMinor: waitingMinor },
  };
}
