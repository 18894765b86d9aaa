import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

/** `opened`: the bank decides. `won`: the money came back. `lost`: it is gone, and the seller or the platform bears it. */
export const ChargebackState = z.enum(['opened', 'won', 'lost']);
export type ChargebackState = z.output<typeof ChargebackState>;

/** Who bears a chargeback that is lost. */
export const Bearer = z.enum(['seller', 'platform']);
export type Bearer = z.output<typeof Bearer>;

export const Chargeback = z
  .object({
    id: idSchema('chargeback'),
    provider: z.string(),
    reference: z.string().meta({ description: "The provider's own name of it." }),
    paymentId: idSchema('payment'),
    orderId: idSchema('order').nullable(),
    state: ChargebackState,
    amount: Money,
    takenMinor: z.int().meta({
      description: 'What the provider keeps for now, its fee included; 0 while the bank only inquires.',
    }),
    feeMinor: z.int(),
    reason: z.string(),
    evidenceDueTime: z.iso.datetime().nullable(),
    evidence: z
      .object({ text: z.string(), sentBy: z.enum(['plaza', 'hand']), time: z.iso.datetime() })
      .nullable()
      .meta({ description: '`hand`: the provider takes none from us, so an operator sent it there.' }),
    canSendEvidence: z.boolean().meta({ description: 'Whether the provider takes evidence from us.' }),
    ruling: z.object({ bearer: Bearer, reason: z.string() }).nullable(),
    isSettled: z.boolean().meta({ description: 'Lost, and in the books of whoever bears it.' }),
    parts: z.array(
      z.object({
        groupId: idSchema('shipmentGroup').nullable(),
        bearer: Bearer,
        amountMinor: z.int(),
        feeMinor: z.int(),
      }),
    ),
    createdTime: z.iso.datetime(),
    decidedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Chargeback' });
export type Chargeback = z.output<typeof Chargeback>;

const chargebackId = 'cbk_01k9w6x8f0e5rbq2m3n4p5q6r7';
const groupId = 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7';

const example: z.input<typeof Chargeback> = {
  id: chargebackId,
  provider: 'stripe',
  reference: 'dp_1MtJUT2eZvKYlo2CNaw2HvEv',
  paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
  orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
  state: 'opened',
  amount: { amountMinor: 10_000, currency: 'USD' },
  takenMinor: 11_500,
  feeMinor: 1_500,
  reason: 'product_not_received',
  evidenceDueTime: '2026-12-01T00:00:00.000Z',
  evidence: null,
  canSendEvidence: true,
  ruling: null,
  isSettled: false,
  parts: [],
  createdTime: '2026-11-21T08:00:00.000Z',
  decidedTime: null,
};

/** Payments that a buyer's bank takes back, from the first news to whoever bears them. */
export const chargebackOperations = {
  listChargebacks: operation({
    summary: 'Chargebacks of the marketplace, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/chargebacks' },
    input: z.object({
      ...PageQuery,
      isOpen: z.boolean().optional().meta({ description: 'Only those that wait: for the bank, or for a ruling.' }),
    }),
    output: pageOf(Chargeback),
    example: { input: { limit: 20 }, output: { items: [example], nextCursor: null } },
  }),
  getChargeback: operation({
    summary: 'A chargeback, with who bore what of it',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/chargebacks/{chargebackId}' },
    input: z.object({ chargebackId: idSchema('chargeback') }),
    output: Chargeback,
    errors: [errors.CHARGEBACK_NOT_FOUND],
    example: { input: { chargebackId }, output: example },
  }),
  submitChargebackEvidence: operation({
    summary: 'Sends the bank what speaks for the sale, through the provider; once',
    description:
      'A provider that takes none from us is served in its own console: then this only notes what was sent there.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/chargebacks/{chargebackId}/evidence', status: 200 },
    input: z.object({
      chargebackId: idSchema('chargeback'),
      text: z.string().trim().min(1).max(20_000),
      carrier: z.string().trim().max(80).optional(),
      trackingNumber: z.string().trim().max(80).optional(),
    }),
    output: Chargeback,
    errors: [errors.CHARGEBACK_NOT_FOUND, errors.CHARGEBACK_CLOSED, errors.EVIDENCE_SUBMITTED, errors.EVIDENCE_REFUSED],
    example: {
      input: { chargebackId, text: 'Delivered on 12 November, see the tracking.', carrier: 'USPS' },
      output: {
        ...example,
        evidence: {
          text: 'Delivered on 12 November, see the tracking.',
          sentBy: 'plaza',
          time: '2026-11-22T08:00:00.000Z',
        },
      },
    },
  }),
  ruleChargeback: operation({
    summary: 'An operator decides who bears a chargeback',
    description:
      'While it is open, for the case that it is lost; once it is lost, at once. Before it is settled a later ruling replaces an earlier one.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/chargebacks/{chargebackId}/ruling', status: 200 },
    input: z.object({
      chargebackId: idSchema('chargeback'),
      bearer: Bearer,
      reason: z.string().trim().min(1).max(500),
    }),
    output: Chargeback,
    errors: [errors.CHARGEBACK_NOT_FOUND, errors.CHARGEBACK_CLOSED],
    example: {
      input: { chargebackId, bearer: 'platform', reason: 'The seller shipped with proof.' },
      output: { ...example, ruling: { bearer: 'platform', reason: 'The seller shipped with proof.' } },
    },
  }),
  settleChargeback: operation({
    summary: 'Books who bears a lost chargeback by the rule of the processes that its groups run by',
    description: "Idempotent. An operator's ruling, when there is one, counts for all groups.",
    access: 'service',
    input: z.object({
      chargebackId: idSchema('chargeback'),
      bearers: z.array(z.object({ groupId: idSchema('shipmentGroup'), bearer: Bearer })).max(100),
    }),
    output: Chargeback,
    errors: [errors.CHARGEBACK_NOT_FOUND, errors.CHARGEBACK_CLOSED],
    example: {
      input: { chargebackId, bearers: [{ groupId, bearer: 'seller' }] },
      output: {
        ...example,
        state: 'lost',
        isSettled: true,
        parts: [{ groupId, bearer: 'seller', amountMinor: 10_000, feeMinor: 1_500 }],
        decidedTime: '2026-12-11T08:00:00.000Z',
      },
    },
  }),
  openSimulatedChargeback: operation({
    summary: "The simulated provider plays a buyer's bank that takes a payment back",
    description: 'Told by its signed webhook within seconds, as a real provider tells.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/simulated-chargebacks' },
    input: z.object({
      orderId: idSchema('order'),
      amountMinor: z.int().min(1).optional().meta({ description: 'All of the payment, unless given.' }),
      reason: z.string().trim().min(1).max(60).default('product_not_received'),
    }),
    output: z.object({ reference: z.string() }),
    errors: [errors.PAYMENT_NOT_FOUND],
    example: {
      input: { orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7' },
      output: { reference: '019a93ce-9d0f-7e8b-b5e3-9a2b3c4d5e6f' },
    },
  }),
  decideSimulatedChargeback: operation({
    summary: "The simulated provider plays the bank's decision",
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/chargebacks/{chargebackId}/simulated-decision', status: 200 },
    input: z.object({ chargebackId: idSchema('chargeback'), outcome: z.enum(['won', 'lost']) }),
    output: z.object({ reference: z.string() }),
    errors: [errors.CHARGEBACK_NOT_FOUND, errors.CHARGEBACK_CLOSED],
    example: {
      input: { chargebackId, outcome: 'won' },
      output: { reference: '019a93ce-9d0f-7e8b-b5e3-9a2b3c4d5e6f' },
    },
  }),
};
