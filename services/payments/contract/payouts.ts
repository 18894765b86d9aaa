import { Currency, idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { PAYOUT_OWNER } from './payout-accounts.ts';

/**
 * `awaiting_approval`: an operator looks at it first. `requested`: in line for the next batch. `sending`: in a batch that
 * is being handed over. `sent`: with the bank. `paid`: the bank confirmed. `failed`, `canceled`: the money is back in the
 * balance.
 */
export const PayoutState = z.enum(['awaiting_approval', 'requested', 'sending', 'sent', 'paid', 'failed', 'canceled']);
export type PayoutState = z.output<typeof PayoutState>;

export const Payout = z
  .object({
    id: idSchema('payout'),
    ...PAYOUT_OWNER,
    amount: Money,
    state: PayoutState,
    destination: z.object({ bankName: z.string(), holderName: z.string(), last4: z.string() }),
    provider: z.string(),
    batchId: idSchema('payoutBatch').nullable(),
    attempt: z.int().meta({ description: 'Which try this is: one that failed is followed by another payout.' }),
    retryOf: idSchema('payout').nullable(),
    approvalReasons: z.array(z.enum(['amount', 'first_payouts', 'screening', 'shared_account', 'wallet_frozen'])).meta({
      description: 'Why an operator must approve it, or had to; empty: nobody had to.',
    }),
    failureReason: z.string().nullable(),
    nextRetryTime: z.iso.datetime().nullable(),
    createdTime: z.iso.datetime(),
    sentTime: z.iso.datetime().nullable(),
    settledTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Payout' });
export type Payout = z.output<typeof Payout>;

/** A store's money in one currency, in minor units. */
export const StoreBalance = z
  .object({
    currency: Currency,
    availableMinor: z.int().meta({ description: 'Can be paid out now.' }),
    pendingMinor: z.int().meta({ description: 'In escrow for open orders, before commission and tax.' }),
    inTransitMinor: z.int().meta({ description: 'On its way to the bank.' }),
    owedMinor: z.int().meta({ description: 'Refunds the balance could not pay; kept back from later sales.' }),
    version: z.int(),
  })
  .meta({ id: 'StoreBalance' });
export type StoreBalance = z.output<typeof StoreBalance>;

export const StatementLine = z
  .object({
    transferId: idSchema('transfer'),
    kind: z
      .string()
      .meta({ description: 'What moved: release, refund, payout, payout_failed.', examples: ['release'] }),
    orderId: idSchema('order').nullable(),
    groupId: idSchema('shipmentGroup').nullable(),
    payoutId: idSchema('payout').nullable(),
    amount: Money,
    balanceAfterMinor: z.int(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'StatementLine' });
export type StatementLine = z.output<typeof StatementLine>;

export const exampleStatementLine: z.input<typeof StatementLine> = {
  transferId: 'trf_01k9w6x8f0e5rbq2m3n4p5q6r7',
  kind: 'release',
  orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
  groupId: 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7',
  payoutId: null,
  amount: { amountMinor: 8_846, currency: 'USD' },
  balanceAfterMinor: 58_846,
  createdTime: '2026-11-21T08:00:00.000Z',
};

const storeId = idSchema('store');
const exampleStoreId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';

export const examplePayout: z.input<typeof Payout> = {
  id: 'pyo_01k9w6x8f0e5rbq2m3n4p5q6r7',
  ownerKind: 'store',
  ownerId: exampleStoreId,
  amount: { amountMinor: 50_000, currency: 'USD' },
  state: 'requested',
  destination: { bankName: 'ABA 021000021', holderName: 'Ann Maker', last4: '6789' },
  provider: 'simulated-bank',
  batchId: null,
  attempt: 1,
  retryOf: null,
  approvalReasons: [],
  failureReason: null,
  nextRetryTime: null,
  createdTime: '2026-11-21T08:00:00.000Z',
  sentTime: null,
  settledTime: null,
};

/** Why a payout cannot be asked for. */
const payoutRefusals = [
  errors.STORE_ACCOUNT_NOT_FOUND,
  errors.PAYOUT_ACCOUNT_NOT_READY,
  errors.PAYOUT_ACCOUNT_KIND_UNSUPPORTED,
  errors.PAYOUT_BELOW_MINIMUM,
  errors.BALANCE_TOO_LOW,
];

export const payoutOperations = {
  openStoreAccount: operation({
    summary: 'Notes whose a new store is, so that its owner sees a balance from the first moment',
    description: 'The event `store.created` says the same, later. Idempotent by store.',
    access: 'service',
    input: z.object({ storeId, ownerMemberId: idSchema('member') }),
    output: z.object({ isDone: z.literal(true) }),
    example: {
      input: { storeId: exampleStoreId, ownerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7' },
      output: { isDone: true },
    },
  }),
  getBalance: operation({
    summary: "A store's balance in the marketplace's currency and each other it has sold in",
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/balance' },
    input: z.object({ storeId }),
    output: z.object({ storeId, balances: z.array(StoreBalance) }),
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: {
      input: { storeId: exampleStoreId },
      output: {
        storeId: exampleStoreId,
        balances: [
          {
            currency: 'USD',
            availableMinor: 50_000,
            pendingMinor: 10_500,
            inTransitMinor: 0,
            owedMinor: 0,
            version: 7,
          },
        ],
      },
    },
  }),
  requestPayout: operation({
    summary: "Sends money from a store's available balance to its payout account",
    description:
      'It leaves the balance at once and goes with the next batch, unless an operator must approve it first. Only money goes ' +
      'that has been available as long as the marketplace asks. If the bank refuses, the money returns to the balance.',
    access: ['seller'],
    route: { method: 'POST', path: '/stores/{storeId}/payouts' },
    input: z.object({
      storeId,
      amount: z.object({ amountMinor: z.int().min(1).max(1_000_000_000_000), currency: Currency }),
    }),
    output: Payout,
    errors: payoutRefusals,
    idempotent: true,
    example: { input: { storeId: exampleStoreId, amount: examplePayout.amount }, output: examplePayout },
  }),
  cancelPayout: operation({
    summary: 'Takes a payout back that was not handed over yet; the money returns to the balance',
    access: 'member',
    route: { method: 'POST', path: '/payouts/{payoutId}/cancellation', status: 200 },
    input: z.object({ payoutId: idSchema('payout') }),
    output: Payout,
    errors: [errors.PAYOUT_NOT_FOUND, errors.PAYOUT_STATE_CLOSED],
    idempotent: true,
    example: { input: { payoutId: examplePayout.id }, output: { ...examplePayout, state: 'canceled' } },
  }),
  listPayouts: operation({
    summary: "A store's payouts, newest first",
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/payouts' },
    input: z.object({ ...PageQuery, storeId }),
    output: pageOf(Payout),
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: { input: { storeId: exampleStoreId }, output: { items: [examplePayout], nextCursor: null } },
  }),
  listStatement: operation({
    summary: "Every movement of a store's available balance in one currency, newest first",
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/statement' },
    input: z.object({ ...PageQuery, storeId, currency: Currency }),
    output: pageOf(StatementLine),
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: {
      input: { storeId: exampleStoreId, currency: 'USD' },
      output: {
        items: [exampleStatementLine],
        nextCursor: null,
      },
    },
  }),
};
