import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { Owner } from './plan.ts';

/** `open`: to be paid; `void`: withdrawn before it was paid; `uncollectible`: given up. */
export const InvoiceState = z.enum(['open', 'paid', 'void', 'uncollectible']);
export type InvoiceState = z.output<typeof InvoiceState>;

export const SubscriptionInvoiceLine = z
  .object({
    kind: z
      .enum(['plan', 'proration', 'unused', 'usage'])
      .meta({ description: '`unused`: what was paid before and is credited, so negative.' }),
    /** What the line is for, in the language of the request. */
    title: z.string(),
    quantity: z.int().nullable().meta({ description: 'Of a metered line.' }),
    fromTime: z.iso.datetime(),
    toTime: z.iso.datetime(),
    amount: Money,
  })
  .meta({ id: 'SubscriptionInvoiceLine' });

export const SubscriptionInvoice = z
  .object({
    id: idSchema('subscriptionInvoice'),
    number: z.string(),
    subscriptionId: idSchema('subscription'),
    state: InvoiceState,
    lines: z.array(SubscriptionInvoiceLine),
    subtotal: Money,
    tax: z.object({ name: z.string(), rateBp: z.int(), isIncluded: z.boolean(), amount: Money }).nullable(),
    total: Money,
    actionUrl: z.string().nullable().meta({ description: 'Where the member must go: the bank asks first.' }),
    declineCode: z.string().nullable(),
    nextAttemptTime: z.iso.datetime().nullable(),
    paymentId: idSchema('payment').nullable(),
    createdTime: z.iso.datetime(),
    paidTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SubscriptionInvoice' });
export type SubscriptionInvoice = z.output<typeof SubscriptionInvoice>;

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

export const exampleInvoice: z.input<typeof SubscriptionInvoice> = {
  id: 'sin_01k9w6x8f0e5rbq2m3n4p5q6r7',
  number: 'S-2026-000042',
  subscriptionId: 'sub_01k9w6x8f0e5rbq2m3n4p5q6r7',
  state: 'paid',
  lines: [
    {
      kind: 'plan',
      title: 'Studio',
      quantity: null,
      fromTime: '2026-11-21T08:00:00.000Z',
      toTime: '2026-12-21T08:00:00.000Z',
      amount: usd(900),
    },
  ],
  subtotal: usd(900),
  tax: null,
  total: usd(900),
  actionUrl: null,
  declineCode: null,
  nextAttemptTime: null,
  paymentId: 'pay_01k9w6x8f0e5rbq2m3n4p5q6r7',
  createdTime: '2026-11-21T08:00:00.000Z',
  paidTime: '2026-11-21T08:00:00.000Z',
};

const invoiceId = idSchema('subscriptionInvoice');

export const invoiceOperations = {
  listSubscriptionInvoices: operation({
    summary: "An owner's invoices, newest first",
    access: 'member',
    route: { method: 'GET', path: '/subscription-invoices' },
    input: z.object({ ...PageQuery, ...Owner }),
    output: pageOf(SubscriptionInvoice),
    errors: [errors.PLAN_OWNER_NOT_FOUND],
    example: {
      input: { ownerId: 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7', limit: 20 },
      output: { items: [exampleInvoice], nextCursor: null },
    },
  }),
  getSubscriptionInvoice: operation({
    summary: 'One invoice, for who pays it and for admins',
    access: 'member',
    route: { method: 'GET', path: '/subscription-invoices/{invoiceId}' },
    input: z.object({ invoiceId }),
    output: SubscriptionInvoice,
    errors: [errors.SUBSCRIPTION_INVOICE_NOT_FOUND],
    example: { input: { invoiceId: exampleInvoice.id }, output: exampleInvoice },
  }),
  exportSubscriptionInvoice: operation({
    summary: 'Makes an invoice a PDF in the language of the request, and answers a link to it',
    access: 'member',
    route: { method: 'GET', path: '/subscription-invoices/{invoiceId}/file' },
    input: z.object({ invoiceId }),
    output: z.object({ url: z.string(), filename: z.string(), expireTime: z.iso.datetime() }),
    errors: [errors.SUBSCRIPTION_INVOICE_NOT_FOUND],
    example: {
      input: { invoiceId: exampleInvoice.id },
      output: {
        url: 'http://bazaar.localhost:3000/files/subscription-invoices/bazaar/one.pdf?signature=c2ln',
        filename: 'S-2026-000042.pdf',
        expireTime: '2026-11-21T08:10:00.000Z',
      },
    },
  }),
  paySubscriptionInvoice: operation({
    summary: 'Charges an open invoice now, with the saved card that is the default',
    description: 'For a card that was declined before. An invoice that is not open any more is answered as it stands.',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/subscription-invoices/{invoiceId}/payment', status: 200 },
    input: z.object({ invoiceId }),
    output: SubscriptionInvoice,
    errors: [errors.SUBSCRIPTION_INVOICE_NOT_FOUND, errors.SAVED_METHOD_NEEDED],
    example: { input: { invoiceId: exampleInvoice.id }, output: exampleInvoice },
  }),
};
