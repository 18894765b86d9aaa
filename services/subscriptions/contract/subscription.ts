import { Currency, idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { Entitlements, PlanInterval } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { exampleInvoice, SubscriptionInvoice, SubscriptionInvoiceLine } from './invoice.ts';
import { Owner, OwnerKind } from './plan.ts';

export const SubscriptionState = z.enum(['trialing', 'active', 'past_due', 'canceled', 'ended']);

export const Subscription = z
  .object({
    id: idSchema('subscription'),
    ownerKind: OwnerKind,
    ownerId: z.string(),
    payerMemberId: idSchema('member'),
    state: SubscriptionState.meta({
      description:
        '`canceled`: ends with its period and can be resumed until then; `past_due`: an invoice is not paid.',
    }),
    planId: z.string(),
    planName: z.string(),
    interval: PlanInterval,
    price: Money.meta({ description: 'Of one period, before tax that is not contained.' }),
    /** What it changes to when the period ends. */
    next: z.object({ planId: z.string(), planName: z.string(), interval: PlanInterval }).nullable(),
    periodStartTime: z.iso.datetime(),
    periodEndTime: z.iso.datetime(),
    trialEndTime: z.iso.datetime().nullable(),
    graceEndTime: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'While `past_due`: until when its entitlements stay.' }),
    isLapsed: z.boolean().meta({ description: 'Its entitlements are those of the free plan until it is paid.' }),
    createdTime: z.iso.datetime(),
    endedTime: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.output<typeof Subscription>;

/** A subscription as operators list it. */
export const ListedSubscription = Subscription.extend({
  ownerName: z.string().nullable().meta({ description: "A store's name; null for a member." }),
}).meta({ id: 'ListedSubscription' });

export const PlanUsage = z
  .object({ meter: z.string(), name: z.string(), quantity: z.int(), included: z.int(), soFar: Money })
  .meta({ id: 'PlanUsage' });

/** The plan an owner has, with everything its page shows. */
export const OwnedPlan = z
  .object({
    plan: z.object({ id: z.string(), name: z.string() }).nullable(),
    entitlements: Entitlements,
    subscription: Subscription.nullable(),
    usage: z.array(PlanUsage),
    openInvoice: SubscriptionInvoice.nullable(),
    isTrialOffered: z.boolean().meta({ description: 'Whether a first subscription would begin with a trial.' }),
  })
  .meta({ id: 'OwnedPlan' });

/** A change as it would be now. */
export const PlanChange = z
  .object({
    when: z.enum(['now', 'period_end']),
    effectiveTime: z.iso.datetime(),
    lines: z.array(SubscriptionInvoiceLine),
    tax: Money,
    isTaxIncluded: z.boolean().meta({ description: 'Whether the lines contain the tax; else it is added to them.' }),
    total: Money.meta({ description: 'Due now.' }),
    renewal: Money.meta({ description: 'What each later period costs, before tax that is not contained.' }),
    trialEndTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PlanChange' });
export type PlanChange = z.output<typeof PlanChange>;

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });
const ownerId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';

const exampleSubscription: z.input<typeof Subscription> = {
  id: 'sub_01k9w6x8f0e5rbq2m3n4p5q6r7',
  ownerKind: 'store',
  ownerId,
  payerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
  state: 'active',
  planId: 'studio',
  planName: 'Studio',
  interval: 'month',
  price: usd(900),
  next: null,
  periodStartTime: '2026-11-21T08:00:00.000Z',
  periodEndTime: '2026-12-21T08:00:00.000Z',
  trialEndTime: null,
  graceEndTime: null,
  isLapsed: false,
  createdTime: '2026-11-21T08:00:00.000Z',
  endedTime: null,
  version: 1,
};

const subscriptionId = idSchema('subscription');
const bySubscriptionId = { subscriptionId: exampleSubscription.id };
const Outcome = z.object({ subscription: Subscription, invoice: SubscriptionInvoice.nullable() });
const exampleOutcome = { subscription: exampleSubscription, invoice: exampleInvoice };
const Target = { planId: z.string().max(100), interval: PlanInterval };
const expectedTotalMinor = z
  .int()
  .min(0)
  .optional()
  .meta({ description: 'What was shown as due now; another amount is refused instead of charged.' });

export const subscriptionOperations = {
  getOwnedPlan: operation({
    summary: 'The plan of your store, its subscription, usage and what is due',
    access: 'member',
    route: { method: 'GET', path: '/owned-plan' },
    input: z.object(Owner),
    output: OwnedPlan,
    errors: [errors.PLAN_OWNER_NOT_FOUND],
    example: {
      input: { ownerId },
      output: {
        plan: { id: 'studio', name: 'Studio' },
        entitlements: { 'listings.active.max': 100, 'commission.discountBp': 200 },
        subscription: exampleSubscription,
        usage: [],
        openInvoice: null,
        isTrialOffered: false,
      },
    },
  }),
  previewPlan: operation({
    summary: 'When a plan would take effect and what it would cost, to the minor unit, before anything is confirmed',
    description: 'Up at once, for the rest of the period; down when the period ends. Nothing is written.',
    access: 'member',
    route: { method: 'GET', path: '/plan-preview' },
    input: z.object({ ...Owner, ...Target }),
    output: PlanChange,
    errors: [
      errors.PLAN_OWNER_NOT_FOUND,
      errors.PLAN_NOT_FOUND,
      errors.SUBSCRIPTION_UNCHANGED,
      errors.SUBSCRIPTION_INVOICE_OPEN,
    ],
    example: {
      input: { ownerId, planId: 'pro', interval: 'month' },
      output: {
        when: 'now',
        effectiveTime: '2026-11-21T08:00:00.000Z',
        lines: [],
        tax: usd(0),
        isTaxIncluded: false,
        total: usd(1000),
        renewal: usd(2900),
        trialEndTime: null,
      },
    },
  }),
  createSubscription: operation({
    summary: 'Subscribes your store to a plan',
    description:
      'Paid with your default saved card, at once or when the trial ends; an owner has one trial. When the bank asks first, the plan begins once you were at `invoice.actionUrl`.',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/subscriptions' },
    input: z.object({ ...Owner, ...Target, expectedTotalMinor }),
    output: Outcome,
    errors: [
      errors.PLAN_OWNER_NOT_FOUND,
      errors.PLAN_NOT_FOUND,
      errors.SUBSCRIPTION_EXISTS,
      errors.SAVED_METHOD_NEEDED,
      errors.SUBSCRIPTION_DECLINED,
      errors.PLAN_PRICE_CHANGED,
    ],
    example: { input: { ownerId, planId: 'studio', interval: 'month' }, output: exampleOutcome },
  }),
  changeSubscription: operation({
    summary: 'Changes plan or interval: up at once and charged for the rest of the period, down when the period ends',
    description: 'A canceled subscription is resumed by it. Choosing what runs already takes back a change that waits.',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/subscriptions/{subscriptionId}/change', status: 200 },
    input: z.object({ subscriptionId, ...Target, expectedTotalMinor }),
    output: Outcome,
    errors: [
      errors.SUBSCRIPTION_NOT_FOUND,
      errors.PLAN_NOT_FOUND,
      errors.SUBSCRIPTION_STATE,
      errors.SUBSCRIPTION_UNCHANGED,
      errors.SUBSCRIPTION_INVOICE_OPEN,
      errors.SAVED_METHOD_NEEDED,
      errors.SUBSCRIPTION_DECLINED,
      errors.PLAN_PRICE_CHANGED,
    ],
    example: { input: { ...bySubscriptionId, planId: 'pro', interval: 'month' }, output: exampleOutcome },
  }),
  cancelSubscription: operation({
    summary: 'Cancels at the end of the period; one that is past due ends at once',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/subscriptions/{subscriptionId}/cancellation', status: 200 },
    input: z.object({ subscriptionId }),
    output: Subscription,
    errors: [errors.SUBSCRIPTION_NOT_FOUND, errors.SUBSCRIPTION_STATE],
    example: { input: bySubscriptionId, output: { ...exampleSubscription, state: 'canceled' } },
  }),
  resumeSubscription: operation({
    summary: 'Takes a cancellation back, before the period ends',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/subscriptions/{subscriptionId}/resumption', status: 200 },
    input: z.object({ subscriptionId }),
    output: Subscription,
    errors: [errors.SUBSCRIPTION_NOT_FOUND, errors.SUBSCRIPTION_STATE],
    example: { input: bySubscriptionId, output: exampleSubscription },
  }),
  listSubscriptions: operation({
    summary: 'All subscriptions, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/subscriptions' },
    input: z.object({ ...PageQuery, state: SubscriptionState.optional() }),
    output: pageOf(ListedSubscription),
    example: {
      input: { limit: 20 },
      output: { items: [{ ...exampleSubscription, ownerName: 'Old Light' }], nextCursor: null },
    },
  }),
  getSubscriptionRevenue: operation({
    summary: 'What subscriptions brought in a month, and how many run',
    description: 'By the clocks of the marketplace. `revenue` is without tax.',
    access: ['admin'],
    route: { method: 'GET', path: '/subscription-revenue' },
    input: z.object({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
        .optional(),
    }),
    output: z.object({
      month: z.string(),
      currency: Currency,
      revenue: Money,
      tax: Money,
      paidInvoices: z.int(),
      open: Money,
      byState: z.array(z.object({ state: SubscriptionState, count: z.int() })),
    }),
    example: {
      input: { month: '2026-11' },
      output: {
        month: '2026-11',
        currency: 'USD',
        revenue: usd(42_000),
        tax: usd(0),
        paidInvoices: 40,
        open: usd(900),
        byState: [{ state: 'active', count: 40 }],
      },
    },
  }),
};
