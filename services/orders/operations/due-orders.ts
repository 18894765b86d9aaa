import type { Context } from '@plaza/kernel';
import { type Timer, timer } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { groupsWithDueEffects } from '../store/effect.ts';
import { dueOffers, lockDueOffer } from '../store/offer.ts';
import { dueGroups, findOrder, lockGroup } from '../store/order.ts';
import { moveGroupBy } from './move-group.ts';
import { moveOffer } from './offers.ts';
import { runEffects } from './run-effects.ts';

/** Taken up in one run at most; the rest waits for the next. */
const BATCH_MAX = 200;

/** What the clock does to orders and offers, and what earlier changes have set off and nobody finished. */
export function dueOrders(dependencies: SellingDependencies): Timer {
  const { database, clock, log } = dependencies;
  const each = async (what: string, id: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, id }, `${what} could not go on; it is tried again`);
    }
  };
  return timer({
    name: 'due-orders',
    everySeconds: 5,
    run: async (context) => {
      const queries = database.read(context.marketplaceId);
      for (const { id, orderId, action } of await dueGroups(queries, context.marketplaceId, clock(), BATCH_MAX)) {
        await each('an order', orderId, () => moveByClock(dependencies, orderId, id, action, context));
      }
      for (const offerId of await dueOffers(queries, context.marketplaceId, clock(), BATCH_MAX)) {
        await each('an offer', offerId, () =>
          database.transaction(context.marketplaceId, async (tx) => {
            if ((await lockDueOffer(tx, context.marketplaceId, offerId, clock())) !== undefined)
              await moveOffer(dependencies, tx, offerId, ['expire'], { message: null }, context, ['timer']);
          }),
        );
      }
      for (const groupId of await groupsWithDueEffects(queries, context.marketplaceId, clock(), BATCH_MAX)) {
        await each('an effect', groupId, () => runEffects(dependencies, groupId, context));
      }
    },
  });
}

/** Asked again under the lock: somebody may have moved it, and set its clock anew, since the list was read. */
function isDue(moved: { readonly dueTime: Date | null } | undefined, now: Date): boolean {
  return moved?.dueTime != null && moved.dueTime <= now;
}

async function moveByClock(
  dependencies: SellingDependencies,
  orderId: string,
  groupId: string,
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
