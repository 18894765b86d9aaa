import { cashCollected, holdReleased, paymentRefunded } from '@plaza/payments/events';
import { type Reaction, reaction, reactionToMany, type Transaction } from '@plaza/runtime';
import type { SellingDependencies } from '../../dependencies.ts';
import { withVatApart } from '../../domain/document/commission.ts';
import type { GroupRecord, OrderRecord } from '../../domain/order.ts';
import { orderPlaced } from '../../events.ts';
import { chargedToGroup, insertCommissionEntry } from '../../store/commission-entry.ts';
import { lockGroup } from '../../store/group.ts';
import { findOrder } from '../../store/order.ts';
import { salesOfOrders } from '../../store/sale.ts';
import { issueCredit, issueSales } from './issue.ts';

/**
 * What is issued and charged when money moved: receipts of a placed order, the credit note of a refund, the commission of
 * a release and what of it a later refund returned. Each once, for an event is taken once and its document's subject is unique.
 */
export function hearForDocuments({
  marketplaces,
  clock,
}: Pick<SellingDependencies, 'marketplaces' | 'clock'>): Reaction[] {
  return [
    reactionToMany(orderPlaced, async ({ events, tx }) => {
      // Who pays at the door has the receipt when they have paid.
      const orderIds = events.flatMap(({ data: { orderId, isDue } }) => (isDue ? [] : [orderId]));
      const sales = await salesOfOrders(tx, tx.marketplaceId, orderIds);
      await issueSales(tx, marketplaces.get(tx.marketplaceId), sales, clock());
    }),
    reaction(cashCollected, async ({ event: { data }, tx }) => {
      const { order, group } = await lockSale(tx, data.orderId, data.groupId);
      await issueSales(tx, marketplaces.get(tx.marketplaceId), [{ order, group }], clock());
    }),
    reaction(paymentRefunded, async ({ event: { data, time }, tx }) => {
      if (data.groupId === null || data.orderId === null) return;
      const { order, group } = await lockSale(tx, data.orderId, data.groupId);
      const refund = { refundId: data.refundId, refundedMinor: data.refunded.amountMinor, reason: data.reason };
      await issueCredit(tx, marketplaces.get(tx.marketplaceId), { order, group }, refund, clock());
      const returnedMinor = data.commission?.amountMinor ?? 0;
      if (returnedMinor === 0) return;
      const charged = await chargedToGroup(tx, tx.marketplaceId, group.id);
      const { commissionMinor, vatMinor } = withVatApart(
        returnedMinor,
        charged.commissionMinor > 0 ? charged : vatOf(group),
      );
      const amounts = { commissionMinor: -commissionMinor, vatMinor: -vatMinor };
      await charge(tx, order, group, { kind: 'refund', id: data.refundId, ...amounts, time: new Date(time) });
    }),
    reaction(holdReleased, async ({ event: { data, time }, tx }) => {
      if (data.commission.amountMinor === 0) return;
      const { order, group } = await lockSale(tx, data.orderId, data.groupId);
      const amounts = withVatApart(data.commission.amountMinor, vatOf(group));
      await charge(tx, order, group, { kind: 'release', id: data.groupId, ...amounts, time: new Date(time) });
    }),
  ];
}

/** The order and its group, locked, so that documents and charges of a group are written one after the other. */
async function lockSale(
  tx: Transaction,
  orderId: string,
  groupId: string,
): Promise<{ order: OrderRecord; group: GroupRecord }> {
  const group = await lockGroup(tx, tx.marketplaceId, groupId);
  const order = await findOrder(tx, tx.marketplaceId, orderId);
  // The money may be told of before the order is: the event is delivered again.
  if (group === undefined || order === undefined) throw new Error(`no group ${groupId} to document yet`);
  return { order, group };
}

function vatOf({ quote }: GroupRecord): { commissionMinor: number; vatMinor: number } {
  return { commissionMinor: quote.commissionMinor, vatMinor: quote.commissionVatMinor };
}

async function charge(
  tx: Transaction,
  order: OrderRecord,
  group: GroupRecord,
  entry: { kind: 'release' | 'refund'; id: string; commissionMinor: number; vatMinor: number; time: Date },
): Promise<void> {
  await insertCommissionEntry(tx, tx.marketplaceId, {
    ...entry,
    storeId: group.storeId,
    groupId: group.id,
    orderNumber: order.number,
    currency: order.currency,
  });
}
