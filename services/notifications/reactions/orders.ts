import type { EventEnvelope, MemberId } from '@plaza/kernel';
import {
  evidenceAdded,
  licenseIssued,
  orderContested,
  orderLinkRequested,
  orderMoved,
  orderPlaced,
  orderRefunded,
  paybackAddressAsked,
  returnMoved,
} from '@plaza/orders/events';
import { bankReason } from '@plaza/payments/contract';
import { type Reaction, reaction, reactionToMany } from '@plaza/runtime';
import type { z } from 'zod';
import type { News } from '../domain/message.ts';
import type { Values } from '../domain/template.ts';
import { type Dependencies, notify } from '../operations/notify.ts';
import { type Buyer, newsForBuyer, type ToldBuyer } from './buyer.ts';
import { type Call, tellBy } from './tell.ts';

type Placed = EventEnvelope<z.output<(typeof orderPlaced)['data']>>;
type Sides = Buyer & { readonly sellerMemberId: MemberId };
/** What both sides are told: the template is this behind `order-` or `sale-`. */
type Said = { readonly what: string; readonly values: Values };

/** Buyers and sellers are told of an order, from its placing to the last refund. */
export function orderReactions(dependencies: Dependencies): Reaction[] {
  const { platform } = dependencies;
  const tell = tellBy(dependencies);
  const tellBuyer = (call: Call, buyer: Buyer, told: ToldBuyer): Promise<void> => {
    const about = { marketplaceId: call.tx.marketplaceId, eventId: call.event.id };
    return notify(dependencies, call, newsForBuyer(platform, about, buyer, told));
  };

  /** Both sides, but not who did it: nobody is told what they did themselves. */
  const tellOthers = async (call: Call, by: string, { sellerMemberId, ...buyer }: Sides, said: Said): Promise<void> => {
    const { what, values } = said;
    if (by !== 'buyer') await tellBuyer(call, buyer, { template: `order-${what}`, values });
    if (by !== 'seller')
      await tell(call, {
        template: `sale-${what}`,
        topic: 'orders',
        to: { memberId: sellerMemberId },
        path: saleOf(buyer.orderId),
        values,
      });
  };

  return [
    reactionToMany(orderPlaced, (call) => {
      const { marketplaceId } = call.tx;
      const news = call.events.flatMap((event) => [
        ...newsForBuyer(platform, { marketplaceId, eventId: event.id }, event.data, boughtNews(event)),
        ...soldNews(event),
      ]);
      return notify(dependencies, call, news);
    }),
    reaction(orderLinkRequested, (call) => {
      const { number, ...buyer } = call.event.data;
      return tellBuyer(call, buyer, { template: 'order-link', values: { number } });
    }),
    reaction(orderMoved, (call) => {
      const { number, storeName, state, by, details, ...sides } = call.event.data;
      return tellOthers(call, by, sides, { what: state, values: { number, storeName, ...detailsOf(details) } });
    }),
    reaction(evidenceAdded, (call) => {
      const { number, storeName, by, ...sides } = call.event.data;
      return tellOthers(call, by, sides, { what: 'evidence', values: { number, storeName } });
    }),
    reaction(returnMoved, (call) => {
      const { number, storeName, returnState, by, details, ...sides } = call.event.data;
      const values = { number, storeName, ...detailsOf(details) };
      return tellOthers(call, by, sides, { what: `return-${returnState}`, values });
    }),
    reaction(orderContested, async (call) => {
      const { number, storeName, sellerMemberId, claim, amount, reason, freed, ...buyer } = call.event.data;
      const { orderId } = buyer;
      if (freed !== null)
        await tellBuyer(call, buyer, { template: 'order-refunded', amount: freed, values: { number, storeName } });
      await tell(call, {
        template: `sale-claim-${claim}`,
        topic: 'orders',
        to: { memberId: sellerMemberId },
        path: saleOf(orderId),
        amount,
        values: { number, storeName },
        texts: { reason: bankReason(reason) },
      });
    }),
    reaction(paybackAddressAsked, (call) => {
      const { paymentId, owed: amount, number, ...buyer } = call.event.data;
      const path = `/pay/coin/${paymentId}`;
      return tellBuyer(call, buyer, { template: 'payback-address', amount, values: { number }, path, guestPath: path });
    }),
    reaction(orderRefunded, (call) => {
      const { number, storeName, refunded: amount, isWaiting, ...buyer } = call.event.data;
      const template = isWaiting ? 'order-refund-waits' : 'order-refunded';
      return tellBuyer(call, buyer, { template, amount, values: { number, storeName } });
    }),
    reactionToMany(licenseIssued, (call) => {
      const { marketplaceId } = call.tx;
      const news = call.events.flatMap(({ id: eventId, data: { number, ...buyer } }) => {
        const told = { template: 'license-issued', values: { number }, path: '/account/library' };
        return newsForBuyer(platform, { marketplaceId, eventId }, buyer, told);
      });
      return notify(dependencies, call, news);
    }),
  ];
}

const saleOf = (orderId: string) => `/studio/orders/${orderId}`;

function boughtNews({ data: { number, total, isDue } }: Placed): ToldBuyer {
  return { template: isDue ? 'order-placed-due' : 'order-placed', amount: total, values: { number } };
}

/** Each seller is told of their part. */
function soldNews({ id, data: { orderId, number, groups, isDue } }: Placed): News[] {
  return groups.map(({ groupId, sellerMemberId, storeName, total: amount }) => ({
    // Two stores of one seller are two pieces of news.
    eventId: `${id}:${groupId}`,
    message: {
      template: isDue ? 'sale-placed-due' : 'sale-placed',
      topic: 'orders',
      to: { memberId: sellerMemberId },
      path: saleOf(orderId),
      amount,
      values: { number, storeName },
    },
  }));
}

/** What was said on a step: how a parcel is followed, and why. */
function detailsOf({ carrier, trackingNumber, reason = '' }: Readonly<Record<string, string>>): Values {
  return { tracking: [carrier, trackingNumber].filter(Boolean).join(' '), reason };
}
