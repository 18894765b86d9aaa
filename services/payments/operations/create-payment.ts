import { type Handler, idFromUuid, invalidInput, invariant, uuidFromId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import type { z } from 'zod';
import type { paymentsContract } from '../contract.ts';
import { paymentUuid } from '../domain/account.ts';
import { routePayment } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import type { ChargeRequest, PaymentProvider } from '../provider/provider.ts';
import { abilitiesOf } from '../provider/registry.ts';
import { postingOf } from '../store/ledger.ts';
import {
  findPayment,
  findPaymentOfCheckout,
  firstAskTime,
  insertPayment,
  type PaymentRow,
  paymentFrom,
} from '../store/payment.ts';
import { chargeRemotely } from './charge-remotely.ts';
import { type Dependencies, NO_PROVIDER } from './dependencies.ts';
import { announceOutcome, captureOf } from './follow-provider.ts';
import { savedCharge } from './use-saved-method.ts';

/**
 * Asks the provider that the payment is routed to, then writes its answer, the capture's transfer and the announcement
 * in one transaction. The payment's id follows from checkout and attempt, so a repeat after a crash in between asks for
 * the same payment. A provider across a network is asked by charge-remotely.ts, which writes before it asks.
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
    const saved = await savedCharge(deps, marketplaceId, input);
    const provider = amount.amountMinor === 0 ? undefined : (saved?.provider ?? routed(deps, marketplaceId, input));
    const now = clock();
    const begun: PaymentRow = {
      id: uuidFromId(paymentId),
      purpose: input.purpose,
      checkout_id: checkoutUuid,
      attempt: input.attempt,
      order_id: null,
      state: 'created',
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      tax_minor: input.taxMinor,
      refunded_minor: 0,
      provider: provider?.name ?? NO_PROVIDER,
      provider_reference: null,
      method_kind: method.kind,
      method_brand: null,
      method_last4: null,
      action_url: null,
      return_url: input.returnUrl,
      decline_code: null,
      payer_member_id: input.payerMemberId === undefined ? null : uuidFromId(input.payerMemberId),
      created_time: now,
      captured_time: null,
      next_ask_time: firstAskTime(now),
      version: 1,
    };
    const request: ChargeRequest = {
      marketplaceId,
      paymentId,
      amount,
      method: saved?.method ?? method,
      returnUrl: input.returnUrl,
      customerReference: saved?.customerReference ?? null,
      isOffSession: input.isOffSession,
    };
    if (provider?.abilities.isRemote) {
      return paymentFrom(await chargeRemotely(deps, provider, request, begun, allocations ?? null));
    }

    const charge = await provider?.create(request);
    const outcome =
      provider === undefined || charge === undefined
        ? ({ state: 'captured' } as const)
        : (charge.outcome ?? (await provider.confirm(request, charge.reference)));
    invariant(outcome.state !== 'approved', 'a provider of our own decides when it is asked');
    const isOpen = outcome.state === 'requires_action' || outcome.state === 'pending';
    const payment: PaymentRow = {
      ...begun,
      state: outcome.state,
      provider_reference: charge?.reference ?? '',
      method_brand: charge?.method.brand ?? null,
      method_last4: charge?.method.last4 ?? null,
      action_url: outcome.state === 'requires_action' ? outcome.actionUrl : null,
      decline_code: outcome.state === 'declined' ? outcome.declineCode : null,
      captured_time: outcome.state === 'captured' ? now : null,
      next_ask_time: isOpen ? begun.next_ask_time : null,
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

/** Who carries the payment out. @throws PAYMENT_METHOD_INVALID when the marketplace offers no such way for this amount */
function routed(
  { marketplaces, providers }: Dependencies,
  marketplaceId: string,
  {
    method: { kind },
    methodId,
    amount,
  }: Pick<z.output<typeof paymentsContract.createPayment.input>, 'method' | 'methodId' | 'amount'>,
): PaymentProvider {
  const { paymentMethods } = marketplaces.get(marketplaceId);
  const name = routePayment(paymentMethods, abilitiesOf(providers), { methodId, kind, amount });
  const provider = name === undefined ? undefined : providers.get(name);
  if (provider === undefined) throw errors.PAYMENT_METHOD_INVALID({});
  return provider;
}

function sumOf(allocations: readonly { readonly amountMinor: number }[]): number {
  return allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
