import { idSchema, Money, operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { PaymentKind } from './payments.ts';

/** What the simulated bank shows on its page, as a 3-D Secure challenge would be. */
export const SimulatedChallenge = z
  .object({
    paymentId: idSchema('payment'),
    state: z.enum(['open', 'approved', 'declined', 'canceled']),
    amount: Money,
    kind: PaymentKind,
    last4: z.string().nullable(),
    returnUrl: z.string(),
  })
  .meta({ id: 'SimulatedChallenge' });
export type SimulatedChallenge = z.output<typeof SimulatedChallenge>;

const example: z.input<typeof SimulatedChallenge> = {
  paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
  state: 'open',
  amount: { amountMinor: 129900, currency: 'USD' },
  kind: 'card',
  last4: '3155',
  returnUrl: 'http://bazaar.localhost:3000/checkout/chk_01k9w6x8f0e5rbq2m3n4p5q6r7',
};

export const simulatedOperations = {
  getSimulatedChallenge: operation({
    summary: 'What the simulated bank asks the buyer to approve',
    access: 'public',
    route: { method: 'GET', path: '/simulated-challenges/{paymentId}' },
    input: z.object({ paymentId: idSchema('payment') }),
    output: SimulatedChallenge,
    errors: [errors.PAYMENT_NOT_FOUND],
    example: { input: { paymentId: example.paymentId }, output: example },
  }),
  completeSimulatedChallenge: operation({
    summary: 'The buyer approves or declines at the simulated bank',
    description:
      'The bank then tells us by a signed webhook, while the browser returns to `returnUrl`, where confirmPayment asks as well: whichever comes first counts.',
    access: 'public',
    route: { method: 'POST', path: '/simulated-challenges/{paymentId}/completion', status: 200 },
    input: z.object({ paymentId: idSchema('payment'), outcome: z.enum(['approve', 'decline']) }),
    output: SimulatedChallenge,
    errors: [errors.PAYMENT_NOT_FOUND, errors.CHALLENGE_CLOSED],
    idempotent: true,
    example: { input: { paymentId: example.paymentId, outcome: 'approve' }, output: { ...example, state: 'approved' } },
  }),
};
