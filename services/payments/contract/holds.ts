import { Currency, idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

/** One store's part of an order, as money. All amounts in minor units of the payment's currency. */
export const HoldGroup = z
  .object({
    groupId: idSchema('shipmentGroup'),
    storeId: idSchema('store'),
    sellerMemberId: idSchema('member'),
    totalMinor: z
      .int()
      .min(0)
      .meta({ description: 'What the buyer paid for this group: lines, shipping and tax, less every discount.' }),
    commissionMinor: z.int().min(0).meta({ description: "The platform's share of it." }),
    taxMinor: z.int().min(0).meta({ description: 'Tax the platform keeps to remit; 0 where sellers remit.' }),
    platformFundedMinor: z
      .int()
      .min(0)
      .meta({ description: 'Discount the platform bears: added to what is held, so that the seller loses nothing.' }),
  })
  .meta({ id: 'HoldGroup' });
export type HoldGroup = z.output<typeof HoldGroup>;

/**
 * `held`: in escrow. `released`: credited to the seller. `refunded`: all of it went back before release. Paid at the door:
 * `due` until the cash is taken, `waived` when it never was.
 */
export const HoldState = z.enum(['held', 'released', 'refunded', 'due', 'waived']);
export type HoldState = z.output<typeof HoldState>;

export const Hold = z
  .object({
    groupId: idSchema('shipmentGroup'),
    orderId: idSchema('order'),
    paymentId: idSchema('payment'),
    storeId: idSchema('store'),
    state: HoldState,
    currency: Currency,
    totalMinor: z.int(),
    commissionMinor: z.int(),
    taxMinor: z.int(),
    platformFundedMinor: z.int(),
    refundedMinor: z.int(),
    sellerMinor: z.int().meta({ description: "The seller's share of what was not refunded." }),
    createdTime: z.iso.datetime(),
    releasedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Hold' });
export type Hold = z.output<typeof Hold>;

/**
 * `pending`: on its way to the provider, repeated until it arrives. The books show it from the first moment. `failed`:
 * the provider cannot send it; it is still owed to the buyer, and the operator sends it another way. `by_hand`: the operator has, or the
 * buyer's bank, by a chargeback.
 */
export const RefundState = z.enum(['pending', 'succeeded', 'failed', 'by_hand']);
export type RefundState = z.output<typeof RefundState>;

/**
 * Where a refund goes: `source`, to how it was paid, as far as that paid, and the rest to the buyer's wallet; or all of it
 * to their `wallet`, where it is at once.
 */
export const RefundTo = z.enum(['source', 'wallet']);
export type RefundTo = z.output<typeof RefundTo>;

/** Where a refund was begun: here, in the provider's own console, or by the buyer's bank, which took the money back. */
export const RefundOrigin = z.enum(['plaza', 'provider', 'chargeback']);
export type RefundOrigin = z.output<typeof RefundOrigin>;

export const Refund = z
  .object({
    id: idSchema('refund'),
    paymentId: idSchema('payment'),
    groupId: idSchema('shipmentGroup').nullable(),
    amountMinor: z.int(),
    walletMinor: z.int().meta({ description: "The part of it that is in the buyer's wallet." }),
    currency: Currency,
    state: RefundState,
    reason: z.string(),
    origin: RefundOrigin,
    failureReason: z.string().nullable(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Refund' });
export type Refund = z.output<typeof Refund>;

const exampleGroup: z.input<typeof HoldGroup> = {
  groupId: 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7',
  storeId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
  sellerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
  totalMinor: 10_000,
  commissionMinor: 1_000,
  taxMinor: 654,
  platformFundedMinor: 500,
};

export const exampleHold: z.input<typeof Hold> = {
  groupId: exampleGroup.groupId,
  orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
  paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
  storeId: exampleGroup.storeId,
  state: 'held',
  currency: 'USD',
  totalMinor: 10_000,
  commissionMinor: 1_000,
  taxMinor: 654,
  platformFundedMinor: 500,
  refundedMinor: 0,
  sellerMinor: 8_846,
  createdTime: '2026-11-21T08:00:00.000Z',
  releasedTime: null,
};

export const holdOperations = {
  holdForOrder: operation({
    summary: 'Puts a captured payment into escrow, group by group',
    description:
      'Of a payment that is due at the door, writes down what each group is to bring: nothing is booked yet. The totals must sum to the payment. Idempotent by payment and order: a repeat answers the holds as they stand. ' +
      'A payment serves one order only: another order is refused with PAYMENT_HELD.',
    access: 'service',
    input: z.object({
      paymentId: idSchema('payment'),
      orderId: idSchema('order'),
      groups: z.array(HoldGroup).min(1).max(100),
    }),
    output: z.object({ items: z.array(Hold) }),
    errors: [errors.PAYMENT_NOT_FOUND, errors.PAYMENT_NOT_CAPTURED, errors.PAYMENT_HELD, errors.HOLD_MISMATCH],
    example: {
      input: { paymentId: exampleHold.paymentId, orderId: exampleHold.orderId, groups: [exampleGroup] },
      output: { items: [exampleHold] },
    },
  }),
  releaseHold: operation({
    summary: 'Pays what is left in escrow to the seller, less commission and tax',
    description: 'Idempotent by group. What the store owes from earlier refunds is kept back first.',
    access: 'service',
    input: z.object({ groupId: idSchema('shipmentGroup') }),
    output: Hold,
    errors: [errors.HOLD_NOT_FOUND, errors.HOLD_CLOSED, errors.PAYMENT_DISPUTED],
    example: {
      input: { groupId: exampleGroup.groupId },
      output: { ...exampleHold, state: 'released', releasedTime: '2026-11-22T08:00:00.000Z' },
    },
  }),
  refundGroup: operation({
    summary: 'Gives a part or all of a group back to the buyer, before or after release',
    description:
      'Idempotent by `refundId`, which the caller makes. Commission, tax and platform-funded discount return in proportion, or as `parts` says. ' +
      "After release the seller's balance pays; what it cannot pay is carried as debt against later sales.",
    access: 'service',
    input: z.object({
      refundId: idSchema('refund'),
      groupId: idSchema('shipmentGroup'),
      amountMinor: z
        .int()
        .min(0)
        .meta({ description: '0 returns the platform-funded part of a group that cost the buyer nothing.' }),
      parts: z
        .object({ fundedMinor: z.int().min(0), commissionMinor: z.int().min(0), taxMinor: z.int().min(0) })
        .optional()
        .meta({
          description: 'What of it is the platform-funded discount, commission and tax, when it is of certain lines.',
        }),
      reason: z.string().max(500),
      to: RefundTo.default('source'),
    }),
    output: Refund,
    errors: [
      errors.WALLET_NOT_FOUND,
      errors.HOLD_NOT_FOUND,
      errors.REFUND_EXCEEDS_PAID,
      errors.REFUND_ID_REUSED,
      errors.PAYMENT_DISPUTED,
    ],
    example: {
      input: {
        refundId: 'ref_01k9w6x8f0e5rbq2m3n4p5q6r7',
        groupId: exampleGroup.groupId,
        amountMinor: 2_500,
        reason: 'one piece was broken',
      },
      output: {
        id: 'ref_01k9w6x8f0e5rbq2m3n4p5q6r7',
        paymentId: exampleHold.paymentId,
        groupId: exampleGroup.groupId,
        amountMinor: 2_500,
        walletMinor: 0,
        currency: 'USD',
        state: 'succeeded',
        reason: 'one piece was broken',
        origin: 'plaza',
        failureReason: null,
        createdTime: '2026-11-21T09:00:00.000Z',
      },
    },
  }),
  listHolds: operation({
    summary: 'Where the money of an order is, group by group',
    access: 'service',
    input: z.object({ orderId: idSchema('order') }),
    output: z.object({ items: z.array(Hold) }),
    example: { input: { orderId: exampleHold.orderId }, output: { items: [exampleHold] } },
  }),
};
