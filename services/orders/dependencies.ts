import type { catalogContract } from '@plaza/catalog/contract';
import type { Client } from '@plaza/kernel';
import type { marketingContract } from '@plaza/marketing/contract';
import type { paymentsContract } from '@plaza/payments/contract';
import type { Platform } from '@plaza/runtime';

/** What every operation of this service may use: the house, and the services it calls. */
export type OrdersDependencies = Pick<Platform, 'database' | 'marketplaces' | 'clock' | 'log' | 'publicUrl'> & {
  readonly catalog: Client<typeof catalogContract>;
  readonly marketing: Client<typeof marketingContract>;
  readonly payments: Client<typeof paymentsContract>;
};
