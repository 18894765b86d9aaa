/** How many reviews gave 1, 2, 3, 4 and 5 stars. */
export type StarCounts = readonly [number, number, number, number, number];

export const NO_STARS: StarCounts = [0, 0, 0, 0, 0];

/** What of a review counts: its stars while it is published, nothing while it is hidden. */
export type Counted = { readonly stars: number; readonly state: 'published' | 'hidden' };

/** By how much the counts change when a review (`undefined`: none yet) becomes another. */
export function changeOf(before: Counted | undefined, after: Counted): StarCounts {
  const isOf = (review: Counted | undefined, stars: number) =>
    review?.state === 'published' && review.stars === stars ? 1 : 0;
  const change = (stars: number) => isOf(after, stars) - isOf(before, stars);
  return [change(1), change(2), change(3), change(4), change(5)];
}

export function isNoChange(change: StarCounts): boolean {
  return change.every((count) => count === 0);
}

/** Number of reviews, all their stars together, and the mean to two decimals; null without reviews. */
export function summaryOf(counts: StarCounts): { count: number; sum: number; mean: number | null } {
  const count = counts.reduce((total, each) => total + each, 0);
  const sum = counts.reduce((total, each, index) => total + each * (index + 1), 0);
  return { count, sum, mean: count === 0 ? null : Math.round((sum / count) * 100) / 100 };
}
