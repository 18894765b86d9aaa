import { offerMoved } from '@plaza/orders/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Tell } from './tell.ts';

/** Each side of an offer is told what the other did, and both what time did. */
export function offerReactions(tell: Tell): Reaction[] {
  return [
    reaction(offerMoved, async (call) => {
      const { buyerMemberId, sellerMemberId, action, by, from, title, price: amount } = call.event.data;
      const message = { template: `offer-${action}`, topic: 'offers', amount, values: { title } } as const;
      if (by !== 'buyer') await tell(call, { ...message, to: { memberId: buyerMemberId }, path: '/account/offers' });
      if (by === 'seller') return;
      // Who accepted a price and was not paid hears more than that a time is over.
      const template = action === 'expire' && from === 'accepted' ? 'offer-unpaid' : message.template;
      await tell(call, { ...message, template, to: { memberId: sellerMemberId }, path: '/studio/offers' });
    }),
  ];
}
