import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';

const SweepScope = z.enum(['recent', 'all']);

/** When orders and payments were last held against one another, and how many. */
export const PaymentSweep = z
  .object({
    scope: SweepScope.meta({ description: '`recent`: of the last three days, each hour; `all`: each day.' }),
    ordersChecked: z.int(),
    paymentsChecked: z.int(),
    finishedTime: z.iso.datetime(),
  })
  .meta({ id: 'PaymentSweep' });
export type PaymentSweep = z.output<typeof PaymentSweep>;

export const SweepFinding = z
  .object({
    problem: z.enum([
      'order_without_payment',
      'payment_not_captured',
      'payment_of_another_order',
      'amount_differs',
      'payment_without_order',
    ]),
    orderId: idSchema('order').nullable(),
    paymentId: idSchema('payment').nullable(),
    foundTime: z.iso.datetime(),
  })
  .meta({ id: 'SweepFinding' });
export type SweepFinding = z.output<typeof SweepFinding>;

const exampleSweep: z.input<typeof PaymentSweep> = {
  scope: 'recent',
  ordersChecked: 1_204,
  paymentsChecked: 1_209,
  finishedTime: '2026-11-21T08:00:00.000Z',
};

export const sweepOperations = {
  listPaymentSweeps: operation({
    summary: 'When it was last proven that every order has its payment and every payment its order',
    access: ['admin'],
    route: { method: 'GET', path: '/payment-sweeps' },
    input: z.object({}),
    output: z.object({ items: z.array(PaymentSweep), openFindings: z.int() }),
    example: { input: {}, output: { items: [exampleSweep], openFindings: 0 } },
  }),
  sweepPayments: operation({
    summary: 'Proves it now',
    description:
      'Each order is held against the payment it names, and each captured payment against its order. What came in the last quarter of an hour is left out: it is still being placed.',
    access: ['admin'],
    route: { method: 'POST', path: '/payment-sweeps', status: 200 },
    input: z.object({ scope: SweepScope.default('recent') }),
    output: PaymentSweep,
    idempotent: true,
    example: { input: { scope: 'recent' }, output: exampleSweep },
  }),
  listSweepFindings: operation({
    summary: 'Orders and payments that do not agree, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/sweep-findings' },
    input: z.object(PageQuery),
    output: pageOf(SweepFinding),
    example: {
      input: { limit: 20 },
      output: {
        items: [
          {
            problem: 'payment_without_order',
            orderId: null,
            paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
            foundTime: '2026-11-21T08:00:00.000Z',
          },
        ],
        nextCursor: null,
      },
    },
  }),
};
