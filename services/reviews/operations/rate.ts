import type { Transaction } from '@plaza/runtime';
import { type Counted, changeOf, isNoChange, summaryOf } from '../domain/rating.ts';
import { listingRated } from '../events.ts';
import { changeRatings } from '../store/rating.ts';
import type { ReviewRecord } from '../store/review.ts';

/** Brings the counts up to date with a review that is written in the same transaction, and tells of them. */
export async function rate(
  tx: Transaction,
  { listingId, storeId }: Pick<ReviewRecord, 'listingId' | 'storeId'>,
  before: Counted | undefined,
  after: Counted,
): Promise<void> {
  const change = changeOf(before, after);
  if (isNoChange(change)) return;
  const { counts, version } = await changeRatings(tx, { listingId, storeId }, change);
  const { count: ratingCount, sum: ratingSum } = summaryOf(counts);
  await tx.announce(listingRated, listingId, { listingId, storeId, ratingCount, ratingSum, version });
}
