import { type Id, uuidFromId } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { type DisputeState, isDisputed, saveDispute } from '../store/dispute.ts';
import { findInvoice, listOpenInvoices, lockInvoice } from '../store/invoice.ts';
import { lockSubscription, saveSubscription } from '../store/subscription.ts';
import type { Dependencies } from './dependencies.ts';
import { close, end } from './settle.ts';
import { publishPlan, tellMoved } from './tell.ts';

/**
 * A bank contests what was paid for a plan. While that is open the owner has the free plan and no card is charged; won, the
 * plan goes on; lost, it ends, with what is still unpaid: who takes money back does not want the plan.
 */
export async function followDispute(
  { marketplaces, clock }: Pick<Dependencies, 'marketplaces' | 'clock'>,
  tx: Transaction,
  {
    chargebackId,
    invoiceId,
    state,
  }: { readonly chargebackId: Id<'chargeback'>; readonly invoiceId: Id<'checkout'>; readonly state: DisputeState },
): Promise<void> {
  const invoice = await findInvoice(tx, tx.marketplaceId, uuidFromId(invoiceId));
  if (invoice === undefined) return;
  const row = await lockSubscription(tx, invoice.subscription_id);
  const now = clock();
  const dispute = { chargebackId: uuidFromId(chargebackId), subscriptionId: row.id, state, time: now };
  if (!(await saveDispute(tx, dispute)) || row.state === 'ended') return;
  const settings = marketplaces.get(tx.marketplaceId);
  if (state === 'lost') {
    for (const { id } of await listOpenInvoices(tx, tx.marketplaceId, row.id))
      await close(tx, await lockInvoice(tx, id), 'uncollectible');
    await end(tx, settings, row, now);
    return;
  }
  const isOverdue = row.state === 'past_due' && row.grace_end_time !== null && row.grace_end_time <= now;
  const isLapsed = isOverdue || (await isDisputed(tx, tx.marketplaceId, row.id));
  if (isLapsed === row.is_lapsed) return;
  const changed = await saveSubscription(tx, { ...row, is_lapsed: isLapsed });
  await publishPlan(tx, settings, changed);
  await tellMoved(tx, changed, isLapsed ? 'lapsed' : 'resumed');
}
