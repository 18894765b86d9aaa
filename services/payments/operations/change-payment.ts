import { type Handler, uuidFromId } from '@plaza/kernel';
import { inSteps } from '@plaza/runtime';
import { paymentsContract } from '../contract.ts';
import { type PaymentProvider, type ProviderOutcome, ProviderUnavailable } from '../provider/provider.ts';
import { findPayment, getPayment, lockPayment, type PaymentRow, paymentFrom } from '../store/payment.ts';
import { requireReadable } from './access.ts';
import { type Dependencies, providerOf } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';

/** The buyer came back: asks the provider rather than believe the browser, and writes what it says. */
export function confirmPayment(dependencies: Dependencies): Handler<typeof paymentsContract.confirmPayment> {
  return inSteps(dependencies.database, paymentsContract.confirmPayment, async ({ input, context }) => {
    const { marketplaceId } = context;
    const id = uuidFromId(input.paymentId);
    const payment = requireReadable(
      await findPayment(dependencies.database.read(marketplaceId), marketplaceId, id),
      context,
    );
    return paymentFrom(
      isBeingAsked(payment, dependencies.clock()) ? payment : await reconcile(dependencies, marketplaceId, payment),
    );
  });
}

/** Gives up a payment, unless the provider already has the money or is at work on it. */
export function cancelPayment(dependencies: Dependencies): Handler<typeof paymentsContract.cancelPayment> {
  return async ({ input, context: { marketplaceId } }) => {
    const queries = dependencies.database.read(marketplaceId);
    const payment = await getPayment(queries, marketplaceId, uuidFromId(input.paymentId));
    return paymentFrom(await giveUp(dependencies, marketplaceId, payment));
  };
}

/** The same for a payment that is known. */
export function giveUp(dependencies: Dependencies, marketplaceId: string, payment: PaymentRow): Promise<PaymentRow> {
  return ask(dependencies, marketplaceId, payment, (provider, reference) => provider.cancel(marketplaceId, reference));
}

/** Asks how an undecided payment stands, and writes what the provider says. */
export function reconcile(dependencies: Dependencies, marketplaceId: string, payment: PaymentRow): Promise<PaymentRow> {
  return ask(dependencies, marketplaceId, payment, (provider, reference) =>
    provider.reconcile(marketplaceId, reference),
  );
}

/** Takes the money that the buyer has just approved; any other outcome is answered as it is. */
export async function captureApproved(
  provider: PaymentProvider,
  marketplaceId: string,
  reference: string,
  outcome: ProviderOutcome,
): Promise<ProviderOutcome> {
  if (outcome.state !== 'approved' || provider.capture === undefined) return outcome;
  return provider.capture(marketplaceId, reference);
}

/** Whether another call is on its way to the provider now: asking between its steps would cancel what it begins. */
function isBeingAsked({ state, next_ask_time }: PaymentRow, now: Date): boolean {
  return state === 'created' && next_ask_time !== null && next_ask_time > now;
}

/** A provider that does not answer leaves the payment as it is, for ask-providers.ts. */
async function ask(
  dependencies: Dependencies,
  marketplaceId: string,
  payment: PaymentRow,
  question: (provider: PaymentProvider, reference: string) => Promise<ProviderOutcome>,
): Promise<PaymentRow> {
  const isOpen = ['requires_action', 'pending', 'created'].includes(payment.state) || isUnplaced(payment);
  if (!isOpen) return payment;
  const { provider_reference: reference } = payment;
  let outcome: ProviderOutcome;
  try {
    const provider = providerOf(dependencies, payment);
    // Without a reference the money was never asked for, and charge-remotely.ts will not ask once this is written.
    outcome =
      reference === null
        ? { state: 'canceled' }
        : await captureApproved(provider, marketplaceId, reference, await question(provider, reference));
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    dependencies.log.warn({ err: error, paymentId: payment.id }, 'a provider did not answer; it is asked again');
    return payment;
  }
  return dependencies.database.transaction(marketplaceId, async (tx) => {
    const locked = await lockPayment(tx, payment.id);
    // Begun at the provider since we looked: the next turn asks there.
    if (reference === null && locked.provider_reference !== null) return locked;
    // An order has taken it meanwhile: what becomes of it is said parcel by parcel (cash.ts).
    if (locked.state === 'due' && locked.order_id !== null) return locked;
    return followProvider(tx, dependencies.ledger, locked, outcome, dependencies.clock());
  });
}

/** Due at the door, and no order was placed with it. */
function isUnplaced({ state, order_id }: PaymentRow): boolean {
  return state === 'due' && order_id === null;
}
