import type { Handlers } from '@plaza/kernel';
import type { EndedGroup, endedGroupOperations } from '../contract/ended-groups.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { groupView } from '../domain/order-view.ts';
import { listEndedGroupRows } from '../store/ended-group.ts';

/** What has come to its end, for other services. */
export function endedGroups({ database, processes }: SellingDependencies): Handlers<typeof endedGroupOperations> {
  return {
    async listEndedGroups({ input, context: { marketplaceId } }) {
      const queries = database.read(marketplaceId);
      const { items, nextCursor } = await listEndedGroupRows(queries, marketplaceId, input);
      const ended: EndedGroup[] = [];
      for (const { group, buyerMemberId, currency } of items) {
        const process = await processes.version(queries, marketplaceId, group.processName, group.processVersion);
        const { id, storeId, state, isFinal, lines, total, released } = groupView(group, [], process, {
          currency,
          chargebacks: [],
        });
        ended.push({
          ...{ id, storeId, state, isFinal, lines, total, released, buyerMemberId },
          orderId: group.orderId,
          sellerMemberId: group.sellerMemberId,
          endedTime: group.stateTime.toISOString(),
          version: group.version,
        });
      }
      return { items: ended, nextCursor };
    },
  };
}
