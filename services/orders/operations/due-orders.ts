import type { Context, Id } from '@plaza/kernel';
import { type Timer, timer } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { groupsWithDueEffects } from '../store/effect.ts';
import { dueGroups, lockGroup, putOffGroup } from '../store/group.ts';
import { dueOffers, lockDueOffer, putOffOffer } from '../store/offer.ts';
import { findOrder } from '../store/order.ts';
import { dueReturns, putOffReturn } from '../store/return.ts';
import { moveGroupBy } from './move-group.ts';
import { moveOffer } from './move-offer.ts';
import { moveReturnByClock } from './move-return.ts';
import { runEffects } from './run-effects.ts';

/** Taken up in one run at most; the rest waits for the next. */
const BATCH_MAX = 200;

/**
 * What the clock does to orders and offers, and what earlier changes have set off and nobody finished. What fails is put
 * off, longer each time, so that it keeps nothing else from its turn.
 */
export function dueOrders(dependencies: SellingDependencies): Timer {
  const { database, clock, log } = dependencies;
  const each = async (id: string, work: () => Promise<unknown>, putOff: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, id }, 'what is due could not go on; it is tried again');
      await putOff();
    }
  };
  return timer({
    name: 'due-orders',
    everySeconds: 5,
    run: async (context) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      for (const { id, orderId, action } of await dueGroups(queries, marketplaceId, clock(), BATCH_MAX)) {
        const move = () => moveByClock(dependencies, orderId, id, action, context);
        await each(id, move, () => putOffGroup(queries, marketplaceId, id, clock()));
      }
      for (const id of await dueOffers(queries, marketplaceId, clock(), BATCH_MAX)) {
        const expire = () =>
          database.transaction(marketplaceId, async (tx) => {
            if ((await lockDueOffer(tx, marketplaceId, id, clock())) === undefined) return;
            const move = { offerId: id, actions: ['expire'], message: null, parties: ['timer'] } as const;
            await moveOffer(dependencies, tx, move, context);
          });
        await each(id, expire, () => putOffOffer(queries, marketplaceId, id, clock()));
      }
      for (const { id, orderId, groupId, action } of await dueReturns(queries, marketplaceId, clock(), BATCH_MAX)) {
        const move = () => moveReturnByClock(dependencies, { id, orderId, groupId, action }, context);
        await each(id, move, () => putOffReturn(queries, marketplaceId, id, clock()));
      }
      // These put off by themselves what is refused.
      for (const groupId of await groupsWithDueEffects(queries, marketplaceId, clock(), BATCH_MAX))
        await runEffects(dependencies, groupId, context);
    },
  });
}

/** Asked again under the lock: somebody may have moved it, and set its clock anew, since the list was read. */
function isDue(moved: { readonly dueTime: Date | null } | undefined, now: Date): boolean {
  return moved?.dueTime != null && moved.dueTime <= now;
}

async function moveByClock(
  dependencies: SellingDependencies,
  orderId: Id<'order'>,
  groupId: Id<'shipmentGroup'>,
  action: string,
  context: Context,
): Promise<void> {
  await dependencies.database.transaction(context.marketplaceId, async (tx) => {
    const group = await lockGroup(tx, context.marketplaceId, groupId);
    const order = isDue(group, dependencies.clock()) ? await findOrder(tx, context.marketplaceId, orderId) : undefined;
    if (order !== undefined)
      await moveGroupBy(dependencies, tx, order, { groupId, action, entered: {}, parties: ['timer'] }, context);
  });
  await runEffects(dependencies, groupId, context);
}
