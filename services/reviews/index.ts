import { defineService, oneClickStop, timer } from '@plaza/runtime';
import { reviewsContract } from './contract.ts';
import { errors } from './errors.ts';
import { reviewsEvents } from './events.ts';
import { askForReviews, chooseAsking } from './operations/ask-for-reviews.ts';
import type { Dependencies } from './operations/dependencies.ts';
import { fillPurchases } from './operations/learn-purchases.ts';
import { moderateReviews } from './operations/moderate-reviews.ts';
import { readReviews } from './operations/read-reviews.ts';
import { writeReviews } from './operations/write-reviews.ts';
import { createReactions } from './reactions.ts';

export { reviewsContract } from './contract.ts';

/** What buyers say of what they bought, what stores answer, and the stars that makes. */
export const reviewsService = defineService({
  name: 'reviews',
  floor: 6,
  contract: reviewsContract,
  events: reviewsEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: ({ database, marketplaces, clock }, { identity, orders }: Pick<Dependencies, 'identity' | 'orders'>) => {
    const dependencies: Dependencies = { database, marketplaces, clock, identity, orders };
    const asking = chooseAsking(dependencies);
    return {
      handlers: {
        ...writeReviews(dependencies),
        ...readReviews(dependencies),
        ...moderateReviews(dependencies),
        ...asking,
      },
      routes: [
        oneClickStop('/unsubscribe/reviews/:mailKey', reviewsContract.stopReviewQuestions, asking.stopReviewQuestions),
      ],
      reactions: createReactions(dependencies),
      timers: [
        timer({ name: 'fill-purchases', everySeconds: 5, isDueAtStart: true, run: fillPurchases(dependencies) }),
        timer({ name: 'ask-for-reviews', everySeconds: 600, run: askForReviews(dependencies) }),
      ],
    };
  },
});
