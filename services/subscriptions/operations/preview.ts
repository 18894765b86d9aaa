import { type Context, type Handler, money } from '@plaza/kernel';
import { type MarketplaceSettings, type Plan, type PlanInterval, planOf } from '@plaza/kernel/marketplace';
import type { PlanChange, subscriptionsContract } from '../contract.ts';
import { type Change, changeOf, priceOf } from '../domain/change.ts';
import { type InvoiceLine, totalsOf } from '../domain/invoice.ts';
import { daysAfter, periodOf } from '../domain/period.ts';
import { errors } from '../errors.ts';
import { findRunning, hasHadTrial, type SubscriptionRow } from '../store/subscription.ts';
import { requireOwner } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { lineView } from './views.ts';

/** @throws PLAN_NOT_FOUND for one that is not there or not to be paid for: the free one is had by canceling */
export function requirePlan({ plans }: MarketplaceSettings, planId: string): Plan {
  const plan = plans.plans.find(({ id }) => id === planId);
  if (plan?.priceMinor === undefined) throw errors.PLAN_NOT_FOUND({});
  return plan;
}

/** What a first period costs, which begins now. */
export function firstLines(plan: Plan, interval: PlanInterval, now: Date, timeZone: string): InvoiceLine[] {
  const { start, end } = periodOf(now, interval, 0, timeZone);
  const span = { fromTime: start.toISOString(), toTime: end.toISOString() };
  return [{ kind: 'plan', planId: plan.id, ...span, amountMinor: priceOf(plan, interval) }];
}

/** What a change of a running subscription would be now. */
export function changeNow(
  row: SubscriptionRow,
  settings: MarketplaceSettings,
  plan: Plan,
  interval: PlanInterval,
  now: Date,
): Change {
  const running = planOf(settings.plans, row.plan_id) as Plan;
  return changeOf(
    {
      plan: running,
      interval: row.plan_interval,
      isInTrial: row.period_index < 0,
      period: { start: row.period_start, end: row.period_end },
      segments: row.segments,
      billedMinor: row.billed_minor,
    },
    plan,
    interval,
    now,
    settings.timeZone,
  );
}

/** Refuses to charge more than the caller was shown. What is left of a period only gets less. */
export function requireExpected(totalMinor: number, expectedMinor: number | undefined): void {
  if (expectedMinor !== undefined && totalMinor > expectedMinor) throw errors.PLAN_PRICE_CHANGED({ totalMinor });
}

/** Whether it asks for what runs already, with nothing else waiting. */
export function isUnchanged(row: SubscriptionRow, planId: string, interval: PlanInterval): boolean {
  return row.plan_id === planId && row.plan_interval === interval;
}

export function previewPlan({
  database,
  marketplaces,
  clock,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'clock'>): Handler<typeof subscriptionsContract.previewPlan> {
  return async ({ input, context }): Promise<PlanChange> => {
    const { marketplaceId } = context;
    const queries = database.read(marketplaceId);
    const settings = marketplaces.get(marketplaceId);
    const { owner } = await requireOwner(queries, context, input);
    const plan = requirePlan(settings, input.planId);
    const now = clock();
    const row = await findRunning(queries, marketplaceId, owner);
    if (row === undefined) {
      const isTrial = plan.trialDays > 0 && !(await hasHadTrial(queries, marketplaceId, owner));
      const lines = isTrial ? [] : firstLines(plan, input.interval, now, settings.timeZone);
      const trialEnd = isTrial ? daysAfter(now, plan.trialDays) : null;
      return preview(settings, context, { plan, interval: input.interval, when: 'now', time: now, lines, trialEnd });
    }
    if (isUnchanged(row, plan.id, input.interval)) throw errors.SUBSCRIPTION_UNCHANGED({});
    if (row.state === 'past_due') throw errors.SUBSCRIPTION_INVOICE_OPEN({});
    const change = changeNow(row, settings, plan, input.interval, now);
    return preview(settings, context, {
      plan,
      interval: input.interval,
      when: change.when,
      time: change.when === 'now' ? now : row.period_end,
      lines: change.when === 'now' ? change.lines : [],
      trialEnd: row.period_index < 0 ? row.period_end : null,
    });
  };
}

function preview(
  settings: MarketplaceSettings,
  { locale }: Context,
  what: {
    readonly plan: Plan;
    readonly interval: PlanInterval;
    readonly when: Change['when'];
    readonly time: Date;
    readonly lines: readonly InvoiceLine[];
    readonly trialEnd: Date | null;
  },
): PlanChange {
  const { currency } = settings;
  const { tax, taxMinor, totalMinor } = totalsOf(what.lines, settings);
  return {
    when: what.when,
    effectiveTime: what.time.toISOString(),
    lines: what.lines.map((line) => lineView(line, settings, locale)),
    tax: money(taxMinor, currency),
    isTaxIncluded: tax?.isIncluded ?? false,
    total: money(totalMinor, currency),
    renewal: money(priceOf(what.plan, what.interval), currency),
    trialEndTime: what.trialEnd?.toISOString() ?? null,
  };
}
