import { type Handlers, hasRole, requireMember } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { type Return, returnOperations } from '../contract/returns.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { errors } from '../errors.ts';
import { findReturnGroup, listReturnRows, listWaitingReturns } from '../store/return.ts';
import { createReturn } from './create-return.ts';
import { moveReturn } from './move-return.ts';
import { openOrder, partiesOf } from './open-order.ts';
import { runEffectsSoon } from './run-effects.ts';
import { showReturns, summarizeReturns } from './show-returns.ts';

type Operations = Pick<
  Handlers<typeof returnOperations>,
  'createReturn' | 'listReturns' | 'takeReturnAction' | 'listContestedReturns' | 'listStoreReturns'
>;

/** Goods that come back: asked for by the buyer, moved by both sides, looked at by whoever decides. */
export function returns(dependencies: SellingDependencies): Operations {
  const { database } = dependencies;
  return {
    createReturn: createReturn(dependencies),
    listReturns: async ({ input, context }) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const order = await openOrder(queries, input.orderId, context);
      const groupIds = order.groups.filter((each) => partiesOf(context, order, each).length > 0).map(({ id }) => id);
      const which = { orderId: order.id, groupIds, cursor: input.cursor, limit: input.limit };
      const page = await listReturnRows(queries, marketplaceId, which);
      return {
        items: await showReturns(dependencies, queries, order, page.items, context),
        nextCursor: page.nextCursor,
      };
    },
    takeReturnAction: inTransaction(database, returnOperations.takeReturnAction, async ({ input, context, tx }) => {
      const { marketplaceId } = tx;
      const order = await openOrder(tx, input.orderId, context);
      const groupId = await findReturnGroup(tx, marketplaceId, input.returnId);
      const group = order.groups.find(({ id }) => id === groupId);
      if (group === undefined) throw errors.RETURN_NOT_FOUND({});
      const { returnId, action, ...entered } = input;
      const parties = partiesOf(context, order, group);
      if (parties.length === 0) throw errors.RETURN_NOT_FOUND({});
      const move = { returnId, groupId: group.id, action, entered, parties };
      const moved = await moveReturn(dependencies, tx, order, move, context);
      runEffectsSoon(dependencies, tx, group.id, context);
      const [answer] = await showReturns(dependencies, tx, await openOrder(tx, order.id, context), [moved], context);
      return answer as Return;
    }),
    listContestedReturns: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      const page = await listWaitingReturns(queries, context.marketplaceId, { isContested: true }, pageOf(input));
      return summarizeReturns(dependencies, queries, page, context);
    },
    listStoreReturns: async ({ input, context }) => {
      const { memberId } = requireMember(context);
      const queries = database.read(context.marketplaceId);
      const sellerMemberId = hasRole(context, 'moderator', 'admin') ? null : memberId;
      const which = { storeId: input.storeId, sellerMemberId };
      const page = await listWaitingReturns(queries, context.marketplaceId, which, pageOf(input));
      return summarizeReturns(dependencies, queries, page, context);
    },
  };
}

function pageOf({ cursor, limit }: { cursor?: string | undefined; limit: number }) {
  return { cursor, limit };
}
