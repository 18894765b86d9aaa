import type { Client } from '@plaza/kernel';
import type { paymentsContract } from '@plaza/payments/contract';
import { defineService, timer } from '@plaza/runtime';
import { subscriptionsContract } from './contract.ts';
import { errors } from './errors.ts';
import { subscriptionsEvents } from './events.ts';
import { cancelSubscription, resumeSubscription } from './operations/cancel.ts';
import type { Dependencies } from './operations/dependencies.ts';
import { exportSubscriptionInvoice } from './operations/export-invoice.ts';
import { invoices } from './operations/invoices.ts';
import { overview } from './operations/overview.ts';
import { getOwnedPlan } from './operations/owned-plan.ts';
import { planHandlers } from './operations/plans.ts';
import { previewPlan } from './operations/preview.ts';
import { runBilling } from './operations/renew.ts';
import { changeSubscription, createSubscription } from './operations/subscribe.ts';
import { createReactions } from './reactions.ts';

/** Plans of stores: entitlements, subscriptions, their invoices and usage. Paid through payments. */
export const subscriptionsService = defineService({
  name: 'subscriptions',
  floor: 2,
  contract: subscriptionsContract,
  events: subscriptionsEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: (platform, { payments }: { payments: Client<typeof paymentsContract> }) => {
    const { database, marketplaces, clock, log, publicUrl } = platform;
    const dependencies: Dependencies = { database, marketplaces, clock, log, publicUrl, payments };
    return {
      handlers: {
        ...planHandlers(dependencies),
        getOwnedPlan: getOwnedPlan(dependencies),
        previewPlan: previewPlan(dependencies),
        ...invoices(dependencies),
        exportSubscriptionInvoice: exportSubscriptionInvoice({ ...dependencies, storage: platform.storage }),
        createSubscription: createSubscription(dependencies),
        changeSubscription: changeSubscription(dependencies),
        cancelSubscription: cancelSubscription(dependencies),
        resumeSubscription: resumeSubscription(dependencies),
        ...overview(dependencies),
      },
      reactions: createReactions(dependencies),
      timers: [timer({ name: 'bill-subscriptions', everySeconds: 20, run: runBilling(dependencies) })],
    };
  },
});
