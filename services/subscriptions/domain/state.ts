import { invariant } from '@plaza/kernel';

/**
 * Where a subscription stands. `past_due`: a renewal waits for its money. `canceled`: it ends with its period and can be
 * resumed until then. `ended`: for good; the owner subscribes anew.
 */
export const STATES = ['trialing', 'active', 'past_due', 'canceled', 'ended'] as const;
export type SubscriptionState = (typeof STATES)[number];

/** What can happen to a subscription. */
export const HAPPENINGS = ['charge', 'pay', 'decline', 'cancel', 'resume', 'end'] as const;
export type Happening = (typeof HAPPENINGS)[number];

/**
 * The state machine as data. `charge`: a period begins and its invoice is written, before anybody knows whether it is
 * paid. Of `resume` the trial decides, see `after`. What is not here is refused.
 */
const MOVES: Readonly<Record<SubscriptionState, Partial<Record<Happening, SubscriptionState>>>> = {
  trialing: { charge: 'active', cancel: 'canceled', end: 'ended' },
  active: { charge: 'active', pay: 'active', decline: 'past_due', cancel: 'canceled', end: 'ended' },
  past_due: { pay: 'active', decline: 'past_due', cancel: 'ended', end: 'ended' },
  canceled: { pay: 'canceled', decline: 'ended', resume: 'active', end: 'ended' },
  ended: {},
};

/** Where a happening leads, or undefined when it cannot happen now. A trial that is resumed goes on as a trial. */
export function after(
  state: SubscriptionState,
  happening: Happening,
  isInTrial = false,
): SubscriptionState | undefined {
  const to = MOVES[state][happening];
  return to === 'active' && happening === 'resume' && isInTrial ? 'trialing' : to;
}

/** The same, where the caller has made sure that it can happen. */
export function moved(state: SubscriptionState, happening: Happening, isInTrial = false): SubscriptionState {
  const to = after(state, happening, isInTrial);
  invariant(to !== undefined, `a subscription that is ${state} does not ${happening}`);
  return to;
}
