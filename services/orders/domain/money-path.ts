import { type Effect, type Process, SETTLING, WAIVING } from './process/process.ts';

/** Where a group's money is, in minor units; the four sum to what the buyer paid for it, or is to pay. */
export type MoneyPath = {
  /** To be paid at the door. */
  readonly dueMinor: number;
  /** Waits until the order is completed, given up or ruled on. */
  readonly heldMinor: number;
  /** With the seller, less what the marketplace keeps of it. */
  readonly releasedMinor: number;
  /** Back with the buyer. */
  readonly refundedMinor: number;
};

/**
 * Follows a group's timeline through its process: until a transition has released or refunded, all that was not given
 * back is held. Each path of a process does that exactly once (process/check.ts). What is paid at the door is held once it is
 * collected; given up there, nobody has any of it.
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
  { transitions, paid }: Pick<Process, 'transitions' | 'paid'>,
): MoneyPath {
  const had = (isOne: (effect: Effect) => boolean) => hasSetOff(timeline, transitions, isOne);
  const leftMinor = totalMinor - refundedMinor;
  if (paid === 'onDelivery' && !had((effect) => effect === 'collect')) {
    const isGivenUp = had((effect) => WAIVING.includes(effect));
    return { dueMinor: isGivenUp ? 0 : leftMinor, heldMinor: 0, releasedMinor: 0, refundedMinor };
  }
  const isSettled = had((effect) => SETTLING.includes(effect));
  return {
    dueMinor: 0,
    heldMinor: isSettled ? 0 : leftMinor,
    releasedMinor: isSettled ? leftMinor : 0,
    refundedMinor,
  };
}

/** What the buyer has paid of a group and not got back. */
export function paidLeftMinor(
  group: Parameters<typeof moneyPath>[0],
  process: Parameters<typeof moneyPath>[1],
): number {
  const { heldMinor, releasedMinor } = moneyPath(group, process);
  return heldMinor + releasedMinor;
}

/** Whether a step of its process has put back on the shelf what was left of it. */
export function isBackOnShelf({ timeline }: { readonly timeline: Timeline }, { transitions }: Transitions): boolean {
  return hasSetOff(timeline, transitions, (effect) => effect === 'restock');
}

type Timeline = readonly { readonly action: string }[];
type Transitions = Pick<Process, 'transitions'>;

/** Whether a step that was taken set off such an effect. */
function hasSetOff(
  timeline: Timeline,
  transitions: Transitions['transitions'],
  isOne: (effect: Effect) => boolean,
): boolean {
  return timeline.some(({ action }) => transitions.some(({ name, effects }) => name === action && effects.some(isOne)));
}
