import { paybackAddressMissing } from '@plaza/payments/events';
import { type Reaction, reaction } from '@plaza/runtime';
import { paybackAddressAsked } from '../events.ts';
import { findOrder } from '../store/order.ts';

/** Coins of an order are to go back, and nobody knows where: its buyer is to be asked, a guest by the order's address. */
export const hearPaybacks: readonly Reaction[] = [
  reaction(paybackAddressMissing, async ({ event: { data }, tx }) => {
    if (data.orderId === null) return;
    const order = await findOrder(tx, tx.marketplaceId, data.orderId);
    if (order === undefined) throw new Error(`no order ${data.orderId} to ask the buyer of yet`);
    const { id: orderId, number, buyerMemberId, email, locale } = order;
    const { paymentId, owed } = data;
    await tx.announce(paybackAddressAsked, orderId, { orderId, number, buyerMemberId, email, locale, paymentId, owed });
  }),
];
