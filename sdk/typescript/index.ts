import { adminContract } from '@plaza/admin/contract';
import { catalogContract } from '@plaza/catalog/contract';
import { discoveryContract } from '@plaza/discovery/contract';
import { identityContract } from '@plaza/identity/contract';
import type { Contract, Operation } from '@plaza/kernel';
import { marketingContract } from '@plaza/marketing/contract';
import { mediaContract } from '@plaza/media/contract';
import { notificationsContract } from '@plaza/notifications/contract';
import { ordersContract } from '@plaza/orders/contract';
import { paymentsContract } from '@plaza/payments/contract';
import { reviewsContract } from '@plaza/reviews/contract';
import { searchContract } from '@plaza/search/contract';
import { subscriptionsContract } from '@plaza/subscriptions/contract';
import type { z } from 'zod';
import { type CallOptions, type ClientOptions, send } from './request.ts';

export { PlazaError } from './error.ts';
export type { CallOptions, ClientOptions } from './request.ts';

/** The public contracts, by service. */
const contracts = {
  admin: adminContract,
  catalog: catalogContract,
  discovery: discoveryContract,
  identity: identityContract,
  marketing: marketingContract,
  media: mediaContract,
  notifications: notificationsContract,
  orders: ordersContract,
  payments: paymentsContract,
  reviews: reviewsContract,
  search: searchContract,
  subscriptions: subscriptionsContract,
};

type PublicOperations<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Operation<infer Input, infer Output>
    ? (input: z.input<Input>, call?: CallOptions) => Promise<z.output<Output>>
    : never;
};

/** The API of a marketplace, typed from the contracts: `client.catalog.listListings({ categoryId: 'phones' })`. */
export type PlazaClient = {
  readonly [Service in keyof typeof contracts]: PublicOperations<(typeof contracts)[Service]>;
};

/**
 * A client of one marketplace, for one caller. Every refusal is a `PlazaError` with its code, data and field errors.
 *
 * @example const plaza = createPlazaClient({ baseUrl: 'http://localhost:3000', marketplace: 'jaikod' });
 *          const page = await plaza.catalog.listListings({ limit: 20 });
 */
export function createPlazaClient(options: ClientOptions): PlazaClient {
  const services: Record<string, Record<string, unknown>> = {};
  for (const [service, contract] of Object.entries(contracts)) {
    const calls: Record<string, unknown> = {};
    for (const [name, operation] of Object.entries(contract) as unknown as [string, Operation][]) {
      calls[name] = (input: Record<string, unknown> = {}, call?: CallOptions) => send(operation, input, options, call);
    }
    services[service] = calls;
  }
  return services as unknown as PlazaClient;
}
