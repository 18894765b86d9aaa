import { Currency, idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';

/** One line of a transfer. Positive: the account's claim grows. The lines of a transfer sum to zero per currency. */
export const LedgerEntry = z
  .object({
    accountId: idSchema('account'),
    owner: z.enum(['platform', 'store', 'member']),
    storeId: idSchema('store').nullable(),
    purpose: z.string(),
    amountMinor: z.int(),
    currency: Currency,
  })
  .meta({ id: 'LedgerEntry' });
export type LedgerEntry = z.output<typeof LedgerEntry>;

export const Transfer = z
  .object({
    id: idSchema('transfer'),
    kind: z.string().meta({ examples: ['capture'] }),
    paymentId: idSchema('payment').nullable(),
    orderId: idSchema('order').nullable(),
    groupId: idSchema('shipmentGroup').nullable(),
    payoutId: idSchema('payout').nullable(),
    createdTime: z.iso.datetime(),
    entries: z.array(LedgerEntry),
  })
  .meta({ id: 'Transfer' });
export type Transfer = z.output<typeof Transfer>;

export const TrialBalanceLine = z
  .object({ currency: Currency, purpose: z.string(), accounts: z.int(), balanceMinor: z.int() })
  .meta({ id: 'TrialBalanceLine' });

/** Something the books say twice and differently. None is ever expected. */
export const LedgerMismatch = z
  .object({ check: z.string(), subject: z.string(), expectedMinor: z.int(), actualMinor: z.int() })
  .meta({ id: 'LedgerMismatch' });
export type LedgerMismatch = z.output<typeof LedgerMismatch>;

const exampleAccountId = 'acc_01k9w6x8f0e5rbq2m3n4p5q6r7';

export const ledgerOperations = {
  listTransfers: operation({
    summary: 'Every transfer with its entries, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/transfers' },
    input: z.object({
      ...PageQuery,
      orderId: idSchema('order').optional(),
      paymentId: idSchema('payment').optional(),
    }),
    output: pageOf(Transfer),
    example: {
      input: { limit: 20 },
      output: {
        items: [
          {
            id: 'trf_01k9w6x8f0e5rbq2m3n4p5q6r7',
            kind: 'capture',
            paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
            orderId: null,
            groupId: null,
            payoutId: null,
            createdTime: '2026-11-21T08:00:00.000Z',
            entries: [
              {
                accountId: exampleAccountId,
                owner: 'platform',
                storeId: null,
                purpose: 'provider_clearing',
                amountMinor: -10_000,
                currency: 'USD',
              },
              {
                accountId: 'acc_01k9w6x8f0e5rbq2m3n4p5q6r8',
                owner: 'platform',
                storeId: null,
                purpose: 'buyer_funds',
                amountMinor: 10_000,
                currency: 'USD',
              },
            ],
          },
        ],
        nextCursor: null,
      },
    },
  }),
  getTrialBalance: operation({
    summary: 'The balance of every purpose in every currency; each currency sums to zero',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/trial-balance' },
    input: z.object({}),
    output: z.object({
      lines: z.array(TrialBalanceLine),
      totals: z.array(z.object({ currency: Currency, sumMinor: z.int() })),
      isBalanced: z.boolean(),
    }),
    example: {
      input: {},
      output: {
        lines: [
          { currency: 'USD', purpose: 'provider_clearing', accounts: 1, balanceMinor: -10_000 },
          { currency: 'USD', purpose: 'escrow', accounts: 2, balanceMinor: 10_000 },
        ],
        totals: [{ currency: 'USD', sumMinor: 0 }],
        isBalanced: true,
      },
    },
  }),
  checkLedger: operation({
    summary: 'Adds up every entry and compares with balances, holds, payments and payouts',
    description:
      'Reads the whole ledger of the marketplace: for tests, doctors and nightly runs. At most 100 mismatches.',
    access: 'service',
    input: z.object({}),
    output: z.object({ isConsistent: z.boolean(), transfers: z.int(), mismatches: z.array(LedgerMismatch) }),
    example: { input: {}, output: { isConsistent: true, transfers: 128, mismatches: [] } },
  }),
};
