import { Currency, operation } from '@plaza/kernel';
import { PayoutCadence } from '@plaza/kernel/marketplace';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examplePayoutAccount, PAYOUT_OWNER, PayoutAccount } from './payout-accounts.ts';

export { PayoutCadence };

const schedule = {
  cadence: PayoutCadence,
  weekday: z.int().min(1).max(7).nullable().meta({ description: '1 is Monday; of a weekly schedule only.' }),
  thresholdMinor: z
    .int()
    .min(0)
    .max(1_000_000_000_000)
    .meta({ description: 'Less than this waits for the next time.' }),
} as const;

/** What an owner's next payout is, and what stands in its way. */
export const PayoutPlan = z
  .object({
    ...PAYOUT_OWNER,
    currency: Currency,
    ...schedule,
    cadences: z.array(PayoutCadence).meta({ description: 'What may be chosen here.' }),
    nextTime: z.iso.datetime().nullable(),
    payableMinor: z.int().meta({ description: 'Could go now.' }),
    tooNewMinor: z.int().meta({ description: 'Available, and not yet for as long as the marketplace asks.' }),
    minimumMinor: z.int(),
    estimateMinor: z.int().meta({ description: 'Would go at the next time, if nothing moved until then.' }),
    account: PayoutAccount.nullable(),
    hindrance: z.enum(['missing', 'unverified', 'failed', 'changed']).nullable().meta({
      description: 'Why the account cannot be paid to now.',
    }),
  })
  .meta({ id: 'PayoutPlan' });
export type PayoutPlan = z.output<typeof PayoutPlan>;

const owner = { ownerKind: 'store', ownerId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7' } as const;
const examplePlan: z.input<typeof PayoutPlan> = {
  ...owner,
  currency: 'USD',
  cadence: 'weekly',
  weekday: 5,
  thresholdMinor: 10_000,
  cadences: PayoutCadence.options,
  nextTime: '2026-11-27T11:00:00.000Z',
  payableMinor: 42_000,
  tooNewMinor: 8_000,
  minimumMinor: 2_000,
  estimateMinor: 50_000,
  account: { ...examplePayoutAccount, state: 'verified' },
  hindrance: null,
};

export const payoutPlanOperations = {
  getPayoutPlan: operation({
    summary: 'When money is sent by itself, how much could go now, and what stands in its way',
    access: 'member',
    route: { method: 'GET', path: '/payout-plan' },
    input: z.object({ ...PAYOUT_OWNER, currency: Currency }),
    output: PayoutPlan,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: { input: { ...owner, currency: 'USD' }, output: examplePlan },
  }),
  setPayoutSchedule: operation({
    summary: 'Says how often money is sent by itself, within what the marketplace allows',
    access: 'member',
    route: { method: 'PUT', path: '/payout-plan' },
    input: z.object({
      ...PAYOUT_OWNER,
      currency: Currency,
      cadence: schedule.cadence,
      weekday: z.int().min(1).max(7).optional(),
      thresholdMinor: schedule.thresholdMinor.default(0),
    }),
    output: PayoutPlan,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND, errors.PAYOUT_CADENCE_NOT_OFFERED],
    idempotent: true,
    example: {
      input: { ...owner, currency: 'USD', cadence: 'weekly', weekday: 5, thresholdMinor: 10_000 },
      output: examplePlan,
    },
  }),
};
