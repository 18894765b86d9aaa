import { defineEvent, idSchema, Money } from '@plaza/kernel';
import { Entitlements } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { OwnerKind } from './contract/plan.ts';

const subscription = {
  subscriptionId: idSchema('subscription'),
  ownerKind: OwnerKind,
  ownerId: z.string(),
  payerMemberId: idSchema('member'),
  planId: z.string(),
};

const invoice = {
  ...subscription,
  invoiceId: idSchema('subscriptionInvoice'),
  number: z.string(),
  total: Money,
};

export const entitlementsChanged = defineEvent({
  type: 'entitlements.changed',
  summary: 'What an owner is entitled to is another plan now. Who keeps a copy compares versions.',
  data: z.object({
    ownerKind: OwnerKind,
    ownerId: z.string(),
    planId: z.string(),
    entitlements: Entitlements,
    version: z.int(),
  }),
});

export const subscriptionMoved = defineEvent({
  type: 'subscription.moved',
  summary: 'A subscription began, changed its plan, was canceled, resumed, lapsed or ended.',
  data: z.object({
    ...subscription,
    happened: z.enum(['started', 'changed', 'canceled', 'resumed', 'lapsed', 'ended']),
    periodEndTime: z.iso.datetime(),
  }),
});

export const subscriptionTrialEnding = defineEvent({
  type: 'subscription.trial_ending',
  summary: 'A trial ends within three days; then the plan is charged.',
  data: z.object({ ...subscription, trialEndTime: z.iso.datetime() }),
});

export const subscriptionInvoicePaid = defineEvent({
  type: 'subscription_invoice.paid',
  summary: 'An invoice was paid. Said once.',
  data: z.object({ ...invoice, tax: Money, paidTime: z.iso.datetime() }),
});

export const subscriptionInvoiceFailed = defineEvent({
  type: 'subscription_invoice.failed',
  summary: 'An invoice could not be charged: declined, or the bank asks its member first (`actionUrl`).',
  data: z.object({
    ...invoice,
    failures: z.int(),
    declineCode: z.string().nullable(),
    actionUrl: z.string().nullable(),
    retryTime: z.iso.datetime().nullable(),
    graceEndTime: z.iso.datetime().nullable(),
  }),
});

export const subscriptionsEvents = [
  entitlementsChanged,
  subscriptionMoved,
  subscriptionTrialEnding,
  subscriptionInvoicePaid,
  subscriptionInvoiceFailed,
] as const;
