import { Currency, idSchema, Money, operation, PageQuery, Price, pageOf, VerificationLevel } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { HoldGroup } from './holds.ts';

/**
 * Where a payment stands. `pending`: the provider is at work and will tell by webhook. `requires_action`: the buyer
 * must go to `actionUrl`. `due`: the courier is paid, parcel by parcel. Changed by verbs and the provider's word only.
 */
export const PaymentState = z.enum([
  'created',
  'requires_action',
  'pending',
  'due',
  'captured',
  'partially_refunded',
  'refunded',
  'declined',
  'canceled',
]);
export type PaymentState = z.output<typeof PaymentState>;

/**
 * Ways to pay. All but cards and our own wallet send the buyer to the provider's page: a QR code, a sign-in. `wallet`:
 * all of the amount from the payer's wallet here. `cash`: at the door.
 */
export const PaymentKind = z.enum(['card', 'transfer', 'paypal', 'crypto', 'wallet', 'cash']);
export type PaymentKind = z.output<typeof PaymentKind>;

/** What a checkout pays with. A card comes sealed: its token is made by createPaymentMethod. */
export const PaymentMethodInput = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('card'), token: z.string().max(1_000) }),
    z.object({ kind: PaymentKind.exclude(['card']) }),
  ])
  .meta({ id: 'PaymentMethodInput' });
export type PaymentMethodInput = z.output<typeof PaymentMethodInput>;

/** What a payment is for: a checkout, an invoice of a subscription, or the payer's wallet. */
export const PaymentPurpose = z.enum(['checkout', 'subscription', 'top-up']);

