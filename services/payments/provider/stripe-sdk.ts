import { createRequire } from 'node:module';
import type { Stripe } from 'stripe';

const require = createRequire(import.meta.url);

/** Stripe's SDK, read when a marketplace first needs it: reading it would take a fifth of a second of every start. */
export function stripeSdk(): typeof Stripe {
  return require('stripe') as typeof Stripe;
}
