import type { PaymentState } from '../contract/payments.ts';

/**
 * Where a payment may go from each state. A declined or canceled payment can still turn out captured: the provider's
 * word that money moved always counts, and whoever finds no checkout for it refunds it.
 */
export const EXITS = {
  created: ['requires_action', 'pending', 'due', 'captured', 'declined', 'canceled'],
  requires_action: ['pending', 'captured', 'declined', 'canceled'],
  pending: ['captured', 'declined', 'canceled'],
  due: ['captured', 'partially_refunded', 'refunded', 'canceled'],
  captured: ['partially_refunded', 'refunded'],
  partially_refunded: ['refunded'],
  refunded: [],
  declined: ['captured'],
  canceled: ['captured'],
} as const satisfies Record<PaymentState, readonly PaymentState[]>;

/** Whether news from the provider changes anything. Old news (a repeat, or a webhook overtaken by another) does not. */
export function isNews(state: PaymentState, told: PaymentState): boolean {
  const exits: readonly PaymentState[] = EXITS[state];
  return exits.includes(told);
}

/** The state of a payment after a refund that brought the sum of its refunds to `refundedMinor`. */
export function refundedState(amountMinor: number, refundedMinor: number): PaymentState {
  if (refundedMinor >= amountMinor) return 'refunded';
  return refundedMinor === 0 ? 'captured' : 'partially_refunded';
}
