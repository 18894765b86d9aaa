import type { Context, EventEnvelope } from '@plaza/kernel';
import { reviewPublished, reviewReplied } from '@plaza/reviews/events';
import { type Reaction, reaction, type Transaction } from '@plaza/runtime';
import type { Message } from './operations/notify.ts';

type Call = { readonly event: EventEnvelope<unknown>; readonly context: Context; readonly tx: Transaction };

/** The seller is told that somebody reviewed what they sold, and the buyer that the store answered. */
export function reviewReactions(tell: (call: Call, message: Message) => Promise<void>): Reaction[] {
  return [
    reaction(reviewPublished, (call) => {
      const { sellerMemberId, title, stars } = call.event.data;
      return tell(call, {
        template: 'review-published',
        topic: 'orders',
        to: { memberId: sellerMemberId },
        path: '/studio/reviews',
        values: { title, number: String(stars) },
      });
    }),
    reaction(reviewReplied, (call) => {
      const { buyerMemberId, title, listingSlug } = call.event.data;
      return tell(call, {
        template: 'review-replied',
        topic: 'orders',
        to: { memberId: buyerMemberId },
        path: `/l/${listingSlug}`,
        values: { title },
      });
    }),
  ];
}
