import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { isTaxIdOf, plainTaxId } from '../domain/document/tax-id.ts';
import { documentErrors as errors } from './document-errors.ts';
import { orderErrors } from './order-errors.ts';

const DocumentId = idSchema('document');
const OrderId = idSchema('order');
const GroupId = idSchema('shipmentGroup');
const StoreId = idSchema('store');

/**
 * `receipt`: at payment. `invoice`: made out to the buyer's tax details. `credit_note`: at each refund. The `commission_…`
 * ones are the marketplace's own, to a store, for a month.
 */
export const DocumentKind = z.enum([
  'receipt',
  'invoice',
  'credit_note',
  'commission_invoice',
  'commission_credit_note',
]);
export type DocumentKind = z.output<typeof DocumentKind>;

const Line = z.string().trim().min(1).max(200);

/** Whom a document names: legally, and where they are. Tax ids are checked as those of the address's country. */
export const TaxDetails = z
  .object({
    name: Line.meta({ description: 'The legal name.' }),
    taxId: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .nullable()
      .meta({ description: 'Thai TIN, Mexican RFC, Japanese (invoice) number …; kept without spaces and hyphens.' }),
    address: z.object({
      line1: Line,
      line2: z.string().trim().max(200).optional(),
      city: z.string().trim().min(1).max(100),
      region: z.string().trim().max(100).optional(),
      postalCode: z.string().trim().max(20),
      countryCode: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as MX'),
    }),
  })
  .superRefine(({ taxId, address }, issues) => {
    if (taxId !== null && !isTaxIdOf(address.countryCode, plainTaxId(taxId)))
      issues.addIssue({ code: 'custom', path: ['taxId'], message: `must be a tax id of ${address.countryCode}` });
  })
  .meta({ id: 'TaxDetails' });
export type TaxDetails = z.output<typeof TaxDetails>;

/** The same with a tax id, as an invoice needs it. */
export const InvoiceDetails = TaxDetails.refine(({ taxId }) => taxId !== null, {
  path: ['taxId'],
  message: 'must be given',
});

/** A document in a list. It never changes; the file is drawn from what was frozen with it. */
export const Document = z
  .object({
    id: DocumentId,
    kind: DocumentKind,
    /** Without gaps within its issuer, kind and fiscal year: `INV-2026-000123`. */
    number: z.string(),
    storeId: StoreId,
    /** Of the store, or of the marketplace for its own. */
    issuerName: z.string(),
    recipientName: z.string(),
    orderId: OrderId.nullable(),
    orderNumber: z.string().nullable(),
    groupId: GroupId.nullable(),
    /** The month it sums up. */
    month: z.string().nullable(),
    tax: Money,
    total: Money,
    issueTime: z.iso.datetime(),
  })
  .meta({ id: 'Document' });
export type Document = z.output<typeof Document>;

const Month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
  .meta({ description: "A month in the marketplace's time zone.", examples: ['2026-11'] });

/** A file behind a link that works for an hour. */
const DocumentFile = z.object({ url: z.string(), filename: z.string(), expireTime: z.iso.datetime() });

const documentId = 'doc_01k9w6x8f0e5rbq2m3n4p5q6r7';
const orderId = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';
const groupId = 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7';
const storeId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';
const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' as const });

const exampleDocument: z.input<typeof Document> = {
  id: documentId,
  kind: 'receipt',
  number: 'REC-2026-000123',
  storeId,
  issuerName: 'Old Light',
  recipientName: 'Ada Buyer',
  orderId,
  orderNumber: 'BA-P5Q6R7XY',
  groupId,
  month: null,
  tax: dollars(0),
  total: dollars(5100),
  issueTime: '2026-11-21T06:00:01.000Z',
};

const exampleDetails: z.input<typeof TaxDetails> = {
  name: 'Old Light Co., Ltd.',
  taxId: '1-2345-45678-78-1',
  address: { line1: '12 Charoen Krung Road', city: 'Bangkok', postalCode: '10500', countryCode: 'TH' },
};
const plainDetails = { ...exampleDetails, taxId: '1234545678781' };

const exampleFile = (filename: string, type: string) => ({
  url: `https://bazaar.example/files/documents/bazaar/01k9.${type}?signature=9f86d081`,
  filename,
  expireTime: '2026-11-21T07:00:00.000Z',
});

const page = { items: [exampleDocument], nextCursor: null };
const listInput = { month: Month.optional(), kind: DocumentKind.optional(), ...PageQuery };
const CSV =
  'One line a document and tax rate: number, kind, dates, parties with their tax ids, base, tax and total. Amounts of credit notes are negative.';

