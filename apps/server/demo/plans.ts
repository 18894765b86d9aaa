import type { Client, Context } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { paymentsContract } from '@plaza/payments/contract';
import type { subscriptionsContract } from '@plaza/subscriptions/contract';
import type { DemoAccounts } from './members.ts';
import type { OpenStore } from './open-store.ts';
import { orNothing } from './or-nothing.ts';
import { memberContext } from './orders.ts';

/** What the demo's plan needs of payments and subscriptions. */
export type DemoPlans = {
  readonly payments: Pick<Client<typeof paymentsContract>, 'saveMethod' | 'listSavedMethods'>;
  readonly subscriptions: Pick<Client<typeof subscriptionsContract>, 'getOwnedPlan' | 'createSubscription'>;
};

/** The demo seller tries the first plan that begins with a trial, paid later with a test card. Once: one that was left stays left. */
export async function seedPlan({
  payments,
  subscriptions,
  settings,
  context,
  accounts,
  stores,
}: DemoPlans & {
  readonly settings: MarketplaceSettings;
  readonly context: Context;
  readonly accounts: DemoAccounts;
  readonly stores: readonly OpenStore[];
}): Promise<void> {
  const own = stores.find(({ store }) => store.owner === undefined);
  const plan = settings.plans.plans.find(({ trialDays }) => trialDays > 0);
  if (own === undefined || plan === undefined) return;
  const seller = memberContext(context, accounts.seller, ['buyer', 'seller']);
  // Subscriptions hear of a new store by its event; if that is still on its way, the next start does this.
  const owned = await orNothing('PLAN_OWNER_NOT_FOUND', subscriptions.getOwnedPlan({ ownerId: own.storeId }, seller));
  if (owned === undefined || !owned.isTrialOffered) return;
  const { items } = await payments.listSavedMethods({}, seller);
  if (items.length === 0) await payments.saveMethod({ token: 'pm_card_visa' }, seller);
  await subscriptions.createSubscription({ ownerId: own.storeId, planId: plan.id, interval: 'month' }, seller);
}
