import type { Plan, PlanInterval } from '@plaza/kernel/marketplace';
import type { InvoiceLine } from './invoice.ts';
import { type Period, periodOf } from './period.ts';
import { changedPrice, type Segment, unusedMinor, upgradeMinor } from './proration.ts';

/** What a subscription runs by now, as far as a change of plan cares. */
export type Running = {
  readonly plan: Plan;
  readonly interval: PlanInterval;
  readonly isInTrial: boolean;
  readonly period: Period;
  readonly segments: readonly Segment[];
  readonly billedMinor: number;
};

/** What a paid change writes into the subscription. `period` begins anew when the interval changed. */
export type NewTerms = {
  readonly planId: string;
  readonly interval: PlanInterval;
  readonly segments: readonly Segment[];
  readonly billedMinor: number;
  /** Of the period that begins now, as ISO times; null: the period goes on. */
  readonly begun: { readonly startTime: string; readonly endTime: string } | null;
};

export type Change =
  /** Takes effect once its lines are paid; without lines, at once. */
  | { readonly when: 'now'; readonly lines: readonly InvoiceLine[]; readonly terms: NewTerms }
  | { readonly when: 'period_end' };

/**
 * When another plan or interval takes effect and what it costs now. Up, at once: the rest of the period costs the
 * difference. Down, when the period ends: what was paid is used up, and nothing is paid back. From month to year at once
 * when the plan is not lower: a year begins now, less what is unused of the month. In a trial at once and without charge.
 */
export function changeOf(running: Running, plan: Plan, interval: PlanInterval, now: Date, timeZone: string): Change {
  const { period, segments, billedMinor } = running;
  const price = priceOf(plan, interval);
  const newTerms = { planId: plan.id, interval };
  if (running.isInTrial)
    return { when: 'now', lines: [], terms: { ...newTerms, segments: [], billedMinor: 0, begun: null } };
  const isLower = priceOf(plan, 'month') < priceOf(running.plan, 'month');
  const span = { fromTime: now.toISOString(), toTime: period.end.toISOString() };
  if (interval === running.interval) {
    if (price < priceOf(running.plan, interval)) return { when: 'period_end' };
    const amountMinor = upgradeMinor(segments, period, { now, priceMinor: price, billedMinor });
    return {
      when: 'now',
      lines: amountMinor === 0 ? [] : [{ kind: 'proration', planId: plan.id, ...span, amountMinor }],
      terms: {
        ...newTerms,
        segments: changedPrice(segments, now, price),
        billedMinor: billedMinor + amountMinor,
        begun: null,
      },
    };
  }
  if (interval === 'month' || isLower) return { when: 'period_end' };
  const begun = periodOf(now, interval, 0, timeZone);
  const unused = Math.min(unusedMinor(segments, period, now, billedMinor), price);
  return {
    when: 'now',
    lines: [
      ...(unused === 0 ? [] : [{ kind: 'unused', planId: running.plan.id, ...span, amountMinor: -unused } as const]),
      {
        kind: 'plan',
        planId: plan.id,
        fromTime: begun.start.toISOString(),
        toTime: begun.end.toISOString(),
        amountMinor: price,
      },
    ],
    terms: {
      ...newTerms,
      segments: [{ fromTime: begun.start.toISOString(), priceMinor: price }],
      billedMinor: price,
      begun: { startTime: begun.start.toISOString(), endTime: begun.end.toISOString() },
    },
  };
}

/** What a plan costs for an interval; nothing, if it is the free one. */
export function priceOf(plan: Plan, interval: PlanInterval): number {
  return plan.priceMinor?.[interval] ?? 0;
}
