import { sql } from '@plaza/runtime';
import { errors } from '../errors.ts';
import {
  type ChargeRequest,
  type PaymentProvider,
  type ProviderOutcome,
  ProviderUnavailable,
} from '../provider/provider.ts';
import { findPayment, insertPayment, lockPayment, type PaymentRow, savePaymentReference } from '../store/payment.ts';
import { captureApproved } from './change-payment.ts';
import type { Dependencies } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';

/**
 * Asks a provider whose answers may be lost, in steps that leave no payment unknown: the payment is written down; it is
 * begun at the provider, which moves no money; the provider's name of it is written down; only then is the money asked
 * for. So whatever is lost, either no money can have moved, or we hold the name to ask by (ask-providers.ts).
 */
export async function chargeRemotely(
  deps: Dependencies,
  provider: PaymentProvider,
  request: ChargeRequest,
  begun: PaymentRow,
  allocations: readonly { storeId: string; amountMinor: number }[] | null,
): Promise<PaymentRow> {
  const { database, ledger, clock, log } = deps;
  const { marketplaceId } = request;
  const first = await database.transaction(marketplaceId, async (tx) => {
    const isNew = await insertPayment(tx, begun, allocations, sql`false`);
    return isNew ? begun : findPayment(tx, marketplaceId, begun.id);
  });
  if (first === undefined) throw errors.PAYMENT_NOT_FOUND({});
  // A repeat goes on where the first call stopped; one that was decided is only told.
  if (first.state !== 'created' || first.provider !== provider.name) return first;

  let hasBegun = false;
  let outcome: ProviderOutcome;
  try {
    const charge = await provider.create(request);
    hasBegun = charge.reference !== '';
    if (
      hasBegun &&
      !(await savePaymentReference(database.read(marketplaceId), marketplaceId, first.id, charge.reference))
    ) {
      return (await findPayment(database.read(marketplaceId), marketplaceId, first.id)) ?? first;
    }
    const answer = charge.outcome ?? (await provider.confirm(request, charge.reference));
    outcome = await captureApproved(provider, marketplaceId, charge.reference, answer);
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    log.warn({ err: error, paymentId: request.paymentId }, 'a provider did not answer; it is asked again');
    outcome = hasBegun ? { state: 'pending' } : { state: 'declined', declineCode: 'provider_unavailable' };
  }
  return database.transaction(marketplaceId, async (tx) =>
    followProvider(tx, ledger, await lockPayment(tx, first.id), outcome, clock()),
  );
}
