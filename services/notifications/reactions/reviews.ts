import { reviewAsked, reviewPublished, reviewReplied } from '@plaza/reviews/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { Tell } from './tell.ts';

/** Listings that a question names. */
const NAMED_MAX = 3;

/** The seller is told that somebody reviewed what they sold, the buyer that the store answered; and the buyer is asked what they think. */
export function reviewReactions(tell: Tell): Reaction[] {
  return [
    reaction(reviewPublished, (call) => {
      const { sellerMemberId, title, stars } = call.event.data;
      return tell(call, {
        template: 'review-published',
        topic: 'reviews',
        to: { memberId: sellerMemberId },
        path: '/studio/reviews',
        values: { title, number: String(stars) },
      });
    }),
    reaction(reviewReplied, (call) => {
      const { buyerMemberId, title, listingSlug } = call.event.data;
      return tell(call, {
        template: 'review-replied',
        topic: 'reviews',
        to: { memberId: buyerMemberId },
        path: `/l/${listingSlug}`,
        values: { title },
      });
    }),
    reaction(reviewAsked, (call) => {
      const { buyerMemberId, orderId, titles, mailKey } = call.event.data;
      const named = titles.slice(0, NAMED_MAX).join(', ');
      return tell(call, {
        template: 'review-asked',
        topic: 'reviews',
        to: { memberId: buyerMemberId },
        path: `/account/orders/${orderId}#reviews`,
        values: { title: titles.length > NAMED_MAX ? `${named} …` : named },
        stop: {
          template: 'review-stop',
          path: `/unsubscribe/reviews/${mailKey}`,
          url: `/unsubscribe/reviews/${mailKey}`,
        },
      });
    }),
  ];
}
