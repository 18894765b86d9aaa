import { type Context, type Handlers, hasRole, idFromUuid, money, requireMember } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { OrderSummary, orderOperations } from '../contract/order.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { stateLabel } from '../domain/order-label.ts';
import { availableActions, type Party } from '../domain/process/process.ts';
import { listOrderRows, listSaleRows, type SummaryRow } from '../store/order-list.ts';
import { openOrder, viewOrder } from './open-order.ts';

/** Orders to look at, each list in one statement. */
export function readOrders(
  dependencies: SellingDependencies,
): Pick<Handlers<typeof orderOperations>, 'getOrder' | 'listOrders' | 'listSales' | 'listAllOrders'> {
  const { database } = dependencies;
  const summaries = async (
    queries: Queries,
    page: { items: SummaryRow[]; nextCursor: string | null },
    party: Party,
    context: Context,
  ) => ({
    items: await Promise.all(page.items.map((row) => summaryOf(dependencies, queries, row, party, context))),
    nextCursor: page.nextCursor,
  });
  return {
    async getOrder({ input, context }) {
      const queries = database.read(context.marketplaceId);
      return viewOrder(dependencies, queries, await openOrder(queries, input.orderId, context), context);
    },
    async listOrders({ input, context }) {
      const { memberId } = requireMember(context);
      const queries = database.read(context.marketplaceId);
      return summaries(
        queries,
        await listOrderRows(queries, context.marketplaceId, {
          buyerMemberId: memberId,
          cursor: input.cursor,
          limit: input.limit,
        }),
        'buyer',
        context,
      );
    },
    async listSales({ input, context }) {
      const { memberId } = requireMember(context);
      const queries = database.read(context.marketplaceId);
      // An operator sees any store's sales; a seller of another store finds an empty list.
      const sellerMemberId = hasRole(context, 'moderator', 'admin') ? null : memberId;
      const page = await listSaleRows(queries, context.marketplaceId, {
        storeId: input.storeId,
        isOpen: input.isOpen === true,
        sellerMemberId,
        cursor: input.cursor,
        limit: input.limit,
      });
      return summaries(queries, page, 'seller', context);
    },
    async listAllOrders({ input, context }) {
      const queries = database.read(context.marketplaceId);
      return summaries(
        queries,
        await listOrderRows(queries, context.marketplaceId, {
          number: input.number,
          orderIds: input.orderId,
          cursor: input.cursor,
          limit: input.limit,
        }),
        'operator',
        context,
      );
    },
  };
}

async function summaryOf(
  { processes }: SellingDependencies,
  queries: Queries,
  row: SummaryRow,
  party: Party,
  context: Context,
): Promise<OrderSummary> {
  const lines = row.groups.flatMap(({ quote }) => quote.lines);
  let needsAction = false;
  const states: OrderSummary['states'] = [];
  for (const group of row.groups) {
    const process = await processes.version(queries, context.marketplaceId, group.process_name, group.process_version);
    states.push({
      state: group.state,
      label: stateLabel(process, group.state),
      isFinal: group.is_final,
    });
    needsAction ||= availableActions(process, group.state, party).some(({ isDestructive }) => !isDestructive);
  }
  return {
    id: idFromUuid('order', row.order_id),
    number: row.number,
    // A seller's row is their part of an order.
    groupId: party === 'seller' ? idFromUuid('shipmentGroup', row.groups[0]?.id ?? '') : null,
    storeNames: row.groups.map(({ quote }) => quote.storeName),
    title: lines[0]?.title ?? '',
    imageUrl: lines[0]?.imageUrl ?? null,
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    total: money(row.total_minor, row.currency),
    states,
    needsAction,
    placedTime: row.placed_time.toISOString(),
  };
}
