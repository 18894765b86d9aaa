import type { Context, Id, MemberId } from '@plaza/kernel';
import { orderMoved, orderRefunded } from '@plaza/orders/events';
import { type Reaction, reaction, type Transaction } from '@plaza/runtime';
import type { Dependencies } from './operations/dependencies.ts';
import { learnOrder } from './operations/learn-purchases.ts';

type Call = { readonly tx: Transaction; readonly context: Context };
type Bought = { readonly orderId: Id<'order'>; readonly buyerMemberId: MemberId | null };

/** Learns who bought and kept what. Events say that something of an order has ended, or was given back; orders says the rest. */
export function createReactions({
  marketplaces,
  orders,
}: Pick<Dependencies, 'marketplaces' | 'orders'>): readonly Reaction[] {
  const learn = async (call: Call, { orderId, buyerMemberId }: Bought): Promise<void> => {
    if (buyerMemberId !== null && marketplaces.get(call.tx.marketplaceId).features.reviews)
      await learnOrder({ orders }, call, orderId);
  };
  return [
    reaction(orderMoved, async (call) => {
      if (call.event.data.isFinal) await learn(call, call.event.data);
    }),
    reaction(orderRefunded, (call) => learn(call, call.event.data)),
  ];
}
