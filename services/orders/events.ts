import { defineEvent, idSchema, Money } from '@plaza/kernel';
import { z } from 'zod';
import { Party } from './domain/process/process.ts';

/** What the token in a guest's mail about an order opens: that order, by the operation `openGuestOrder`. */
export const GUEST_ACCESS = 'orders.guest-access';

const order = {
  orderId: idSchema('order'),
  number: z.string(),
  buyerMemberId: idSchema('member').nullable(),
  /** Where to write to a guest. */
  email: z.string().nullable(),
  locale: z.string(),
};
const group = {
  ...order,
  groupId: idSchema('shipmentGroup'),
  storeId: idSchema('store'),
  storeName: z.string(),
  sellerMemberId: idSchema('member'),
  state: z.string(),
  version: z.int(),
};

export const orderPlaced = defineEvent({
  type: 'order.placed',
  summary: 'A paid order came to be, or one that is paid at the door.',
  data: z.object({
    ...order,
    total: Money,
    /** Paid at the door: nothing is paid yet. */
    isDue: z.boolean().default(false),
    groups: z.array(
      z.object({
        groupId: idSchema('shipmentGroup'),
        storeId: idSchema('store'),
        storeName: z.string(),
        sellerMemberId: idSchema('member'),
        total: Money,
        lines: z.array(
          z.object({
            listingId: idSchema('listing'),
            variantId: idSchema('variant'),
            title: z.string(),
            quantity: z.int(),
          }),
        ),
      }),
    ),
  }),
});

/** A guest who has lost the link to an order asked for another. */
export const orderLinkRequested = defineEvent({
  type: 'order.link-requested',
  summary: 'A guest asked for a new link to their order.',
  data: z.object(order),
});

/** Every step of a shipment group after that, whatever its process calls it. */
export const orderMoved = defineEvent({
  type: 'order.moved',
  summary: 'A store’s part of an order went to another state of its process.',
  data: z.object({
    ...group,
    action: z.string(),
    by: Party,
    isFinal: z.boolean(),
    details: z.record(z.string(), z.string()),
  }),
});

export const evidenceAdded = defineEvent({
  type: 'evidence.added',
  summary: 'One side of a dispute showed something.',
  data: z.object({ ...group, by: Party }),
});

export const returnMoved = defineEvent({
  type: 'return.moved',
  summary: 'A return was asked for, answered, sent, received, or came to nothing.',
  data: z.object({
    ...group,
    returnId: idSchema('return'),
    action: z.string(),
    by: Party,
    /** The state of the return; `state` is the sale's. */
    returnState: z.string(),
    isFinal: z.boolean(),
    details: z.record(z.string(), z.string()),
  }),
});

export const orderContested = defineEvent({
  type: 'order.contested',
  summary: 'The buyer’s bank has a claim on the payment of a store’s group, or has decided it.',
  data: z.object({
    ...group,
    chargebackId: idSchema('chargeback'),
    claim: z.enum(['opened', 'won', 'lost']),
    amount: Money,
    reason: z.string(),
    evidenceDueTime: z.iso.datetime().nullable(),
    /** What had waited for the bank and goes back to the buyer now. */
    freed: Money.nullable().default(null),
  }),
});

export const paybackAddressAsked = defineEvent({
  type: 'order.payback_address_asked',
  summary: 'The buyer of an order is to say where coins shall go back to.',
  data: z.object({ ...order, paymentId: idSchema('payment'), owed: Money }),
});

export const orderRefunded = defineEvent({
  type: 'order.refunded',
  summary: 'A part or all of a store’s group goes back to the buyer.',
  data: z.object({
    ...group,
    refunded: Money,
    reason: z.string(),
    /** The money waits: the buyer's bank has a claim on the payment. */
    isWaiting: z.boolean().default(false),
  }),
});

export const licenseIssued = defineEvent({
  type: 'license.issued',
  summary: 'A buyer got the right to digital listings.',
  data: z.object({ ...order, licenseIds: z.array(idSchema('license')) }),
});

export const offerMoved = defineEvent({
  type: 'offer.moved',
  summary: 'An offer was made, countered, accepted, declined, used, or it expired.',
  data: z.object({
    offerId: idSchema('offer'),
    listingId: idSchema('listing'),
    title: z.string(),
    buyerMemberId: idSchema('member'),
    sellerMemberId: idSchema('member'),
    action: z.string(),
    by: Party,
    /** The state before it; null of a new one. */
    from: z.string().nullable().default(null),
    state: z.string(),
    price: Money,
    version: z.int(),
  }),
});

export const ordersEvents = [
  orderPlaced,
  orderMoved,
  orderRefunded,
  licenseIssued,
  offerMoved,
  evidenceAdded,
  returnMoved,
  orderContested,
  paybackAddressAsked,
] as const;
