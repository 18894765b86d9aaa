import { divideHalfEven, invariant } from '@plaza/kernel';
import type { Period } from './period.ts';

/** From when a price holds within a period, until the next segment or the period's end. */
export type Segment = { readonly fromTime: string; readonly priceMinor: number };

/**
 * What a period costs whose price changed on the way: Σ price × time it held ÷ length of the period, to the millisecond,
 * exact until it is rounded once, half to even. So a period that was changed any number of times costs what it should to
 * within half a minor unit, and not half a unit a change: each change is charged by the difference between this sum and
 * what was billed before. (Stripe prorates by the second and rounds each line:
 * https://docs.stripe.com/billing/subscriptions/prorations.)
 */
export function costOf(segments: readonly Segment[], { start, end }: Period, until: Date = end): number {
  const length = BigInt(end.getTime() - start.getTime());
  invariant(length > 0n, 'a period has a length');
  const untilMs = Math.min(until.getTime(), end.getTime());
  let sum = 0n;
  for (const [i, { fromTime, priceMinor }] of segments.entries()) {
    const from = Math.max(new Date(fromTime).getTime(), start.getTime());
    const next = segments[i + 1];
    const to = next === undefined ? untilMs : Math.min(new Date(next.fromTime).getTime(), untilMs);
    if (to > from) sum += BigInt(priceMinor) * BigInt(to - from);
  }
  return Number(divideHalfEven(sum, length));
}

/** The segments with another price from `now` on. */
export function changedPrice(segments: readonly Segment[], now: Date, priceMinor: number): Segment[] {
  return [...segments.filter(({ fromTime }) => new Date(fromTime) < now), { fromTime: now.toISOString(), priceMinor }];
}

/** What a higher price from `now` on costs for the rest of a period of which `billedMinor` was billed. Never negative. */
export function upgradeMinor(
  segments: readonly Segment[],
  period: Period,
  change: { readonly now: Date; readonly priceMinor: number; readonly billedMinor: number },
): number {
  return Math.max(0, costOf(changedPrice(segments, change.now, change.priceMinor), period) - change.billedMinor);
}

/** What was billed of a period and is not used when it is left at `now`. Never negative. */
export function unusedMinor(segments: readonly Segment[], period: Period, now: Date, billedMinor: number): number {
  return Math.max(0, billedMinor - costOf(segments, period, now));
}
