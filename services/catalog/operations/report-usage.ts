import { asService, type Context, idFromUuid, NIL_UUID } from '@plaza/kernel';
import { LISTINGS_METER } from '../domain/plan-limit.ts';
import { listSubscribedStores } from '../store/store-plan.ts';
import type { Dependencies } from './dependencies.ts';

const BATCH = 200;

/**
 * Reports how many listings each store has on sale, where its plan has a price for that: once an hour, under the hour's
 * name, so that a repeat reports nothing more.
 */
export function reportUsage({
  database,
  marketplaces,
  subscriptions,
  clock,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'subscriptions' | 'clock'>): (context: Context) => Promise<void> {
  return async (context) => {
    const { marketplaceId } = context;
    const planIds = marketplaces
      .get(marketplaceId)
      .plans.plans.filter(({ metered }) => metered.some(({ meter }) => meter === LISTINGS_METER))
      .map(({ id }) => id);
    if (planIds.length === 0) return;
    const key = clock().toISOString().slice(0, 13);
    let afterId: string | undefined = NIL_UUID;
    while (afterId !== undefined) {
      const queries = database.read(marketplaceId);
      const stores = await listSubscribedStores(queries, marketplaceId, planIds, { afterId, limit: BATCH });
      for (const { id, on_sale: quantity } of stores) {
        const usage = {
          ownerKind: 'store',
          ownerId: idFromUuid('store', id),
          meter: LISTINGS_METER,
          quantity,
          key,
        } as const;
        await subscriptions.recordUsage(usage, asService('catalog', context));
      }
      afterId = stores.length < BATCH ? undefined : stores.at(-1)?.id;
    }
  };
}
