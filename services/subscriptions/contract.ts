import { invoiceOperations } from './contract/invoice.ts';
import { planOperations } from './contract/plan.ts';
import { subscriptionOperations } from './contract/subscription.ts';

export { InvoiceState, SubscriptionInvoice, SubscriptionInvoiceLine } from './contract/invoice.ts';
export { OfferedPlan, Owner, OwnerKind } from './contract/plan.ts';
export { OwnedPlan, PlanChange, PlanUsage, Subscription, SubscriptionState } from './contract/subscription.ts';

/** Plans of stores: who has which, what it entitles to, and how it is paid. */
export const subscriptionsContract = { ...planOperations, ...subscriptionOperations, ...invoiceOperations };
