import { type Context, hasRole } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { Order } from '../contract/order.ts';
import type { SellingDependencies } from '../dependencies.ts';
import type { GroupRecord, OrderRecord } from '../domain/order.ts';
import { orderView } from '../domain/order-view.ts';
import type { Party, Process } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { findOrder } from '../store/order.ts';

/** Whether the caller bought it, or opened it by the link that its buyer was mailed. */
export function isBuyer(
  { actor }: Context,
  order: Pick<OrderRecord, 'buyerMemberId' | 'guestId' | 'openedBy'>,
): boolean {
  if (actor.kind === 'service') return false;
  const [own, holder] =
    actor.kind === 'member' ? [order.buyerMemberId, actor.memberId] : [order.guestId, actor.guestId];
  return holder !== undefined && (holder === own || order.openedBy.includes(holder));
}

/** Who the caller is to a part of an order; nobody when it is none of theirs. Services act for the operator. */
export function partiesOf(
  context: Context,
  order: Pick<OrderRecord, 'buyerMemberId' | 'guestId' | 'openedBy'>,
  group: Pick<GroupRecord, 'sellerMemberId'>,
): Party[] {
  const { actor } = context;
  if (actor.kind === 'service') return ['operator'];
  const parties: Party[] = isBuyer(context, order) ? ['buyer'] : [];
  if (actor.kind === 'guest') return parties;
  if (actor.memberId === group.sellerMemberId) parties.push('seller');
  if (hasRole(context, 'moderator', 'admin')) parties.push('operator');
  return parties;
}

/** An order of which at least a part is the caller's; what is not theirs does not exist. */
export async function openOrder(queries: Queries, orderId: string, context: Context): Promise<OrderRecord> {
  const order = await findOrder(queries, context.marketplaceId, orderId);
  if (order === undefined || !order.groups.some((group) => partiesOf(context, order, group).length > 0))
    throw errors.ORDER_NOT_FOUND({});
  return order;
}

/** The order as the caller may see it. */
export async function viewOrder(
  { processes }: SellingDependencies,
  queries: Queries,
  order: OrderRecord,
  context: Context,
): Promise<Order> {
  const found = new Map<string, Process>();
  for (const group of order.groups) {
    found.set(
      group.id,
      await processes.version(queries, context.marketplaceId, group.processName, group.processVersion),
    );
  }
  return orderView(
    order,
    { parties: (group) => partiesOf(context, order, group) },
    (group) => found.get(group.id) as Process,
  );
}
