import { type Context, type Handlers, requireMember } from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { reviewsContract } from '../contract.ts';
import { reviewAsked } from '../events.ts';
import { isAsked, saveAsking, stopAsking, takeQuestions } from '../store/asking.ts';
import type { Dependencies } from './dependencies.ts';

/** Purchases looked at in one transaction. */
const AT_ONCE = 200;
const DAY_MS = 86_400_000;
/** Who bought longer ago is not asked any more: by a service that was away, or that has just learned of old orders. */
const LATE_DAYS = 14;

/**
 * Announces whom to ask for a review, some days after what they bought was completed. Taking and announcing commit together: nobody
 * is asked twice, or forgotten.
 */
export function askForReviews({ database, marketplaces, clock }: Dependencies): (context: Context) => Promise<void> {
  return async ({ marketplaceId }) => {
    const { features, reviews } = marketplaces.get(marketplaceId);
    const { askAfterDays } = reviews;
    if (!features.reviews || askAfterDays === null) return;
    for (let taken = AT_ONCE; taken === AT_ONCE; ) {
      taken = await database.transaction(marketplaceId, async (tx) => {
        const now = clock();
        const to = new Date(now.getTime() - askAfterDays * DAY_MS);
        const from = new Date(to.getTime() - LATE_DAYS * DAY_MS);
        const found = await takeQuestions(tx, { from, to, limit: AT_ONCE, now });
        for (const { orderId, titles, ...buyer } of found.questions)
          await tx.announce(reviewAsked, orderId, { orderId, titles: [...titles], ...buyer });
        return found.taken;
      });
    }
  };
}

type Choosing = Pick<
  Handlers<typeof reviewsContract>,
  'getReviewQuestions' | 'setReviewQuestions' | 'stopReviewQuestions'
>;

/** Whether a member wants to be asked. */
export function chooseAsking({ database }: Pick<Dependencies, 'database'>): Choosing {
  return {
    async getReviewQuestions({ context }) {
      const { marketplaceId } = context;
      return {
        isWanted: await isAsked(database.read(marketplaceId), marketplaceId, requireMember(context).memberId),
      };
    },
    setReviewQuestions: inTransaction(
      database,
      reviewsContract.setReviewQuestions,
      async ({ input: { isWanted }, context, tx }) => {
        await saveAsking(tx, requireMember(context).memberId, isWanted);
        return { isWanted };
      },
    ),
    stopReviewQuestions: inTransaction(
      database,
      reviewsContract.stopReviewQuestions,
      async ({ input: { mailKey }, tx }) => {
        await stopAsking(tx, mailKey);
        return { isDone: true as const };
      },
    ),
  };
}
