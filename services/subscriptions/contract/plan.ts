import { idSchema, Money, operation } from '@plaza/kernel';
import { Entitlements } from '@plaza/kernel/marketplace';
import { z } from 'zod';

export const OwnerKind = z.enum(['store', 'member']);
export type OwnerKind = z.output<typeof OwnerKind>;

/** Whose plan it is: a store or a member. */
export const Owner = {
  ownerKind: OwnerKind.default('store'),
  ownerId: z.union([idSchema('store'), idSchema('member')]).meta({ description: 'Of the kind that `ownerKind` says.' }),
};

/** A plan as it is offered, in one language. */
export const OfferedPlan = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    /** Null: free. */
    price: z.object({ month: Money, year: Money }).nullable(),
    trialDays: z.int(),
    entitlements: Entitlements,
    metered: z.array(
      z.object({
        meter: z.string(),
        name: z.string(),
        included: z.int(),
        tiers: z.array(z.object({ upTo: z.int().nullable(), unitPrice: Money })),
      }),
    ),
  })
  .meta({ id: 'Plan' });
export type OfferedPlan = z.output<typeof OfferedPlan>;

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

export const examplePlan: z.input<typeof OfferedPlan> = {
  id: 'studio',
  name: 'Studio',
  description: 'For a growing catalog and a lower commission.',
  price: { month: usd(900), year: usd(9000) },
  trialDays: 14,
  entitlements: { 'listings.active.max': 100, 'commission.discountBp': 200 },
  metered: [],
};

export const planOperations = {
  listPlans: operation({
    summary: 'What stores of this marketplace may subscribe to, the free plan first',
    description: 'Empty where nobody is limited. In the language of the request.',
    access: 'public',
    guestCacheSeconds: 60,
    route: { method: 'GET', path: '/plans' },
    input: z.object({}),
    output: z.object({ items: z.array(OfferedPlan) }),
    example: { input: {}, output: { items: [examplePlan] } },
  }),
  getEntitlements: operation({
    summary: 'What an owner is entitled to now',
    description:
      'The free plan’s, without a subscription. A service that must know on a hot path keeps a copy by `entitlements.changed`. `plan` is null where the marketplace has no plans.',
    access: 'service',
    input: z.object(Owner),
    output: z.object({ plan: OfferedPlan.pick({ id: true, name: true }).nullable(), entitlements: Entitlements }),
    example: {
      input: { ownerKind: 'store', ownerId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7' },
      output: { plan: { id: 'studio', name: 'Studio' }, entitlements: examplePlan.entitlements },
    },
  }),
  recordUsage: operation({
    summary: 'Reports how much of a meter an owner has used',
    description:
      'Once for each `key` of a meter. Counts for the period that runs now, and only if the owner’s plan has a price for the meter: `isRecorded` tells.',
    access: 'service',
    input: z.object({
      ...Owner,
      meter: z.string().max(100),
      quantity: z.int().min(0),
      key: z.string().min(1).max(200),
    }),
    output: z.object({ isRecorded: z.boolean() }),
    example: {
      input: {
        ownerKind: 'store',
        ownerId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
        meter: 'listings.active',
        quantity: 312,
        key: '2026-11-21T08',
      },
      output: { isRecorded: true },
    },
  }),
};
