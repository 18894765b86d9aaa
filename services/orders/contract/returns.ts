import { idSchema, LocalizedText, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { Evidence } from './dispute.ts';
import { exampleOrder, Order, OrderAction, TimelineEntry } from './order.ts';
import { orderErrors as errors } from './order-errors.ts';

const OrderId = idSchema('order');
const GroupId = idSchema('shipmentGroup');
const ReturnId = idSchema('return');

/** How a unit came back. */
export const ReturnCondition = z.enum(['as_sold', 'opened', 'damaged']);
export type ReturnCondition = z.output<typeof ReturnCondition>;

/** Units of one line on their way back. */
export const ReturnLine = z.object({
  lineId: idSchema('orderLine'),
  title: z.string(),
  variantTitle: z.string(),
  quantity: z.int(),
  /** What the seller found and did with them; null until they are back. */
  isRestocked: z.boolean().nullable(),
  condition: ReturnCondition.nullable(),
});

/** Goods that a buyer sends back, by the process of its marketplace. */
export const Return = z
  .object({
    id: ReturnId,
    orderId: OrderId,
    groupId: GroupId,
    state: z.string(),
    stateLabel: LocalizedText,
    isFinal: z.boolean(),
    lines: z.array(ReturnLine),
    reason: z.string(),
    files: Evidence.shape.files,
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    /** What the buyer gets back for it: expected while it is open, without the shipping. */
    refund: Money,
    dueTime: z.iso.datetime().nullable(),
    dueAction: z.string().nullable(),
    actions: z.array(OrderAction),
    history: z.array(TimelineEntry),
    createdTime: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Return' });
export type Return = z.output<typeof Return>;

/** A return in a list of what waits for an operator, or for a seller. */
export const ReturnSummary = z
  .object({
    id: ReturnId,
    orderId: OrderId,
    groupId: GroupId,
    number: z.string(),
    storeName: z.string(),
    title: z.string(),
    state: z.string(),
    stateLabel: LocalizedText,
    reason: z.string(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'ReturnSummary' });
export type ReturnSummary = z.output<typeof ReturnSummary>;

const orderId = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';
const groupId = 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7';
const returnId = 'ret_01k9w6x8f0e5rbq2m3n4p5q6r7';
const lineId = 'orl_01k9w6x8f0e5rbq2m3n4p5q6r7';

const example: z.input<typeof Return> = {
  id: returnId,
  orderId,
  groupId,
  state: 'requested',
  stateLabel: { en: 'Return asked for' },
  isFinal: false,
  lines: [{ lineId, title: 'Vintage lamp', variantTitle: 'Brass', quantity: 1, isRestocked: null, condition: null }],
  reason: 'The glass is cracked.',
  files: [],
  carrier: null,
  trackingNumber: null,
  refund: { amountMinor: 4_500, currency: 'USD' },
  dueTime: '2026-11-24T08:00:00.000Z',
  dueAction: 'acceptSilently',
  actions: [{ name: 'withdraw', label: { en: 'Keep it after all' }, asks: [], isDestructive: true, givesBack: false }],
  history: [],
  createdTime: '2026-11-21T08:00:00.000Z',
  version: 1,
};

const exampleSummary: z.input<typeof ReturnSummary> = {
  id: returnId,
  orderId,
  groupId,
  number: 'BA-P5Q6R7XY',
  storeName: 'Old Light',
  title: 'Vintage lamp',
  state: 'disputed',
  stateLabel: { en: 'An operator decides' },
  reason: 'The glass is cracked.',
  createdTime: '2026-11-21T08:00:00.000Z',
};

const summaries = {
  output: pageOf(ReturnSummary),
  errors: [],
};

/** Refunds of lines, goods that come back, and what a seller shows a bank. */
export const returnOperations = {
  refundLines: operation({
    summary: 'Gives units of lines back to the buyer, each with its exact share of discount, tax and commission',
    description:
      'Any lines, any number of times, up to what was bought; the shipping too, once. Units that go back to stock are counted there.',
    access: ['seller', 'moderator', 'admin'],
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/line-refunds', status: 200 },
    input: z.object({
      orderId: OrderId,
      groupId: GroupId,
      lines: z
        .array(
          z.object({
            lineId: idSchema('orderLine'),
            quantity: z.int().min(1).max(10_000),
            isRestocked: z.boolean().default(false),
          }),
        )
        .max(100),
      includesShipping: z.boolean().default(false),
      reason: z.string().trim().min(1).max(500),
    }),
    output: Order,
    errors: [errors.ORDER_NOT_FOUND, errors.REFUND_TOO_LARGE, errors.LINE_REFUNDED, errors.SHIPPING_REFUNDED],
    example: {
      input: { orderId, groupId, lines: [{ lineId, quantity: 1, isRestocked: true }], reason: 'broken' },
      output: exampleOrder,
    },
  }),
  createReturn: operation({
    summary: 'Asks to send units of lines back',
    description:
      'From the states and within the time that the process of the sale says (`returnTime`). While it is open, the clock of the sale stands still. ' +
      'Files are your own uploads with the purpose `evidence`.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/returns' },
    input: z.object({
      orderId: OrderId,
      groupId: GroupId,
      lines: z
        .array(z.object({ lineId: idSchema('orderLine'), quantity: z.int().min(1).max(10_000) }))
        .min(1)
        .max(100),
      reason: z.string().trim().min(1).max(500),
      assetIds: z.array(idSchema('asset')).max(10).default([]),
    }),
    output: Return,
    errors: [errors.ORDER_NOT_FOUND, errors.RETURN_NOT_POSSIBLE, errors.RETURN_OPEN_ALREADY, errors.LINE_REFUNDED],
    example: { input: { orderId, groupId, lines: [{ lineId, quantity: 1 }], reason: example.reason }, output: example },
  }),
  listReturns: operation({
    summary: 'The returns of an order, as far as it is yours, the newest first',
    access: 'public',
    route: { method: 'GET', path: '/orders/{orderId}/returns' },
    input: z.object({ orderId: OrderId, ...PageQuery }),
    output: pageOf(Return),
    errors: [errors.ORDER_NOT_FOUND],
    example: { input: { orderId, limit: 20 }, output: { items: [example], nextCursor: null } },
  }),
  takeReturnAction: operation({
    summary: 'Takes an action that a return offers you; its process says which, and what follows',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/returns/{returnId}/actions', status: 200 },
    input: z.object({
      orderId: OrderId,
      returnId: ReturnId,
      action: z.string().min(1).max(60),
      carrier: z.string().trim().min(1).max(80).optional(),
      trackingNumber: z.string().trim().min(1).max(80).optional(),
      reason: z.string().trim().min(1).max(500).optional(),
      lines: z
        .array(
          z.object({
            lineId: idSchema('orderLine'),
            isRestocked: z.boolean(),
            condition: ReturnCondition.default('as_sold'),
          }),
        )
        .max(100)
        .optional()
        .meta({ description: 'Of each line that came back: where an action asks for `restock`.' }),
      includesShipping: z.boolean().default(false).meta({ description: 'Give the shipping back too.' }),
    }),
    output: Return,
    errors: [errors.ORDER_NOT_FOUND, errors.RETURN_NOT_FOUND, errors.ACTION_NOT_ALLOWED],
    example: {
      input: { orderId, returnId, action: 'send', carrier: 'USPS', trackingNumber: '9400' },
      output: { ...example, state: 'sent', stateLabel: { en: 'On its way back' }, carrier: 'USPS' },
    },
  }),
  listContestedReturns: operation({
    summary: 'Returns that wait for an operator, the longest waiting first',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/returns' },
    input: z.object({ ...PageQuery }),
    ...summaries,
    example: { input: { limit: 20 }, output: { items: [exampleSummary], nextCursor: null } },
  }),
  listStoreReturns: operation({
    summary: 'The open returns of your store, the longest waiting first',
    access: ['seller'],
    route: { method: 'GET', path: '/stores/{storeId}/returns' },
    input: z.object({ storeId: idSchema('store'), ...PageQuery }),
    ...summaries,
    example: {
      input: { storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7', limit: 20 },
      output: { items: [exampleSummary], nextCursor: null },
    },
  }),
  addChargebackEvidence: operation({
    summary: "Shows an operator what speaks for the sale, for the buyer's bank",
    description: 'While a claim of the bank is open. The buyer does not see it. Files as in a dispute.',
    access: ['seller', 'moderator', 'admin'],
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/chargeback-evidence' },
    input: z.object({
      orderId: OrderId,
      groupId: GroupId,
      text: z.string().trim().min(1).max(5_000),
      assetIds: z.array(idSchema('asset')).max(10).default([]),
    }),
    output: Evidence,
    errors: [errors.ORDER_NOT_FOUND, errors.EVIDENCE_CLOSED],
    example: {
      input: { orderId, groupId, text: 'Signed for on 12 November.' },
      output: {
        id: 'evi_01k9w6x8f0e5rbq2m3n4p5q6r7',
        by: 'seller',
        text: 'Signed for on 12 November.',
        files: [],
        time: '2026-11-21T08:00:00.000Z',
      },
    },
  }),
  listChargebackEvidence: operation({
    summary: 'What was shown for the bank about a part of an order, the oldest first',
    access: ['seller', 'moderator', 'admin'],
    route: { method: 'GET', path: '/orders/{orderId}/chargeback-evidence' },
    input: z.object({ orderId: OrderId, groupId: GroupId, ...PageQuery }),
    output: pageOf(Evidence),
    errors: [errors.ORDER_NOT_FOUND],
    example: { input: { orderId, groupId, limit: 20 }, output: { items: [], nextCursor: null } },
  }),
};
