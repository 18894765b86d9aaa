import type { Client } from '@plaza/kernel';
import { defineService, type Platform } from '@plaza/runtime';
import { createBuying } from './buying.ts';
import { ordersContract } from './contract.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { errors } from './errors.ts';

export { ordersContract } from './contract.ts';

/** Carts, checkouts and orders. The first half (buying.ts) ends with the placed order, where the second begins. */
export const ordersService = defineService({
  name: 'orders',
  floor: 5,
  contract: ordersContract,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create(platform: Platform, clients: Omit<OrdersDependencies, keyof Platform> & Record<string, Client<never>>) {
    const { database, marketplaces, clock, log, publicUrl } = platform;
    const { catalog, marketing, payments } = clients;
    const dependencies = { database, marketplaces, clock, log, publicUrl, catalog, marketing, payments };
    const buying = createBuying(dependencies);
    return {
      handlers: { ...buying.handlers },
      reactions: [...buying.reactions],
      timers: [...buying.timers],
    };
  },
});
