import { paymentRefunded } from '@plaza/payments/events';
import { type Reaction, reaction } from '@plaza/runtime';
import type { SellingDependencies } from '../dependencies.ts';
import { leftMinor } from '../domain/order.ts';
import { lockGroup } from '../store/group.ts';
import { findOrder } from '../store/order.ts';
import { bookPartRefund } from './book-part-refund.ts';

/**
 * A refund that was begun in the provider's own console: the money is back with the buyer and in the books, so the order
 * says so too. Refunds of ours began here and are known.
 */
export function hearRefunds({ clock }: Pick<SellingDependencies, 'clock'>): Reaction[] {
  return [
    reaction(paymentRefunded, async ({ event: { data }, tx }) => {
      if (data.origin !== 'provider' || data.groupId === null || data.orderId === null) return;
      const { marketplaceId } = tx;
      const group = await lockGroup(tx, marketplaceId, data.groupId);
      const order = await findOrder(tx, marketplaceId, data.orderId);
      // The hold may be told of before the order is: the event is delivered again.
      if (group === undefined || order === undefined) throw new Error(`no group ${data.groupId} to refund yet`);
      const amountMinor = Math.min(data.refunded.amountMinor, leftMinor(group));
      if (amountMinor === 0) return;
      const { reason } = data;
      const sent = { party: 'operator', memberId: null, time: clock(), isSent: true } as const;
      await bookPartRefund(tx, order, group, { amountMinor, reason, ...sent });
    }),
  ];
}
