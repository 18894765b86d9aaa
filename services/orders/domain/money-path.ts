import { type Process, SETTLING } from './process/process.ts';

/** Where a group's money is, in minor units; the three sum to what the buyer paid for it. */
export type MoneyPath = {
  /** Waits until the order is completed, given up or ruled on. */
  readonly heldMinor: number;
  /** With the seller, less what the marketplace keeps of it. */
  readonly releasedMinor: number;
  /** Back with the buyer. */
  readonly refundedMinor: number;
};

/**
 * Follows a group's timeline through its process: until a transition has released or refunded, all that was not given
 * back is held. Each path of a process does that exactly once (process/check.ts).
 */
export function moneyPath(
  {
    timeline,
    totalMinor,
    refundedMinor,
  }: {
    readonly timeline: readonly { readonly action: string }[];
    readonly totalMinor: number;
    readonly refundedMinor: number;
  },
  { transitions }: Pick<Process, 'transitions'>,
): MoneyPath {
  const isSettled = timeline.some(({ action }) =>
    transitions.some(({ name, effects }) => name === action && effects.some((effect) => SETTLING.includes(effect))),
  );
  const leftMinor = totalMinor - refundedMinor;
  return {
    heldMinor: isSettled ? 0 : leftMinor,
    releasedMinor: isSettled ? leftMinor : 0,
    refundedMinor,
  };
}
