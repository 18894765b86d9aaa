import { Currency, defineErrors } from '@plaza/kernel';
import { z } from 'zod';
import { CASH_PROBLEMS } from './domain/cash-offer.ts';

/** Everything the payments service refuses to do. Codes are public API: add, never rename. */
export const errors = defineErrors({
  PAYMENT_NOT_FOUND: { status: 404, message: 'There is no such payment.' },
  PAYMENT_METHOD_INVALID: {
    status: 422,
    message: 'This payment method cannot be used. It may have expired: enter it again.',
  },
  PAYMENT_NOT_CAPTURED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `The payment is ${state}, so there is no money to hold.`,
  },
  PAYMENT_HELD: {
    status: 409,
    message: 'This payment belongs to an order. Refund the groups of the order instead.',
  },
  HOLD_MISMATCH: {
    status: 409,
    data: z.object({ expectedMinor: z.int(), actualMinor: z.int() }),
    message: ({ expectedMinor, actualMinor }) =>
      `The groups sum to ${actualMinor}, but ${expectedMinor} was paid (minor units).`,
  },
  HOLD_NOT_FOUND: { status: 404, message: 'No money is held for this group.' },
  CASH_NOT_OFFERED: {
    status: 409,
    data: z.object({ problem: z.enum(CASH_PROBLEMS) }),
    message: ({ problem }) => `This purchase cannot be paid at the door: ${problem}.`,
  },
  HOLD_CLOSED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `The money of this group is already ${state}.`,
  },
  REFUND_EXCEEDS_PAID: {
    status: 409,
    data: z.object({ refundableMinor: z.int() }),
    message: ({ refundableMinor }) => `At most ${refundableMinor} (minor units) can still be refunded.`,
  },
  REFUND_ID_REUSED: { status: 409, message: 'This refund id was used for another group or amount.' },
  STORE_ACCOUNT_NOT_FOUND: { status: 404, message: 'There is no such store.' },
  BALANCE_TOO_LOW: {
    status: 409,
    data: z.object({ availableMinor: z.int(), currency: Currency }),
    message: ({ availableMinor, currency }) => `Only ${availableMinor} ${currency} (minor units) can be paid out now.`,
  },
  REPORT_NOT_AVAILABLE: {
    status: 409,
    data: z.object({ provider: z.string() }),
    message: ({ provider }) => `${provider} gives no reports by itself. Upload the report of the day as CSV.`,
  },
  DIFFERENCE_NOT_FOUND: { status: 404, message: 'There is no such difference.' },
  DIFFERENCE_CLOSED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This difference is already ${state}.`,
  },
  PAYOUT_ACCOUNT_NOT_FOUND: { status: 404, message: 'There is no such payout account.' },
  PAYOUT_ACCOUNT_KIND_UNSUPPORTED: {
    status: 422,
    data: z.object({ currency: Currency }),
    message: ({ currency }) => `Money in ${currency} cannot be sent to this kind of account here.`,
  },
  PAYOUT_ACCOUNT_CLOSED: {
    status: 409,
    message: 'This account cannot be verified any more. Enter it again, or another one.',
  },
  PAYOUT_ACCOUNT_PENDING: {
    status: 409,
    message: 'Who verifies this account has not done so yet: the provider that keeps it, or an operator.',
  },
  TEST_AMOUNTS_WRONG: {
    status: 409,
    data: z.object({ triesLeft: z.int() }),
    message: ({ triesLeft }) => `These are not the two amounts that arrived. Tries left: ${triesLeft}.`,
  },
  PAYOUT_ACCOUNT_NOT_READY: {
    status: 409,
    data: z.object({
      reason: z.enum(['missing', 'unverified', 'failed', 'changed']),
      usableTime: z.iso.datetime().nullable(),
    }),
    message: ({ reason }) =>
      reason === 'changed'
        ? 'The payout account was changed a short while ago. Payouts wait, in case somebody else did it.'
        : `The payout account is ${reason}. Enter one, and verify it.`,
  },
  PAYOUT_BELOW_MINIMUM: {
    status: 409,
    data: z.object({ minimumMinor: z.int(), currency: Currency }),
    message: ({ minimumMinor, currency }) => `The smallest payout is ${minimumMinor} ${currency} (minor units).`,
  },
  PAYOUT_NOT_FOUND: { status: 404, message: 'There is no such payout.' },
  PAYOUT_STATE_CLOSED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This payout is ${state}: that cannot be done any more.`,
  },
  PAYOUT_BATCH_NOT_FOUND: { status: 404, message: 'There is no such batch of payouts.' },
  PAYOUT_BATCH_CLOSED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This batch is ${state}: that cannot be done any more.`,
  },
  NOTHING_TO_BATCH: { status: 409, message: 'No payout is waiting that an operator would take to the bank.' },
  PAYOUT_CADENCE_NOT_OFFERED: { status: 422, message: 'This marketplace does not pay out that often by itself.' },
  OWN_PAYOUT: { status: 403, message: 'Another operator must decide on what is paid to you.' },
  TRANSFER_MISMATCH: {
    status: 409,
    data: z.object({ expectedMinor: z.int(), currency: Currency }),
    message: ({ expectedMinor, currency }) =>
      `This payment has another reference or amount: ${expectedMinor} ${currency} (minor units) are awaited.`,
  },
  COIN_ADDRESS_INVALID: {
    status: 422,
    message: 'This is not an address that tokens can be sent to. Copy it from your wallet.',
  },
  PAYBACK_ADDRESS_GIVEN: {
    status: 409,
    message: 'An address was given before. Ask the marketplace to change it.',
  },
  PAYBACK_NOT_FOUND: { status: 404, message: 'Nothing of this kind is owed.' },
  PAYBACK_UNPROVEN: {
    status: 409,
    data: z.object({
      problem: z.enum([
        'no_address',
        'not_found',
        'reverted',
        'other_transfer',
        'unconfirmed',
        'used_before',
        'sent_before',
        'chain_unavailable',
      ]),
    }),
    message: ({ problem }) => `The transaction does not show that the money went back: ${problem}.`,
  },
  STATEMENT_TOO_LONG: {
    status: 422,
    data: z.object({ lineCount: z.int(), lineCountMax: z.int() }),
    message: ({ lineCount, lineCountMax }) =>
      `This period has ${lineCount} movements, and a file holds ${lineCountMax}. Choose a shorter one.`,
  },
  ACCOUNT_NOT_FOUND: { status: 404, message: 'There is no such account.' },
  TRANSFER_NOT_FOUND: { status: 404, message: 'There is no such transfer.' },
  PAYMENT_DISPUTED: {
    status: 409,
    message: "The buyer's bank has a claim on this payment. Its money stays where it is until that is decided.",
  },
  REFUND_NOT_FOUND: { status: 404, message: 'There is no such refund.' },
  REFUND_NOT_FAILED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This refund is ${state}: it is not owed any more, or on its way.`,
  },
  CHARGEBACK_NOT_FOUND: { status: 404, message: 'There is no such chargeback.' },
  CHARGEBACK_CLOSED: {
    status: 409,
    data: z.object({ state: z.string() }),
    message: ({ state }) => `This chargeback is ${state} already.`,
  },
  EVIDENCE_SUBMITTED: { status: 409, message: 'The evidence was submitted already. A bank looks at it once.' },
  EVIDENCE_REFUSED: {
    status: 409,
    data: z.object({ reason: z.string() }),
    message: ({ reason }) => `The provider takes no evidence for this claim now: ${reason}.`,
  },
  DEBT_TOO_SMALL: {
    status: 409,
    data: z.object({ owedMinor: z.int(), currency: Currency }),
    message: ({ owedMinor, currency }) => `The store owes only ${owedMinor} ${currency} (minor units).`,
  },
  SAVED_METHOD_NOT_FOUND: { status: 404, message: 'There is no such saved card.' },
  SAVED_METHODS_FULL: {
    status: 409,
    data: z.object({ savedMethodsMax: z.int() }),
    message: ({ savedMethodsMax }) => `At most ${savedMethodsMax} cards can be saved. Remove one first.`,
  },
  WALLET_NOT_FOUND: { status: 404, message: 'There is no such wallet here.' },
  WALLET_FROZEN: {
    status: 409,
    message: 'This wallet is on hold: nothing goes out of it. Ask the support of this marketplace.',
  },
  WALLET_BALANCE_TOO_LOW: {
    status: 409,
    data: z.object({ availableMinor: z.int(), currency: Currency }),
    message: ({ availableMinor, currency }) => `Only ${availableMinor} ${currency} (minor units) are in this wallet.`,
  },
  WALLET_LIMIT_REACHED: {
    status: 409,
    data: z.object({
      limit: z.enum(['balance', 'topUpPerDay', 'payPerDay', 'withdrawPerDay']),
      limitMinor: z.int(),
      usedMinor: z.int(),
      leftMinor: z.int(),
      currency: Currency,
      verificationLevel: z.int(),
    }),
    message: ({ limit, limitMinor, usedMinor, leftMinor, currency, verificationLevel }) =>
      `Your limit (${limit}) at verification level ${verificationLevel} is ${limitMinor} ${currency} (minor units): ${usedMinor} are used, ${leftMinor} are left.`,
  },
  CHALLENGE_CLOSED: { status: 409, message: 'This payment is not waiting for your confirmation any more.' },
});
