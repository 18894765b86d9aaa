import { type Context, type Handler, uuidFromId } from '@plaza/kernel';
import { inSteps, inTransaction } from '@plaza/runtime';
import { subscriptionsContract } from '../contract.ts';
import { after } from '../domain/state.ts';
import { errors } from '../errors.ts';
import { type InvoiceRow, listOpenInvoices, lockInvoice } from '../store/invoice.ts';
import { findSubscription, lockSubscription, saveSubscription } from '../store/subscription.ts';
import { requireOwnSubscription } from './access.ts';
import { abandon } from './charge.ts';
import type { Dependencies } from './dependencies.ts';
import { close, end } from './settle.ts';
import { tellMoved } from './tell.ts';
import { subscriptionView } from './views.ts';

/** Cancels at the end of the period. What is past due ends at once, and what it owes for a period not had is withdrawn. */
export function cancelSubscription(
  dependencies: Dependencies,
): Handler<typeof subscriptionsContract.cancelSubscription> {
  const { database, marketplaces, clock } = dependencies;
  return inSteps(database, subscriptionsContract.cancelSubscription, async ({ input, context }) => {
    const { marketplaceId, locale } = context;
    const settings = marketplaces.get(marketplaceId);
    const found = await requireFound(dependencies, context, input.subscriptionId);
    const { row, closed } = await database.transaction(marketplaceId, async (tx) => {
      const locked = await lockSubscription(tx, found.id);
      const to = after(locked.state, 'cancel');
      // A repeat, also by another form, is answered as it stands.
      if (locked.state === 'canceled') return { row: locked, closed: [] };
      if (to === undefined) throw errors.SUBSCRIPTION_STATE({ state: locked.state });
      const closedNow: InvoiceRow[] = [];
      for (const { id, kind } of await listOpenInvoices(tx, marketplaceId, locked.id)) {
        if (to === 'ended' || kind === 'change') closedNow.push(await close(tx, await lockInvoice(tx, id), 'void'));
      }
      if (to === 'ended') return { row: await end(tx, settings, locked, clock()), closed: closedNow };
      const canceled = await saveSubscription(tx, { ...locked, state: to, next_plan_id: null, next_interval: null });
      await tellMoved(tx, canceled, 'canceled');
      return { row: canceled, closed: closedNow };
    });
    await abandon(dependencies, context, closed);
    return subscriptionView(row, settings, locale);
  });
}

export function resumeSubscription(
  dependencies: Dependencies,
): Handler<typeof subscriptionsContract.resumeSubscription> {
  const { database, marketplaces } = dependencies;
  return inTransaction(database, subscriptionsContract.resumeSubscription, async ({ input, context, tx }) => {
    const found = await requireFound(dependencies, context, input.subscriptionId);
    const locked = await lockSubscription(tx, found.id);
    const to = after(locked.state, 'resume', locked.period_index < 0);
    if (to === undefined) throw errors.SUBSCRIPTION_STATE({ state: locked.state });
    const resumed = await saveSubscription(tx, { ...locked, state: to });
    await tellMoved(tx, resumed, 'resumed');
    return subscriptionView(resumed, marketplaces.get(tx.marketplaceId), context.locale);
  });
}

async function requireFound({ database }: Pick<Dependencies, 'database'>, context: Context, subscriptionId: string) {
  const { marketplaceId } = context;
  const queries = database.read(marketplaceId);
  return requireOwnSubscription(context, await findSubscription(queries, marketplaceId, uuidFromId(subscriptionId)));
}
