import { idSchema, LocalizedText, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { ListingKind } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { Ask, Party, Ruling } from '../domain/process/process.ts';
import { ShippingAddress } from './checkout.ts';
import { orderErrors as errors } from './order-errors.ts';

export const OrderId = idSchema('order');
const GroupId = idSchema('shipmentGroup');
const StoreId = idSchema('store');

/** What the reader may do now, with what it asks for. */
export const OrderAction = z.object({
  name: z.string(),
  label: LocalizedText,
  asks: z.array(Ask),
  isDestructive: z.boolean(),
  /** The buyer gets money back by it: `refundTo` says where. */
  givesBack: z.boolean(),
});

export const OrderLine = z.object({
  id: idSchema('orderLine'),
  listingId: idSchema('listing'),
  listingSlug: z.string(),
  variantId: idSchema('variant'),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string().nullable(),
  imageUrl: z.string().nullable(),
  kind: ListingKind,
  quantity: z.int(),
  unitPrice: Money,
  discount: Money,
  total: Money,
  /** Units that were given back by line, of `quantity`. */
  refundedQuantity: z.int(),
});

export const TimelineEntry = z.object({
  action: z.string(),
  by: Party,
  label: LocalizedText,
  /** What was entered with it: carrier, tracking number, reason. Refunds carry an amount. */
  details: z.record(z.string(), z.string()),
  time: z.iso.datetime(),
});
export type TimelineEntry = z.output<typeof TimelineEntry>;

/** One store's part of an order: shipped, paid out and refunded on its own. */
export const ShipmentGroup = z.object({
  id: GroupId,
  storeId: StoreId,
  storeName: z.string(),
  storeSlug: z.string(),
  /** How this sale runs, by name; see the marketplace's processes. */
  process: z.string(),
  state: z.string(),
  stateLabel: LocalizedText,
  isFinal: z.boolean(),
  lines: z.array(OrderLine),
  shippingName: z.string().nullable(),
  safePointId: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  subtotal: Money,
  discount: Money,
  shipping: Money,
  taxAdded: Money,
  total: Money,
  refunded: Money,
  /** To be paid at the door. */
  due: Money,
  /** Where the money is: held until the order settles, or with the seller's side; with `due` and `refunded` it sums to `total`, unless what was due is given up. */
  held: Money,
  released: Money,
  /**
   * What of `refunded` and of `released` waits, while the buyer's bank has a claim on the payment: for its decision, or, where it gave
   * the money back, for an operator's ruling on who bears that. Null when nothing waits.
   */
  waiting: z.object({ until: z.enum(['decision', 'ruling']), refund: Money, release: Money }).nullable(),
  /** What the platform keeps of it, after refunds. Only the seller and operators see it. */
  commission: Money.optional(),
  /** What the seller earns of it, after refunds. Only the seller and operators see it. */
  earnings: Money.optional(),
  /** When the clock goes on by itself, and to which action. */
  dueTime: z.iso.datetime().nullable(),
  dueAction: z.string().nullable(),
  actions: z.array(OrderAction),
  /** While a ruling is waited for, and from then on. Evidence may be shown until `evidenceTime`. */
  dispute: z
    .object({
      evidenceTime: z.iso.datetime().nullable(),
      ruling: z.object({ for: Ruling, refund: Money }).nullable(),
    })
    .nullable(),
  /** Whether the reader may refund a part of it. */
  isRefundable: z.boolean(),
  /** Whether the reader may give the shipping back. */
  isShippingRefundable: z.boolean(),
  /** Until when the reader may ask to send something of it back; null when that is not so now. */
  returnTime: z.iso.datetime().nullable(),
  timeline: z.array(TimelineEntry),
});
export type ShipmentGroup = z.output<typeof ShipmentGroup>;

export const Order = z
  .object({
    id: OrderId,
    /** For people: `TE-7K3M9Q2X`. */
    number: z.string(),
    groups: z.array(ShipmentGroup),
    /** Only the buyer and operators see it. */
    email: z.string().nullable(),
    address: ShippingAddress.nullable(),
    note: z.string().nullable(),
    subtotal: Money,
    discount: Money,
    shipping: Money,
    taxAdded: Money,
    taxIncluded: Money,
    total: Money,
    refunded: Money,
    /** How it was paid. `fromWallet`: what of the total the buyer's wallet paid. */
    payment: z
      .object({ kind: z.string(), brand: z.string().nullable(), last4: z.string().nullable(), fromWallet: Money })
      .nullable(),
    /** Bought by a member: what is given back may go to their wallet, where the marketplace has wallets. */
    isMembers: z.boolean(),
    /** Claims of the buyer's bank on its payment. Only sellers and operators see them. */
    chargebacks: z.array(
      z.object({
        id: idSchema('chargeback'),
        state: z.enum(['opened', 'won', 'lost']),
        isSettled: z.boolean(),
        amount: Money,
        reason: z.string(),
        evidenceDueTime: z.iso.datetime().nullable(),
      }),
    ),
    placedTime: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof Order>;

/** An order in a list: one a shipment group for sellers, one an order for buyers and operators. */
export const OrderSummary = z
  .object({
    id: OrderId,
    number: z.string(),
    groupId: GroupId.nullable(),
    storeNames: z.array(z.string()),
    title: z.string(),
    imageUrl: z.string().nullable(),
    quantity: z.int(),
    total: Money,
    states: z.array(z.object({ state: z.string(), label: LocalizedText, isFinal: z.boolean() })),
    /** Something waits for the reader. */
    needsAction: z.boolean(),
    placedTime: z.iso.datetime(),
  })
  .meta({ id: 'OrderSummary' });
export type OrderSummary = z.output<typeof OrderSummary>;

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });
const orderId = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';
const groupId = 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7';

export const exampleOrder: z.input<typeof Order> = {
  id: orderId,
  number: 'BA-P5Q6R7XY',
  groups: [
    {
      id: groupId,
      storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
      storeName: 'Old Light',
      storeSlug: 'old-light',
      process: 'retail',
      state: 'paid',
      stateLabel: { en: 'Being prepared' },
      isFinal: false,
      lines: [
        {
          id: 'orl_01k9w6x8f0e5rbq2m3n4p5q6r7',
          listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
          listingSlug: 'vintage-lamp-4p5q6r7s',
          variantId: 'var_01k9w6x8f0e5rbq2m3n4p5q6r7',
          title: 'Vintage lamp',
          variantTitle: 'Brass',
          sku: 'LAMP-1',
          imageUrl: null,
          kind: 'physical',
          quantity: 1,
          unitPrice: dollars(4500),
          discount: dollars(0),
          total: dollars(4500),
          refundedQuantity: 0,
        },
      ],
      shippingName: 'Standard parcel',
      safePointId: null,
      carrier: null,
      trackingNumber: null,
      subtotal: dollars(4500),
      discount: dollars(0),
      shipping: dollars(600),
      taxAdded: dollars(0),
      total: dollars(5100),
      refunded: dollars(0),
      due: dollars(0),
      held: dollars(5100),
      released: dollars(0),
      waiting: null,
      dueTime: '2026-12-01T06:00:00.000Z',
      dueAction: 'expire',
      actions: [{ name: 'cancel', label: { en: 'Cancel' }, asks: ['reason'], isDestructive: true, givesBack: true }],
      dispute: null,
      isRefundable: false,
      isShippingRefundable: false,
      returnTime: null,
      timeline: [
        {
          action: 'placed',
          by: 'buyer',
          label: { en: 'Placed and paid' },
          details: {},
          time: '2026-11-21T06:00:00.000Z',
        },
      ],
    },
  ],
  email: 'ada@example.com',
  address: null,
  note: null,
  subtotal: dollars(4500),
  discount: dollars(0),
  shipping: dollars(600),
  taxAdded: dollars(0),
  taxIncluded: dollars(0),
  total: dollars(5100),
  refunded: dollars(0),
  payment: { kind: 'card', brand: 'visa', last4: '4242', fromWallet: dollars(0) },
  isMembers: true,
  chargebacks: [],
  placedTime: '2026-11-21T06:00:00.000Z',
  version: 1,
};

const exampleSummary: z.input<typeof OrderSummary> = {
  id: orderId,
  number: exampleOrder.number,
  groupId: null,
  storeNames: ['Old Light'],
  title: 'Vintage lamp',
  imageUrl: null,
  quantity: 1,
  total: dollars(5100),
  states: [{ state: 'paid', label: { en: 'Being prepared' }, isFinal: false }],
  needsAction: false,
  placedTime: exampleOrder.placedTime,
};

const page = {
  output: pageOf(OrderSummary),
  example: { input: { limit: 20 }, output: { items: [exampleSummary], nextCursor: null } },
};

/** What may be entered with an action; each action says which it asks for. */
const Entered = {
  carrier: z.string().trim().min(1).max(80).optional(),
  trackingNumber: z.string().trim().min(1).max(80).optional(),
  reason: z.string().trim().min(1).max(500).optional(),
  /** What shows that a parcel was handed over and paid: who signed, the number of a slip. */
  proof: z.string().trim().min(1).max(500).optional(),
  /** Where money that this gives back goes: to how it was paid, or to the buyer's wallet at once. */
  refundTo: z.enum(['source', 'wallet']).optional(),
  /** What a ruling gives back to the buyer, in minor units. */
  refundMinor: z.int().min(1).optional(),
};

/** An action under a path of its own; the process decides whether it may be taken. */
function named(summary: string, path: string) {
  return operation({
    summary,
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: `/orders/{orderId}/${path}`, status: 200 },
    input: z.object({ orderId: OrderId, groupId: GroupId.optional(), ...Entered }),
    output: Order,
    errors: [errors.ORDER_NOT_FOUND, errors.ACTION_NOT_ALLOWED],
    example: { input: { orderId, groupId }, output: exampleOrder },
  });
}

