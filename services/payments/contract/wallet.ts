import {
  Currency,
  commonErrors,
  idSchema,
  Money,
  operation,
  PageQuery,
  pageOf,
  VerificationLevel,
} from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examplePayment, Payment } from './payments.ts';
import { examplePayout, Payout } from './payouts.ts';
import { periodInput, StatementFile, StatementFormat } from './statements.ts';

/** `frozen`: an operator put it on hold. Nothing goes out and no top-up begins; refunds still come in. */
const WalletState = z.enum(['active', 'frozen']);

const WalletLimit = z.object({ limitMinor: z.int(), usedMinor: z.int(), leftMinor: z.int() });

/** A member's wallet, in minor units of the marketplace's currency. */
export const Wallet = z
  .object({
    currency: Currency,
    state: WalletState,
    availableMinor: z.int(),
    reservedMinor: z.int().meta({ description: 'Kept back for payments that are not decided yet.' }),
    comingMinor: z.int().meta({ description: 'Top-ups that are not captured yet.' }),
    spendableMinor: z
      .int()
      .meta({ description: 'What it can pay now: what is available, within the limit of the day; 0 while frozen.' }),
    owedMinor: z.int().meta({
      description: 'Top-ups that went back to their cards after they were spent. What comes in pays that first.',
    }),
    verificationLevel: VerificationLevel,
    limits: z
      .object({
        balance: WalletLimit,
        topUpPerDay: WalletLimit,
        payPerDay: WalletLimit,
        withdrawPerDay: WalletLimit,
      })
      .meta({ description: 'Of the verification level. A day is the last 24 hours.' }),
  })
  .meta({ id: 'Wallet' });
export type Wallet = z.output<typeof Wallet>;

