import { asService, type Context, Fault, type Id, type Money, money } from '@plaza/kernel';
import { chargebackSettled, paymentDisputed } from '@plaza/payments/events';
import { type Reaction, reaction, type Transaction } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { type GroupRecord, leftMinor, type OrderRecord } from '../domain/order.ts';
import { undoneRefundMinor } from '../domain/waiting.ts';
import { orderContested } from '../events.ts';
import { hurryEffects, undoneEffects } from '../store/effect.ts';
import { addRefunded, addTimelineEntry, lockGroup } from '../store/group.ts';
import { findOrder } from '../store/order.ts';
import { markChargebackSettled, saveOrderChargeback } from '../store/order-chargeback.ts';
import { endGroup } from './end-group.ts';
import { eventFace } from './move-group.ts';

const ACTIONS = { opened: 'chargebackOpened', won: 'chargebackWon', lost: 'chargebackLost' } as const;

/**
 * A buyer's bank takes a payment back. Meanwhile payments keeps the money of its groups where it is. Lost, it is borne as the
 * processes of the groups say, or waits for an operator's ruling; what that took of a group, the group says too.
 */
export function hearChargebacks(dependencies: SellingDependencies): Reaction[] {
  const { clock } = dependencies;
  return [
    reaction(paymentDisputed, async ({ event: { data }, tx, context }) => {
      if (data.orderId === null) return;
      const order = await requireOrder(tx, data.orderId);
      const { chargebackId, state, disputed, reason, evidenceDueTime } = data;
      const now = clock();
      const told = { chargebackId, orderId: order.id, state, ...disputed, reason, evidenceDueTime };
      if (!(await saveOrderChargeback(tx, tx.marketplaceId, told, now))) return;
      if (state === 'lost') await settleByProcess(dependencies, tx, order, chargebackId, context);
      for (const { id } of order.groups) {
        const group = (await lockGroup(tx, tx.marketplaceId, id)) as GroupRecord;
        await addTimelineEntry(tx, tx.marketplaceId, id, {
          action: ACTIONS[state],
          party: 'timer',
          memberId: null,
          details: {},
          time: now,
        });
        const freedMinor = state === 'won' ? undoneRefundMinor(await undoneEffects(tx, tx.marketplaceId, id)) : 0;
        await tx.announce(orderContested, order.id, {
          ...eventFace(order, group, group.state),
          chargebackId,
          claim: state,
          amount: disputed,
          reason,
          evidenceDueTime,
          freed: freedMinor === 0 ? null : money(freedMinor, order.currency),
        });
        // What waited for the bank goes on at once.
        if (state === 'won') await hurryEffects(tx, tx.marketplaceId, id, now);
      }
    }),
    reaction(chargebackSettled, async ({ event: { data }, tx }) => {
      if (data.orderId === null) return;
      const order = await requireOrder(tx, data.orderId);
      await markChargebackSettled(tx, tx.marketplaceId, data.chargebackId);
      for (const { id } of order.groups) await hurryEffects(tx, tx.marketplaceId, id, clock());
      for (const part of data.parts) await bookPart(tx, order, { ...part, reason: data.reason }, clock());
    }),
  ];
}

/** Asks payments to settle, unless a process leaves it to an operator. Asked twice, it settles once. */
async function settleByProcess(
  { payments, processes }: SellingDependencies,
  tx: Transaction,
  order: OrderRecord,
  chargebackId: Id<'chargeback'>,
  context: Context,
): Promise<void> {
  const bearers: { groupId: Id<'shipmentGroup'>; bearer: 'seller' | 'platform' }[] = [];
  for (const group of order.groups) {
    const process = await processes.version(tx, tx.marketplaceId, group.processName, group.processVersion);
    const { chargebackBearer: bearer = 'seller' } = process;
    if (bearer === 'operator') return;
    bearers.push({ groupId: group.id, bearer });
  }
  await payments.settleChargeback({ chargebackId, bearers }, asService('orders', context)).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code !== 'CHARGEBACK_CLOSED') throw error;
  });
}

type Part = {
  readonly groupId: Id<'shipmentGroup'>;
  readonly bearer: 'seller' | 'platform';
  readonly amount: Money;
  readonly reason: string;
};

/** What the bank took of a group. With nothing left to give back, the group is at its end, wherever it stood. */
async function bookPart(
  tx: Transaction,
  order: OrderRecord,
  { groupId, bearer, amount, reason }: Part,
  time: Date,
): Promise<void> {
  const group = await lockGroup(tx, tx.marketplaceId, groupId);
  if (group === undefined) return;
  const takenMinor = Math.min(amount.amountMinor, leftMinor(group));
  if (takenMinor === 0) return;
  // A platform that bears it leaves the seller's earnings as they were: said by another name (`sharesAfterRefunds`).
  const details = { reason, [bearer === 'seller' ? 'amountMinor' : 'borneMinor']: String(takenMinor) };
  const refundedMinor = group.refundedMinor + takenMinor;
  if (takenMinor < leftMinor(group)) {
    await addRefunded(tx, tx.marketplaceId, groupId, takenMinor);
    const entry = { action: 'chargedBack', party: 'timer', memberId: null, details, time } as const;
    return addTimelineEntry(tx, tx.marketplaceId, groupId, entry);
  }
  // A seller whom the platform stands in for is paid, if the process had not come to that yet.
  const effects = bearer === 'seller' ? (['revokeLicense'] as const) : (['release', 'revokeLicense'] as const);
  return endGroup(tx, order, group, { state: 'reversed', party: 'timer', refundedMinor, details, effects, time });
}

/** The claim may be told of before the order is: the event is delivered again. */
async function requireOrder(tx: Transaction, orderId: string): Promise<OrderRecord> {
  const order = await findOrder(tx, tx.marketplaceId, orderId);
  if (order === undefined) throw new Error(`no order ${orderId} yet`);
  return order;
}
