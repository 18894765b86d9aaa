import { z } from 'zod';
import { LocalizedText } from '../localized.ts';
import { Slug } from './category.ts';
import { TaxRule } from './rules.ts';

/** How long a paid period of a plan is. */
export const PlanInterval = z.enum(['month', 'year']);
export type PlanInterval = z.output<typeof PlanInterval>;

/** Names of entitlements and meters: lower-case words joined by dots, e.g. `listings.active.max`. */
const DottedName = z.string().regex(/^[a-z]+(\.[a-zA-Z]+)+$|^[a-z]+$/, 'must be words joined by dots');

/** A limit or an amount, yes or no; `null`: without limit. */
export const EntitlementValue = z.union([z.boolean(), z.int().min(0), z.null()]);
export const Entitlements = z.record(DottedName, EntitlementValue);
export type Entitlements = z.output<typeof Entitlements>;

const AmountMinor = z.int('must be whole minor units, e.g. cents').min(0).max(1_000_000_000);

/**
 * A price by usage, billed when a period ends. The included quantity is free; what is above it passes through the tiers
 * from the first: `upTo` counts from the first piece that is paid for, and the last tier is open.
 */
export const MeteredPrice = z.strictObject({
  meter: DottedName,
  name: LocalizedText,
  /** How a period's reports become one quantity: added up, or the highest of them. */
  aggregate: z.enum(['sum', 'max']),
  included: z.int().min(0).default(0),
  tiers: z
    .array(z.strictObject({ upTo: z.int().min(1).optional(), unitPriceMinor: AmountMinor }))
    .min(1)
    .max(10),
});
export type MeteredPrice = z.output<typeof MeteredPrice>;

/** What stores may subscribe to. The first plan of a marketplace is what every store has that pays for none. */
export const Plan = z.strictObject({
  id: Slug,
  name: LocalizedText,
  description: LocalizedText,
  /** For each interval that is offered, before tax that is not contained. Left out: the free plan. */
  priceMinor: z.strictObject({ month: AmountMinor.min(1), year: AmountMinor.min(1) }).optional(),
  /** Days without charge, once for each owner. */
  trialDays: z.int().min(0).max(365).default(0),
  entitlements: Entitlements,
  metered: z.array(MeteredPrice).max(10).default([]),
});
export type Plan = z.output<typeof Plan>;

/** What happens when a renewal is not paid; days count from the first decline. */
export const Dunning = z.strictObject({
  /** When it is tried again. */
  retryDays: z.array(z.int().min(1).max(60)).min(1).max(10),
  /** How long the plan's entitlements stay. */
  graceDays: z.int().min(0).max(60),
  /** When the subscription ends and the invoice is given up. */
  endDays: z.int().min(1).max(120),
});

/** `plans.yaml`; a marketplace without one has no plans and no limits. */
export const PlansFile = z.strictObject({
  /** Taxes on what the marketplace itself sells; left out: those of `marketplace.yaml`, for services. */
  tax: z.array(TaxRule).max(50).optional(),
  dunning: Dunning.default({ retryDays: [1, 3, 5], graceDays: 7, endDays: 30 }),
  plans: z.array(Plan).max(10),
});
export type Plans = z.output<typeof PlansFile>;

/** What a marketplace has that names no plans. */
export const NO_PLANS: Plans = PlansFile.parse({ plans: [] });

/** The plan of this id, or the free one when there is none of that name (any more); undefined without plans. */
export function planOf({ plans }: Plans, planId: string | null | undefined): Plan | undefined {
  return plans.find(({ id }) => id === planId) ?? plans[0];
}

/** A number that a plan grants; `null`: without limit, as everything is that a plan does not name. */
export function limitOf(plan: Plan | undefined, name: string): number | null {
  const value = plan?.entitlements[name];
  return typeof value === 'number' ? value : null;
}

/** Contradictions among plans, each with where it stands. */
export function planMistakes({ plans, dunning }: Plans): { path: string; detail: string }[] {
  const found: { path: string; detail: string }[] = [];
  const [free] = plans;
  const names = Object.keys(free?.entitlements ?? {}).sort();
  if (free?.priceMinor !== undefined)
    found.push({ path: 'plans[0].priceMinor', detail: 'must be left out: the first plan is what everybody has' });
  for (const [i, plan] of plans.entries()) {
    const at = `plans[${i}]`;
    const report = (path: string, detail: string) => found.push({ path: `${at}.${path}`, detail });
    if (plans.findIndex(({ id }) => id === plan.id) !== i)
      report('id', `must name each plan once; "${plan.id}" is repeated`);
    if (i > 0 && plan.priceMinor === undefined) report('priceMinor', 'must be given: only the first plan is free');
    if (plan.priceMinor !== undefined && plan.priceMinor.year < plan.priceMinor.month)
      report('priceMinor', 'must not be less for a year than for a month');
    if (plan.priceMinor === undefined && (plan.trialDays > 0 || plan.metered.length > 0))
      report('priceMinor', 'must be given for a plan with a trial or metered prices');
    if (Object.keys(plan.entitlements).sort().join() !== names.join())
      report('entitlements', `must name what the first plan names: ${names.join(', ')}`);
    for (const [j, { tiers }] of plan.metered.entries()) {
      const limits = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      const isRising = limits.every((limit, k) => k === 0 || limit > (limits[k - 1] as number));
      if (!isRising || limits.at(-1) !== Number.POSITIVE_INFINITY)
        report(`metered[${j}].tiers`, 'must rise, and the last must be open (without upTo)');
    }
  }
  const { retryDays, graceDays, endDays } = dunning;
  if (
    retryDays.some((day, i) => i > 0 && day <= (retryDays[i - 1] as number)) ||
    endDays < Math.max(graceDays, ...retryDays)
  )
    found.push({ path: 'dunning', detail: 'must rise, and end last' });
  return found;
}
