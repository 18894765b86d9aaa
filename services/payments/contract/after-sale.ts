import { Currency, idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { Refund } from './holds.ts';
import { exampleStatementLine, StatementLine } from './payouts.ts';

/** A refund that the provider cannot send: booked, and still owed to the buyer. */
export const FailedRefund = Refund.extend({
  orderId: idSchema('order').nullable(),
  provider: z.string(),
  attempts: z.int().meta({ description: 'How often it was tried again.' }),
}).meta({ id: 'FailedRefund' });
export type FailedRefund = z.output<typeof FailedRefund>;

/** What a store owes the platform from refunds and chargebacks that its balance could not pay. */
export const StoreDebt = z
  .object({ storeId: idSchema('store'), owed: Money, accountId: idSchema('account') })
  .meta({ id: 'StoreDebt' });
export type StoreDebt = z.output<typeof StoreDebt>;

const refundId = 'ref_01k9w6x8f0e5rbq2m3n4p5q6r7';
const storeId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';

const exampleRefund: z.input<typeof Refund> = {
  id: refundId,
  paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
  groupId: 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7',
  amountMinor: 2_500,
  walletMinor: 0,
  currency: 'USD',
  state: 'failed',
  reason: 'one piece was broken',
  origin: 'plaza',
  failureReason: 'charge_already_refunded',
  createdTime: '2026-11-21T09:00:00.000Z',
};

/** What is left to do after a sale by an operator: refunds that no provider sends, and debts that nobody will pay. */
export const afterSaleOperations = {
  listFailedRefunds: operation({
    summary: 'Refunds that the provider cannot send and that are still owed, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/failed-refunds' },
    input: z.object({ ...PageQuery }),
    output: pageOf(FailedRefund),
    example: {
      input: { limit: 20 },
      output: {
        items: [{ ...exampleRefund, orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7', provider: 'stripe', attempts: 0 }],
        nextCursor: null,
      },
    },
  }),
  getRefunds: operation({
    summary: 'Refunds by their ids, in any order; unknown ones are left out',
    access: 'service',
    input: z.object({ refundIds: z.array(idSchema('refund')).min(1).max(500) }),
    output: z.object({ items: z.array(Refund) }),
    example: { input: { refundIds: [refundId] }, output: { items: [exampleRefund] } },
  }),
  retryRefund: operation({
    summary: 'Asks the provider once more for a refund that it could not send',
    description: 'The answer tells how it went; `pending` when the provider has not answered yet.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/failed-refunds/{refundId}/attempts', status: 200 },
    input: z.object({ refundId: idSchema('refund') }),
    output: Refund,
    errors: [errors.REFUND_NOT_FOUND, errors.REFUND_NOT_FAILED],
    example: { input: { refundId }, output: { ...exampleRefund, state: 'succeeded', failureReason: null } },
  }),
  settleRefundByHand: operation({
    summary: 'Notes that an operator sent a failed refund another way',
    description:
      'Once: the provider is not asked again. The provider keeps that money, and the books say so (account purpose `sent_by_hand`).',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/failed-refunds/{refundId}/settlement', status: 200 },
    input: z.object({
      refundId: idSchema('refund'),
      reference: z.string().trim().min(1).max(100).meta({ description: "The bank's reference of what was sent." }),
      note: z.string().trim().max(500).default(''),
    }),
    output: Refund,
    errors: [errors.REFUND_NOT_FOUND, errors.REFUND_NOT_FAILED],
    example: {
      input: { refundId, reference: 'TT-2026-1121-17', note: 'to the account the buyer named by mail' },
      output: { ...exampleRefund, state: 'by_hand' },
    },
  }),
  listDebts: operation({
    summary: 'Stores that owe the platform, from refunds and chargebacks after they were paid out',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/debts' },
    input: z.object({ ...PageQuery }),
    output: pageOf(StoreDebt),
    example: {
      input: { limit: 20 },
      output: {
        items: [
          { storeId, owed: { amountMinor: 4_500, currency: 'USD' }, accountId: 'acc_01k9w6x8f0e5rbq2m3n4p5q6r7' },
        ],
        nextCursor: null,
      },
    },
  }),
  writeOffDebt: operation({
    summary: 'Gives up what a store owes, or a part of it',
    description: "The platform's loss: account purpose `bad_debt`. Audited.",
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/stores/{storeId}/write-offs' },
    input: z.object({
      storeId: idSchema('store'),
      amount: z.object({ amountMinor: z.int().min(1), currency: Currency }),
      reason: z.string().trim().min(1).max(500),
    }),
    output: z.object({ storeId: idSchema('store'), owedMinor: z.int(), currency: Currency }),
    errors: [errors.STORE_ACCOUNT_NOT_FOUND, errors.DEBT_TOO_SMALL],
    example: {
      input: { storeId, amount: { amountMinor: 4_500, currency: 'USD' }, reason: 'The store closed a year ago.' },
      output: { storeId, owedMinor: 0, currency: 'USD' },
    },
  }),
  listDebtEntries: operation({
    summary: 'How a store came to owe, and what has been paid of it, newest first',
    description:
      'Negative: a refund or chargeback that the balance could not pay. Positive: kept back from a sale, or given up by the platform.',
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/debt-entries' },
    input: z.object({ ...PageQuery, storeId: idSchema('store'), currency: Currency }),
    output: pageOf(StatementLine),
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: {
      input: { storeId, currency: 'USD' },
      output: {
        items: [
          {
            ...exampleStatementLine,
            kind: 'refund',
            amount: { amountMinor: -4_500, currency: 'USD' },
            balanceAfterMinor: -4_500,
          },
        ],
        nextCursor: null,
      },
    },
  }),
};
