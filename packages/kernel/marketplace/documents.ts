import { z } from 'zod';
import { CountryCode } from './rules.ts';

const Line = z.string().trim().min(1).max(200);

/** Whose platform it is, as its own invoices must say: the company behind the marketplace. */
export const Company = z.strictObject({
  legalName: Line,
  /** Without it, commission documents carry none. */
  taxId: z.string().trim().min(1).max(30).optional(),
  address: z.strictObject({
    line1: Line,
    line2: Line.optional(),
    city: Line,
    region: z.string().trim().max(100).optional(),
    postalCode: z.string().trim().max(20),
    countryCode: CountryCode,
  }),
});
export type Company = z.output<typeof Company>;

/** Of a document's number: `{year}` is the fiscal year, `{number:6}` the running number with at least six digits. */
export const NUMBER_PLACE = /\{number:([1-9])\}/;

const NumberPattern = z
  .string()
  .max(40)
  .refine((text) => text.split('{year}').length === 2, 'must contain {year} once: numbers begin anew each fiscal year')
  .refine((text) => text.split(NUMBER_PLACE).length === 3, 'must contain {number:6} once, with its least digits')
  .refine(
    (text) => /^[\w./-]+$/.test(text.replace('{year}', '').replace(NUMBER_PLACE, '1')),
    'must otherwise be letters, digits, and any of . / _ -',
  );

/** How documents of buyers and stores are numbered. Kinds that one party issues must not share a pattern. */
export const Documents = z
  .strictObject({
    /** The month a fiscal year begins with. It is named after the year in which it begins. */
    fiscalYearStartMonth: z.int().min(1).max(12).default(1),
    receipt: NumberPattern.default('REC-{year}-{number:6}'),
    invoice: NumberPattern.default('INV-{year}-{number:6}'),
    creditNote: NumberPattern.default('CN-{year}-{number:6}'),
    commissionInvoice: NumberPattern.default('COM-{year}-{number:6}'),
    commissionCreditNote: NumberPattern.default('CCN-{year}-{number:6}'),
  })
  .refine(
    ({ receipt, invoice, creditNote, commissionInvoice, commissionCreditNote }) =>
      new Set([receipt, invoice, creditNote]).size === 3 && commissionInvoice !== commissionCreditNote,
    'must give each kind a pattern of its own',
  );
