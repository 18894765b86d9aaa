import { offerMoved } from '@plaza/orders/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Tell } from './tell.ts';

/** Each side of an offer is told what the other did. */
export function offerReactions(tell: Tell): Reaction[] {
  return [
    reaction(offerMoved, (call) => {
      const { buyerMemberId, sellerMemberId, action, by, title, price: amount } = call.event.data;
      const message = { template: `offer-${action}`, topic: 'offers', amount, values: { title } } as const;
      return by === 'buyer'
        ? tell(call, { ...message, to: { memberId: sellerMemberId }, path: '/studio/offers' })
        : tell(call, { ...message, to: { memberId: buyerMemberId }, path: '/account/offers' });
    }),
  ];
}
