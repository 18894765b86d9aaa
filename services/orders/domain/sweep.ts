import type { Id } from '@plaza/kernel';
import type { Payment } from '@plaza/payments/contract';

export type SweepProblem =
  | 'order_without_payment'
  | 'payment_not_captured'
  | 'payment_of_another_order'
  | 'amount_differs'
  | 'payment_without_order';

/** As much of an order as its payment must agree with. */
export type SweptOrder = {
  readonly id: Id<'order'>;
  readonly paymentId: Id<'payment'>;
  readonly totalMinor: number;
  readonly currency: string;
};

type SweptPayment = Pick<Payment, 'id' | 'orderId' | 'state' | 'amount' | 'capturedTime' | 'method' | 'waivedMinor'>;

/** What is wrong between an order and the payment that it names; undefined when they agree. */
export function problemOfOrder(order: SweptOrder, payment: SweptPayment | undefined): SweepProblem | undefined {
  if (payment === undefined) return 'order_without_payment';
  if (payment.capturedTime === null && !isOfDoor(payment)) return 'payment_not_captured';
  if (payment.orderId !== order.id) return 'payment_of_another_order';
  const isSame = payment.amount.amountMinor === order.totalMinor && payment.amount.currency === order.currency;
  return isSame ? undefined : 'amount_differs';
}

/** Paid at the door: asked for there still, or all of it given up. The money of each parcel follows its process. */
function isOfDoor({ method, state, amount, waivedMinor }: SweptPayment): boolean {
  return method.kind === 'cash' && (state === 'due' || waivedMinor === amount.amountMinor);
}

/** What is wrong with a payment whose money was taken long enough ago; undefined when an order has it or it went back. */
export function problemOfPayment(payment: SweptPayment, orderIds: ReadonlySet<string>): SweepProblem | undefined {
  if (payment.capturedTime === null) return undefined;
  if (payment.orderId !== null) return orderIds.has(payment.orderId) ? undefined : 'payment_without_order';
  return payment.state === 'refunded' ? undefined : 'payment_without_order';
}
