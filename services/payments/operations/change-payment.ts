import { type Handler, uuidFromId } from '@plaza/kernel';
import { inSteps } from '@plaza/runtime';
import { type Payment, paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import type { PaymentProvider, ProviderOutcome } from '../provider/provider.ts';
import { findPayment, lockPayment, type PaymentRow, paymentFrom } from '../store/payment.ts';
import { requireReadable } from './access.ts';
import { type Dependencies, providerFor } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';

type Ask = (provider: PaymentProvider, reference: string) => Promise<ProviderOutcome>;

/** The buyer came back: asks the provider rather than believe the browser, and writes what it says. */
export function confirmPayment(deps: Dependencies): Handler<typeof paymentsContract.confirmPayment> {
  return inSteps(deps.database, paymentsContract.confirmPayment, async ({ input, context }) => {
    const { marketplaceId } = context;
    const id = uuidFromId(input.paymentId);
    const payment = requireReadable(await findPayment(deps.database.read(marketplaceId), marketplaceId, id), context);
    return ask(deps, marketplaceId, payment, (provider, reference) => provider.confirm(marketplaceId, reference));
  });
}

/** Gives up a payment, unless the provider already has the money or is at work on it. */
export function cancelPayment(deps: Dependencies): Handler<typeof paymentsContract.cancelPayment> {
  return async ({ input, context: { marketplaceId } }) => {
    const payment = await findPayment(deps.database.read(marketplaceId), marketplaceId, uuidFromId(input.paymentId));
    if (payment === undefined) throw errors.PAYMENT_NOT_FOUND({});
    return ask(deps, marketplaceId, payment, (provider, reference) => provider.cancel(marketplaceId, reference));
  };
}

async function ask(deps: Dependencies, marketplaceId: string, payment: PaymentRow, question: Ask): Promise<Payment> {
  const isOpen = payment.state === 'requires_action' || payment.state === 'pending' || payment.state === 'created';
  if (!isOpen || payment.provider_reference === null) return paymentFrom(payment);
  const outcome = await question(providerFor(deps, marketplaceId, payment.method_kind), payment.provider_reference);
  return deps.database.transaction(marketplaceId, async (tx) => {
    const locked = await lockPayment(tx, payment.id);
    return paymentFrom(await followProvider(tx, deps.ledger, locked, outcome, deps.clock()));
  });
}
