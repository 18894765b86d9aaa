import { Currency, idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import {
  isClabe,
  isIban,
  isPromptPayId,
  isRoutingNumber,
  isThaiAccountNumber,
  THAI_BANKS,
} from '../domain/bank-account.ts';
import { errors } from '../errors.ts';

/** Whom money is paid out to: a store's earnings, or a member's own money. */
export const PayoutOwnerKind = z.enum(['store', 'member']);
export type PayoutOwnerKind = z.output<typeof PayoutOwnerKind>;

/** The owner of a payout account, of a schedule, of a payout. The id is of the kind it says. */
export const PAYOUT_OWNER = {
  ownerKind: PayoutOwnerKind,
  ownerId: z.union([idSchema('store'), idSchema('member')]),
} as const;

/** Typed with spaces and dashes as people read it aloud; kept without. */
const compact = z
  .string()
  .max(60)
  .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase());

/** A bank account as its owner types it. It is sealed as it arrives, and never told again but for its last four digits. */
export const BankAccountInput = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('thai_bank'),
      bankCode: z.string().refine((code) => THAI_BANKS[code] !== undefined, 'must be a Thai bank’s code such as 014'),
      accountNumber: compact.refine(isThaiAccountNumber, 'must be the 10 to 15 digits of a Thai bank account'),
    }),
    z.object({
      kind: z.literal('promptpay'),
      promptPayId: compact.refine(isPromptPayId, 'must be a PromptPay phone number, citizen or tax id, or e-wallet'),
    }),
    z.object({ kind: z.literal('clabe'), clabe: compact.refine(isClabe, 'must be a CLABE: 18 digits that check') }),
    z.object({ kind: z.literal('iban'), iban: compact.refine(isIban, 'must be an IBAN that checks') }),
    z.object({
      kind: z.literal('us_bank'),
      routingNumber: compact.refine(isRoutingNumber, 'must be a routing number: 9 digits that check'),
      accountNumber: compact.refine((text) => /^\d{4,17}$/.test(text), 'must be the 4 to 17 digits of the account'),
    }),
    z.object({
      kind: z.literal('stripe_connect'),
      accountId: z
        .string()
        .trim()
        .regex(/^acct_[A-Za-z0-9]{8,40}$/, 'must be a connected Stripe account such as acct_1A2B3C4D5E6F7G8H'),
    }),
  ])
  .meta({ id: 'BankAccountInput' });
export type BankAccountInput = z.output<typeof BankAccountInput>;

export const BankAccountKind = z.enum(['thai_bank', 'promptpay', 'clabe', 'iban', 'us_bank', 'stripe_connect']);

/** Where an owner's money of one currency goes. */
export const PayoutAccount = z
  .object({
    id: idSchema('payoutAccount'),
    ...PAYOUT_OWNER,
    currency: Currency,
    kind: BankAccountKind,
    bankName: z.string(),
    holderName: z.string(),
    last4: z.string().meta({ description: 'The end of its number; the rest is told to the bank only.' }),
    state: z.enum(['unverified', 'verified', 'failed']).meta({
      description: 'Payouts go to a `verified` account. `failed`: its bank or too many wrong tries; enter it again.',
    }),
    verification: z.enum(['deposits', 'provider', 'operator']).meta({
      description:
        'How it is shown to be its owner’s: two small amounts that arrive there, the word of the provider that keeps it, or an operator who looks at it.',
    }),
    triesLeft: z.int(),
    failureReason: z.string().nullable(),
    usableTime: z.iso.datetime().meta({
      description: 'Money goes there from then on: a changed account waits, so that a thief’s change can be noticed.',
    }),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'PayoutAccount' });
export type PayoutAccount = z.output<typeof PayoutAccount>;

