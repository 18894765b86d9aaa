import { Currency, idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

/** `requested`: on its way to the bank. `paid`: the bank confirmed. `failed`: the money is back in the balance. */
export const PayoutState = z.enum(['requested', 'paid', 'failed']);
export type PayoutState = z.output<typeof PayoutState>;

export const Payout = z
  .object({
    id: idSchema('payout'),
    storeId: idSchema('store'),
    amount: Money,
    state: PayoutState,
    destination: z.object({ bankName: z.string(), holderName: z.string(), last4: z.string() }),
    failureReason: z.string().nullable(),
    createdTime: z.iso.datetime(),
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

const examplePayout: z.input<typeof Payout> = {
  id: 'pyo_01k9w6x8f0e5rbq2m3n4p5q6r7',
  storeId: exampleStoreId,
  amount: { amountMinor: 50_000, currency: 'USD' },
  state: 'requested',
  destination: { bankName: 'First Bank', holderName: 'Ann Maker', last4: '6789' },
  failureReason: null,
  createdTime: '2026-11-21T08:00:00.000Z',
  settledTime: null,
};

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
    summary: "Sends money from a store's available balance to a bank account",
    description:
      'The account number goes to the bank and is not stored; its last four digits are. If the bank refuses, the money returns to the balance. ' +
      'With the simulated bank every account works but those that end in 1116.',
    access: ['seller'],
    route: { method: 'POST', path: '/stores/{storeId}/payouts' },
    input: z.object({
      storeId,
      amount: z.object({ amountMinor: z.int().min(1).max(1_000_000_000_000), currency: Currency }),
      destination: z.object({
        bankName: z.string().min(1).max(100),
        holderName: z.string().min(1).max(200),
        accountNumber: z.string().regex(/^[0-9A-Z -]{4,34}$/, 'must be an account number or IBAN'),
      }),
    }),
    output: Payout,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND, errors.BALANCE_TOO_LOW],
    idempotent: true,
    example: {
      input: {
        storeId: exampleStoreId,
        amount: examplePayout.amount,
        destination: { bankName: 'First Bank', holderName: 'Ann Maker', accountNumber: '000123456789' },
      },
      output: examplePayout,
    },
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
