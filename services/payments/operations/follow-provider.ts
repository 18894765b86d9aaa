import { idFromUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { isNews } from '../domain/payment-state.ts';
import { capturePostings } from '../domain/postings.ts';
import { paymentCaptured, paymentFailed } from '../events.ts';
import type { ProviderOutcome } from '../provider/provider.ts';
import type { Ledger } from '../store/ledger.ts';
import { type PaymentRow, updatePaymentState } from '../store/payment.ts';

/**
 * Writes what the provider told of a locked payment, if it is news: a webhook, its repeat and the browser's return may
 * all tell of one capture, in any order, and it is booked and announced once.
 */
export async function followProvider(
  tx: Transaction,
  ledger: Ledger,
  payment: PaymentRow,
  outcome: ProviderOutcome,
  now: Date,
): Promise<PaymentRow> {
  if (!isNews(payment.state, outcome.state)) return payment;
  const updated = await updatePaymentState(tx, payment.id, {
    state: outcome.state,
    actionUrl: outcome.state === 'requires_action' ? outcome.actionUrl : null,
    declineCode: outcome.state === 'declined' ? outcome.declineCode : null,
    capturedTime: outcome.state === 'captured' ? now : null,
  });
  await bookOutcome(tx, ledger, updated);
  return updated;
}

/** Books and announces the state a payment has just reached. */
export async function bookOutcome(tx: Transaction, ledger: Ledger, payment: PaymentRow): Promise<void> {
  const facts = factsOf(payment);
  if (payment.state === 'captured' && payment.captured_time !== null) {
    if (payment.amount_minor > 0) {
      await ledger.post(tx, {
        key: `capture:${payment.id}`,
        kind: 'capture',
        subject: { paymentId: payment.id },
        currency: payment.currency,
        postings: capturePostings(payment.amount_minor),
        time: payment.captured_time,
      });
    }
    await tx.announce(paymentCaptured, facts.paymentId, {
      ...facts,
      capturedTime: payment.captured_time.toISOString(),
    });
  } else if (payment.state === 'declined' || payment.state === 'canceled') {
    await tx.announce(paymentFailed, facts.paymentId, {
      ...facts,
      state: payment.state,
      declineCode: payment.decline_code,
    });
  }
}

/** What every payment event tells. */
export function factsOf(payment: PaymentRow) {
  return {
    paymentId: idFromUuid('payment', payment.id),
    checkoutId: idFromUuid('checkout', payment.checkout_id),
    orderId: payment.order_id === null ? null : idFromUuid('order', payment.order_id),
    payerMemberId: payment.payer_member_id === null ? null : idFromUuid('member', payment.payer_member_id),
    amount: { amountMinor: payment.amount_minor, currency: payment.currency },
    version: payment.version,
  };
}
