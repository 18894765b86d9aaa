import type { Marketplaces } from '@plaza/kernel/marketplace';
import type { Logger } from '@plaza/runtime';
import { DEMO_STORES } from './content/index.ts';
import { type DemoClients, seedMarketplace } from './seed.ts';

export type { DemoClients } from './seed.ts';

/**
 * Fills the demo's marketplaces with members, stores, listings, coupons and a few orders, through the services'
 * contracts. What exists is left as it is: safe to repeat at every start, and after a kill.
 */
export async function seedDemo({
  clients,
  marketplaces,
  dataFolder,
  log,
}: {
  readonly clients: DemoClients;
  readonly marketplaces: Marketplaces;
  readonly dataFolder: string;
  readonly log: Logger;
}): Promise<{ listings: number }> {
  let listings = 0;
  for (const { id } of marketplaces.list()) {
    const stores = DEMO_STORES[id];
    if (stores === undefined) continue;
    const startedAt = performance.now();
    const seeded = await seedMarketplace({ clients, marketplaces, marketplaceId: id, dataFolder, stores, log });
    listings += seeded.listings;
    log.info({ marketplaceId: id, ...seeded, ms: Math.round(performance.now() - startedAt) }, 'demo content is there');
  }
  return { listings };
}
