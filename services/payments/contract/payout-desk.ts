import { Currency, idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examplePayout, Payout, PayoutState } from './payouts.ts';

/** Payouts that are handed over together. `part_failed`: all have ended, some of them without money. */
export const PayoutBatch = z
  .object({
    id: idSchema('payoutBatch'),
    provider: z.string(),
    handover: z.enum(['api', 'file']).meta({ description: '`file`: an operator takes it to the bank.' }),
    state: z.enum(['created', 'sent', 'settled', 'part_failed']),
    sum: Money,
    payoutCount: z.int(),
    createdTime: z.iso.datetime(),
    sentTime: z.iso.datetime().nullable(),
    closedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PayoutBatch' });
export type PayoutBatch = z.output<typeof PayoutBatch>;

/** One thing that was done with a payout, and what was known then. Written once. */
export const PayoutRecord = z
  .object({
    kind: z.enum([
      'requested',
      'approved',
      'rejected',
      'canceled',
      'batched',
      'sent',
      'paid',
      'failed',
      'returned',
      'held',
      'resumed',
      'retried',
    ]),
    by: z.string().meta({ description: 'A member’s id, or the name of a service.', examples: ['payments'] }),
    details: z.record(z.string(), z.unknown()),
    time: z.iso.datetime(),
  })
  .meta({ id: 'PayoutRecord' });
export type PayoutRecord = z.output<typeof PayoutRecord>;

/**
 * What the bank did with one payout, as an operator tells it. `failed`: it may be tried again. `account_refused`: its
 * owner must enter another account. `returned`: it came back because the account is closed or another's,
 * whether it was told as paid before or not.
 */
export const BankResult = z.object({
  payoutId: idSchema('payout'),
  result: z.enum(['paid', 'failed', 'account_refused', 'returned']),
  reason: z.string().trim().max(200).optional(),
});
export type BankResult = z.output<typeof BankResult>;

const exampleBatch: z.input<typeof PayoutBatch> = {
  id: 'pba_01k9w6x8f0e5rbq2m3n4p5q6r7',
  provider: 'bank-file',
  handover: 'file',
  state: 'created',
  sum: { amountMinor: 50_000, currency: 'USD' },
  payoutCount: 1,
  createdTime: '2026-11-21T08:00:00.000Z',
  sentTime: null,
  closedTime: null,
};
const payoutId = idSchema('payout');
const batchId = idSchema('payoutBatch');
/** Lines of one batch. */
const LINES_MAX = 1_000;

export const payoutDeskOperations = {
  listAllPayouts: operation({
    summary: 'Payouts of everybody, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/payouts' },
    input: z.object({ ...PageQuery, state: PayoutState.optional(), batchId: batchId.optional() }),
    output: pageOf(Payout),
    example: { input: { limit: 20, state: 'requested' }, output: { items: [examplePayout], nextCursor: null } },
  }),
  getPayoutRecord: operation({
    summary: 'All that was done with a payout and what was known then, oldest first',
    access: ['admin'],
    route: { method: 'GET', path: '/payouts/{payoutId}/record' },
    input: z.object({ payoutId }),
    output: z.object({ payout: Payout, items: z.array(PayoutRecord) }),
    errors: [errors.PAYOUT_NOT_FOUND],
    example: {
      input: { payoutId: examplePayout.id },
      output: {
        payout: examplePayout,
        items: [
          {
            kind: 'requested',
            by: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
            details: { verificationLevel: 2, payableMinor: 60_000, screening: { list: 'OFAC', isClear: true } },
            time: '2026-11-21T08:00:00.000Z',
          },
        ],
      },
    },
  }),
  approvePayout: operation({
    summary: 'Lets a payout go that waits for an operator’s word; not by who gets the money',
    access: ['admin'],
    route: { method: 'POST', path: '/payouts/{payoutId}/approval', status: 200 },
    input: z.object({ payoutId, note: z.string().trim().max(500).optional() }),
    output: Payout,
    errors: [errors.PAYOUT_NOT_FOUND, errors.PAYOUT_STATE_CLOSED, errors.OWN_PAYOUT, errors.WALLET_FROZEN],
    idempotent: true,
    example: { input: { payoutId: examplePayout.id }, output: examplePayout },
  }),
  rejectPayout: operation({
    summary: 'Sends a payout back that was not handed over yet; its owner hears why',
    access: ['admin'],
    route: { method: 'POST', path: '/payouts/{payoutId}/rejection', status: 200 },
    input: z.object({ payoutId, reason: z.string().trim().min(1).max(500) }),
    output: Payout,
    errors: [errors.PAYOUT_NOT_FOUND, errors.PAYOUT_STATE_CLOSED],
    idempotent: true,
    example: {
      input: { payoutId: examplePayout.id, reason: 'The bank book does not show this name.' },
      output: { ...examplePayout, state: 'canceled', failureReason: 'The bank book does not show this name.' },
    },
  }),
  returnPayout: operation({
    summary: 'Notes that the bank sent money of a payout back after it had arrived',
    description:
      "It is its owner's again, what they owe first, and they are told. The fault is the account's, so that they must enter another, or the bank's: then it is tried again by itself.",
    access: ['admin'],
    route: { method: 'POST', path: '/payouts/{payoutId}/return', status: 200 },
    input: z.object({
      payoutId,
      fault: z.enum(['account', 'bank']),
      reason: z.string().trim().min(1).max(200),
    }),
    output: Payout,
    errors: [errors.PAYOUT_NOT_FOUND, errors.PAYOUT_STATE_CLOSED],
    idempotent: true,
    example: {
      input: { payoutId: examplePayout.id, fault: 'account', reason: 'account closed' },
      output: { ...examplePayout, state: 'failed', failureReason: 'account closed' },
    },
  }),
  retryPayout: operation({
    summary: 'Tries a payout again that failed: a new one of the same amount, or of what is there',
    access: ['admin'],
    route: { method: 'POST', path: '/payouts/{payoutId}/retry' },
    input: z.object({ payoutId }),
    output: Payout,
    errors: [
      errors.PAYOUT_NOT_FOUND,
      errors.PAYOUT_STATE_CLOSED,
      errors.PAYOUT_ACCOUNT_NOT_READY,
      errors.PAYOUT_ACCOUNT_KIND_UNSUPPORTED,
      errors.PAYOUT_BELOW_MINIMUM,
      errors.BALANCE_TOO_LOW,
      errors.WALLET_FROZEN,
    ],
    idempotent: true,
    example: {
      input: { payoutId: examplePayout.id },
      output: { ...examplePayout, attempt: 2, retryOf: examplePayout.id },
    },
  }),
  listPayoutBatches: operation({
    summary: 'Batches of payouts, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/payout-batches' },
    input: z.object({ ...PageQuery }),
    output: pageOf(PayoutBatch),
    example: { input: { limit: 20 }, output: { items: [exampleBatch], nextCursor: null } },
  }),
  getPayoutBatch: operation({
    summary: 'A batch of payouts; its payouts are those of GET /payouts?batchId=…',
    access: ['admin'],
    route: { method: 'GET', path: '/payout-batches/{batchId}' },
    input: z.object({ batchId }),
    output: PayoutBatch,
    errors: [errors.PAYOUT_BATCH_NOT_FOUND],
    example: { input: { batchId: exampleBatch.id }, output: exampleBatch },
  }),
  createPayoutBatch: operation({
    summary: 'Takes the payouts that wait for a bank file into a batch',
    description: 'The oldest first, of one currency. From now on they cannot be taken back.',
    access: ['admin'],
    route: { method: 'POST', path: '/payout-batches' },
    input: z.object({ currency: Currency }),
    output: PayoutBatch,
    errors: [errors.NOTHING_TO_BATCH],
    idempotent: true,
    example: { input: { currency: 'USD' }, output: exampleBatch },
  }),
  getPayoutBatchFile: operation({
    summary: 'The file of a batch for the bank, with whole account numbers (CSV)',
    description:
      'Needs a sign-in confirmed within ten minutes. Each look is in the audit log. See docs/guides/payouts.md.',
    access: ['admin'],
    route: { method: 'GET', path: '/payout-batches/{batchId}/file' },
    input: z.object({ batchId }),
    output: z.object({ filename: z.string(), content: z.string() }),
    errors: [errors.PAYOUT_BATCH_NOT_FOUND],
    example: {
      input: { batchId: exampleBatch.id },
      output: { filename: 'payouts-pba_01k9w6x8f0e5rbq2m3n4p5q6r7.csv', content: '"payout_id","amount"\r\n' },
    },
  }),
  sendPayoutBatch: operation({
    summary: 'Says that the file of a batch was handed to the bank',
    access: ['admin'],
    route: { method: 'POST', path: '/payout-batches/{batchId}/handover', status: 200 },
    input: z.object({ batchId }),
    output: PayoutBatch,
    errors: [errors.PAYOUT_BATCH_NOT_FOUND, errors.PAYOUT_BATCH_CLOSED],
    idempotent: true,
    example: { input: { batchId: exampleBatch.id }, output: { ...exampleBatch, state: 'sent' } },
  }),
  settlePayoutBatch: operation({
    summary: 'Says what the bank did with payouts of a batch, one by one or as a file',
    description:
      'As `results`, or as `text`: CSV with the columns payout_id, result (paid, failed, account_refused, returned), reason. It is taken whole or not at all; what has ended already stays as it is.',
    access: ['admin'],
    route: { method: 'POST', path: '/payout-batches/{batchId}/results', status: 200 },
    input: z.object({
      batchId,
      results: z.array(BankResult).max(LINES_MAX).default([]),
      text: z.string().max(500_000).optional(),
    }),
    output: PayoutBatch,
    errors: [errors.PAYOUT_BATCH_NOT_FOUND, errors.PAYOUT_BATCH_CLOSED],
    idempotent: true,
    example: {
      input: { batchId: exampleBatch.id, results: [{ payoutId: examplePayout.id, result: 'paid' }] },
      output: { ...exampleBatch, state: 'settled' },
    },
  }),
};
