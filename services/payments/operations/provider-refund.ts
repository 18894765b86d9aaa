import { type Context, idFromUuid, newId, splitByLargestRemainder, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { subscriptionReturnPostings } from '../domain/postings.ts';
import { sourceLeft } from '../domain/wallet.ts';
import type { ProviderEvent } from '../provider/provider.ts';
import { type HoldRow, listHolds, lockHold } from '../store/hold.ts';
import { lockPayment, type PaymentRow, paidFrom } from '../store/payment.ts';
import { findRefund, listRefundsByReference } from '../store/refund.ts';
import type { Dependencies } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';
import { bookGroupRefund, bookReturn, recordRefund } from './refund.ts';
import { settle } from './send-refunds.ts';
import { takeBackTopUp } from './take-back-top-up.ts';

type RefundEvent = Extract<ProviderEvent, { about: 'refund' }>;

/** `later`: the provider shall tell again, because the order that the refund divides over is not placed yet. */
export type Taken = 'booked' | 'later';

/**
 * What a provider tells of a refund. One of ours is only followed. One begun in the provider's own console has moved
 * money already, so it is booked: once, however often and by how many kinds of event it is told, since every way to it
 * locks the payment's holds (or the payment) first and then looks for the provider's name of the refund.
 */
export async function followRefund(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  payment: PaymentRow,
  event: RefundEvent,
): Promise<Taken> {
  const holds: HoldRow[] = [];
  if (payment.order_id !== null) {
    for (const { group_id } of await listHolds(tx, tx.marketplaceId, payment.order_id)) {
      holds.push(await lockHold(tx, group_id));
    }
  }
  const locked = holds.length === 0 ? await lockPayment(tx, payment.id) : payment;
  const own = event.refundId === null ? undefined : await findRefund(tx, tx.marketplaceId, uuidFromId(event.refundId));
  const known =
    own === undefined ? await listRefundsByReference(tx, tx.marketplaceId, payment.id, event.refundReference) : [own];
  // Late news of an attempt that failed before the refund was tried again.
  if (own?.past_references.includes(event.refundReference)) return 'booked';
  if (known.length > 0) {
    const state = event.state === 'failed' ? 'failed' : 'succeeded';
    const end = { state, providerReference: event.refundReference, failureReason: event.failureReason } as const;
    for (const refund of known) await settle(tx, refund, end);
    return 'booked';
  }
  // A refund that failed before we heard of it moved nothing in the end.
  if (event.state === 'failed') return 'booked';
  return holds.length === 0
    ? bookUnclaimed(dependencies, tx, context, locked, event)
    : bookAmong(dependencies, tx, context, { payment: await lockPayment(tx, payment.id), holds }, event);
}

/**
 * Divides a refund among the groups of the order by largest remainder over what each buyer's share still is: no more than
 * the provider can still give back by our books, for none of it went to a wallet.
 */
async function bookAmong(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  { payment, holds }: { readonly payment: PaymentRow; readonly holds: readonly HoldRow[] },
  event: RefundEvent,
): Promise<Taken> {
  const lefts = holds.map((hold) => hold.buyer_left_minor);
  const leftMinor = lefts.reduce((sum, left) => sum + left, 0);
  const bookedMinor = Math.min(event.amountMinor, leftMinor, sourceLeft(paidFrom(payment)));
  const parts = splitByLargestRemainder(bookedMinor, lefts);
  for (const [i, hold] of holds.entries()) {
    const amountMinor = parts[i] ?? 0;
    if (amountMinor > 0) await bookGroupRefund(dependencies, tx, context, hold, { ...orderOf(event), amountMinor });
  }
  if (bookedMinor < event.amountMinor) {
    // Refunded here and there at once: ours is in the books, and the provider will refuse to send it.
    await tx.audit({
      action: 'refund.exceeds_books',
      subject: idFromUuid('payment', payment.id),
      actor: context.actor,
      details: { refundReference: event.refundReference, amountMinor: event.amountMinor, bookedMinor },
    });
  }
  return 'booked';
}

/** A payment without order goes back whole, or waits: its order may be on its way, and a part divides only over groups. */
async function bookUnclaimed(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  payment: PaymentRow,
  event: RefundEvent,
): Promise<Taken> {
  // What is refunded was captured: the news of that may come later, or never.
  const captured = await followProvider(tx, dependencies.ledger, payment, { state: 'captured' }, dependencies.clock());
  if (captured.purpose === 'subscription') return bookPlanTakenBack(dependencies, tx, context, captured, event);
  if (captured.purpose === 'top-up') return bookTopUpTakenBack(dependencies, tx, context, captured, event);
  if (captured.state !== 'captured') return 'booked';
  // The whole of what the provider had; what a wallet paid of it goes back there.
  if (event.amountMinor !== captured.amount_minor - captured.wallet_minor) return 'later';
  await bookReturn(dependencies, tx, context, captured, orderOf(event));
  return 'booked';
}

/** What was paid for a plan goes back in part or whole, by the operator in the provider's console; the plan stays. */
async function bookPlanTakenBack(
  { ledger, clock }: Dependencies,
  tx: Transaction,
  context: Context,
  payment: PaymentRow,
  event: RefundEvent,
): Promise<Taken> {
  const { amount_minor: paidMinor, refunded_minor: refundedMinor, tax_minor: taxMinor, currency } = payment;
  const amountMinor = Math.min(event.amountMinor, paidMinor - refundedMinor);
  if (amountMinor === 0) return 'booked';
  const time = clock();
  const order = orderOf(event);
  await ledger.post(tx, {
    key: `refund:${order.id}`,
    kind: 'refund',
    subject: { paymentId: payment.id },
    currency,
    postings: subscriptionReturnPostings(amountMinor, Math.max(0, paidMinor - taxMinor - refundedMinor)),
    time,
  });
  const back = { sourceMinor: amountMinor, walletMinor: 0, memberId: null };
  await recordRefund(tx, context, payment, order, { groupId: null, back, commissionMinor: 0, time });
  return 'booked';
}

/** A top-up went back to its card: out of the wallet it was for. */
async function bookTopUpTakenBack(
  dependencies: Dependencies,
  tx: Transaction,
  context: Context,
  payment: PaymentRow,
  event: RefundEvent,
): Promise<Taken> {
  const amountMinor = Math.min(event.amountMinor, payment.amount_minor - payment.refunded_minor);
  if (amountMinor === 0) return 'booked';
  const order = orderOf(event);
  const taken = { amountMinor, key: `refund:${order.id}`, from: 'provider_clearing' } as const;
  await takeBackTopUp(dependencies, tx, context.actor, payment, taken);
  const back = { sourceMinor: amountMinor, walletMinor: 0, memberId: null };
  await recordRefund(tx, context, payment, order, {
    groupId: null,
    back,
    commissionMinor: 0,
    time: dependencies.clock(),
  });
  return 'booked';
}

function orderOf({ refundReference }: RefundEvent) {
  return {
    id: uuidFromId(newId('refund')),
    reason: 'refunded at the provider',
    origin: 'provider',
    providerReference: refundReference,
  } as const;
}
