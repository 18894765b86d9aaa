import type { Context } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import { forgetActivity } from '../store/activity.ts';

/** Rows that one statement removes, so that none of them holds others up. */
const REMOVED_MAX = 10_000;
const DAY_MS = 86_400_000;

/** What visitors did is kept for so many days from when it came in, and then removed. */
export function forgetOldActivity({
  database,
  clock,
  keptDays,
}: {
  database: Database;
  clock: () => Date;
  keptDays: number;
}): (context: Context) => Promise<void> {
  return async ({ marketplaceId }) => {
    const before = new Date(clock().getTime() - keptDays * DAY_MS);
    let removed: number;
    do removed = await forgetActivity(database.read(marketplaceId), marketplaceId, before, REMOVED_MAX);
    while (removed === REMOVED_MAX);
  };
}
