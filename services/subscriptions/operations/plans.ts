import type { Handlers } from '@plaza/kernel';
import { planOf } from '@plaza/kernel/marketplace';
import type { planOperations } from '../contract/plan.ts';
import { findOwnerPlan } from '../store/owner.ts';
import { findRunning, lockSubscription } from '../store/subscription.ts';
import { insertUsage } from '../store/usage.ts';
import { ownerOf } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { entitlementsView, planView } from './views.ts';

/** What there is to subscribe to, who has what, and what they use. */
export function planHandlers({
  database,
  marketplaces,
  clock,
}: Pick<Dependencies, 'database' | 'marketplaces' | 'clock'>): Handlers<typeof planOperations> {
  return {
    async listPlans({ context }) {
      const settings = marketplaces.get(context.marketplaceId);
      return { items: settings.plans.plans.map((plan) => planView(plan, settings, context.locale)) };
    },

    async getEntitlements({ input, context: { marketplaceId, locale } }) {
      const settings = marketplaces.get(marketplaceId);
      if (settings.plans.plans.length === 0) return entitlementsView(undefined, settings, locale);
      const planId = await findOwnerPlan(database.read(marketplaceId), marketplaceId, ownerOf(input));
      return entitlementsView(planOf(settings.plans, planId), settings, locale);
    },

    async recordUsage({ input, context: { marketplaceId } }) {
      const { plans } = marketplaces.get(marketplaceId).plans;
      return database.transaction(marketplaceId, async (tx) => {
        const running = await findRunning(tx, marketplaceId, ownerOf(input));
        if (running === undefined) return { isRecorded: false };
        // Under the lock that a renewal takes, so that a report is in the period that is billed, or in the next.
        const row = await lockSubscription(tx, running.id);
        const plan = plans.find(({ id }) => id === row.plan_id);
        if (row.state === 'ended' || plan?.metered.every(({ meter }) => meter !== input.meter) !== false)
          return { isRecorded: false };
        const isRecorded = await insertUsage(tx, {
          subscriptionId: row.id,
          meter: input.meter,
          key: input.key,
          periodStart: row.period_start,
          quantity: input.quantity,
          now: clock(),
        });
        return { isRecorded };
      });
    },
  };
}