/** Orders, as buyers, sellers and operators see and move them. */
export const orderOperations = {
  getOrder: operation({
    summary: 'An order, as far as it is yours: bought by you, or the part sold by you',
    description:
      'A guest opens it with the guest token that the order was placed with, or that opened it by a mailed link.',
    access: 'public',
    route: { method: 'GET', path: '/orders/{orderId}' },
    input: z.object({ orderId: OrderId }),
    output: Order,
    errors: [errors.ORDER_NOT_FOUND],
    example: { input: { orderId }, output: exampleOrder },
  }),
  listOrders: operation({
    summary: 'Your purchases, newest first',
    access: 'member',
    route: { method: 'GET', path: '/orders' },
    input: z.object({ ...PageQuery }),
    ...page,
  }),
  listSales: operation({
    summary: "A store's sales, newest first; one entry a shipment group",
    access: ['seller'],
    route: { method: 'GET', path: '/stores/{storeId}/sales' },
    input: z.object({ storeId: StoreId, isOpen: z.boolean().optional(), ...PageQuery }),
    output: page.output,
    example: { input: { storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7', limit: 20 }, output: page.example.output },
  }),
  listAllOrders: operation({
    summary: 'All orders of the marketplace, newest first',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/orders' },
    input: z.object({
      number: z.string().trim().max(40).optional(),
      orderId: z.array(OrderId).min(1).max(100).optional().meta({ description: 'Of these only.' }),
      ...PageQuery,
    }),
    ...page,
  }),
  takeOrderAction: operation({
    summary: 'Takes an action that the order offers you; its process says which, and what follows',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/actions', status: 200 },
    input: z.object({ orderId: OrderId, groupId: GroupId.optional(), action: z.string().min(1).max(60), ...Entered }),
    output: Order,
    errors: [errors.ORDER_NOT_FOUND, errors.ACTION_NOT_ALLOWED],
    example: { input: { orderId, groupId, action: 'cancel', reason: 'changed my mind' }, output: exampleOrder },
  }),
  cancelOrder: named('Cancels, while the process allows it; the money goes back', 'cancellation'),
  shipOrder: named('Says that it is on its way', 'shipment'),
  deliverOrder: named('Says that it has arrived', 'delivery'),
  confirmReceipt: named('The buyer has it; the seller is paid where the process says so', 'receipt'),
  refundOrder: operation({
    summary: 'Gives a part of a store’s group back to the buyer',
    description: 'Any part, any number of times, up to what was paid; commission and taxes return in proportion.',
    access: ['seller', 'moderator', 'admin'],
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/refunds', status: 200 },
    input: z.object({
      orderId: OrderId,
      groupId: GroupId,
      amountMinor: z.int().min(1),
      reason: z.string().trim().min(1).max(500),
      refundTo: Entered.refundTo,
    }),
    output: Order,
    errors: [errors.ORDER_NOT_FOUND, errors.REFUND_TOO_LARGE, errors.ORDER_NOT_SETTLED],
    example: { input: { orderId, groupId, amountMinor: 500, reason: 'a scratch' }, output: exampleOrder },
  }),
};
