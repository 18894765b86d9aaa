import { defineEvent, idSchema, Money } from '@plaza/kernel';
import { z } from 'zod';
import { PaymentPurpose } from './contract/payments.ts';

const payment = {
  paymentId: idSchema('payment'),
  purpose: PaymentPurpose.default('checkout'),
  /** Of a subscription, the id of its invoice; null for a top-up of the payer's wallet. */
  checkoutId: idSchema('checkout').nullable(),
  orderId: idSchema('order').nullable(),
  payerMemberId: idSchema('member').nullable(),
  amount: Money,
  version: z.int(),
};

export const paymentCaptured = defineEvent({
  type: 'payment.captured',
  summary: 'The money of a payment is ours to hold. Said once per payment.',
  data: z.object({ ...payment, capturedTime: z.iso.datetime() }),
});

export const paymentFailed = defineEvent({
  type: 'payment.failed',
  summary: 'A payment was declined or given up. No money moved.',
  data: z.object({ ...payment, state: z.enum(['declined', 'canceled']), declineCode: z.string().nullable() }),
});

export const paymentRefunded = defineEvent({
  type: 'payment.refunded',
  summary: 'A part or all of a payment goes back to the buyer.',
  data: z.object({
    ...payment,
    refundId: idSchema('refund'),
    groupId: idSchema('shipmentGroup').nullable(),
    refunded: Money,
    /** What of the commission, its VAT included, returned with it: of a sale that was released. Absent: said before it was told. */
    commission: Money.optional(),
    reason: z.string(),
    /** `chargeback`: the buyer's bank took it back, for good. */
    origin: z.enum(['plaza', 'provider', 'chargeback']),
  }),
});

export const paymentDisputed = defineEvent({
  type: 'payment.disputed',
  summary: "A buyer's bank takes a payment back, or has ruled on it. Said once for each state of a dispute.",
  data: z.object({
    ...payment,
    chargebackId: idSchema('chargeback'),
    provider: z.string(),
    disputeReference: z.string(),
    state: z.enum(['opened', 'won', 'lost']),
    disputed: Money,
    reason: z.string(),
    evidenceDueTime: z.iso.datetime().nullable(),
  }),
});

export const chargebackSettled = defineEvent({
  type: 'chargeback.settled',
  summary: 'Who bears a lost chargeback is in the books. Said once per chargeback.',
  data: z.object({
    chargebackId: idSchema('chargeback'),
    paymentId: idSchema('payment'),
    orderId: idSchema('order').nullable(),
    reason: z.string(),
    parts: z.array(
      z.object({ groupId: idSchema('shipmentGroup'), bearer: z.enum(['seller', 'platform']), amount: Money }),
    ),
  }),
});

export const debtWrittenOff = defineEvent({
  type: 'debt.written_off',
  summary: 'The platform gave up what a store owed.',
  data: z.object({
    storeId: idSchema('store'),
    sellerMemberId: idSchema('member'),
    amount: Money,
    reason: z.string(),
  }),
});

export const savedMethodsChanged = defineEvent({
  type: 'saved_methods.changed',
  summary: 'A member saved or removed a card, or made another the default.',
  data: z.object({ memberId: idSchema('member'), hasDefault: z.boolean() }),
});

export const paymentReorganized = defineEvent({
  type: 'payment.reorganized',
  summary: 'Money of a captured payment vanished from its chain, or is there again. An operator decides.',
  data: z.object({ ...payment, state: z.enum(['vanished', 'returned']), missing: Money }),
});

export const cashCollected = defineEvent({
  type: 'cash.collected',
  summary: 'The cash of a group was taken at the door. Said once per group.',
  data: z.object({
    groupId: idSchema('shipmentGroup'),
    orderId: idSchema('order'),
    paymentId: idSchema('payment'),
    storeId: idSchema('store'),
    collector: z.enum(['seller', 'carrier']),
    collected: Money,
  }),
});

export const paybackAddressMissing = defineEvent({
  type: 'payback.address_missing',
  summary: 'Coins are to go back to a buyer who has not said where. Said once per payback.',
  data: z.object({
    paybackId: idSchema('payback'),
    paymentId: idSchema('payment'),
    orderId: idSchema('order').nullable(),
    payerMemberId: idSchema('member').nullable(),
    owed: Money,
  }),
});

export const holdReleased = defineEvent({
  type: 'hold.released',
  summary: "A group's escrow was credited to its seller.",
  data: z.object({
    groupId: idSchema('shipmentGroup'),
    orderId: idSchema('order'),
    storeId: idSchema('store'),
    sellerMemberId: idSchema('member'),
    credited: Money,
    commission: Money,
    tax: Money,
  }),
});

const payout = {
  payoutId: idSchema('payout'),
  ownerKind: z.enum(['store', 'member']),
  storeId: idSchema('store').nullable(),
  /** Who gets the money: the seller, or the member who withdraws. */
  memberId: idSchema('member'),
  amount: Money,
};

export const payoutRequested = defineEvent({
  type: 'payout.requested',
  summary: 'Money was asked for; it left the available balance.',
  data: z.object(payout),
});

export const payoutPaid = defineEvent({
  type: 'payout.paid',
  summary: 'The bank confirmed a payout.',
  data: z.object(payout),
});

export const payoutFailed = defineEvent({
  type: 'payout.failed',
  summary: 'The bank refused a payout; the money is back in the available balance.',
  data: z.object({ ...payout, failureReason: z.string() }),
});

export const payoutCanceled = defineEvent({
  type: 'payout.canceled',
  summary: 'A payout was taken back before it was handed over; the money is back in the available balance.',
  data: z.object({ ...payout, reason: z.string() }),
});

export const payoutAccountChanged = defineEvent({
  type: 'payout_account.changed',
  summary: 'It was said where the money of a store or member goes from now on. Its owner is to be told.',
  data: z.object({
    payoutAccountId: idSchema('payoutAccount'),
    ownerKind: z.enum(['store', 'member']),
    memberId: idSchema('member'),
    bankName: z.string(),
    last4: z.string(),
    isChange: z.boolean(),
    usableTime: z.iso.datetime(),
  }),
});

export const paymentsEvents = [
  paymentCaptured,
  paymentFailed,
  paymentRefunded,
  paymentDisputed,
  chargebackSettled,
  debtWrittenOff,
  savedMethodsChanged,
  paymentReorganized,
  cashCollected,
  paybackAddressMissing,
  holdReleased,
  payoutRequested,
  payoutPaid,
  payoutFailed,
  payoutCanceled,
  payoutAccountChanged,
] as const;
