import { asService, type Context, type MemberId } from '@plaza/kernel';
import { orderMoved, orderRefunded } from '@plaza/orders/events';
import { type Reaction, reaction, type Transaction } from '@plaza/runtime';
import { keptOf } from './domain/reviewable.ts';
import type { Dependencies } from './operations/dependencies.ts';
import { savePurchases } from './store/purchase.ts';

type Moved = {
  readonly orderId: Parameters<Dependencies['orders']['getOrder']>[0]['orderId'];
  readonly groupId: string;
  readonly storeId: string;
  readonly sellerMemberId: MemberId;
  readonly buyerMemberId: MemberId | null;
  readonly version: number;
};

/**
 * Learns who bought and kept what. Events say that a shipment group has ended; what of it was given back by then, orders says.
 * Guests cannot review, nor who bought from themselves.
 */
export function createReactions({ marketplaces, clock, orders }: Dependencies): readonly Reaction[] {
  async function learn({ context, tx }: { context: Context; tx: Transaction }, moved: Moved): Promise<void> {
    const { orderId, groupId, buyerMemberId, sellerMemberId } = moved;
    if (buyerMemberId === null || buyerMemberId === sellerMemberId) return;
    if (!marketplaces.get(tx.marketplaceId).features.reviews) return;
    const { groups } = await orders.getOrder({ orderId }, asService('reviews', context));
    const group = groups.find(({ id }) => id === groupId);
    const kept = group === undefined ? [] : keptOf(group);
    if (kept.length > 0) await savePurchases(tx, { ...moved, buyerMemberId }, kept, clock());
  }

  return [
    reaction(orderMoved, async (call) => {
      if (call.event.data.isFinal) await learn(call, call.event.data);
    }),
    reaction(orderRefunded, (call) => learn(call, call.event.data)),
  ];
}
