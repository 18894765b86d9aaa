import { type Context, idFromUuid } from '@plaza/kernel';
import { storeUpdated } from '../events.ts';
import { takeNotIntroduced } from '../store/store-plan.ts';
import type { Dependencies } from './dependencies.ts';
import { storeFact } from './stores.ts';

const BATCH = 500;

/** Tells of stores that are older than a service that must know whose they are. Each once; new stores tell themselves. */
export function introduceStores({ database }: Pick<Dependencies, 'database'>): (context: Context) => Promise<void> {
  return async ({ marketplaceId }) => {
    for (let told = BATCH; told === BATCH; ) {
      told = await database.transaction(marketplaceId, async (tx) => {
        const stores = await takeNotIntroduced(tx, BATCH);
        for (const store of stores) await tx.announce(storeUpdated, idFromUuid('store', store.id), storeFact(store));
        return stores.length;
      });
    }
  };
}
