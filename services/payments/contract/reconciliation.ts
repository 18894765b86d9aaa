import { Currency, idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examplePayment } from './payments.ts';

/** Not earlier: before that, time zones had odd seconds that no calendar of a provider has. */
const Day = z.iso
  .date()
  .regex(/^2\d{3}-/, 'must be a day from 2000 on, such as 2026-11-20')
  .meta({ description: "A day in the marketplace's time zone, from 2000-01-01 on." });
const ProviderName = z.string().min(1).max(40);

/** How a day of a provider's report stood against the books. */
export const Reconciliation = z
  .object({
    provider: z.string(),
    day: Day,
    source: z.enum(['provider', 'file']).meta({ description: 'Asked of the provider, or uploaded.' }),
    state: z.enum(['done', 'failed']).meta({ description: '`failed`: the report could not be read; see `failure`.' }),
    matched: z.int().meta({ description: 'Movements that both sides tell alike.' }),
    openDifferences: z.int(),
    totals: z.array(
      z.object({
        currency: Currency,
        oursMinor: z.int(),
        theirsMinor: z.int(),
        feesMinor: z.int().meta({ description: 'What the provider kept; booked as its fees.' }),
      }),
    ),
    failure: z.string().nullable(),
    finishedTime: z.iso.datetime(),
  })
  .meta({ id: 'Reconciliation' });
export type Reconciliation = z.output<typeof Reconciliation>;

export const DifferenceState = z.enum(['open', 'corrected', 'explained', 'gone']);

/** A movement that the provider's report and the books tell differently. Amounts are signed: what came in is positive. */
export const ReconciliationDifference = z
  .object({
    id: idSchema('difference'),
    provider: z.string(),
    day: Day,
    subject: z.enum(['payment', 'refund', 'chargeback']),
    kind: z.enum(['missing_here', 'missing_there', 'amount_differs']),
    reference: z.string().meta({ description: "The provider's name of the movement." }),
    paymentId: idSchema('payment').nullable(),
    currency: Currency,
    oursMinor: z.int(),
    theirsMinor: z.int(),
    state: DifferenceState.meta({ description: '`gone`: a later report did not have it any more.' }),
    note: z.string().nullable(),
    createdTime: z.iso.datetime(),
    resolvedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ReconciliationDifference' });
export type ReconciliationDifference = z.output<typeof ReconciliationDifference>;

const exampleRun: z.input<typeof Reconciliation> = {
  provider: 'stripe',
  day: '2026-11-20',
  source: 'provider',
  state: 'done',
  matched: 118,
  openDifferences: 1,
  totals: [{ currency: 'USD', oursMinor: 1_299_000, theirsMinor: 1_304_000, feesMinor: 41_200 }],
  failure: null,
  finishedTime: '2026-11-21T03:00:00.000Z',
};

const exampleDifference: z.input<typeof ReconciliationDifference> = {
  id: 'dif_01k9w6x8f0e5rbq2m3n4p5q6r7',
  provider: 'stripe',
  day: '2026-11-20',
  subject: 'payment',
  kind: 'missing_here',
  reference: 'pi_3Q7kz2Lkd',
  paymentId: null,
  currency: 'USD',
  oursMinor: 0,
  theirsMinor: 5_000,
  state: 'open',
  note: null,
  createdTime: '2026-11-21T03:00:00.000Z',
  resolvedTime: null,
};

export const reconciliationOperations = {
  listReconciliations: operation({
    summary: "Providers' reports held against the books, the newest day first",
    access: ['admin'],
    route: { method: 'GET', path: '/reconciliations' },
    input: z.object(PageQuery),
    output: pageOf(Reconciliation),
    example: { input: { limit: 20 }, output: { items: [exampleRun], nextCursor: null } },
  }),
  reconcileDay: operation({
    summary: "Holds a day of a provider's report against the books, once more or for the first time",
    description:
      'Without `report` the provider is asked. With it: CSV with the columns subject (payment, refund, chargeback), reference, amount, fee, currency; amounts as signed decimals. ' +
      'Nothing is corrected by itself; what differs becomes a difference. The fees that the report names are booked. ' +
      'Every night the day before is reconciled for each provider that gives reports.',
    access: ['admin'],
    route: { method: 'POST', path: '/reconciliations', status: 200 },
    input: z.object({ provider: ProviderName, day: Day, report: z.string().min(1).max(900_000).optional() }),
    output: Reconciliation,
    errors: [errors.REPORT_NOT_AVAILABLE],
    idempotent: true,
    example: { input: { provider: 'stripe', day: '2026-11-20' }, output: exampleRun },
  }),
  exportMovements: operation({
    summary: 'What our books say of a day and provider, as the CSV that reconcileDay reads',
    access: ['admin'],
    route: { method: 'GET', path: '/reconciliations/movements' },
    input: z.object({ provider: ProviderName, day: Day }),
    output: z.object({ csv: z.string() }),
    example: {
      input: { provider: 'stripe', day: '2026-11-20' },
      output: { csv: 'subject,reference,amount,fee,currency\r\npayment,"pi_3Q7kz2Lkd",50.00,,USD\r\n' },
    },
  }),
  listDifferences: operation({
    summary: 'What reports and books tell differently, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/reconciliation-differences' },
    input: z.object({ ...PageQuery, state: DifferenceState.optional() }),
    output: pageOf(ReconciliationDifference),
    example: { input: { limit: 20, state: 'open' }, output: { items: [exampleDifference], nextCursor: null } },
  }),
  resolveDifference: operation({
    summary: 'Ends a difference: by a correction of the books, or by saying why it is right as it is',
    description:
      'A correction makes the books say what the report says. A payment of ours that the provider captured and we did not is captured, and its checkout goes on; ' +
      'anything else moves between provider_clearing and suspense, where it stays until it is known whose it is.',
    access: ['admin'],
    route: { method: 'POST', path: '/reconciliation-differences/{differenceId}/resolution', status: 200 },
    input: z.object({
      differenceId: idSchema('difference'),
      resolution: z.enum(['correct', 'explain']),
      note: z.string().trim().min(3).max(500),
    }),
    output: ReconciliationDifference,
    errors: [errors.DIFFERENCE_NOT_FOUND, errors.DIFFERENCE_CLOSED],
    idempotent: true,
    example: {
      input: { differenceId: exampleDifference.id, resolution: 'correct', note: 'paid by hand in the dashboard' },
      output: {
        ...exampleDifference,
        paymentId: examplePayment.id,
        state: 'corrected',
        note: 'paid by hand in the dashboard',
        resolvedTime: '2026-11-21T09:00:00.000Z',
      },
    },
  }),
};