export const examplePayoutAccount: z.input<typeof PayoutAccount> = {
  id: 'pac_01k9w6x8f0e5rbq2m3n4p5q6r7',
  ownerKind: 'store',
  ownerId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7',
  currency: 'USD',
  kind: 'us_bank',
  bankName: 'ABA 021000021',
  holderName: 'Ann Maker',
  last4: '6789',
  state: 'unverified',
  verification: 'deposits',
  triesLeft: 3,
  failureReason: null,
  usableTime: '2026-11-21T08:00:00.000Z',
  createdTime: '2026-11-21T08:00:00.000Z',
};
const owner = { ownerKind: 'store', ownerId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7' } as const;
const payoutAccountId = idSchema('payoutAccount');

export const payoutAccountOperations = {
  listPayoutAccounts: operation({
    summary:
      'Where an owner’s money goes, one account for each currency, and which kinds of account a currency may go to',
    access: 'member',
    route: { method: 'GET', path: '/payout-accounts' },
    input: z.object(PAYOUT_OWNER),
    output: z.object({
      items: z.array(PayoutAccount),
      kinds: z.array(z.object({ currency: Currency, kinds: z.array(BankAccountKind) })),
    }),
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: {
      input: owner,
      output: { items: [examplePayoutAccount], kinds: [{ currency: 'USD', kinds: ['us_bank', 'iban'] }] },
    },
  }),
  setPayoutAccount: operation({
    summary: 'Says where an owner’s money of a currency goes from now on',
    description:
      'Takes the place of the account before, and cancels payouts to it that were not sent. Needs a sign-in confirmed within ' +
      'ten minutes. The owner is mailed. The account is to be verified; a change waits for the time the marketplace sets.',
    access: 'member',
    route: { method: 'POST', path: '/payout-accounts' },
    input: z.object({
      ...PAYOUT_OWNER,
      currency: Currency,
      holderName: z.string().trim().min(1).max(140),
      account: BankAccountInput,
    }),
    output: PayoutAccount,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND, errors.PAYOUT_ACCOUNT_KIND_UNSUPPORTED],
    idempotent: true,
    example: {
      input: {
        ...owner,
        currency: 'USD',
        holderName: 'Ann Maker',
        account: { kind: 'us_bank', routingNumber: '021000021', accountNumber: '000123456789' },
      },
      output: examplePayoutAccount,
    },
  }),
  verifyPayoutAccount: operation({
    summary: 'Shows that an account is its owner’s',
    description:
      'With `deposits`: the two amounts on the account’s statement, in any order; three wrong tries, and it must be entered again. ' +
      'With `provider`: asks the provider, and takes no amounts.',
    access: 'member',
    route: { method: 'POST', path: '/payout-accounts/{payoutAccountId}/verification', status: 200 },
    input: z.object({
      payoutAccountId,
      amountsMinor: z.array(z.int().min(1).max(10_000)).length(2).optional(),
    }),
    output: PayoutAccount,
    errors: [
      errors.PAYOUT_ACCOUNT_NOT_FOUND,
      errors.PAYOUT_ACCOUNT_CLOSED,
      errors.TEST_AMOUNTS_WRONG,
      errors.PAYOUT_ACCOUNT_PENDING,
    ],
    idempotent: true,
    example: {
      input: { payoutAccountId: examplePayoutAccount.id, amountsMinor: [12, 34] },
      output: { ...examplePayoutAccount, state: 'verified' },
    },
  }),
  getSimulatedDeposits: operation({
    summary: 'What the simulated bank shows on the account’s statement: the two amounts that test it',
    description:
      'A real bank shows them to who owns the account. Only accounts that the simulated bank tests have this.',
    access: 'member',
    route: { method: 'GET', path: '/payout-accounts/{payoutAccountId}/simulated-deposits' },
    input: z.object({ payoutAccountId }),
    output: z.object({ currency: Currency, amountsMinor: z.array(z.int()) }),
    errors: [errors.PAYOUT_ACCOUNT_NOT_FOUND],
    example: {
      input: { payoutAccountId: examplePayoutAccount.id },
      output: { currency: 'USD', amountsMinor: [12, 34] },
    },
  }),
  listPayoutAccountsToAccept: operation({
    summary: 'Accounts that an operator must look at, oldest first: no bank can test them by itself',
    access: ['admin'],
    route: { method: 'GET', path: '/payout-accounts-to-accept' },
    input: z.object({}),
    output: z.object({ items: z.array(PayoutAccount) }),
    example: { input: {}, output: { items: [{ ...examplePayoutAccount, verification: 'operator' }] } },
  }),
  acceptPayoutAccount: operation({
    summary: 'An operator has seen that an account is its owner’s, on a bank book or a statement',
    description: 'Not by who owns it. Only accounts that no bank tests by itself.',
    access: ['admin'],
    route: { method: 'POST', path: '/payout-accounts/{payoutAccountId}/acceptance', status: 200 },
    input: z.object({ payoutAccountId }),
    output: PayoutAccount,
    errors: [errors.PAYOUT_ACCOUNT_NOT_FOUND, errors.PAYOUT_ACCOUNT_CLOSED, errors.OWN_PAYOUT],
    idempotent: true,
    example: {
      input: { payoutAccountId: examplePayoutAccount.id },
      output: { ...examplePayoutAccount, verification: 'operator', state: 'verified' },
    },
  }),
};
