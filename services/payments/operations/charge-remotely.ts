import { Fault } from '@plaza/kernel';
import {
  type ChargeRequest,
  type PaymentProvider,
  type ProviderOutcome,
  ProviderUnavailable,
} from '../provider/provider.ts';
import { findPayment, lockPayment, type PaymentRow, savePaymentReference } from '../store/payment.ts';
import { captureApproved } from './change-payment.ts';
import type { Dependencies } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';

/**
 * Asks a provider whose answers may be lost, in steps that leave no payment unknown: the payment is written down; it is
 * begun at the provider, which moves no money; the provider's name of it is written down; only then is the money asked
 * for. So whatever is lost, either no money can have moved, or we hold the name to ask by (ask-providers.ts). `first`:
 * the payment as it was written down, now or by a first call.
 */
export async function chargeRemotely(
  dependencies: Dependencies,
  provider: PaymentProvider,
  request: ChargeRequest,
  first: PaymentRow,
): Promise<PaymentRow> {
  const { database, ledger, clock, log } = dependencies;
  const { marketplaceId } = request;
  // A repeat goes on where the first call stopped; one that was decided, or was for another amount, is only told.
  const isAsked = first.amount_minor - first.wallet_minor === request.amount.amountMinor;
  if (first.state !== 'created' || first.provider !== provider.name || !isAsked) return first;

  let hasBegun = false;
  let outcome: ProviderOutcome;
  try {
    const charge = await provider.create(request);
    hasBegun = charge.reference !== '';
    if (hasBegun && !(await savePaymentReference(database.read(marketplaceId), marketplaceId, first.id, charge))) {
      return (await findPayment(database.read(marketplaceId), marketplaceId, first.id)) ?? first;
    }
    const answer = charge.outcome ?? (await provider.confirm(request, charge.reference));
    outcome = await captureApproved(provider, marketplaceId, charge.reference, answer);
  } catch (error) {
    if (error instanceof ProviderUnavailable) {
      log.warn({ err: error, paymentId: request.paymentId }, 'a provider did not answer; it is asked again');
      outcome = hasBegun ? { state: 'pending' } : { state: 'declined', declineCode: 'provider_unavailable' };
    } else {
      // What a wallet keeps back, or its limits count, must not wait for the sweep to find this payment.
      if (!isRefusedMethod(error) || (first.wallet_minor === 0 && first.purpose === 'checkout')) throw error;
      outcome = { state: 'declined', declineCode: 'payment_method_invalid' };
    }
  }
  return database.transaction(marketplaceId, async (tx) =>
    followProvider(tx, ledger, await lockPayment(tx, first.id), outcome, clock()),
  );
}

function isRefusedMethod(error: unknown): boolean {
  return error instanceof Fault && error.code === 'PAYMENT_METHOD_INVALID';
}
