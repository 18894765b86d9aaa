import type { Context, Handlers } from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { type KeptReview, reviewsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { listAll, lockReview, saveReview } from '../store/review.ts';
import type { Dependencies } from './dependencies.ts';
import { rate } from './rate.ts';
import { showReviews } from './show-reviews.ts';

type Moderating = Pick<Handlers<typeof reviewsContract>, 'hideReview' | 'showReview' | 'listAllReviews'>;

/** Takes reviews out of sight and shows them again. Doing either twice changes nothing more. */
export function moderateReviews({ database, identity }: Dependencies): Moderating {
  const show = showReviews(identity);

  async function turn(
    { tx, context }: { readonly tx: Transaction; readonly context: Context },
    reviewId: string,
    hiddenReason: string | null,
  ): Promise<KeptReview> {
    const state = hiddenReason === null ? 'published' : 'hidden';
    const before = await lockReview(tx, reviewId);
    if (before === undefined) throw errors.REVIEW_NOT_FOUND({});
    if (before.state === state) return show.one(before, context);
    const after = await saveReview(tx, { ...before, state, hiddenReason });
    await rate(tx, before, before, after);
    await tx.audit({
      action: state === 'hidden' ? 'review.hidden' : 'review.shown',
      subject: reviewId,
      actor: context.actor,
      details: hiddenReason === null ? {} : { reason: hiddenReason },
    });
    return show.one(after, context);
  }

  return {
    hideReview: inTransaction(database, reviewsContract.hideReview, ({ input, ...call }) =>
      turn(call, input.reviewId, input.reason),
    ),
    showReview: inTransaction(database, reviewsContract.showReview, ({ input, ...call }) =>
      turn(call, input.reviewId, null),
    ),
    async listAllReviews({ input, context }) {
      const queries = database.read(context.marketplaceId);
      const { items, nextCursor } = await listAll(queries, context.marketplaceId, input);
      return { items: await show.kept(items, context), nextCursor };
    },
  };
}