export const Payment = z
  .object({
    id: idSchema('payment'),
    purpose: PaymentPurpose,
    checkoutId: idSchema('checkout')
      .nullable()
      .meta({ description: 'Of a subscription, its invoice; null for a top-up.' }),
    attempt: z.int().meta({ description: 'Which try of this checkout: 1, 2, … after each decline.' }),
    orderId: idSchema('order').nullable(),
    state: PaymentState,
    amount: Money,
    walletMinor: z.int().meta({ description: "The part of the amount that comes out of the payer's wallet." }),
    refundedMinor: z.int().meta({ description: 'How much of the amount went back, in minor units.' }),
    walletRefundedMinor: z.int().meta({ description: "The part of that which went to the payer's wallet." }),
    waivedMinor: z
      .int()
      .meta({ description: 'Paid at the door: what is not asked for any more, of parcels canceled or refused.' }),
    provider: z.string(),
    method: z.object({ kind: PaymentKind, brand: z.string().nullable(), last4: z.string().nullable() }),
    actionUrl: z.string().nullable().meta({ description: 'Where the buyer must go while `requires_action`.' }),
    declineCode: z.string().nullable(),
    payerMemberId: idSchema('member').nullable(),
    createdTime: z.iso.datetime(),
    capturedTime: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Payment' });
export type Payment = z.output<typeof Payment>;

/** A way to pay an amount, with what the browser needs for it. */
export const OfferedMethod = z
  .object({
    methodId: z.string().meta({ description: "Its id in the marketplace's settings, where its label stands." }),
    kind: PaymentKind,
    provider: z.string(),
    cardEntry: z
      .enum(['plaza', 'provider'])
      .meta({ description: "Where a card is entered: createPaymentMethod, or the provider's own form." }),
    publishableKey: z.string().nullable().meta({ description: "For the provider's own form." }),
  })
  .meta({ id: 'OfferedMethod' });

/** A payment method entered by a buyer, sealed: it holds brand and last four digits, and never the card's number. */
export const PaymentMethodToken = z
  .object({
    token: z.string(),
    kind: z.literal('card'),
    brand: z.string(),
    last4: z.string(),
    expireTime: z.iso.datetime(),
  })
  .meta({ id: 'PaymentMethodToken' });

const exampleCheckoutId = 'chk_01k9w6x8f0e5rbq2m3n4p5q6r7';

export const examplePayment: z.input<typeof Payment> = {
  id: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
  purpose: 'checkout',
  checkoutId: exampleCheckoutId,
  attempt: 1,
  orderId: null,
  state: 'captured',
  amount: { amountMinor: 129900, currency: 'USD' },
  walletMinor: 0,
  refundedMinor: 0,
  walletRefundedMinor: 0,
  waivedMinor: 0,
  provider: 'simulated',
  method: { kind: 'card', brand: 'visa', last4: '4242' },
  actionUrl: null,
  declineCode: null,
  payerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
  createdTime: '2026-11-21T08:00:00.000Z',
  capturedTime: '2026-11-21T08:00:00.000Z',
  version: 1,
};

const paymentId = idSchema('payment');
const byPaymentId = { paymentId: examplePayment.id };

export const paymentOperations = {
  listPaymentMethods: operation({
    summary: 'The ways to pay an amount here and now',
    description: 'Routed by currency, amount and what each provider can do; in the order of the settings.',
    access: 'public',
    route: { method: 'GET', path: '/payment-methods' },
    input: z.object({ amountMinor: z.int().min(0).max(1_000_000_000_000), currency: Currency }),
    output: z.object({
      items: z.array(OfferedMethod),
      smallestMinor: z.int().nullable().meta({
        description:
          'The smallest amount that any way takes in this currency: what of less is to be paid from a wallet, must be paid so altogether.',
      }),
    }),
    example: {
      input: { amountMinor: 129900, currency: 'USD' },
      output: {
        items: [{ methodId: 'card', kind: 'card', provider: 'simulated', cardEntry: 'plaza', publishableKey: null }],
        smallestMinor: 1,
      },
    },
  }),
  createPaymentMethod: operation({
    summary: 'Seals a card into a token that checkouts accept',
    description:
      'For demonstration: only test cards are taken, and only where the simulated provider takes cards; others have a form of their own, and their token goes into the checkout. ' +
      'The number goes no further than this call: it is neither stored nor logged. The token lives for one hour. ' +
      'Nothing is created, so a repeat is harmless. With the simulated provider: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined, ' +
      '4000 0025 0000 3155 asks for a challenge, 4000 0000 0000 0077 pays by a late webhook.',
    access: 'public',
    route: { method: 'POST', path: '/payment-methods' },
    input: z.object({
      kind: z.literal('card'),
      number: z.string().regex(/^\d[\d -]{10,25}$/, 'must be a card number'),
      expiryMonth: z.int().min(1).max(12),
      expiryYear: z.int().min(2000).max(2100),
      securityCode: z.string().regex(/^\d{3,4}$/, 'must be three or four digits'),
    }),
    output: PaymentMethodToken,
    errors: [errors.PAYMENT_METHOD_INVALID],
    example: {
      input: { kind: 'card', number: '4242 4242 4242 4242', expiryMonth: 12, expiryYear: 2034, securityCode: '123' },
      output: {
        token: 'pmt_eyJicmFuZCI6InZpc2EifQ.c2lnbmF0dXJl',
        kind: 'card',
        brand: 'visa',
        last4: '4242',
        expireTime: '2026-11-21T09:00:00.000Z',
      },
    },
  }),
  createPayment: operation({
    summary: 'Asks the provider for the money of a checkout',
    description:
      'Idempotent by `checkoutId` and `attempt`: a repeat answers the payment as it stands now. After a decline, raise `attempt`. ' +
      '`method.token` comes from createPaymentMethod, or is one of the test tokens `pm_card_visa`, `pm_card_declined`, `pm_card_challenge`, `pm_card_late`, or the id of a card that the payer saved. The other kinds need the buyer at `actionUrl`. ' +
      'An amount of 0 is captured at once without a provider. A payment that becomes captured later announces `payment.captured`. ' +
      'When the provider does not answer, the payment is `pending` until it does; it is asked within a minute.',
    access: 'service',
    input: z.object({
      checkoutId: idSchema('checkout'),
      purpose: PaymentPurpose.exclude(['top-up']).default('checkout').meta({
        description: 'A subscription is earned by the platform when it is captured: no order holds it.',
      }),
      taxMinor: z.int().min(0).default(0).meta({ description: 'Of a subscription: the part that is tax.' }),
      isOffSession: z.boolean().default(false).meta({ description: 'The payer is not there: no bank can ask them.' }),
      attempt: z.int().min(1).max(100).default(1),
      amount: Price,
      method: PaymentMethodInput,
      methodId: z.string().max(100).optional().meta({
        description: "Which of the marketplace's methods of this kind; left out: the first that takes the amount.",
      }),
      walletMinor: z.int().min(1).optional().meta({
        description:
          "The part of the amount that the payer's wallet pays; kept back there until the rest is decided. The whole of it asks nobody else.",
      }),
      payerMemberId: idSchema('member').optional(),
      payerVerificationLevel: VerificationLevel.default(0).meta({ description: "For the wallet's limits." }),
      returnUrl: z.string().max(2_000).meta({ description: 'Where the buyer comes back to after `actionUrl`.' }),
      allocations: z
        .array(z.object({ storeId: idSchema('store'), amountMinor: z.int().min(0) }))
        .max(100)
        .optional()
        .meta({ description: 'How the amount divides among stores, for providers that split at the source.' }),
      order: z
        .object({ orderId: idSchema('order'), groups: z.array(HoldGroup).min(1).max(100) })
        .optional()
        .meta({
          description:
            'What is captured at once goes straight into the escrow of this order, and the answer names it as `orderId`. Otherwise holdForOrder puts it there.',
        }),
    }),
    output: Payment,
    errors: [
      errors.PAYMENT_METHOD_INVALID,
      errors.HOLD_MISMATCH,
      errors.WALLET_NOT_FOUND,
      errors.WALLET_FROZEN,
      errors.WALLET_BALANCE_TOO_LOW,
      errors.WALLET_LIMIT_REACHED,
      errors.CASH_NOT_OFFERED,
    ],
    example: {
      input: {
        checkoutId: exampleCheckoutId,
        amount: { amountMinor: 129900, currency: 'USD' },
        method: { kind: 'card', token: 'pm_card_visa' },
        returnUrl: 'http://bazaar.localhost:3000/checkout/chk_01k9w6x8f0e5rbq2m3n4p5q6r7',
      },
      output: examplePayment,
    },
  }),
  getPayment: operation({
    summary: 'One payment',
    description: "A member's payment is seen by that member and by admins; a guest's by whoever holds its id.",
    access: 'public',
    route: { method: 'GET', path: '/payments/{paymentId}' },
    input: z.object({ paymentId }),
    output: Payment,
    errors: [errors.PAYMENT_NOT_FOUND],
    example: { input: byPaymentId, output: examplePayment },
  }),
  confirmPayment: operation({
    summary: 'Asks the provider how the payment stands, after the buyer came back from `actionUrl`',
    access: 'public',
    route: { method: 'POST', path: '/payments/{paymentId}/confirmation', status: 200 },
    input: z.object({ paymentId }),
    output: Payment,
    errors: [errors.PAYMENT_NOT_FOUND],
    idempotent: true,
    example: { input: byPaymentId, output: examplePayment },
  }),
  cancelPayment: operation({
    summary: 'Gives up a payment that is not captured',
    description:
      'Answers the payment as it then stands: one that the provider is working on (`pending`) or has captured cannot be canceled, and stays so.',
    access: 'service',
    input: z.object({ paymentId }),
    output: Payment,
    errors: [errors.PAYMENT_NOT_FOUND],
    example: { input: byPaymentId, output: { ...examplePayment, state: 'canceled', capturedTime: null } },
  }),
  refundPayment: operation({
    summary: 'Gives back all of a payment that has no order',
    description:
      'For money captured after its checkout was gone. Idempotent by payment. A payment that was never captured is answered unchanged. ' +
      'What came out of a wallet returns there. A top-up is no payment to refund.',
    access: 'service',
    input: z.object({
      paymentId,
      reason: z.string().max(500),
      heldFor: z
        .object({ orderId: idSchema('order'), version: z.int() })
        .optional()
        .meta({
          description:
            'Of a payment that was held as it was captured, for an order that will not come: all of what it holds goes back, unless it changed since this version.',
        }),
    }),
    output: Payment,
    errors: [errors.PAYMENT_NOT_FOUND, errors.PAYMENT_HELD],
    example: {
      input: { ...byPaymentId, reason: 'checkout expired' },
      output: { ...examplePayment, state: 'refunded', refundedMinor: 129900 },
    },
  }),
  getPaymentByCheckout: operation({
    summary: 'The payment of a checkout: the captured one, else the latest attempt, else null',
    access: 'service',
    input: z.object({ checkoutId: idSchema('checkout') }),
    output: z.object({ payment: Payment.nullable() }),
    example: { input: { checkoutId: exampleCheckoutId }, output: { payment: examplePayment } },
  }),
  listPaymentsWithoutOrder: operation({
    summary: 'Captured payments that no order holds yet, oldest first, for recovery',
    access: 'service',
    input: z.object({ olderThanSeconds: z.int().min(0), limit: z.int().min(1).max(100).default(100) }),
    output: z.object({ items: z.array(Payment) }),
    example: { input: { olderThanSeconds: 60 }, output: { items: [examplePayment] } },
  }),
  getPayments: operation({
    summary: 'Payments by their ids, in any order; unknown ones are left out',
    access: 'service',
    input: z.object({ paymentIds: z.array(idSchema('payment')).min(1).max(500) }),
    output: z.object({ items: z.array(Payment) }),
    example: { input: { paymentIds: [examplePayment.id] }, output: { items: [examplePayment] } },
  }),
  listCapturedPayments: operation({
    summary: 'Payments of checkouts whose money was taken, by id, for the sweep that holds them against orders',
    access: 'service',
    input: z.object({
      begunSince: z.iso.datetime(),
      capturedBefore: z.iso.datetime(),
      afterPaymentId: idSchema('payment').optional(),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ items: z.array(Payment) }),
    example: {
      input: { begunSince: '2026-11-18T08:00:00.000Z', capturedBefore: '2026-11-21T08:00:00.000Z', limit: 500 },
      output: { items: [examplePayment] },
    },
  }),
  listPaymentProviders: operation({
    summary: 'The payment providers of this installation, and what each can do',
    access: ['admin'],
    route: { method: 'GET', path: '/payment-providers' },
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          kinds: z.array(PaymentKind),
          currencies: z.array(Currency),
          refunds: z.enum(['none', 'whole', 'partial']),
          hasReports: z.boolean().meta({ description: 'Its own books can be asked for, to reconcile by.' }),
          isUsed: z.boolean().meta({ description: 'A payment method of this marketplace leads to it.' }),
          missingSettings: z.array(z.string()).meta({ description: 'Names of settings; never their values.' }),
        }),
      ),
    }),
    example: {
      input: {},
      output: {
        items: [
          {
            name: 'stripe',
            kinds: ['card'],
            currencies: ['USD'],
            refunds: 'partial',
            hasReports: true,
            isUsed: true,
            missingSettings: [],
          },
        ],
      },
    },
  }),
  listPayments: operation({
    summary: 'All payments, newest first',
    access: ['admin'],
    route: { method: 'GET', path: '/payments' },
    input: z.object({ ...PageQuery, state: PaymentState.optional(), currency: Currency.optional() }),
    output: pageOf(Payment),
    example: { input: { limit: 20 }, output: { items: [examplePayment], nextCursor: null } },
  }),
};
