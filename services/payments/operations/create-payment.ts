import { type Handler, idFromUuid, invalidInput, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import type { paymentsContract } from '../contract.ts';
import { paymentUuid } from '../domain/account.ts';
import { errors } from '../errors.ts';
import type { Charge } from '../provider/provider.ts';
import { postingOf } from '../store/ledger.ts';
import { findPayment, findPaymentOfCheckout, insertPayment, type PaymentRow, paymentFrom } from '../store/payment.ts';
import { type Dependencies, providerFor } from './dependencies.ts';
import { announceOutcome, captureOf } from './follow-provider.ts';

/**
 * Asks the provider, then writes its answer, the capture's transfer and the announcement in one transaction. The
 * payment's id follows from checkout and attempt, so a repeat after a crash in between asks for the same payment.
 */
export function createPayment(deps: Dependencies): Handler<typeof paymentsContract.createPayment> {
  const { database, ledger, clock } = deps;
  return async ({ input, context: { marketplaceId } }) => {
    const { amount, method, allocations } = input;
    if (allocations !== undefined && sumOf(allocations) !== amount.amountMinor) {
      throw invalidInput([{ pointer: '/allocations', code: 'sum', detail: 'must sum to the amount' }]);
    }
    const checkoutUuid = uuidFromId(input.checkoutId);
    if (input.attempt > 1) {
      // An earlier try may have been captured late: money that is here is not asked for again.
      const earlier = await findPaymentOfCheckout(database.read(marketplaceId), marketplaceId, checkoutUuid);
      if (earlier?.state === 'captured') return paymentFrom(earlier);
    }
    const paymentId = idFromUuid('payment', paymentUuid(checkoutUuid, input.attempt));
    const provider = providerFor(deps, marketplaceId, method.kind);
    const charge: Charge =
      amount.amountMinor === 0
        ? { outcome: { state: 'captured' }, reference: '', method: { kind: method.kind, brand: null, last4: null } }
        : await provider.create({ marketplaceId, paymentId, amount, method, returnUrl: input.returnUrl });

    const { outcome } = charge;
    const now = clock();
    const payment: PaymentRow = {
      id: uuidFromId(paymentId),
      checkout_id: checkoutUuid,
      attempt: input.attempt,
      order_id: null,
      state: outcome.state,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      refunded_minor: 0,
      provider: provider.name,
      provider_reference: charge.reference,
      method_kind: charge.method.kind,
      method_brand: charge.method.brand,
      method_last4: charge.method.last4,
      action_url: outcome.state === 'requires_action' ? outcome.actionUrl : null,
      return_url: input.returnUrl,
      decline_code: outcome.state === 'declined' ? outcome.declineCode : null,
      payer_member_id: input.payerMemberId === undefined ? null : uuidFromId(input.payerMemberId),
      created_time: now,
      captured_time: outcome.state === 'captured' ? now : null,
      version: 1,
    };
    return database.transaction(marketplaceId, async (tx) => {
      const capture = captureOf(payment);
      if (capture !== undefined) await ledger.openIn(tx, capture.currency, capture.postings);
      const posting = capture === undefined ? sql`false` : postingOf(marketplaceId, capture);
      const isNew = await insertPayment(tx, payment, allocations ?? null, posting);
      if (isNew) {
        await announceOutcome(tx, payment);
        return paymentFrom(payment);
      }
      const first = await findPayment(tx, marketplaceId, payment.id);
      if (first === undefined) throw errors.PAYMENT_NOT_FOUND({});
      return paymentFrom(first);
    });
  };
}

function sumOf(allocations: readonly { readonly amountMinor: number }[]): number {
  return allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
