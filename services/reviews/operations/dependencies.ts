import type { Client } from '@plaza/kernel';
import type { ordersContract } from '@plaza/orders/contract';
import type { Database, Platform } from '@plaza/runtime';
import type { Identity } from './show-reviews.ts';

export type Dependencies = Pick<Platform, 'marketplaces' | 'clock'> & {
  readonly database: Database;
  readonly identity: Identity;
  readonly orders: Pick<Client<typeof ordersContract>, 'listEndedGroups'>;
};
