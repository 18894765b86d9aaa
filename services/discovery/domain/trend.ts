/** Length of a window. All of an installation's windows begin at the same moments. */
export const WINDOW_MS = 300_000;

/** For how long what trended in a window is told. */
export const TRENDING_MS = 3_600_000;

/** When the window of a moment began. */
export function windowOf(atMs: number): number {
  return Math.floor(atMs / WINDOW_MS) * WINDOW_MS;
}

/** What is usual for a thing: mean and variance of its people a window, as of a window. */
export type Baseline = { readonly mean: number; readonly variance: number; readonly windowMs: number };

/** The newest window's share of what is usual: a half of it is of the last hour. */
const NEWEST_SHARE = 0.056;
/** After so many windows without anybody nothing is left of what was usual. */
const FORGOTTEN_AFTER = 288;

/**
 * Exponentially weighted mean and variance, one window on (T. Finch, Incremental calculation of weighted mean and
 * variance, 2009, section 9): diff = x − mean; mean += a·diff; variance = (1 − a)(variance + diff·a·diff). Windows in which
 * nobody came count as such.
 */
export function settled(baseline: Baseline | undefined, people: number, windowMs: number): Baseline {
  let { mean, variance } = usualAt(baseline, windowMs);
  const difference = people - mean;
  mean += NEWEST_SHARE * difference;
  variance = (1 - NEWEST_SHARE) * (variance + NEWEST_SHARE * difference * difference);
  return { mean, variance, windowMs };
}

/** What is usual just before a window, the empty ones since the last one told in. */
export function usualAt(baseline: Baseline | undefined, windowMs: number): { mean: number; variance: number } {
  if (baseline === undefined) return { mean: 0, variance: 0 };
  const empty = Math.round((windowMs - baseline.windowMs) / WINDOW_MS) - 1;
  if (empty >= FORGOTTEN_AFTER) return { mean: 0, variance: 0 };
  let { mean, variance } = baseline;
  for (let window = 0; window < empty; window++) {
    variance = (1 - NEWEST_SHARE) * (variance + NEWEST_SHARE * mean * mean);
    mean *= 1 - NEWEST_SHARE;
  }
  return { mean, variance };
}

/** Fewer people than this are no trend, however unusual. */
const PEOPLE_MIN = 5;
/** So many standard deviations above what is usual. */
const SURPRISE_MIN = 3;

/**
 * How much a thing trends in a window; 0 when it does not. Its velocity is how many standard deviations the window's people
 * are above the mean, where the variance is never less than a Poisson process of that mean would have, plus one, so that a
 * thing nobody knew needs more than a handful; its volume weighs in by its logarithm. People, not events: one who comes a
 * thousand times is one.
 */
export function trendScore(people: number, usual: { readonly mean: number; readonly variance: number }): number {
  if (people < PEOPLE_MIN) return 0;
  const surprise = (people - usual.mean) / Math.sqrt(Math.max(usual.variance, usual.mean) + 1);
  return surprise < SURPRISE_MIN ? 0 : surprise * Math.log2(1 + people);
}