/** Receipts, invoices, credit notes and commission invoices, and what their parties must be called on them. */
export const documentOperations = {
  listOrderDocuments: operation({
    summary: 'The documents of an order, as far as it is yours, in the order in which they were issued',
    description: 'They come within seconds after the payment or refund. A guest reads them like the order.',
    access: 'public',
    route: { method: 'GET', path: '/orders/{orderId}/documents' },
    input: z.object({ orderId: OrderId }),
    output: z.object({ items: z.array(Document) }),
    errors: [orderErrors.ORDER_NOT_FOUND],
    example: { input: { orderId }, output: { items: [exampleDocument] } },
  }),
  getDocumentFile: operation({
    summary: 'A document as PDF, in the language of the request: a link that works for an hour',
    description: 'The same bytes however often it is asked for.',
    access: 'public',
    route: { method: 'GET', path: '/documents/{documentId}/file' },
    input: z.object({ documentId: DocumentId }),
    output: DocumentFile,
    errors: [errors.DOCUMENT_NOT_FOUND],
    example: { input: { documentId }, output: exampleFile('REC-2026-000123.pdf', 'pdf') },
  }),
  requestInvoice: operation({
    summary: 'Has an invoice made out to your tax details, for one store’s part of an order: once',
    description:
      'It refers to the receipt and replaces nothing. Whoever gave `invoiceDetails` at the checkout has invoices from the start.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/invoices' },
    input: z.object({ orderId: OrderId, groupId: GroupId, invoiceDetails: InvoiceDetails }),
    output: Document,
    errors: [orderErrors.ORDER_NOT_FOUND, errors.INVOICE_ISSUED, errors.INVOICE_NOTHING_PAID],
    example: {
      input: { orderId, groupId, invoiceDetails: exampleDetails },
      output: { ...exampleDocument, kind: 'invoice', number: 'INV-2026-000007', recipientName: exampleDetails.name },
    },
  }),
  listStoreDocuments: operation({
    summary: "A store's documents, newest first: its own, and the commission invoices it was sent",
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/documents' },
    input: z.object({ storeId: StoreId, ...listInput }),
    output: pageOf(Document),
    errors: [orderErrors.STORE_NOT_FOUND],
    example: { input: { storeId, month: '2026-11', limit: 20 }, output: page },
  }),
  exportStoreDocuments: operation({
    summary: "A month of a store's documents as CSV, for the bookkeeper: a link that works for an hour",
    description: CSV,
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/documents/export' },
    input: z.object({ storeId: StoreId, month: Month }),
    output: DocumentFile,
    errors: [orderErrors.STORE_NOT_FOUND, errors.TOO_MANY_DOCUMENTS],
    example: { input: { storeId, month: '2026-11' }, output: exampleFile('documents-2026-11.csv', 'csv') },
  }),
  listPlatformDocuments: operation({
    summary: "The marketplace's own documents, newest first: what it charged its stores",
    access: ['admin'],
    route: { method: 'GET', path: '/admin/documents' },
    input: z.object(listInput),
    output: pageOf(Document),
    example: {
      input: { month: '2026-11', limit: 20 },
      output: {
        items: [
          {
            ...exampleDocument,
            kind: 'commission_invoice',
            number: 'COM-2026-000004',
            issuerName: 'Bazaar',
            recipientName: 'Old Light',
            orderId: null,
            orderNumber: null,
            groupId: null,
            month: '2026-11',
            total: dollars(617),
          },
        ],
        nextCursor: null,
      },
    },
  }),
  exportPlatformDocuments: operation({
    summary: "A month of the marketplace's own documents as CSV",
    description: CSV,
    access: ['admin'],
    route: { method: 'GET', path: '/admin/documents/export' },
    input: z.object({ month: Month }),
    output: DocumentFile,
    errors: [errors.TOO_MANY_DOCUMENTS],
    example: { input: { month: '2026-11' }, output: exampleFile('documents-2026-11.csv', 'csv') },
  }),
  checkDocuments: operation({
    summary: 'Counts the documents of every series again: series that lack a number, or have one too many',
    access: 'service',
    input: z.object({}),
    output: z.object({
      documentCount: z.int(),
      broken: z.array(
        z.object({ kind: DocumentKind, fiscalYear: z.int(), lastNumber: z.int(), documentCount: z.int() }),
      ),
    }),
    example: { input: {}, output: { documentCount: 1234, broken: [] } },
  }),
  getStoreTaxDetails: operation({
    summary: 'What a store is called on its documents; null until it was entered',
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/tax-details' },
    input: z.object({ storeId: StoreId }),
    output: z.object({ details: TaxDetails.nullable(), version: z.int() }),
    errors: [orderErrors.STORE_NOT_FOUND],
    example: { input: { storeId }, output: { details: plainDetails, version: 1 } },
  }),
  setStoreTaxDetails: operation({
    summary: 'Says what a store is called on its documents from now on',
    description: 'Documents that were issued stay as they are.',
    access: ['seller', 'admin'],
    idempotent: true,
    route: { method: 'PUT', path: '/stores/{storeId}/tax-details' },
    input: z.object({ storeId: StoreId, details: TaxDetails, expectedVersion: z.int().optional() }),
    output: z.object({ details: TaxDetails.nullable(), version: z.int() }),
    errors: [orderErrors.STORE_NOT_FOUND],
    example: { input: { storeId, details: exampleDetails }, output: { details: plainDetails, version: 2 } },
  }),
};
