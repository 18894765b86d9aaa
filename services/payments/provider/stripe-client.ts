import type { Platform } from '@plaza/runtime';
import type { Stripe } from 'stripe';
import { ProviderUnavailable } from './provider.ts';
import { forEachMarketplace, providerSettings } from './settings.ts';
import { stripeSdk } from './stripe-sdk.ts';

/** The version of Stripe's API that this adapter was written and tested against. */
const API_VERSION = '2026-10-28.endive';

/**
 * How long one request may take, and how often the SDK repeats it under its idempotency key. Beginning and confirming a
 * payment take four of these at most, which is less than the half minute after which anybody asks about it.
 */
const TIMEOUT_MS = 5_000;
const RETRIES = 1;

/** What a marketplace needs to use Stripe. */
export function stripeSettings(environment: Platform['environment']) {
  return providerSettings(environment, 'STRIPE', ['SECRET_KEY', 'PUBLISHABLE_KEY', 'WEBHOOK_SECRET']);
}

export type StripeClients = (marketplaceId: string) => Stripe;

/** Stripe's SDK with a marketplace's own key, read when it is first needed. */
export function stripeClients(environment: Platform['environment']): StripeClients {
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

function addressOf(base: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (base === undefined || base === '') return {};
  const { hostname, port, protocol } = new URL(base);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? '80' : '443'), protocol: scheme };
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
export function refusalCode(error: unknown): string {
  if (!isRefusal(error)) throw error;
  const declineCode = error instanceof stripeSdk().errors.StripeCardError ? error.decline_code : undefined;
  return declineCode ?? error.code ?? 'refused';
}
