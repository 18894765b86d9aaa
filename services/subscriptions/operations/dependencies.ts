import type { Client } from '@plaza/kernel';
import type { paymentsContract } from '@plaza/payments/contract';
import type { Platform } from '@plaza/runtime';

/** The part of payments that plans are paid by. */
export type Payments = Pick<
  Client<typeof paymentsContract>,
  'createPayment' | 'getPayment' | 'cancelPayment' | 'refundPayment' | 'getDefaultMethod'
>;

/** What the use cases of this service stand on. */
export type Dependencies = Pick<Platform, 'database' | 'marketplaces' | 'clock' | 'log' | 'publicUrl'> & {
  readonly payments: Payments;
};
