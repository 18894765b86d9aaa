import { invariant } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { type HeldOrder, holdingOf, isHeldByAnother } from '../store/hold.ts';
import { getPayment, insertDecidedPayment, isThere, type PaymentRow } from '../store/payment.ts';
import { postingOf } from '../store/posting.ts';
import type { Dependencies } from './dependencies.ts';
import { announceOutcome, captureOf } from './follow-provider.ts';
import type { PreparedCharge } from './prepare-charge.ts';

/**
 * Asks a provider of our own, which decides at once, then writes its answer, the capture's transfer (into the escrow of its
 * `order`, when that is named) and the announcement in one transaction.
 */
export async function chargeAtOnce(
  { database, ledger }: Dependencies,
  charge: PreparedCharge,
  order: HeldOrder | undefined,
): Promise<PaymentRow> {
  const { marketplaceId } = charge.request;
  const payment = await decided(charge);
  const write = (heldFor?: HeldOrder): Promise<PaymentRow> =>
    database.transaction(marketplaceId, async (tx) => {
      const written = { ...payment, order_id: heldFor?.orderId ?? null };
      const capture = captureOf(written, heldFor?.groups);
      if (capture !== undefined) await ledger.openIn(tx, capture.currency, capture.postings);
      const posting = capture === undefined ? sql`false` : postingOf(marketplaceId, capture);
      const holding = heldFor && holdingOf(marketplaceId, heldFor, payment.created_time);
      await insertDecidedPayment(tx.last, marketplaceId, written, charge.allocations, { posting, holding });
      await announceOutcome(tx, written);
      return written;
    });
  try {
    return await write(payment.state === 'captured' ? order : undefined);
  } catch (error) {
    if (isThere(error)) return getPayment(database.read(marketplaceId), marketplaceId, payment.id);
    // The order has the money of another attempt: this one is written, and its checkout gives it back.
    if (isHeldByAnother(error)) return write();
    throw error;
  }
}

/** The payment as its provider decides; captured when nothing is to be paid. */
async function decided({ begun, provider, request }: PreparedCharge): Promise<PaymentRow> {
  const now = begun.created_time;
  if (provider === undefined) {
    return { ...begun, state: 'captured', provider_reference: '', captured_time: now, next_ask_time: null };
  }
  const charge = await provider.create(request);
  const outcome = charge.outcome ?? (await provider.confirm(request, charge.reference));
  invariant(outcome.state !== 'approved', 'a provider of our own decides when it is asked');
  const isOpen = outcome.state === 'requires_action' || outcome.state === 'pending';
  return {
    ...begun,
    state: outcome.state,
    provider_reference: charge.reference,
    method_brand: charge.method.brand,
    method_last4: charge.method.last4,
    action_url: outcome.state === 'requires_action' ? outcome.actionUrl : null,
    decline_code: outcome.state === 'declined' ? outcome.declineCode : null,
    captured_time: outcome.state === 'captured' ? now : null,
    next_ask_time: isOpen ? begun.next_ask_time : null,
  };
}
