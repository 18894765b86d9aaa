import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { examplePayment, Payment, PaymentState } from './payments.ts';

/** What a buyer needs to pay by bank transfer. */
export const TransferInstructions = z
  .object({
    paymentId: idSchema('payment'),
    state: PaymentState,
    amount: Money,
    reference: z.string().meta({ description: 'Tells this transfer from others: into the note of the transfer.' }),
    holderName: z.string().meta({ description: "Whom the buyer's bank must name before they approve." }),
    qrPayload: z.string().meta({ description: 'The text of the QR code (EMVCo, Thai QR Payment).' }),
    payByTime: z.iso.datetime().meta({ description: 'Until then the things are set aside.' }),
    returnUrl: z.string(),
  })
  .meta({ id: 'TransferInstructions' });
export type TransferInstructions = z.output<typeof TransferInstructions>;

/** A transfer that the operator looks for in the bank's statement. */
export const AwaitedTransfer = z
  .object({
    paymentId: idSchema('payment'),
    reference: z.string(),
    amount: Money,
    state: PaymentState,
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'AwaitedTransfer' });
export type AwaitedTransfer = z.output<typeof AwaitedTransfer>;

const awaited: z.input<typeof AwaitedTransfer> = {
  paymentId: examplePayment.id,
  reference: '7K2M9QX4TB',
  amount: { amountMinor: 129900, currency: 'THB' },
  state: 'requires_action',
  createdTime: '2026-11-21T08:00:00.000Z',
};

export const transferOperations = {
  getTransferInstructions: operation({
    summary: 'How to pay a payment by bank transfer',
    access: 'public',
    route: { method: 'GET', path: '/payments/{paymentId}/transfer-instructions' },
    input: z.object({ paymentId: idSchema('payment') }),
    output: TransferInstructions,
    errors: [errors.PAYMENT_NOT_FOUND],
    example: {
      input: { paymentId: examplePayment.id },
      output: {
        paymentId: awaited.paymentId,
        state: 'requires_action',
        amount: awaited.amount,
        reference: awaited.reference,
        holderName: 'JaiKod Company Limited',
        qrPayload: '00020101021229370016A000000677010111011300660000000005802TH530376454044.226304E469',
        payByTime: '2026-11-21T08:30:00.000Z',
        returnUrl: 'http://jaikod.localhost:3000/th/checkout/chk_01k9w6x8f0e5rbq2m3n4p5q6r7',
      },
    },
  }),
  listAwaitedTransfers: operation({
    summary: 'Bank transfers that have not come yet, newest first',
    description:
      'By reference also those that were given up: money that comes for them is confirmed alike, and goes back or buys.',
    access: ['admin'],
    route: { method: 'GET', path: '/awaited-transfers' },
    input: z.object({ ...PageQuery, reference: z.string().trim().toUpperCase().max(20).optional() }),
    output: pageOf(AwaitedTransfer),
    example: { input: { limit: 20 }, output: { items: [awaited], nextCursor: null } },
  }),
  confirmTransfer: operation({
    summary: 'Says that a bank transfer has come',
    description:
      'Reference and amount are entered again, as they stand in the bank’s statement, and must match. Idempotent: a transfer that is confirmed stays so.',
    access: ['admin'],
    route: { method: 'POST', path: '/payments/{paymentId}/transfer-confirmation', status: 200 },
    input: z.object({
      paymentId: idSchema('payment'),
      reference: z.string().trim().toUpperCase().min(1).max(20),
      received: Money,
    }),
    output: Payment,
    errors: [errors.PAYMENT_NOT_FOUND, errors.TRANSFER_MISMATCH],
    idempotent: true,
    example: {
      input: { paymentId: examplePayment.id, reference: awaited.reference, received: awaited.amount },
      output: {
        ...examplePayment,
        provider: 'promptpay',
        amount: awaited.amount,
        method: { kind: 'transfer', brand: null, last4: null },
      },
    },
  }),
};
