import type { Client } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import { defineService, type Platform } from '@plaza/runtime';
import { createBuying } from './buying.ts';
import { ordersContract } from './contract.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { errors } from './errors.ts';
import { ordersEvents } from './events.ts';
import { openProcesses } from './processes.ts';
import { createSelling } from './selling.ts';
import { openTaxEngines } from './tax/engines.ts';

export { ordersContract } from './contract.ts';

/** Carts, checkouts and orders. The first half (buying.ts) ends with the placed order, where the second (selling.ts) begins. */
export const ordersService = defineService({
  name: 'orders',
  floor: 5,
  contract: ordersContract,
  events: ordersEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create(
    platform: Platform,
    clients: Omit<OrdersDependencies, keyof Platform> & { media: Client<typeof mediaContract> },
  ) {
    const { database, marketplaces, clock, log, publicUrl, signingKey, storage } = platform;
    const { catalog, marketing, payments, subscriptions, media } = clients;
    const called = { catalog, marketing, payments, subscriptions };
    const dependencies = { database, marketplaces, clock, log, publicUrl, ...called };
    const processes = openProcesses(marketplaces);
    const selling = createSelling({ ...dependencies, processes, media, signingKey, storage });
    const buying = createBuying({ ...dependencies, after: selling.after, taxEngines: openTaxEngines(platform) });
    return {
      handlers: { ...buying.handlers, ...selling.handlers },
      reactions: [...buying.reactions, ...selling.reactions],
      timers: [...buying.timers, ...selling.timers],
      start: () => processes.keep(database),
    };
  },
});
