import { orderMoved, orderRefunded } from '@plaza/orders/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Dependencies } from './operations/dependencies.ts';
import { learnOrder } from './operations/learn-purchases.ts';

/** Learns who bought and kept what. Events say that something of an order has ended, or was given back; orders says the rest. */
export function createReactions(dependencies: Pick<Dependencies, 'marketplaces' | 'orders'>): readonly Reaction[] {
  const learn = (call: Parameters<typeof learnOrder>[1], orderId: Parameters<typeof learnOrder>[2]) =>
    dependencies.marketplaces.get(call.tx.marketplaceId).features.reviews
      ? learnOrder(dependencies, call, orderId)
      : Promise.resolve();
  return [
    reaction(orderMoved, async (call) => {
      const { isFinal, buyerMemberId, orderId } = call.event.data;
      if (isFinal && buyerMemberId !== null) await learn(call, orderId);
    }),
    reaction(orderRefunded, async (call) => {
      const { buyerMemberId, orderId } = call.event.data;
      if (buyerMemberId !== null) await learn(call, orderId);
    }),
  ];
}
