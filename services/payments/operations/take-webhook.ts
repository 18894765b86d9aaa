import { type Context, idFromUuid, type Money, serviceContext, uuidFromId } from '@plaza/kernel';
import type { RawRoute, Transaction } from '@plaza/runtime';
import type { PaymentProvider, ProviderEvent } from '../provider/provider.ts';
import { findPayment, findPaymentByReference, lockPayment, type PaymentRow } from '../store/payment.ts';
import { recordProviderEvent } from '../store/provider-event.ts';
import type { Dependencies } from './dependencies.ts';
import { followDispute } from './follow-chargeback.ts';
import { followProvider } from './follow-provider.ts';
import { followRefund } from './provider-refund.ts';

/** No provider sends more; a longer body is not read. */
const BODY_BYTES_MAX = 262_144;

/** The path a provider's webhooks are posted to, on the host of the marketplace. */
export function webhookPath(providerName: string): string {
  return `/api/v1/webhooks/${providerName}`;
}

/** The webhook routes, one for each provider that has webhooks. */
export function webhookRoutes(dependencies: Dependencies): RawRoute[] {
  return [...dependencies.providers.values()]
    .filter(({ abilities }) => abilities.hasWebhooks)
    .map((provider) => ({
      path: webhookPath(provider.name),
      methods: ['POST'],
      handle: takeWebhook(dependencies, provider),
    }));
}

/**
 * The webhook route of a provider. Answers 200 once an event is in the books or was there before, 400 to what is not
 * genuine, and anything else when the provider should send it again.
 */
export function takeWebhook(dependencies: Dependencies, provider: PaymentProvider) {
  return async (request: Request, { marketplaceId }: Pick<Context, 'marketplaceId'>): Promise<Response> => {
    const body = await readBody(request);
    const event = body === undefined ? undefined : await provider.webhook?.(marketplaceId, request.headers, body);
    if (event === undefined) return Response.json({ taken: false, reason: 'not genuine' }, { status: 400 });
    if (event.about === 'nothing') return Response.json({ taken: true });
    try {
      await dependencies.database.transaction(marketplaceId, async (tx) => {
        if (!(await recordProviderEvent(tx, provider.name, event, dependencies.clock()))) return;
        const payment = await paymentOf(tx, provider, event);
        if (payment !== undefined) return follow(dependencies, tx, provider, payment, event);
        // In our own house it may overtake our record of the payment. Whom we ask over a network is asked after that, so what
        // is not known is of another application, or another marketplace on the same account.
        if (event.about === 'payment' && !provider.abilities.isRemote) throw new NotKnownYet();
      });
    } catch (error) {
      if (!(error instanceof NotKnownYet)) throw error;
      return Response.json({ taken: false, reason: 'not known yet' }, { status: 409 });
    }
    return Response.json({ taken: true });
  };
}

/** Undoes the note that the event was taken, so that it is taken when the provider sends it again. */
class NotKnownYet extends Error {
  override readonly name = 'NotKnownYet';
}

async function follow(
  dependencies: Dependencies,
  tx: Transaction,
  provider: PaymentProvider,
  payment: PaymentRow,
  event: Exclude<ProviderEvent, { about: 'nothing' }>,
): Promise<void> {
  switch (event.about) {
    case 'payment': {
      const locked = await lockPayment(tx, payment.id);
      // It may overtake our own note of how the provider calls the payment, too.
      if (event.reference !== null && locked.state === 'created' && locked.provider_reference === null)
        throw new NotKnownYet();
      if (isOfAnother(locked, event)) return noteMismatch(tx, provider, locked, event, event.captured);
      await followProvider(tx, dependencies.ledger, locked, event.outcome, dependencies.clock());
      return;
    }
    case 'refund': {
      const context = serviceContext('payments', tx.marketplaceId, event.eventId);
      const taken = await followRefund(dependencies, tx, context, payment, event);
      if (taken === 'later') throw new NotKnownYet();
      return;
    }
    case 'dispute':
      // Our books of a payment are in its currency, and so is what a claim takes out of them.
      if (event.amount.currency !== payment.currency) return noteMismatch(tx, provider, payment, event, event.amount);
      return followDispute(dependencies, tx, provider.name, payment, event);
    default:
      event satisfies never;
  }
}

type PaymentEvent = Extract<ProviderEvent, { about: 'payment' }>;

/**
 * Whether the provider tells of another payment that calls itself ours, or of another amount than was asked for. A
 * genuine webhook says only that something happened at the provider: who can make an order there may name it after a
 * payment that they did not make.
 */
function isOfAnother(payment: PaymentRow, { reference, captured }: PaymentEvent): boolean {
  if (reference !== null && reference !== payment.provider_reference) return true;
  if (captured === null) return false;
  const askedMinor = payment.amount_minor - payment.wallet_minor;
  return captured.amountMinor !== askedMinor || captured.currency !== payment.currency;
}

/** What does not fit changes nothing, and operators see it. */
async function noteMismatch(
  tx: Transaction,
  { name: provider }: PaymentProvider,
  payment: PaymentRow,
  { type, reference }: { readonly type: string; readonly reference: string | null },
  amount: Money | null,
): Promise<void> {
  await tx.audit({
    action: 'payment.told_otherwise',
    subject: idFromUuid('payment', payment.id),
    actor: serviceContext('payments', tx.marketplaceId, payment.id).actor,
    details: { provider, type, reference, amount },
  });
}

async function paymentOf(
  tx: Transaction,
  provider: PaymentProvider,
  event: Exclude<ProviderEvent, { about: 'nothing' }>,
): Promise<PaymentRow | undefined> {
  // A provider in our own house calls payments by our own ids.
  if (event.about !== 'payment' && provider.abilities.isRemote)
    return findPaymentByReference(tx, tx.marketplaceId, provider.name, event.reference);
  const id = event.about === 'payment' ? uuidFromId(event.paymentId) : event.reference;
  const payment = await findPayment(tx, tx.marketplaceId, id);
  return payment?.provider === provider.name ? payment : undefined;
}

/** The body, or undefined when it is too long. */
async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
