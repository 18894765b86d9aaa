import { idFromUuid } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { HoldGroup } from '../contract.ts';
import { isNews } from '../domain/payment-state.ts';
import {
  capturePostings,
  type Posting,
  salePostings,
  subscriptionPostings,
  topUpPostings,
} from '../domain/postings.ts';
import { paymentCaptured, paymentFailed } from '../events.ts';
import type { ProviderOutcome } from '../provider/provider.ts';
import type { Ledger } from '../store/ledger.ts';
import { firstAskTime, type PaymentRow, updatePaymentState } from '../store/payment.ts';
import type { TransferOrder } from '../store/posting.ts';
import { sharesOfGroups } from './hold-for-order.ts';
import { intoWallet } from './into-wallet.ts';
import { endWalletPart } from './wallet-part.ts';

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
  // An approval that is not captured yet is the provider's turn: it is asked again, and then captures.
  const state = outcome.state === 'approved' ? 'pending' : outcome.state;
  if (!isNews(payment.state, state)) return payment;
  const isOpen = state === 'requires_action' || state === 'pending';
  if (payment.wallet_minor > 0 && !isOpen) await endWalletPart(tx, ledger, payment, state === 'captured', now);
  const updated = await updatePaymentState(tx, payment.id, {
    state,
    actionUrl: outcome.state === 'requires_action' ? outcome.actionUrl : null,
    declineCode: outcome.state === 'declined' ? outcome.declineCode : null,
    capturedTime: state === 'captured' ? now : null,
    method: (outcome.state === 'captured' ? outcome.method : undefined) ?? null,
    nextAskTime: !isOpen ? null : outcome.state === 'approved' ? now : (payment.next_ask_time ?? firstAskTime(now)),
  });
  await bookCapture(tx, ledger, updated, now);
  await announceOutcome(tx, updated);
  return updated;
}

async function bookCapture(tx: Transaction, ledger: Ledger, payment: PaymentRow, time: Date): Promise<void> {
  const capture = captureOf(payment);
  if (capture === undefined) return;
  const { id: paymentId, purpose, payer_member_id: memberId, currency } = payment;
  const book = () => ledger.post(tx, capture);
  if (purpose !== 'top-up' || memberId === null) await book();
  else await intoWallet(tx, ledger, { memberId, currency, paymentId, key: capture.key, time }, book);
}

/**
 * The transfer that books what the provider captured of a payment; undefined while it is not captured. `groups`: into the
 * escrow of its order, whose they are.
 */
export function captureOf(payment: PaymentRow, groups?: readonly HoldGroup[]): TransferOrder | undefined {
  if (payment.state !== 'captured' || payment.captured_time === null) return undefined;
  const { purpose, payer_member_id: payer } = payment;
  const isTopUp = purpose === 'top-up' && payer !== null;
  if (groups !== undefined) {
    return {
      key: `capture:${payment.id}`,
      kind: 'capture_held',
      subject: { paymentId: payment.id, ...(payment.order_id === null ? {} : { orderId: payment.order_id }) },
      currency: payment.currency,
      postings: salePostings(payment.amount_minor, sharesOfGroups(groups)),
      time: payment.captured_time,
    };
  }
  return {
    key: `capture:${payment.id}`,
    kind: isTopUp ? 'top_up' : purpose === 'subscription' ? 'subscription' : 'capture',
    subject: { paymentId: payment.id },
    currency: payment.currency,
    postings: isTopUp ? topUpPostings(payer, payment.amount_minor) : earnedPostings(payment),
    time: payment.captured_time,
  };
}

/** What the provider brought of a payment that is not for a wallet; what a wallet pays of it has a transfer of its own. */
function earnedPostings({ purpose, amount_minor, wallet_minor, tax_minor }: PaymentRow): Posting[] {
  return purpose === 'subscription'
    ? subscriptionPostings(amount_minor, tax_minor)
    : capturePostings(amount_minor - wallet_minor);
}

/** Announces the state a payment has just reached, where others care. */
export async function announceOutcome(tx: Transaction, payment: PaymentRow): Promise<void> {
  const facts = factsOf(payment);
  if (payment.state === 'captured' && payment.captured_time !== null) {
    const capturedTime = payment.captured_time.toISOString();
    await tx.announce(paymentCaptured, facts.paymentId, { ...facts, capturedTime });
  } else if (payment.state === 'declined' || payment.state === 'canceled') {
    const { state, decline_code: declineCode } = payment;
    await tx.announce(paymentFailed, facts.paymentId, { ...facts, state, declineCode });
  }
}

/** What every payment event tells. */
export function factsOf(payment: PaymentRow) {
  return {
    paymentId: idFromUuid('payment', payment.id),
    purpose: payment.purpose,
    checkoutId: payment.checkout_id === null ? null : idFromUuid('checkout', payment.checkout_id),
    orderId: payment.order_id === null ? null : idFromUuid('order', payment.order_id),
    payerMemberId: payment.payer_member_id === null ? null : idFromUuid('member', payment.payer_member_id),
    amount: { amountMinor: payment.amount_minor, currency: payment.currency },
    version: payment.version,
  };
}
