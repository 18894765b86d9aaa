import type { Id, Money } from '@plaza/kernel';
import type { Platform } from '@plaza/runtime';
import type { Stripe } from 'stripe';
import type { ProviderAbilities } from '../domain/abilities.ts';
import type { ChargeRequest, PaymentProvider, ProviderOutcome, RefundOutcome } from './provider.ts';
import { ProviderUnavailable, refundKey } from './provider.ts';
import { forEachMarketplace, providerSettings } from './settings.ts';
import { cardKeeping } from './stripe-cards.ts';
import { outcomeOf } from './stripe-outcome.ts';
import { stripeReport } from './stripe-report.ts';
import { stripeSdk } from './stripe-sdk.ts';
import { readStripeEvent } from './stripe-webhook.ts';

/** The version of Stripe's API that this adapter was written and tested against. */
const API_VERSION = '2026-10-28.endive';

/**
 * How long one request may take, and how often the SDK repeats it under its idempotency key. Beginning and confirming a
 * payment take four of these at most, which is less than the half minute after which anybody asks about it.
 */
const TIMEOUT_MS = 5_000;
const RETRIES = 1;

const ABILITIES: ProviderAbilities = {
  kinds: ['card'],
  // All of ours but KWD, whose amounts Stripe wants in tens of fils (https://docs.stripe.com/currencies#three-decimal).
  currencies: ['USD', 'THB', 'MXN', 'EUR', 'GBP', 'JPY'],
  // https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
  minimumMinor: { USD: 50, THB: 1_000, MXN: 1_000, EUR: 50, GBP: 30, JPY: 50 },
  maximumMinor: 99_999_999,
  capturesSeparately: true,
  refunds: 'partial',
  refundWindowDays: null,
  hasWebhooks: true,
  sendsBuyersElsewhere: true,
  cardEntry: 'provider',
  isRemote: true,
};

/** What a marketplace needs to use Stripe. */
export function stripeSettings(environment: Platform['environment']) {
  return providerSettings(environment, 'STRIPE', ['SECRET_KEY', 'PUBLISHABLE_KEY', 'WEBHOOK_SECRET']);
}

/** Stripe's SDK with a marketplace's own key, read when it is first needed. */
export function stripeClients(environment: Platform['environment']): (marketplaceId: string) => Stripe {
  const settings = stripeSettings(environment);
  return forEachMarketplace((marketplaceId) => {
    const SDK = stripeSdk();
    return new SDK(settings.of(marketplaceId, 'SECRET_KEY') ?? '', {
      apiVersion: API_VERSION,
      timeout: Number(environment.STRIPE_TIMEOUT_MS ?? TIMEOUT_MS),
      maxNetworkRetries: RETRIES,
      telemetry: false,
      ...addressOf(environment.STRIPE_API_BASE),
    });
  });
}

/**
 * Cards by Stripe's Payment Intents. The intent is created unconfirmed, which moves no money, and confirmed by its id
 * once we have written that down; so whatever answer is lost, the id is there to ask by. What was entered in Stripe's own
 * form comes here as a confirmation token (`ctoken_…`) or a payment method (`pm_…`).
 */