export const WalletMovement = z
  .object({
    transferId: idSchema('transfer'),
    kind: z.string().meta({
      description:
        'What moved: top_up, wallet_payment, refund, return, payout, payout_failed, payout_canceled, payout_returned, top_up_taken_back, wallet_debt_repaid.',
      examples: ['top_up'],
    }),
    paymentId: idSchema('payment').nullable(),
    orderId: idSchema('order').nullable(),
    amount: Money,
    balanceAfterMinor: z.int(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'WalletMovement' });
export type WalletMovement = z.output<typeof WalletMovement>;

/** A member's wallet as operators see it. */
export const MemberWallet = z
  .object({
    memberId: idSchema('member'),
    accountId: idSchema('account').meta({ description: 'Its account in the ledger, once money was in it.' }),
    currency: Currency,
    state: WalletState,
    availableMinor: z.int(),
    reservedMinor: z.int(),
    owedMinor: z.int(),
    frozenReason: z.string().nullable(),
    frozenTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'MemberWallet' });
export type MemberWallet = z.output<typeof MemberWallet>;

const limit = (limitMinor: number, usedMinor: number) => ({
  limitMinor,
  usedMinor,
  leftMinor: limitMinor - usedMinor,
});

const exampleWallet: z.input<typeof Wallet> = {
  currency: 'USD',
  state: 'active',
  availableMinor: 12_500,
  reservedMinor: 0,
  comingMinor: 0,
  spendableMinor: 12_500,
  owedMinor: 0,
  verificationLevel: 1,
  limits: {
    balance: limit(50_000, 12_500),
    topUpPerDay: limit(20_000, 2_500),
    payPerDay: limit(50_000, 0),
    withdrawPerDay: limit(0, 0),
  },
};

const memberId = 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7';
const exampleMemberWallet: z.input<typeof MemberWallet> = {
  memberId,
  accountId: 'acc_01k9w6x8f0e5rbq2m3n4p5q6r7',
  currency: 'USD',
  state: 'frozen',
  availableMinor: 12_500,
  reservedMinor: 0,
  owedMinor: 0,
  frozenReason: 'three cards in ten minutes',
  frozenTime: '2026-11-21T08:00:00.000Z',
};

const exampleWithdrawal: z.input<typeof Payout> = {
  ...examplePayout,
  ownerKind: 'member',
  ownerId: memberId,
  amount: { amountMinor: 5_000, currency: 'USD' },
};

const reason = z.string().trim().min(1).max(500);

export const walletOperations = {
  getWallet: operation({
    summary: 'Your wallet: what is in it, and what you may do with it',
    access: 'member',
    route: { method: 'GET', path: '/wallet' },
    input: z.object({}),
    output: Wallet,
    errors: [errors.WALLET_NOT_FOUND],
    example: { input: {}, output: exampleWallet },
  }),
  topUpWallet: operation({
    summary: 'Puts money into your wallet, by any of the ways to pay',
    description:
      'A payment like that of a checkout: after `requires_action` send the member to `actionUrl`, then confirm it; a `pending` one comes by itself. The money is in the wallet once it is captured. One that its member does not come back for is given up after an hour.',
    access: 'member',
    route: { method: 'POST', path: '/wallet/top-ups' },
    input: z.object({
      amount: z.object({ amountMinor: z.int().min(1).max(1_000_000_000_000), currency: Currency }),
      payment: z.object({
        methodId: z.string().max(60).meta({ description: "One of the marketplace's payment methods." }),
        token: z.string().min(1).max(1_000).optional().meta({ description: 'Of a card, from createPaymentMethod.' }),
      }),
    }),
    output: Payment,
    errors: [errors.WALLET_NOT_FOUND, errors.WALLET_FROZEN, errors.WALLET_LIMIT_REACHED, errors.PAYMENT_METHOD_INVALID],
    idempotent: true,
    example: {
      input: {
        amount: { amountMinor: 2_500, currency: 'USD' },
        payment: { methodId: 'simulated-card', token: 'pm_card_visa' },
      },
      output: {
        ...examplePayment,
        purpose: 'top-up',
        checkoutId: null,
        amount: { amountMinor: 2_500, currency: 'USD' },
      },
    },
  }),
  listWalletMovements: operation({
    summary: 'Every movement of your wallet, newest first, and what it was for',
    access: 'member',
    route: { method: 'GET', path: '/wallet/movements' },
    input: z.object({ ...PageQuery }),
    output: pageOf(WalletMovement),
    errors: [errors.WALLET_NOT_FOUND],
    example: {
      input: { limit: 20 },
      output: {
        items: [
          {
            transferId: 'trf_01k9w6x8f0e5rbq2m3n4p5q6r7',
            kind: 'wallet_payment',
            paymentId: examplePayment.id,
            orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
            amount: { amountMinor: -4_500, currency: 'USD' },
            balanceAfterMinor: 12_500,
            createdTime: '2026-11-21T08:00:00.000Z',
          },
        ],
        nextCursor: null,
      },
    },
  }),
  withdrawFromWallet: operation({
    summary: 'Sends money from your wallet to your payout account',
    description:
      'The account is set and verified as those of stores are, with yourself as owner (setPayoutAccount). Asks for a recent confirmation (POST /sessions/current/confirmation). If the bank refuses, the money is back in the wallet.',
    access: 'member',
    route: { method: 'POST', path: '/wallet/withdrawals' },
    input: z.object({ amount: z.object({ amountMinor: z.int().min(1).max(1_000_000_000_000), currency: Currency }) }),
    output: Payout,
    errors: [
      errors.WALLET_NOT_FOUND,
      errors.WALLET_FROZEN,
      errors.WALLET_LIMIT_REACHED,
      errors.BALANCE_TOO_LOW,
      errors.PAYOUT_ACCOUNT_NOT_READY,
      errors.PAYOUT_ACCOUNT_KIND_UNSUPPORTED,
      errors.PAYOUT_BELOW_MINIMUM,
      commonErrors.CONFIRMATION_REQUIRED,
    ],
    idempotent: true,
    example: { input: { amount: { amountMinor: 5_000, currency: 'USD' } }, output: exampleWithdrawal },
  }),
  listWithdrawals: operation({
    summary: 'What you have withdrawn from your wallet, newest first',
    access: 'member',
    route: { method: 'GET', path: '/wallet/withdrawals' },
    input: z.object({ ...PageQuery }),
    output: pageOf(Payout),
    errors: [errors.WALLET_NOT_FOUND],
    example: { input: { limit: 20 }, output: { items: [exampleWithdrawal], nextCursor: null } },
  }),
  exportWalletStatement: operation({
    summary: 'The movements of a period as a file: a link that works for an hour',
    description: 'CSV or PDF, as exportStatement makes them for stores.',
    access: 'member',
    route: { method: 'GET', path: '/wallet/statements/export' },
    input: z.object({ ...periodInput, format: StatementFormat.default('csv') }),
    output: StatementFile,
    errors: [errors.WALLET_NOT_FOUND, errors.STATEMENT_TOO_LONG],
    example: {
      input: { fromTime: '2026-11-01T00:00:00.000Z', toTime: '2026-12-01T00:00:00.000Z', format: 'csv' },
      output: {
        url: 'https://bazaar.example/files/statements/bazaar/01k9.csv?signature=9f86d081',
        filename: 'statement-2026-11-01-2026-11-30.csv',
        lineCount: 3,
        expireTime: '2026-12-02T09:00:00.000Z',
      },
    },
  }),
  getMemberWallet: operation({
    summary: "A member's wallet, for operators",
    access: ['admin'],
    route: { method: 'GET', path: '/members/{memberId}/wallet' },
    input: z.object({ memberId: idSchema('member') }),
    output: MemberWallet,
    errors: [errors.WALLET_NOT_FOUND],
    example: { input: { memberId }, output: exampleMemberWallet },
  }),
  freezeWallet: operation({
    summary: "Puts a member's wallet on hold, for a reason that goes to the audit log",
    description:
      'Nothing goes out of it and no top-up begins; what is under way ends as it began, and refunds come in.',
    access: ['admin'],
    route: { method: 'POST', path: '/members/{memberId}/wallet/freeze', status: 200 },
    input: z.object({ memberId: idSchema('member'), reason }),
    output: MemberWallet,
    errors: [errors.WALLET_NOT_FOUND],
    idempotent: true,
    example: { input: { memberId, reason: 'three cards in ten minutes' }, output: exampleMemberWallet },
  }),
  unfreezeWallet: operation({
    summary: 'Lifts the hold on a wallet, for a reason that goes to the audit log',
    access: ['admin'],
    route: { method: 'POST', path: '/members/{memberId}/wallet/unfreeze', status: 200 },
    input: z.object({ memberId: idSchema('member'), reason }),
    output: MemberWallet,
    errors: [errors.WALLET_NOT_FOUND],
    idempotent: true,
    example: {
      input: { memberId, reason: 'it was the member, with a new phone' },
      output: { ...exampleMemberWallet, state: 'active', frozenReason: null, frozenTime: null },
    },
  }),
};
