import { Currency, idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { periodInput, Statement } from './statements.ts';

/** One line of a transfer. Positive: the account's claim grows. The lines of a transfer sum to zero per currency. */
export const LedgerEntry = z
  .object({
    accountId: idSchema('account'),
    owner: z.enum(['platform', 'store', 'member']),
    storeId: idSchema('store').nullable(),
    memberId: idSchema('member').nullable(),
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

/** A transfer with the link that vouches for it; null while it waits for one. */
export const TransferDetail = z
  .object({
    ...Transfer.shape,
    key: z.string().meta({ description: 'Names the transfer: whatever asks for it twice is answered by the first.' }),
    link: z.object({ sequence: z.int(), hash: z.string(), linkedTime: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'TransferDetail' });
export type TransferDetail = z.output<typeof TransferDetail>;

/** An account of the ledger and what it holds. Pending amounts are kept back, and not part of the balance yet. */
export const LedgerAccount = z
  .object({
    id: idSchema('account'),
    owner: z.enum(['platform', 'store', 'member']),
    storeId: idSchema('store').nullable(),
    memberId: idSchema('member').nullable(),
    purpose: z.string(),
    currency: Currency,
    balanceMinor: z.int(),
    pendingInMinor: z.int(),
    pendingOutMinor: z.int(),
    entryCount: z.int(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'LedgerAccount' });
export type LedgerAccount = z.output<typeof LedgerAccount>;

export const TrialBalanceLine = z
  .object({ currency: Currency, purpose: z.string(), accounts: z.int(), balanceMinor: z.int() })
  .meta({ id: 'TrialBalanceLine' });

/** Something the books say twice and differently. None is ever expected. */
export const LedgerMismatch = z
  .object({ check: z.string(), subject: z.string(), expectedMinor: z.int(), actualMinor: z.int() })
  .meta({ id: 'LedgerMismatch' });
export type LedgerMismatch = z.output<typeof LedgerMismatch>;

/** The chain over a marketplace's transfers: how far it goes, and what is not in it yet. */
const JournalState = z
  .object({
    linkCount: z.int().meta({ description: 'Transfers in the chain; the number of its last link.' }),
    headHash: z.string().meta({
      description:
        'The last link: SHA-256, in hexadecimal digits. Noted elsewhere, it later shows that nothing up to here was written anew.',
    }),
    waitingCount: z.int().meta({ description: 'Posted and not linked yet: the chain does not vouch for these.' }),
    waitingSinceTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'JournalState' });

export const JournalVerdict = z
  .object({
    ...JournalState.shape,
    isIntact: z.boolean(),
    firstBroken: z
      .object({ sequence: z.int(), transferId: idSchema('transfer') })
      .nullable()
      .meta({ description: 'The first link that its transfer, as it is now, does not lead to.' }),
    isNotedHeadFound: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether the chain still has the head that was asked for; null when none was.' }),
    outsideTransferId: idSchema('transfer')
      .nullable()
      .meta({ description: 'A transfer that is neither linked nor waiting: written past the ledger.' }),
  })
  .meta({ id: 'JournalVerdict' });
export type JournalVerdict = z.output<typeof JournalVerdict>;

const exampleJournal: z.input<typeof JournalState> = {
  linkCount: 128,
  headHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  waitingCount: 2,
  waitingSinceTime: '2026-11-21T08:00:00.000Z',
};

const exampleAccountId = 'acc_01k9w6x8f0e5rbq2m3n4p5q6r7';

const exampleTransfer: z.input<typeof Transfer> = {
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
      memberId: null,
      purpose: 'provider_clearing',
      amountMinor: -10_000,
      currency: 'USD',
    },
    {
      accountId: 'acc_01k9w6x8f0e5rbq2m3n4p5q6r8',
      owner: 'platform',
      storeId: null,
      memberId: null,
      purpose: 'buyer_funds',
      amountMinor: 10_000,
      currency: 'USD',
    },
  ],
};

const exampleAccount: z.input<typeof LedgerAccount> = {
  id: exampleAccountId,
  owner: 'platform',
  storeId: null,
  memberId: null,
  purpose: 'provider_clearing',
  currency: 'USD',
  balanceMinor: -10_000,
  pendingInMinor: 0,
  pendingOutMinor: 0,
  entryCount: 1,
  createdTime: '2026-11-21T08:00:00.000Z',
};

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
        items: [exampleTransfer],
        nextCursor: null,
      },
    },
  }),
  getTransfer: operation({
    summary: 'One transfer with its entries and its link in the journal',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/transfers/{transferId}' },
    input: z.object({ transferId: idSchema('transfer') }),
    output: TransferDetail,
    errors: [errors.TRANSFER_NOT_FOUND],
    example: {
      input: { transferId: exampleTransfer.id },
      output: {
        ...exampleTransfer,
        key: 'capture:0199f86d-0000-7000-8000-000000000000',
        link: {
          sequence: 128,
          hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          linkedTime: '2026-11-21T08:00:03.000Z',
        },
      },
    },
  }),
  listAccounts: operation({
    summary: 'The accounts of the ledger with what they hold',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/accounts' },
    input: z.object({
      ...PageQuery,
      purpose: z.string().max(100).optional(),
      currency: Currency.optional(),
      storeId: idSchema('store').optional(),
      memberId: idSchema('member').optional(),
    }),
    output: pageOf(LedgerAccount),
    example: { input: { limit: 20 }, output: { items: [exampleAccount], nextCursor: null } },
  }),
  getAccountStatement: operation({
    summary: 'Any account over a period: its balance at both ends, and every entry, the oldest first',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/accounts/{accountId}/statement' },
    input: z.object({ ...PageQuery, accountId: idSchema('account'), ...periodInput }),
    output: z.object({ account: LedgerAccount, statement: Statement }),
    errors: [errors.ACCOUNT_NOT_FOUND],
    example: {
      input: { accountId: exampleAccountId, fromTime: '2026-11-01T00:00:00.000Z', toTime: '2026-12-01T00:00:00.000Z' },
      output: {
        account: exampleAccount,
        statement: {
          currency: 'USD',
          fromTime: '2026-11-01T00:00:00.000Z',
          toTime: '2026-12-01T00:00:00.000Z',
          openingMinor: 0,
          inMinor: 0,
          outMinor: 10_000,
          closingMinor: -10_000,
          lineCount: 1,
          items: [
            {
              transferId: exampleTransfer.id,
              kind: 'capture',
              orderId: null,
              groupId: null,
              payoutId: null,
              amount: { amountMinor: -10_000, currency: 'USD' },
              balanceAfterMinor: -10_000,
              createdTime: '2026-11-21T08:00:00.000Z',
            },
          ],
          nextCursor: null,
        },
      },
    },
  }),
  getTrialBalance: operation({
    summary: 'The balance of every purpose in every currency, now or as it was; each currency sums to zero',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/trial-balance' },
    input: z.object({
      atTime: z.iso
        .datetime({ offset: true })
        .optional()
        .meta({ description: 'What was booked before this moment. Without it: all.' }),
    }),
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
  getJournal: operation({
    summary: 'How far the hash chain over all transfers goes',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/journal' },
    input: z.object({}),
    output: JournalState,
    example: { input: {}, output: exampleJournal },
  }),
  verifyJournal: operation({
    summary: 'Recomputes the hash chain over all transfers and names the first broken link, if any',
    description:
      'Reads the whole journal of the marketplace. A chain written anew from some place on is whole in itself: give a head that was noted elsewhere earlier, and it is looked for too.',
    access: ['admin'],
    route: { method: 'GET', path: '/ledger/journal/verification' },
    input: z.object({
      notedHead: z
        .string()
        .regex(/^[1-9]\d{0,15}:[0-9a-f]{64}$/, 'must be a number, a colon, and 64 hexadecimal digits')
        .optional()
        .meta({ description: '`linkCount:headHash` of an earlier answer.' }),
    }),
    output: JournalVerdict,
    example: {
      input: {},
      output: { ...exampleJournal, isIntact: true, firstBroken: null, isNotedHeadFound: null, outsideTransferId: null },
    },
  }),
  checkLedger: operation({
    summary: 'Adds up every entry, compares with balances, holds, payments and payouts, and verifies the journal',
    description:
      'Reads the whole ledger of the marketplace: for tests, doctors and nightly runs. At most 100 mismatches.',
    access: 'service',
    input: z.object({}),
    output: z.object({
      isConsistent: z.boolean(),
      transfers: z.int(),
      mismatches: z.array(LedgerMismatch),
      journal: JournalVerdict,
    }),
    example: {
      input: {},
      output: {
        isConsistent: true,
        transfers: 130,
        mismatches: [],
        journal: {
          ...exampleJournal,
          isIntact: true,
          firstBroken: null,
          isNotedHeadFound: null,
          outsideTransferId: null,
        },
      },
    },
  }),
};