export function createStripeProvider({ environment, clock }: Pick<Platform, 'environment' | 'clock'>): PaymentProvider {
  const settings = stripeSettings(environment);
  const clientOf = stripeClients(environment);

  const retrieve = (marketplaceId: string, reference: string) =>
    clientOf(marketplaceId).paymentIntents.retrieve(reference, { expand: ['latest_charge'] });
  const cancel = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> =>
    answered(async () => {
      try {
        return outcomeOf(await clientOf(marketplaceId).paymentIntents.cancel(reference));
      } catch (error) {
        // It is past canceling: how it stands is the answer.
        if (isRefusal(error)) return outcomeOf(await retrieve(marketplaceId, reference));
        throw error;
      }
    });
  const reconcile = async (marketplaceId: string, reference: string): Promise<ProviderOutcome> => {
    const intent = await answered(() => retrieve(marketplaceId, reference));
    const neverTried = intent.last_payment_error === null;
    const isUnconfirmed = intent.status === 'requires_confirmation' || intent.status === 'requires_payment_method';
    // A confirmation of ours may still be on its way: canceled, the intent refuses it.
    return isUnconfirmed && neverTried ? cancel(marketplaceId, reference) : outcomeOf(intent);
  };

  return {
    name: 'stripe',
    abilities: ABILITIES,
    missingSettings: settings.missing,
    publishableKey: (marketplaceId) => settings.of(marketplaceId, 'PUBLISHABLE_KEY') ?? null,

    async create({ marketplaceId, paymentId, amount, method, customerReference }) {
      const shown = { kind: method.kind, brand: null, last4: null };
      try {
        const intent = await answered(() =>
          clientOf(marketplaceId).paymentIntents.create(
            {
              amount: amount.amountMinor,
              currency: amount.currency.toLowerCase(),
              allowed_payment_method_types: ['card'],
              ...(typeof customerReference === 'string' ? { customer: customerReference } : {}),
              metadata: { plaza_payment: paymentId, plaza_marketplace: marketplaceId },
            },
            { idempotencyKey: `${paymentId}:create` },
          ),
        );
        return { reference: intent.id, method: shown };
      } catch (error) {
        const declineCode = refusalCode(error);
        return { reference: '', method: shown, outcome: { state: 'declined', declineCode } };
      }
    },

    async confirm({ marketplaceId, paymentId, method, returnUrl, isOffSession }: ChargeRequest, reference) {
      const token = method.kind === 'card' ? method.token : '';
      const entered = token.startsWith('ctoken_') ? { confirmation_token: token } : { payment_method: token };
      try {
        return await answered(async () =>
          outcomeOf(
            await clientOf(marketplaceId).paymentIntents.confirm(
              reference,
              {
                ...entered,
                // Without its member nobody can be sent anywhere, so there is nowhere to come back from.
                ...(isOffSession === true ? { off_session: true } : { return_url: returnUrl }),
                expand: ['latest_charge'],
              },
              { idempotencyKey: `${paymentId}:confirm` },
            ),
          ),
        );
      } catch (error) {
        const declineCode = refusalCode(error);
        // Confirmed before, by a call whose answer was lost longer ago than Stripe keeps its key.
        if (declineCode === 'payment_intent_unexpected_state') return reconcile(marketplaceId, reference);
        return { state: 'declined', declineCode };
      }
    },

    capture: (marketplaceId, reference) =>
      answered(async () =>
        outcomeOf(
          await clientOf(marketplaceId).paymentIntents.capture(
            reference,
            { expand: ['latest_charge'] },
            { idempotencyKey: `${reference}:capture` },
          ),
        ),
      ),
    cancel,
    reconcile,

    ...cardKeeping(clientOf, answered, refusalCode),

    async refund({ marketplaceId, reference, amount, ...named }): Promise<RefundOutcome> {
      try {
        const refund = await answered(() => send(clientOf(marketplaceId), reference, named, amount));
        const isTaken = refund.status !== 'failed' && refund.status !== 'canceled';
        return isTaken
          ? { state: 'taken', reference: refund.id }
          : { state: 'refused', failureReason: refund.failure_reason ?? 'failed' };
      } catch (error) {
        const failureReason = refusalCode(error);
        // The account has not enough money yet: sent again until it has.
        if (failureReason === 'balance_insufficient') throw new ProviderUnavailable(failureReason, { cause: error });
        return { state: 'refused', failureReason };
      }
    },

    async *report(marketplaceId, period) {
      try {
        yield* stripeReport(clientOf(marketplaceId), period);
      } catch (error) {
        throw new ProviderUnavailable("Stripe's report cannot be read", { cause: error });
      }
    },
    submitEvidence: ({ marketplaceId, disputeReference, text, carrier, trackingNumber }) =>
      answered(async () => {
        await clientOf(marketplaceId).disputes.update(
          disputeReference,
          {
            evidence: {
              uncategorized_text: text,
              ...(carrier === undefined ? {} : { shipping_carrier: carrier }),
              ...(trackingNumber === undefined ? {} : { shipping_tracking_number: trackingNumber }),
            },
            submit: true,
          },
          { idempotencyKey: `${disputeReference}:evidence` },
        );
      }),

    async webhook(marketplaceId, headers, body) {
      const secret = settings.of(marketplaceId, 'WEBHOOK_SECRET');
      // Of a marketplace without Stripe nothing is genuine.
      if (!secret) return undefined;
      const signature = headers.get('stripe-signature') ?? '';
      return readStripeEvent(clientOf(marketplaceId), { marketplaceId, body, signature, secret, now: clock() });
    },
  };
}

function send(
  client: Stripe,
  reference: string,
  { refundId, attempt }: { refundId: Id<'refund'>; attempt: number },
  amount: Money,
) {
  return client.refunds.create(
    { payment_intent: reference, amount: amount.amountMinor, metadata: { plaza_refund: refundId } },
    { idempotencyKey: refundKey(refundId, attempt) },
  );
}

/** Turns what says nothing about the outcome into ProviderUnavailable; a refusal stays what it is. */
export async function answered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (isRefusal(error) || !(error instanceof stripeSdk().errors.StripeError)) throw error;
    throw new ProviderUnavailable('Stripe did not answer', { cause: error });
  }
}

/** Stripe read the request and said no, so nothing happened. */
export function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  return (
    error instanceof stripeSdk().errors.StripeCardError ||
    (error instanceof stripeSdk().errors.StripeInvalidRequestError && error.code !== 'idempotency_key_in_use')
  );
}

/** Why Stripe refused; anything else is thrown on. */
function refusalCode(error: unknown): string {
  if (!isRefusal(error)) throw error;
  const declineCode = error instanceof stripeSdk().errors.StripeCardError ? error.decline_code : undefined;
  return declineCode ?? error.code ?? 'refused';
}

function addressOf(base: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (base === undefined || base === '') return {};
  const { hostname, port, protocol } = new URL(base);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? '80' : '443'), protocol: scheme };
}
